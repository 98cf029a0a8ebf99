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

    /// <summary>Suppresses within each group of a variable by itself: every record matches k of its own group. Groups of fewer than k are out of reach.</summary>
    public static LocalSuppression RunWithin(
        Microdata microdata, IEnumerable<string> keys, string stratum, LocalSuppressionGoal? goal = null, CancellationToken cancellation = default)
    {
        ImmutableArray<string> names = [.. keys];
        var codes = names.Select(k => microdata[k].Codes.ToArray()).ToArray();
        var (suppressed, changed, outOfReach) = (new int[names.Length], 0, 0);
        foreach (var rows in Enumerable.Range(0, microdata.RowCount).GroupBy(row => microdata[stratum].CodeArray[row]).OrderBy(g => g.Key).Select(g => g.ToArray()))
        {
            var part = Run(microdata.Rows(rows), names, goal, cancellation: cancellation);
            (changed, outOfReach) = (changed + part.RowsChanged, outOfReach + part.OutOfReach);
            for (var j = 0; j < names.Length; j++)
            {
                suppressed[j] += part.Suppressed[j];
                for (var i = 0; i < rows.Length; i++)
                    codes[j][rows[i]] = part.Result[names[j]].CodeArray[i];
            }
        }

        var result = microdata;
        for (var j = 0; j < names.Length; j++)
            result = result.With(Column.Own(names[j], codes[j], microdata[names[j]].Categories));
        return new LocalSuppression(result, names, [.. suppressed], changed, outOfReach);
    }

    /// <summary>
    /// Suppresses until every record matches k on each set of so many of the keys (for many keys, of which an attacker knows a few only).
    /// A value taken out for one set only adds matches on the others, so once through is enough.
    /// </summary>
    public static LocalSuppression RunOnSets(
        Microdata microdata, IEnumerable<string> keys, int setSize, LocalSuppressionGoal? goal = null, CancellationToken cancellation = default)
    {
        ImmutableArray<string> names = [.. keys];
        ArgumentOutOfRangeException.ThrowIfLessThan(setSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Length, 24, nameof(keys));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(setSize, Math.Min(names.Length, 16));
        var result = microdata;
        foreach (var set in Enumerable.Range(1, (1 << names.Length) - 1).Where(s => System.Numerics.BitOperations.PopCount((uint)s) == setSize))
        {
            var chosen = Enumerable.Range(0, names.Length).Where(j => (set & (1 << j)) != 0).ToArray();
            var of = goal is null || goal.Weights.IsDefaultOrEmpty ? goal : goal with { Weights = [.. chosen.Select(j => goal.Weights[j])] };
            result = Run(result, chosen.Select(j => names[j]), of, cancellation: cancellation).Result;
        }

        bool Lost(string key, int row) => microdata[key].CodeArray[row] != Column.Missing && result[key].CodeArray[row] == Column.Missing;
        var rows = Enumerable.Range(0, microdata.RowCount);
        return new LocalSuppression(
            result, names, [.. names.Select(k => rows.Count(row => Lost(k, row)))], rows.Count(row => names.Any(k => Lost(k, row))),
            microdata.RowCount < (goal?.K ?? new LocalSuppressionGoal().K) ? microdata.RowCount : 0);
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
