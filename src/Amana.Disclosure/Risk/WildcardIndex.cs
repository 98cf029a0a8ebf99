namespace Amana.Disclosure;

/// <summary>Rows (as a count and as a sum of weights) that match something.</summary>
internal readonly record struct Tally(double Rows, double Weight)
{
    public static Tally operator +(Tally a, Tally b) => new(a.Rows + b.Rows, a.Weight + b.Weight);

    public static Tally operator *(double factor, Tally a) => new(factor * a.Rows, factor * a.Weight);
}

/// <summary>
/// Counts the rows that match a pattern where a missing value, on either side, matches every category. Rows are held by their set
/// of missing keys; for each pair of such sets one table is kept over the keys that both sides have, built when it is first asked for.
/// </summary>
internal sealed class WildcardIndex(KeyPatterns patterns)
{
    private readonly Dictionary<int, Dictionary<UInt128, Tally>> _rows = [];
    private readonly Dictionary<(int Source, int Hidden), (UInt128 Keep, Dictionary<UInt128, Tally> Sums)> _tables = [];

    public void Add(UInt128 pattern, Tally tally)
    {
        var source = patterns.MissingOf(pattern);
        if (!_rows.TryGetValue(source, out var rows))
            _rows[source] = rows = [];
        Put(rows, pattern, tally);
        foreach (var ((tableSource, _), table) in _tables)
        {
            if (tableSource == source)
                Put(table.Sums, pattern & table.Keep, tally);
        }
    }

    public void Remove(UInt128 pattern, Tally tally) => Add(pattern, -1 * tally);

    /// <summary>The rows whose every key is there and that match.</summary>
    public Tally MatchesWithoutMissing(UInt128 pattern) => _rows.ContainsKey(0) ? Sum(0, patterns.MissingOf(pattern), pattern) : default;

    /// <summary>The rows with some key missing that match.</summary>
    public Tally MatchesWithMissing(UInt128 pattern)
    {
        var hidden = patterns.MissingOf(pattern);
        var sum = default(Tally);
        foreach (var source in _rows.Keys)
        {
            if (source != 0)
                sum += Sum(source, hidden | source, pattern);
        }

        return sum;
    }

    /// <summary>All rows that match.</summary>
    public Tally Matches(UInt128 pattern) => MatchesWithoutMissing(pattern) + MatchesWithMissing(pattern);

    private static void Put(Dictionary<UInt128, Tally> sums, UInt128 key, Tally tally)
    {
        sums.TryGetValue(key, out var before);
        sums[key] = before + tally;
    }

    private Tally Sum(int source, int hidden, UInt128 pattern)
    {
        if (!_tables.TryGetValue((source, hidden), out var table))
        {
            table = (patterns.Keeping(hidden), []);
            foreach (var (key, tally) in _rows[source])
                Put(table.Sums, key & table.Keep, tally);
            _tables[(source, hidden)] = table;
        }

        return table.Sums.GetValueOrDefault(pattern & table.Keep);
    }
}
