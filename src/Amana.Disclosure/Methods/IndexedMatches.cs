namespace Amana.Disclosure;

/// <summary>Answers, for one class at a time, how many rows would match it with a set of its keys taken out.</summary>
internal interface ISuppressionMatches
{
    /// <summary>Turns to a class; the questions that follow are about it.</summary>
    void TurnTo(int @class);

    /// <summary>Rows that match the class with the keys of a set taken out (none, for the empty set).</summary>
    int With(int set);

    /// <summary>A largest class of k rows and more, with all keys there, that differs from the class in the keys of the set; -1 for none.</summary>
    int LargeNeighbour(int set);

    /// <summary>Rows of a class lose the keys of a set.</summary>
    void Take(int @class, int rows, int set);
}

/// <summary>By tables over the keys that are left: quick for few keys, where few sets are ever asked for.</summary>
internal sealed class IndexedMatches : ISuppressionMatches
{
    private readonly KeyClasses _classes;
    private readonly KeyPatterns _patterns;
    private readonly UInt128[] _packed;
    private readonly UInt128[] _keeping;
    private readonly WildcardIndex _index;
    private readonly int _k;
    private readonly Dictionary<int, Dictionary<UInt128, int>> _largest = [];
    private int _class;

    public IndexedMatches(KeyClasses classes, KeyPatterns patterns, UInt128[] packed, int k)
    {
        (_classes, _patterns, _packed, _k) = (classes, patterns, packed, k);
        _keeping = [.. Enumerable.Range(0, 1 << classes.Keys.Length).Select(patterns.Keeping)];
        _index = new WildcardIndex(patterns);
        for (var c = 0; c < packed.Length; c++)
            _index.Add(packed[c], new Tally(classes.SizeArray[c], 0));
    }

    public void TurnTo(int @class) => _class = @class;

    public int With(int set) => (int)_index.Matches(_packed[_class] & _keeping[set]).Rows;

    public int LargeNeighbour(int set)
    {
        if (!_largest.TryGetValue(set, out var largest))
        {
            _largest[set] = largest = [];
            for (var d = 0; d < _packed.Length; d++)
            {
                if (_classes.SizeArray[d] < _k || _patterns.MissingOf(_packed[d]) != 0)
                    continue;
                var key = _packed[d] & _keeping[set];
                if (!largest.TryGetValue(key, out var other) || _classes.SizeArray[d] > _classes.SizeArray[other] || (_classes.SizeArray[d] == _classes.SizeArray[other] && _packed[d] < _packed[other]))
                    largest[key] = d;
            }
        }

        return largest.GetValueOrDefault(_packed[_class] & _keeping[set], -1);
    }

    public void Take(int @class, int rows, int set)
    {
        _index.Remove(_packed[@class], new Tally(rows, 0));
        _index.Add(_packed[@class] & _keeping[set], new Tally(rows, 0));
    }
}

