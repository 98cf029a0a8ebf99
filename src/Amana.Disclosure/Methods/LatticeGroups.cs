using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Amana.Disclosure;

/// <summary>
/// Groups the classes of identical keys at a choice of levels. Each key adds its own digit of a mixed-radix number, looked up by leaf;
/// the numbers are then counted in an open-addressing table that is used again and again. All is held column by column.
/// </summary>
internal sealed class LatticeGroups
{
    private const int Block = 2048;

    private readonly List<List<KeyBundle>> _segments = [];
    private readonly List<ulong> _segmentRange = [];
    private readonly int[] _sizeOfClass;
    private readonly ulong[] _packed;
    private readonly ulong[] _keys;
    private readonly int[] _ids;
    private readonly int _shift;

    public LatticeGroups(int[] sizeOfClass, ImmutableArray<Hierarchy> hierarchies, int[][] leaf)
    {
        var count = sizeOfClass.Length;
        _sizeOfClass = sizeOfClass;
        (_packed, GroupOf, Sizes, First) = (new ulong[count], new int[count], new int[count], new int[count]);
        var bits = Math.Max(4, 64 - (int)ulong.LeadingZeroCount((ulong)count * 2));
        (_keys, _ids, _shift) = (new ulong[1 << bits], new int[1 << bits], 64 - bits);
        var range = ulong.MaxValue;
        foreach (var a in Enumerable.Range(0, leaf.Length).OrderBy(a => hierarchies[a].LeafCount).ThenBy(a => a))
        {
            var radix = (ulong)hierarchies[a].LeafCount + 1;
            // What is packed before a segment takes up to 31 bits once it is numbered densely.
            if (range > (_segments.Count < 2 ? ulong.MaxValue : 1UL << 33) / radix)
            {
                _segments.Add([]);
                _segmentRange.Add(1);
                range = 1;
            }

            var bundles = _segments[^1];
            if (bundles.Count == 0 || !bundles[^1].Take(a, hierarchies[a], leaf[a], range))
                bundles.Add(new KeyBundle(a, hierarchies[a], leaf[a], range));
            range *= radix;
            _segmentRange[^1] = range;
        }
    }

    /// <summary>The group of each class, after <see cref="Group"/>.</summary>
    public int[] GroupOf { get; }

    /// <summary>Rows of each group.</summary>
    public int[] Sizes { get; }

    /// <summary>A class of each group.</summary>
    public int[] First { get; }

    /// <summary>Groups, and says how many groups there are. Numbers them by their first class.</summary>
    public int Group(ReadOnlySpan<int> levels)
    {
        Array.Clear(_packed);
        for (var s = 0; s < _segments.Count; s++)
        {
            if (s > 0)
                Renumber(_segmentRange[s]);
            foreach (var bundle in _segments[s])
                bundle.TurnTo(levels);
            for (var start = 0; start < _packed.Length; start += Block)
                Pack(_segments[s], start);
        }

        return Number();
    }

    /// <summary>In blocks that stay in the nearest cache while the keys are gone through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(List<KeyBundle> bundles, int start)
    {
        var packed = _packed.AsSpan(start, Math.Min(Block, _packed.Length - start));
        foreach (var bundle in bundles)
        {
            var value = bundle.OfClass.AsSpan(start, packed.Length);
            var digit = bundle.Digit;
            for (var c = 0; c < packed.Length; c++)
                packed[c] += digit[value[c]];
        }
    }

    private void Renumber(ulong range)
    {
        Number();
        for (var c = 0; c < _packed.Length; c++)
            _packed[c] = (ulong)GroupOf[c] * range;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Number()
    {
        Array.Clear(_ids);
        var (keys, ids, packed, groupOf, sizes, count) = (_keys, _ids, _packed, GroupOf, Sizes, 0);
        var mask = ids.Length - 1;
        var (before, idBefore) = (0UL, 0);
        for (var c = 0; c < packed.Length; c++)
        {
            var key = packed[c];
            if (key == before && idBefore != 0)
            {
                groupOf[c] = idBefore - 1;
                sizes[idBefore - 1] += _sizeOfClass[c];
                continue;
            }

            var slot = (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);
            while (ids[slot] != 0 && keys[slot] != key)
                slot = (slot + 1) & mask;
            var id = ids[slot];
            if (id == 0)
            {
                (keys[slot], ids[slot], id) = (key, count + 1, count + 1);
                (First[count], sizes[count]) = (c, 0);
                count++;
            }

            groupOf[c] = id - 1;
            sizes[id - 1] += _sizeOfClass[c];
            (before, idBefore) = (key, id);
        }

        return count;
    }
}

/// <summary>
/// Keys of few values taken as one, over the combinations that there are: one look-up for each class then serves them all.
/// </summary>
internal sealed class KeyBundle
{
    private const int MostCombinations = 4096;

    private readonly List<(int Key, ulong[][] Digit, int[] Leaf)> _keys = [];

    public KeyBundle(int key, Hierarchy hierarchy, int[] leaf, ulong range)
    {
        OfClass = leaf;
        Digit = new ulong[hierarchy.LeafCount + 1];
        _keys.Add((key, Digits(hierarchy, range), [.. Enumerable.Range(0, Digit.Length)]));
    }

    /// <summary>The combination that each class has.</summary>
    public int[] OfClass { get; private set; }

    /// <summary>What each combination adds to the number, after <see cref="TurnTo"/>.</summary>
    public ulong[] Digit { get; private set; }

    /// <summary>Takes a key in, unless there would be too many combinations.</summary>
    public bool Take(int key, Hierarchy hierarchy, int[] leaf, ulong range)
    {
        var index = new NumberIndex(MostCombinations);
        var (ofClass, firstOf, leafOf) = (new int[leaf.Length], new List<int>(), new List<int>());
        for (var c = 0; c < ofClass.Length; c++)
        {
            ofClass[c] = index.IdOf(((ulong)OfClass[c] << 32) | (uint)leaf[c]);
            if (ofClass[c] < firstOf.Count)
                continue;
            if (firstOf.Count == MostCombinations)
                return false;
            firstOf.Add(OfClass[c]);
            leafOf.Add(leaf[c]);
        }

        for (var i = 0; i < _keys.Count; i++)
        {
            var before = _keys[i].Leaf;
            _keys[i] = _keys[i] with { Leaf = [.. firstOf.Select(combination => before[combination])] };
        }

        _keys.Add((key, Digits(hierarchy, range), [.. leafOf]));
        (OfClass, Digit) = (ofClass, new ulong[firstOf.Count]);
        return true;
    }

    public void TurnTo(ReadOnlySpan<int> levels)
    {
        Array.Clear(Digit);
        foreach (var (key, digits, leaf) in _keys)
        {
            var own = digits[levels[key]];
            for (var i = 0; i < leaf.Length; i++)
                Digit[i] += own[leaf[i]];
        }
    }

    private static ulong[][] Digits(Hierarchy hierarchy, ulong range)
    {
        var digits = new ulong[hierarchy.Levels][];
        for (var level = 0; level < digits.Length; level++)
        {
            digits[level] = new ulong[hierarchy.LeafCount + 1];
            for (var leaf = 0; leaf < hierarchy.LeafCount; leaf++)
                digits[level][leaf] = (ulong)hierarchy.Group(level, leaf) * range;
            digits[level][hierarchy.LeafCount] = (ulong)hierarchy.LeafCount * range;
        }

        return digits;
    }
}
