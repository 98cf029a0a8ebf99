using System.Collections.Immutable;
using System.Numerics;

namespace Amana.Disclosure;

/// <summary>
/// Writes a combination of key values as one number with a field of bits per key, 0 for a missing value, so that leaving keys out of
/// sight is a single "and". A mask has bit j set where key j is missing (or is to be left out).
/// </summary>
internal sealed class KeyPatterns
{
    private readonly int[] _shift;
    private readonly UInt128[] _field;

    public KeyPatterns(ImmutableArray<Column> keys)
    {
        if (keys.Length > 30)
            throw new ArgumentException("At most 30 key variables can be matched with missing values.", nameof(keys));
        _shift = new int[keys.Length];
        _field = new UInt128[keys.Length];
        var used = 0;
        for (var j = 0; j < keys.Length; j++)
        {
            var bits = BitOperations.Log2((uint)keys[j].Categories.Length + 1) + 1;
            _shift[j] = used;
            _field[j] = ((UInt128.One << bits) - 1) << used;
            used += bits;
        }

        if (used > 128)
            throw new ArgumentException("The key variables have too many categories to be matched with missing values (more than 128 bits).", nameof(keys));
    }

    public int KeyCount => _shift.Length;

    public UInt128 Pack(ReadOnlySpan<int> codes)
    {
        var pattern = UInt128.Zero;
        for (var j = 0; j < codes.Length; j++)
            pattern |= (UInt128)(uint)(codes[j] + 1) << _shift[j];
        return pattern;
    }

    public UInt128[] PackAll(KeyClasses classes)
    {
        var patterns = new UInt128[classes.Count];
        for (var j = 0; j < _shift.Length; j++)
        {
            var codes = classes.CodesOf(j);
            for (var c = 0; c < patterns.Length; c++)
                patterns[c] |= (UInt128)(uint)(codes[c] + 1) << _shift[j];
        }

        return patterns;
    }

    /// <summary>The keys that are missing in a pattern.</summary>
    public int MissingOf(UInt128 pattern)
    {
        var mask = 0;
        for (var j = 0; j < _field.Length; j++)
        {
            if ((pattern & _field[j]) == UInt128.Zero)
                mask |= 1 << j;
        }

        return mask;
    }

    /// <summary>What "and" has to be taken with to leave the keys of a mask out.</summary>
    public UInt128 Keeping(int mask)
    {
        var keep = UInt128.Zero;
        for (var j = 0; j < _field.Length; j++)
        {
            if ((mask & (1 << j)) == 0)
                keep |= _field[j];
        }

        return keep;
    }
}
