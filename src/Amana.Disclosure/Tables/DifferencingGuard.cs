using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>What a <see cref="DifferencingGuard"/> knows, to be kept and gone on from: sets of record numbers, a bit for each.</summary>
public sealed record GuardMemory(IReadOnlyList<byte[]> Shown, IReadOnlyList<byte[]> Secret)
{
    public static GuardMemory Empty { get; } = new([], []);
}

/// <summary>A count that somebody has from elsewhere, such as how often a value stands in a file that is handed out.</summary>
/// <param name="Name">What it is called, for instance its column.</param>
/// <param name="Records">The numbers of the records it is about.</param>
public sealed record KnownCount(string Name, IReadOnlyList<int> Records);

/// <summary>
/// Remembers the tables shown about the same people and protects each further one against all of them: no withheld cell of any table
/// follows by adding and subtracting the counts shown in all, and no count shown lies within another table's by fewer people than the
/// minimum (the two would tell about those few: a filter more, a day later). What small cells of a table come to together is hidden as well
/// while it is below the minimum, since it may be a cell of the next one. What bounds tell across tables is not looked at.
/// </summary>
public sealed class DifferencingGuard
{
    private const int MostUnions = 1000;

    private readonly TableRule _rule;
    private readonly List<RecordSet> _shown = [];
    private readonly List<RecordSet> _secret = [];

    public DifferencingGuard(TableRule? rule = null) => _rule = rule ?? new TableRule();

    /// <summary>A guard that goes on from what another one knew.</summary>
    public static DifferencingGuard From(GuardMemory memory, TableRule? rule = null)
    {
        var guard = new DifferencingGuard(rule);
        guard._shown.AddRange(memory.Shown.Select(RecordSet.Of));
        guard._secret.AddRange(memory.Secret.Select(RecordSet.Of));
        return guard;
    }

    /// <summary>What it knows: which records each count shown was about, and each small one withheld. It tells who is in which cell, and is kept as safe as the data.</summary>
    public GuardMemory Memory => new([.. _shown.Select(s => s.ToBytes())], [.. _secret.Select(s => s.ToBytes())]);

    /// <summary>Number of counts shown so far, margins included.</summary>
    public int ShownCount => _shown.Count;

    /// <summary>Small cells that followed from what had been shown before they were first asked for: withheld, but no longer hidden.</summary>
    public int FollowedBefore { get; private set; }

    /// <summary>
    /// Protects a table of microdata and remembers it as shown. Costs about (counts shown so far)² × (groups they tell apart).
    /// </summary>
    /// <param name="microdata">The rows to count, for instance those that a filter leaves.</param>
    /// <param name="recordNumbers">For each row the number of its record, the same in every table; small numbers from 0 on.</param>
    /// <param name="rows">Variable of the rows.</param>
    /// <param name="columns">Variable of the columns, or null.</param>
    public SafeTable Publish(
        Microdata microdata, ImmutableArray<int> recordNumbers, string rows, string? columns = null, CancellationToken cancellation = default)
    {
        if (recordNumbers.Length != microdata.RowCount || recordNumbers.Any(n => n < 0))
            throw new ArgumentException("There must be one record number, not below 0, for each row.", nameof(recordNumbers));
        var table = SafeTable.Protect(CountTable.Of(microdata, rows, columns), _rule, cancellation);
        var cells = table.Network.RecordsOf(microdata[rows], columns is null ? null : microdata[columns], recordNumbers);
        var secrets = cells.Where((set, arc) => !table.IsShown(arc) && set.Count > 0 && set.Count < _rule.Minimum).ToArray();
        var unions = Unions([.. secrets.Where((set, i) => !secrets.Take(i).Any(earlier => earlier.IsSameAs(set)))]);
        var candidates = Enumerable.Range(0, cells.Length).Where(table.IsShown).OrderByDescending(table.Network.Dearness).ToArray();

        var knowledge = KnownSoFar(cells);
        FollowedBefore += secrets.Count(secret => !knowledge.Guard(secret));
        foreach (var union in unions)
            knowledge.Guard(union);
        var admitted = new List<RecordSet>();
        foreach (var arc in candidates)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_shown.Exists(earlier => IsTelling(earlier, cells[arc])) && knowledge.Show(cells[arc]))
                admitted.Add(cells[arc]);
            else
                table.Network.Withhold(arc);
        }

        // The same people again are nothing new, and memory is to stay small.
        _shown.AddRange(admitted.Where((set, i) => !_shown.Exists(set.IsSameAs) && !admitted.Take(i).Any(set.IsSameAs)));
        _secret.AddRange(secrets.Where((set, i) => !_secret.Exists(set.IsSameAs) && !secrets.Take(i).Any(set.IsSameAs)));
        return table;
    }

    /// <summary>Which of these counts, known one after another beside all that was shown, tell about fewer people than the minimum: a shown count lies within them, or they within it, by so few; or a withheld
    /// cell follows. Nothing is remembered.</summary>
    /// <param name="counts">The counts, for instance of each value in each column of a file.</param>
    /// <param name="cancellation">Ends it.</param>
    public IReadOnlyList<KnownCount> Telling(IReadOnlyList<KnownCount> counts, CancellationToken cancellation = default)
    {
        var sets = counts.Select(SetOf).ToList();
        var knowledge = KnownSoFar(sets);
        var telling = new List<KnownCount>();
        foreach (var (count, set) in counts.Zip(sets))
        {
            cancellation.ThrowIfCancellationRequested();
            if (_shown.Exists(earlier => IsTelling(earlier, set)) || !knowledge.Show(set))
                telling.Add(count);
        }

        return telling;
    }

    /// <summary>Takes counts as shown that are known whatever is withheld here; tables from now on are protected against them too.</summary>
    public void Take(IReadOnlyList<KnownCount> counts)
    {
        foreach (var set in counts.Select(SetOf))
            if (set.Count > 0 && !_shown.Exists(set.IsSameAs))
                _shown.Add(set);
    }

    /// <summary>What is known from all that was shown, and what must not follow; ready to tell these sets apart too.</summary>
    private LinearKnowledge KnownSoFar(IReadOnlyCollection<RecordSet> next)
    {
        var knowledge = new LinearKnowledge([.. _shown, .. _secret, .. next]);
        foreach (var set in _shown)
            knowledge.Show(set);
        foreach (var secret in _secret)
            knowledge.Guard(secret);
        return knowledge;
    }

    private static RecordSet SetOf(KnownCount count)
    {
        var set = new RecordSet();
        foreach (var record in count.Records)
            set.Add(record);
        return set;
    }

    /// <summary>What small cells come to together, two of them first, while it is below the minimum; of many such the first ones.</summary>
    private List<RecordSet> Unions(RecordSet[] small)
    {
        var unions = new List<RecordSet>();
        var growing = small.Select((set, i) => (Set: set, Last: i)).ToList();
        while (growing.Count > 0 && unions.Count < MostUnions)
        {
            var larger = new List<(RecordSet Set, int Last)>();
            foreach (var (set, last) in growing)
            {
                for (var i = last + 1; i < small.Length && unions.Count < MostUnions; i++)
                {
                    var union = set.Or(small[i]);
                    if (union.Count >= _rule.Minimum || union.Count < set.Count + small[i].Count)
                        continue;
                    larger.Add((union, i));
                    unions.Add(union);
                }
            }

            growing = larger;
        }

        return unions;
    }

    private bool IsTelling(RecordSet earlier, RecordSet now) => now.Count > 0 && earlier.Count > 0 && earlier.NestedDifference(now) is var few && few > 0 && few < _rule.Minimum;
}
