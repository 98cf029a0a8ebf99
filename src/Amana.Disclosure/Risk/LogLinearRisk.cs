using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>Which margins of the table of all keys the model keeps.</summary>
public enum LogLinearModel
{
    /// <summary>Each key by itself.</summary>
    Independence,

    /// <summary>Each pair of keys.</summary>
    AllPairs,
}

/// <summary>
/// Risk of a file from a log-linear model of its keys (Skinner &amp; Shlomo 2008): counts are Poisson, μ is fitted to the full cross table of
/// the sample and λ = μ/π is the mean in the population. Keys without missing values; π is the sampling fraction, the same for all.
/// </summary>
/// <param name="PopulationUniques">τ₁: expected number of records that are alone in the file and in the population.</param>
/// <param name="CorrectMatches">τ₂: expected number of right matches when every record that is alone in the file is matched.</param>
public sealed record LogLinearRisk(double PopulationUniques, double CorrectMatches)
{
    private const int MostCells = 1 << 22;
    private const int MostRounds = 500;

    /// <summary>Fits and sums. Refuses missing key values, and pairs over more than four million cells.</summary>
    public static Answer<LogLinearRisk> Measure(
        Microdata microdata, IEnumerable<string> keys, double samplingFraction, LogLinearModel model = LogLinearModel.Independence, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplingFraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samplingFraction, 1);
        var classes = KeyClasses.Of(microdata, keys);
        foreach (var key in classes.Keys)
        {
            if (key.Codes.IndexOf(Column.Missing) is >= 0 and var gap)
                return new Answer<LogLinearRisk>.Refused(new Fault("log-linear.missing-value", gap + 1, key.Name));
        }

        if (model == LogLinearModel.AllPairs && classes.Keys.Aggregate(1L, (cells, k) => Math.Min(cells * k.Categories.Length, int.MaxValue)) > MostCells)
            return new Answer<LogLinearRisk>.Refused(new Fault("log-linear.too-many-cells", 0, string.Empty));
        var mean = model == LogLinearModel.Independence ? Independent(classes) : new PairFit(classes).Run(MostRounds, cancellation);
        var (first, second) = (0.0, 0.0);
        for (var c = 0; c < classes.Count; c++)
        {
            if (classes.SizeArray[c] != 1)
                continue;
            var unseen = (1 - samplingFraction) * mean[c] / samplingFraction;
            first += Math.Exp(-unseen);
            second += unseen < 1e-8 ? 1 - (unseen / 2) : (1 - Math.Exp(-unseen)) / unseen;
        }

        return new Answer<LogLinearRisk>.Given(new LogLinearRisk(first, second));
    }

    /// <summary>n·Π n_a(v)/n, the closed form.</summary>
    private static double[] Independent(KeyClasses classes)
    {
        double n = classes.RowClasses.Length;
        var mean = new double[classes.Count];
        Array.Fill(mean, n);
        for (var a = 0; a < classes.Keys.Length; a++)
        {
            var codes = classes.CodesOf(a);
            var rows = new double[classes.Keys[a].Categories.Length];
            for (var c = 0; c < codes.Length; c++)
                rows[codes[c]] += classes.SizeArray[c];
            for (var c = 0; c < codes.Length; c++)
                mean[c] *= rows[codes[c]] / n;
        }

        return mean;
    }
}

/// <summary>Iterative proportional fitting of the full table to the counts of every pair of keys.</summary>
internal sealed class PairFit
{
    private readonly KeyClasses _classes;
    private readonly ImmutableArray<int> _radix;
    private readonly int[] _stride;
    private readonly double[] _table;

    public PairFit(KeyClasses classes)
    {
        _classes = classes;
        _radix = [.. classes.Keys.Select(k => k.Categories.Length)];
        _stride = new int[_radix.Length];
        var cells = 1;
        for (var a = 0; a < _stride.Length; a++)
            (_stride[a], cells) = (cells, cells * _radix[a]);
        _table = new double[cells];
        Array.Fill(_table, (double)classes.RowClasses.Length / cells);
    }

    /// <summary>The fitted mean of each class, after the margins agree to a millionth of a row or after so many rounds.</summary>
    public double[] Run(int rounds, CancellationToken cancellation)
    {
        var margins = Margins().ToArray();
        for (var (round, worst) = (0, double.PositiveInfinity); round < rounds && worst > 1e-6; round++)
        {
            worst = 0;
            foreach (var (a, b, wanted) in margins)
            {
                cancellation.ThrowIfCancellationRequested();
                worst = Math.Max(worst, Fit(a, b, wanted));
            }
        }

        var mean = new double[_classes.Count];
        for (var a = 0; a < _stride.Length; a++)
        {
            var codes = _classes.CodesOf(a);
            for (var c = 0; c < mean.Length; c++)
                mean[c] += codes[c] * _stride[a];
        }

        return Array.ConvertAll(mean, cell => _table[(int)cell]);
    }

    private IEnumerable<(int A, int B, double[] Wanted)> Margins()
    {
        if (_radix.Length == 1)
            yield return (0, 0, Count(0, 0));
        for (var a = 0; a < _radix.Length; a++)
        {
            for (var b = a + 1; b < _radix.Length; b++)
                yield return (a, b, Count(a, b));
        }
    }

    private double[] Count(int a, int b)
    {
        var (first, second, counts) = (_classes.CodesOf(a), _classes.CodesOf(b), new double[_radix[a] * _radix[b]]);
        for (var c = 0; c < first.Length; c++)
            counts[(first[c] * _radix[b]) + second[c]] += _classes.SizeArray[c];
        return counts;
    }

    /// <summary>Scales the table to one margin; says how far it was off, in rows.</summary>
    private double Fit(int a, int b, double[] wanted)
    {
        var has = new double[wanted.Length];
        int Place(int cell) => (cell / _stride[a] % _radix[a] * _radix[b]) + (cell / _stride[b] % _radix[b]);
        for (var cell = 0; cell < _table.Length; cell++)
            has[Place(cell)] += _table[cell];
        var worst = 0.0;
        for (var i = 0; i < wanted.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(wanted[i] - has[i]));
            has[i] = has[i] > 0 ? wanted[i] / has[i] : 0;
        }

        for (var cell = 0; cell < _table.Length; cell++)
            _table[cell] *= has[Place(cell)];
        return worst;
    }
}
