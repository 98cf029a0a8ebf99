using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>
/// A number in [0,1) that belongs to a set of records and not to the table it is shown in: the fractional part of the sum of the
/// records' own keys. The same people give the same key, hence the same noise, on every page.
/// </summary>
public readonly record struct CellKey
{
    private CellKey(double value) => Value = value;

    public double Value { get; }

    /// <summary>The key of a cell. Summed in whole 2⁻⁶⁴ths, so that the order of the records does not matter. Record keys lie in [0,1).</summary>
    public static CellKey Of(IEnumerable<double> recordKeys)
    {
        var sum = 0UL;
        foreach (var key in recordKeys)
        {
            if (key is not (>= 0 and < 1))
                throw new ArgumentOutOfRangeException(nameof(recordKeys), "A record key lies in [0,1).");
            unchecked
            {
                sum += (ulong)(key * TwoTo64);
            }
        }

        return new CellKey((sum >> 11) / (double)(1UL << 53));
    }

    private const double TwoTo64 = 18446744073709551616.0;
}

/// <summary>One step of a row of a perturbation table: the noise for keys up to (and with) a bound.</summary>
public readonly record struct NoiseStep(double UpTo, int Noise);

/// <summary>
/// The cell-key method: noise is looked up by the count and the cell key, never drawn anew. Row n is for counts of n; counts above the
/// last row take the last row. Refuses (throws on) rows that do not rise to 1 and noise that would make a count negative.
/// </summary>
public sealed class PerturbationTable
{
    private readonly ImmutableArray<ImmutableArray<NoiseStep>> _rows;

    public PerturbationTable(IEnumerable<IEnumerable<NoiseStep>> rows)
    {
        _rows = [.. rows.Select(r => r.ToImmutableArray())];
        if (_rows.IsEmpty)
            throw new ArgumentException("A perturbation table has at least the row for 0.", nameof(rows));
        for (var n = 0; n < _rows.Length; n++)
        {
            var row = _rows[n];
            if (row.IsEmpty || row[^1].UpTo != 1 || row.Zip(row.Skip(1)).Any(p => p.First.UpTo >= p.Second.UpTo))
                throw new ArgumentException($"The bounds of row {n} must rise to 1.", nameof(rows));
            if (row.Any(step => n + step.Noise < 0))
                throw new ArgumentException($"Row {n} would make a count negative.", nameof(rows));
        }
    }

    /// <summary>The count that is shown.</summary>
    public long Perturb(long count, CellKey key)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        foreach (var step in _rows[(int)Math.Min(count, _rows.Length - 1)])
        {
            if (key.Value <= step.UpTo)
                return count + step.Noise;
        }

        return count;
    }
}

/// <summary>Unbiased rounding to a multiple: with base 3 a rest of 1 goes down with probability 2/3, a rest of 2 up with 2/3.</summary>
public static class RandomRounding
{
    /// <summary>Rounds by the cell's own key in place of a drawn number, so that the same cell is rounded the same way everywhere.</summary>
    public static long Round(long count, CellKey key, int @base = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(@base, 2);
        var rest = count % @base;
        return key.Value < (double)rest / @base ? count - rest + @base : count - rest;
    }
}
