using System.Numerics;

namespace Amana.Disclosure;

/// <summary>
/// By comparing the class with every other one key by key, and adding up over sets of keys (rows by the exact set they differ in, then
/// sums over subsets): the work for a class does not grow with how many sets are asked for.
/// </summary>
internal sealed class ScannedMatches : ISuppressionMatches
{
    private readonly KeyClasses _classes;
    private readonly UInt128[] _packed;
    private readonly int _k;
    private readonly bool[] _isLarge;
    private readonly int[][] _codes;
    private readonly int[] _withSet;
    private readonly int[] _neighbour;
    private readonly List<int> _neighboured = [];
    private int[] _rows;
    private int[] _differs = [];
    private int _entries;

    public ScannedMatches(KeyClasses classes, KeyPatterns patterns, UInt128[] packed, int k)
    {
        (_classes, _packed, _k) = (classes, packed, k);
        _entries = classes.Count;
        _codes = [.. Enumerable.Range(0, classes.Keys.Length).Select(classes.CodesOf)];
        _rows = [.. classes.SizeArray];
        _isLarge = [.. packed.Select((p, c) => classes.SizeArray[c] >= k && patterns.MissingOf(p) == 0)];
        _withSet = new int[1 << _codes.Length];
        _neighbour = new int[1 << _codes.Length];
        Array.Fill(_neighbour, -1);
        MakeRoom();
    }

    public void TurnTo(int @class)
    {
        FindDifferences(@class);
        Array.Clear(_withSet);
        foreach (var set in _neighboured)
            _neighbour[set] = -1;
        _neighboured.Clear();
        for (var e = 0; e < _entries; e++)
            _withSet[_differs[e]] += _rows[e];
        if (_withSet[0] >= _k)
            return;
        for (var c = 0; c < _isLarge.Length; c++)
        {
            if (_isLarge[c])
                NoteNeighbour(c, _differs[c]);
        }

        AddSubsets();
    }

    public int With(int set) => _withSet[set];

    public int LargeNeighbour(int set) => _neighbour[set];

    public void Take(int @class, int rows, int set)
    {
        if (_entries == _rows.Length)
            MakeRoom();
        _rows[@class] -= rows;
        for (var j = 0; j < _codes.Length; j++)
            _codes[j][_entries] = (set & (1 << j)) != 0 ? Column.Missing : _codes[j][@class];
        _rows[_entries++] = rows;
    }

    /// <summary>Room to spare, in whole vectors; entries beyond the last have no rows.</summary>
    private void MakeRoom()
    {
        var room = ((_entries + (_entries / 4)) / Vector<int>.Count * Vector<int>.Count) + (2 * Vector<int>.Count);
        Array.Resize(ref _rows, room);
        _differs = new int[room];
        for (var j = 0; j < _codes.Length; j++)
            Array.Resize(ref _codes[j], room);
    }

    private void FindDifferences(int @class)
    {
        Array.Clear(_differs);
        var missing = new Vector<int>(Column.Missing);
        for (var j = 0; j < _codes.Length; j++)
        {
            var code = _codes[j][@class];
            if (code == Column.Missing)
                continue;
            var (own, bit, codes) = (new Vector<int>(code), new Vector<int>(1 << j), _codes[j]);
            for (var e = 0; e < _entries; e += Vector<int>.Count)
            {
                var other = new Vector<int>(codes, e);
                var same = Vector.Equals(other, own) | Vector.Equals(other, missing);
                (new Vector<int>(_differs, e) | Vector.AndNot(bit, same)).CopyTo(_differs, e);
            }
        }
    }

    private void NoteNeighbour(int c, int set)
    {
        var other = _neighbour[set];
        if (other < 0)
            _neighboured.Add(set);
        if (other < 0 || _classes.SizeArray[c] > _classes.SizeArray[other]
            || (_classes.SizeArray[c] == _classes.SizeArray[other] && _packed[c] < _packed[other]))
            _neighbour[set] = c;
    }

    private void AddSubsets()
    {
        for (var step = 1; step < _withSet.Length; step <<= 1)
        {
            for (var start = 0; start < _withSet.Length; start += 2 * step)
                AddTo(_withSet.AsSpan(start + step, step), _withSet.AsSpan(start, step));
        }
    }

    private static void AddTo(Span<int> sums, ReadOnlySpan<int> terms)
    {
        var i = 0;
        for (; i + Vector<int>.Count <= sums.Length; i += Vector<int>.Count)
            (new Vector<int>(sums[i..]) + new Vector<int>(terms[i..])).CopyTo(sums[i..]);
        for (; i < sums.Length; i++)
            sums[i] += terms[i];
    }
}
