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

    private readonly int[][] _leaf;
    private readonly ulong[][][] _digit;
    private readonly bool[] _startsSegment;
    private readonly ulong[] _segmentRange;
    private readonly int[] _sizeOfClass;
    private readonly ulong[] _packed;
    private readonly ulong[] _keys;
    private readonly int[] _ids;
    private readonly int _shift;

    public LatticeGroups(KeyClasses classes, ImmutableArray<Hierarchy> hierarchies, int[][] leaf)
    {
        _leaf = leaf;
        _sizeOfClass = classes.SizeArray;
        (_packed, GroupOf, Sizes, First) = (new ulong[classes.Count], new int[classes.Count], new int[classes.Count], new int[classes.Count]);
        var bits = Math.Max(4, 64 - (int)ulong.LeadingZeroCount((ulong)classes.Count * 2));
        (_keys, _ids, _shift) = (new ulong[1 << bits], new int[1 << bits], 64 - bits);
        (_digit, _startsSegment, _segmentRange) = (new ulong[leaf.Length][][], new bool[leaf.Length], new ulong[leaf.Length]);
        var range = 1UL;
        for (var (a, start) = (0, 0); a < leaf.Length; a++)
        {
            var radix = (ulong)hierarchies[a].LeafCount + 1;
            // What is packed before a segment takes up to 31 bits once it is numbered densely.
            if (range > (start == 0 ? ulong.MaxValue : 1UL << 33) / radix)
                (_startsSegment[a], start, range) = (true, a, 1);
            _digit[a] = Digits(hierarchies[a], range);
            range *= radix;
            _segmentRange[start] = range;
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
        for (var from = 0; from < _leaf.Length;)
        {
            if (_startsSegment[from])
                Renumber(_segmentRange[from]);
            var to = from + 1;
            while (to < _leaf.Length && !_startsSegment[to])
                to++;
            for (var start = 0; start < _packed.Length; start += Block)
                Pack(levels, from, to, start);
            from = to;
        }

        return Number();
    }

    /// <summary>In blocks that stay in the nearest cache while the keys are gone through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(ReadOnlySpan<int> levels, int from, int to, int start)
    {
        var packed = _packed.AsSpan(start, Math.Min(Block, _packed.Length - start));
        for (var a = from; a < to; a++)
        {
            var leaf = _leaf[a].AsSpan(start, packed.Length);
            var digit = _digit[a][levels[a]];
            for (var c = 0; c < packed.Length; c++)
                packed[c] += digit[leaf[c]];
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
        for (var c = 0; c < packed.Length; c++)
        {
            var key = packed[c];
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
        }

        return count;
    }
}
