using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>
/// How the values of one variable are coarsened, level by level: level 0 are the values themselves, each further level groups the one
/// below. Refuses a value listed twice, lines of different length, and a group that would be split again further up.
/// </summary>
public sealed class Hierarchy
{
    private readonly int[][] _groupOf;
    private readonly Dictionary<string, int> _leafOf;

    private Hierarchy(string name, int[][] groupOf, ImmutableArray<ImmutableArray<string>> labels, Dictionary<string, int> leafOf)
    {
        Name = name;
        _groupOf = groupOf;
        Labels = labels;
        _leafOf = leafOf;
    }

    /// <summary>The variable it belongs to.</summary>
    public string Name { get; }

    /// <summary>The groups of each level; level 0 are the values.</summary>
    public ImmutableArray<ImmutableArray<string>> Labels { get; }

    /// <summary>Number of levels, level 0 included.</summary>
    public int Levels => Labels.Length;

    /// <summary>Number of values (its lines, when it was read from a file).</summary>
    public int LeafCount => Labels[0].Length;

    /// <summary>One line per value: the value, then its group at each level.</summary>
    public static Answer<Hierarchy> FromLines(string name, IEnumerable<IReadOnlyList<string>> lines)
    {
        var all = lines.ToArray();
        if (all.Length == 0 || all[0].Count == 0)
            return Refused("hierarchy.empty", 0, name);
        var levels = all[0].Count;
        var codes = Enumerable.Range(0, levels).Select(_ => new Dictionary<string, int>(StringComparer.Ordinal)).ToArray();
        var groupOf = Enumerable.Range(0, levels).Select(_ => new int[all.Length]).ToArray();
        var parents = Enumerable.Range(0, levels).Select(_ => new Dictionary<int, int>()).ToArray();
        for (var leaf = 0; leaf < all.Length; leaf++)
        {
            if (all[leaf].Count != levels)
                return Refused("hierarchy.uneven-line", leaf + 1, name);
            if (!codes[0].TryAdd(all[leaf][0], leaf))
                return Refused("hierarchy.value-twice", leaf + 1, name);
            groupOf[0][leaf] = leaf;
            for (var level = 1; level < levels; level++)
            {
                if (!codes[level].TryGetValue(all[leaf][level], out var group))
                    codes[level][all[leaf][level]] = group = codes[level].Count;
                groupOf[level][leaf] = group;
                if (parents[level - 1].TryAdd(groupOf[level - 1][leaf], group))
                    continue;
                if (parents[level - 1][groupOf[level - 1][leaf]] != group)
                    return Refused("hierarchy.group-split", leaf + 1, name);
            }
        }

        ImmutableArray<ImmutableArray<string>> labels = [.. codes.Select(c => c.OrderBy(e => e.Value).Select(e => e.Key).ToImmutableArray())];
        return new Answer<Hierarchy>.Given(new Hierarchy(name, groupOf, labels, codes[0]));
    }

    /// <summary>Reads lines of separated values without a header; separator and encoding are found out.</summary>
    public static Answer<Hierarchy> Read(string name, Stream stream)
    {
        var form = CsvForm.Of(stream);
        using var text = new StreamReader(stream, form.Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 14, leaveOpen: true);
        var records = new CsvRecords(text, form.Separator, form.Quote);
        var lines = new List<string[]>();
        while (records.Next())
            lines.Add([.. Enumerable.Range(0, records.FieldCount).Select(i => records.Field(i).ToString())]);
        return records.Fault is { } fault ? new Answer<Hierarchy>.Refused(fault with { Subject = name }) : FromLines(name, lines);
    }

    /// <summary>A column coarsened to a level; missing values stay missing. Refuses a value that the hierarchy does not have.</summary>
    public Answer<Column> Coarsen(Column column, int level)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)level, (uint)Levels);
        if (Leaves(column) is not { } leaves)
            return new Answer<Column>.Refused(UnknownIn(column)!);
        var groups = _groupOf[level];
        var codes = new int[column.RowCount];
        for (var row = 0; row < codes.Length; row++)
            codes[row] = column.CodeArray[row] == Column.Missing ? Column.Missing : groups[leaves[column.CodeArray[row]]];
        return new Answer<Column>.Given(Column.Own(column.Name, codes, Labels[level]));
    }

    internal int Group(int level, int leaf) => _groupOf[level][leaf];

    /// <summary>Number of values under each group of a level.</summary>
    internal int[] LeavesUnder(int level)
    {
        var under = new int[Labels[level].Length];
        foreach (var group in _groupOf[level])
            under[group]++;
        return under;
    }

    /// <summary>The leaf of each category of a column, or null where a category in use is not in the hierarchy.</summary>
    internal int[]? Leaves(Column column)
    {
        var leaves = new int[column.Categories.Length];
        var unknown = new bool[leaves.Length];
        for (var i = 0; i < leaves.Length; i++)
            unknown[i] = !_leafOf.TryGetValue(column.Categories[i], out leaves[i]);
        foreach (var code in column.Codes)
        {
            if (code != Column.Missing && unknown[code])
                return null;
        }

        return leaves;
    }

    /// <summary>The first row whose value is not in the hierarchy, as a fault, or null.</summary>
    internal Fault? UnknownIn(Column column)
    {
        for (var row = 0; row < column.RowCount; row++)
        {
            if (column[row] is { } value && !_leafOf.ContainsKey(value))
                return new Fault("hierarchy.value-unknown", row + 1, column.Name);
        }

        return null;
    }

    private static Answer<Hierarchy>.Refused Refused(string slug, int line, string name) => new(new Fault(slug, line, name));
}
