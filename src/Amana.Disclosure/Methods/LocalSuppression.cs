using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>What to reach by suppressing single cells.</summary>
public sealed record LocalSuppressionGoal
{
    /// <summary>Least number of records that match each record, a missing value matching everything.</summary>
    public int K { get; init; } = 5;

    /// <summary>
    /// How dear one suppressed cell of each key is (above 0), in the order of the keys; empty for equally dear. Of equally dear ways
    /// the one through the keys with most categories is taken.
    /// </summary>
    public ImmutableArray<double> Weights { get; init; } = [];
}

/// <summary>
/// Local suppression to k-anonymity: single key values are taken out until every record matches at least k. Records with identical
/// keys are handled together, smallest groups first; a group either loses the cheapest set of values that leaves it enough matches,
/// or records of a large neighbouring group lose theirs and thereby match it, whichever takes fewer cells. (The optimum is NP-hard.)
/// </summary>
public sealed class LocalSuppression
{
    private LocalSuppression(Microdata result, ImmutableArray<string> keys, ImmutableArray<int> suppressed, int rowsChanged, int outOfReach)
    {
        RowsChanged = rowsChanged;
        Result = result;
        Keys = keys;
        Suppressed = suppressed;
        OutOfReach = outOfReach;
    }

    /// <summary>The microdata with the cells taken out.</summary>
    public Microdata Result { get; }

    public ImmutableArray<string> Keys { get; }

    /// <summary>Number of cells taken out of each key.</summary>
    public ImmutableArray<int> Suppressed { get; }

    /// <summary>Records that lost a value.</summary>
    public int RowsChanged { get; }

    /// <summary>Records that match fewer than k even with no key value left: all of a file with fewer than k rows, else 0.</summary>
    public int OutOfReach { get; }

    /// <summary>Suppresses. Same rows in another order lose the same cells (among identical rows, the first ones).</summary>
    /// <param name="microdata">What to protect.</param>
    /// <param name="keys">Key variables, at most 16.</param>
    /// <param name="goal">What to reach.</param>
    /// <param name="progress">Told the share of the groups below k that is decided.</param>
    public static LocalSuppression Run(
        Microdata microdata, IEnumerable<string> keys, LocalSuppressionGoal? goal = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        goal ??= new LocalSuppressionGoal();
        ArgumentOutOfRangeException.ThrowIfLessThan(goal.K, 1);
        var classes = KeyClasses.Of(microdata, keys);
        if (classes.Keys.Length > 16)
            throw new ArgumentException("At most 16 keys: the sets of values to take out double with each.", nameof(keys));
        if (!goal.Weights.IsDefaultOrEmpty && (goal.Weights.Length != classes.Keys.Length || goal.Weights.Any(w => !(w > 0))))
            throw new ArgumentException("There must be one weight above 0 for each key.", nameof(goal));
        if (microdata.RowCount < goal.K)
            return new LocalSuppression(microdata, [.. classes.Keys.Select(k => k.Name)], [.. classes.Keys.Select(_ => 0)], 0, microdata.RowCount);
        return Run(classes, goal, SuppressionChoice.TablesCostLess(classes), progress, cancellation);
    }

    internal static LocalSuppression Run(
        KeyClasses classes, LocalSuppressionGoal goal, bool byTables, IProgress<double>? progress, CancellationToken cancellation)
    {
        var choice = new SuppressionChoice(classes, goal, byTables);
        choice.Run(progress, cancellation);
        return Apply(classes, choice);
    }

    private static LocalSuppression Apply(KeyClasses classes, SuppressionChoice choice)
    {
        var codes = classes.Keys.Select(k => k.CodeArray.ToArray()).ToArray();
        var suppressed = new int[codes.Length];
        var (starts, rows) = classes.RowsByClass();
        var next = starts.ToArray();
        foreach (var (@class, count, mask) in choice.Taken)
        {
            for (var i = 0; i < count; i++)
            {
                var row = rows[next[@class]++];
                for (var j = 0; j < codes.Length; j++)
                {
                    if ((mask & (1 << j)) == 0 || codes[j][row] == Column.Missing)
                        continue;
                    codes[j][row] = Column.Missing;
                    suppressed[j]++;
                }
            }
        }

        var result = classes.Microdata;
        for (var j = 0; j < codes.Length; j++)
            result = result.With(Column.Own(classes.Keys[j].Name, codes[j], classes.Keys[j].Categories));
        return new LocalSuppression(result, [.. classes.Keys.Select(k => k.Name)], [.. suppressed], choice.Taken.Sum(t => t.Count), 0);
    }
}
