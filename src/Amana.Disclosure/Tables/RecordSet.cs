using System.Numerics;

namespace Amana.Disclosure;

/// <summary>The records counted in one cell, a bit per record number.</summary>
internal sealed class RecordSet
{
    private ulong[] _bits = [];

    public int Count { get; private set; }

    public int Length => _bits.Length * 64;

    /// <summary>The set that these bytes hold.</summary>
    public static RecordSet Of(byte[] bytes)
    {
        var bits = new ulong[(bytes.Length + 7) / 8];
        for (var i = 0; i < bytes.Length; i++)
            bits[i >> 3] |= (ulong)bytes[i] << (8 * (i & 7));
        return new RecordSet { _bits = bits, Count = bits.Sum(b => BitOperations.PopCount(b)) };
    }

    /// <summary>A bit for each record, the lowest number first, without empty bytes at the end.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_bits.Length * 8];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(_bits[i >> 3] >> (8 * (i & 7)));
        return bytes[..(Array.FindLastIndex(bytes, b => b != 0) + 1)];
    }

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
