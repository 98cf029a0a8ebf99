namespace Amana.Disclosure;

/// <summary>
/// What follows by adding and subtracting from counts that are shown: Gaussian elimination over the smallest groups of records that the
/// sets tell apart, in whole numbers modulo a prime, hence without rounding.
/// </summary>
internal sealed class LinearKnowledge
{
    private const long Prime = 2_147_483_647;

    private readonly int[] _groupOf;
    private readonly int _groups;
    private readonly Dictionary<int, long[]> _rowOfPivot = [];
    private readonly List<long[]> _secrets = [];

    public LinearKnowledge(IReadOnlyList<RecordSet> sets)
    {
        _groupOf = new int[sets.Count == 0 ? 0 : sets.Max(s => s.Length)];
        foreach (var set in sets)
        {
            var index = new NumberIndex();
            for (var record = 0; record < _groupOf.Length; record++)
                _groupOf[record] = index.IdOf(((ulong)_groupOf[record] << 1) | (set.Has(record) ? 1UL : 0));
            _groups = index.Count;
        }
    }

    /// <summary>A set whose count must not follow. False where it follows already.</summary>
    public bool Guard(RecordSet secret)
    {
        var rest = Reduce(VectorOf(secret));
        if (IsZero(rest))
            return false;
        _secrets.Add(rest);
        return true;
    }

    /// <summary>Takes a count as shown, unless a secret would follow from it; says whether it did.</summary>
    public bool Show(RecordSet set)
    {
        var row = Reduce(VectorOf(set));
        var pivot = Array.FindIndex(row, x => x != 0);
        if (pivot < 0)
            return true;
        Scale(row, Inverse(row[pivot]));
        var secrets = _secrets.ConvertAll(s => Minus(s, row, s[pivot]));
        if (secrets.Exists(IsZero))
            return false;
        _rowOfPivot[pivot] = row;
        _secrets.Clear();
        _secrets.AddRange(secrets);
        return true;
    }

    private static bool IsZero(long[] vector) => Array.TrueForAll(vector, x => x == 0);

    private static void Scale(long[] vector, long factor)
    {
        for (var i = 0; i < vector.Length; i++)
            vector[i] = vector[i] * factor % Prime;
    }

    private static long[] Minus(long[] vector, long[] row, long factor)
    {
        if (factor == 0)
            return vector;
        var result = new long[vector.Length];
        for (var i = 0; i < vector.Length; i++)
            result[i] = (vector[i] + ((Prime - factor) * row[i])) % Prime;
        return result;
    }

    /// <summary>By Fermat: x^(p − 2).</summary>
    private static long Inverse(long x)
    {
        var (result, power) = (1L, x);
        for (var exponent = Prime - 2; exponent > 0; exponent >>= 1)
        {
            result = (exponent & 1) != 0 ? result * power % Prime : result;
            power = power * power % Prime;
        }

        return result;
    }

    private long[] VectorOf(RecordSet set)
    {
        var vector = new long[_groups];
        for (var record = 0; record < set.Length; record++)
        {
            if (set.Has(record))
                vector[_groupOf[record]] = 1;
        }

        return vector;
    }

    private long[] Reduce(long[] vector)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            if (vector[i] != 0 && _rowOfPivot.TryGetValue(i, out var row))
                vector = Minus(vector, row, vector[i]);
        }

        return vector;
    }
}
