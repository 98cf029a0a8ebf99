namespace Amana.Disclosure;

/// <summary>
/// The distribution of a sensitive variable among the records that cannot be told apart by the keys. Missing key values match every
/// category; records whose sensitive value is missing tell nothing and are left out.
/// </summary>
internal sealed class SensitiveGroups
{
    private readonly KeyClasses _classes;
    private readonly int[] _codes;
    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly int[] _sum;
    private readonly KeyPatterns? _patterns;
    private readonly UInt128[] _packed = [];
    private readonly Dictionary<int, List<int>> _bySource = [];
    private readonly Dictionary<(int Source, int Hidden), Dictionary<UInt128, List<int>>> _tables = [];

    public SensitiveGroups(KeyClasses classes, Column sensitive)
    {
        _classes = classes;
        Categories = sensitive.Categories.Length;
        _codes = sensitive.CodeArray;
        _sum = new int[Categories];
        (_starts, _rows) = classes.RowsByClass();
        if (!classes.Keys.Any(k => k.Codes.Contains(Column.Missing)))
            return;
        _patterns = new KeyPatterns(classes.Keys);
        _packed = _patterns.PackAll(classes);
        for (var c = 0; c < _packed.Length; c++)
        {
            var source = _patterns.MissingOf(_packed[c]);
            if (!_bySource.TryGetValue(source, out var list))
                _bySource[source] = list = [];
            list.Add(c);
        }
    }

    public int Categories { get; }

    public int ClassCount => _classes.Count;

    /// <summary>Counts per category over everybody that matches the class; valid until the next call.</summary>
    public int[] Of(int @class)
    {
        Array.Clear(_sum);
        if (_patterns is null)
        {
            Add(@class);
            return _sum;
        }

        var hidden = _patterns.MissingOf(_packed[@class]);
        foreach (var source in _bySource.Keys)
        {
            foreach (var other in Matching(source, hidden | source, _packed[@class]))
                Add(other);
        }

        return _sum;
    }

    /// <summary>Counts per category over the whole file.</summary>
    public int[] Overall()
    {
        var sum = new int[Categories];
        foreach (var code in _codes)
        {
            if (code != Column.Missing)
                sum[code]++;
        }

        return sum;
    }

    private void Add(int @class)
    {
        for (var i = _starts[@class]; i < _starts[@class + 1]; i++)
        {
            var code = _codes[_rows[i]];
            if (code != Column.Missing)
                _sum[code]++;
        }
    }

    private List<int> Matching(int source, int hidden, UInt128 pattern)
    {
        var keep = _patterns!.Keeping(hidden);
        if (!_tables.TryGetValue((source, hidden), out var table))
        {
            table = _bySource[source].GroupBy(c => _packed[c] & keep).ToDictionary(g => g.Key, g => g.ToList());
            _tables[(source, hidden)] = table;
        }

        return table.GetValueOrDefault(pattern & keep) ?? [];
    }
}
