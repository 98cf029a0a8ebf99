using System.Numerics;

namespace Amana.Disclosure;

/// <summary>Gives each different number the next free id, counted from 0: an open-addressing table without an object per entry.</summary>
internal sealed class NumberIndex
{
    private ulong[] _keys;
    private int[] _ids;
    private int _mask;

    public NumberIndex(int expected = 16)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expected * 2));
        _keys = new ulong[size];
        _ids = new int[size];
        _mask = size - 1;
    }

    public int Count { get; private set; }

    /// <summary>The id of a number; a new one when it was not seen before.</summary>
    public int IdOf(ulong key)
    {
        var slot = Slot(key);
        for (; _ids[slot] != 0; slot = (slot + 1) & _mask)
        {
            if (_keys[slot] == key)
                return _ids[slot] - 1;
        }

        _keys[slot] = key;
        _ids[slot] = ++Count;
        if (Count * 2 > _mask)
            Grow();
        return Count - 1;
    }

    public void Clear()
    {
        Array.Clear(_ids);
        Count = 0;
    }

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> 32) & _mask;

    private void Grow()
    {
        var (keys, ids) = (_keys, _ids);
        _keys = new ulong[keys.Length * 2];
        _ids = new int[keys.Length * 2];
        _mask = _keys.Length - 1;
        for (var i = 0; i < keys.Length; i++)
        {
            if (ids[i] == 0)
                continue;
            var slot = Slot(keys[i]);
            while (_ids[slot] != 0)
                slot = (slot + 1) & _mask;
            (_keys[slot], _ids[slot]) = (keys[i], ids[i]);
        }
    }
}
