using System.Numerics;

namespace Amana.Disclosure;

/// <summary>The records counted in one cell, a bit per record number.</summary>
internal sealed class RecordSet
{
    private ulong[] _bits = [];

    public int Count { get; private set; }

    public int Length => _bits.Length * 64;

    public void Add(int record)
    {
        if (record >= Length)
            Array.Resize(ref _bits, (record >> 6) + 1);
        var bit = 1UL << (record & 63);
        Count += (_bits[record >> 6] & bit) == 0 ? 1 : 0;
        _bits[record >> 6] |= bit;
    }

    public RecordSet Or(RecordSet other)
    {
        var (longer, shorter) = _bits.Length >= other._bits.Length ? (_bits, other._bits) : (other._bits, _bits);
        var bits = (ulong[])longer.Clone();
        for (var i = 0; i < shorter.Length; i++)
            bits[i] |= shorter[i];
        return new RecordSet { _bits = bits, Count = bits.Sum(b => BitOperations.PopCount(b)) };
    }

    public bool IsSameAs(RecordSet other) => Count == other.Count && NestedDifference(other) == 0;

    public bool Has(int record) => record < Length && (_bits[record >> 6] & (1UL << (record & 63))) != 0;

    /// <summary>The size of what is in one set and not in the other, where one lies within the other; else -1.</summary>
    public int NestedDifference(RecordSet other)
    {
        var common = 0;
        for (var i = Math.Min(_bits.Length, other._bits.Length) - 1; i >= 0; i--)
            common += BitOperations.PopCount(_bits[i] & other._bits[i]);
        return common == Math.Min(Count, other.Count) ? Math.Abs(Count - other.Count) : -1;
    }
}
