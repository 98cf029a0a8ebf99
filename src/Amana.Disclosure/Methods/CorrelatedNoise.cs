using System.Collections.Immutable;
using System.Globalization;

namespace Amana.Disclosure;

/// <summary>
/// Noise with the covariances of the data themselves (Kim 1986): X + ε, ε normal with covariance c·Σ, then drawn together by 1/√(1+c)
/// about the mean, so that means, spreads and correlations are expected to stay what they were.
/// </summary>
public static class CorrelatedNoise
{
    /// <summary>Adds noise. Refuses values that are not numbers. Missing values stay missing; Σ is that of the rows without gaps.</summary>
    /// <param name="microdata">What is changed.</param>
    /// <param name="columns">The numeric variables, together.</param>
    /// <param name="share">c: variance of the noise per variance of the data, above 0 (0.1 is usual).</param>
    /// <param name="seed">The same data, share and seed give the same result; it must stay secret.</param>
    /// <param name="decimals">Decimals kept, since more of them would tell the true value apart.</param>
    public static Answer<Microdata> Run(Microdata microdata, IEnumerable<string> columns, double share, int seed, int decimals = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ImmutableArray<Column> numeric = [.. columns.Select(c => microdata[c])];
        var values = new double[numeric.Length][];
        for (var j = 0; j < values.Length; j++)
        {
            if (numeric[j].Numbers() is Answer<double[]>.Refused { Fault: var fault })
                return new Answer<Microdata>.Refused(fault);
            values[j] = numeric[j].Numbers().OrThrow();
        }

        int[] complete = [.. Enumerable.Range(0, microdata.RowCount).Where(row => values.All(v => !double.IsNaN(v[row])))];
        var whole = values.Select(v => Array.ConvertAll(complete, row => v[row])).ToArray();
        var means = whole.Select(v => v.Length == 0 ? 0 : v.Average()).ToArray();
        var lower = SymmetricMatrix.Cholesky(SymmetricMatrix.Covariance(whole));
        var random = new Random(seed);
        var texts = values.Select(v => new string?[v.Length]).ToArray();
        for (var row = 0; row < microdata.RowCount; row++)
        {
            var noise = Noise(lower, Math.Sqrt(share), random);
            for (var j = 0; j < values.Length; j++)
            {
                var mixed = means[j] + ((values[j][row] + noise[j] - means[j]) / Math.Sqrt(1 + share));
                // Adding 0 makes −0 a plain 0.
                texts[j][row] = double.IsNaN(mixed) ? null : (Math.Round(mixed, decimals) + 0.0).ToString("R", CultureInfo.InvariantCulture);
            }
        }

        var result = microdata;
        for (var j = 0; j < values.Length; j++)
            result = result.With(Column.FromValues(numeric[j].Name, texts[j]));
        return new Answer<Microdata>.Given(result);
    }

    private static double[] Noise(double[,] lower, double scale, Random random)
    {
        var drawn = new double[lower.GetLength(0)];
        for (var j = 0; j < drawn.Length; j++)
            drawn[j] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var noise = new double[drawn.Length];
        for (var i = 0; i < noise.Length; i++)
        {
            for (var j = 0; j <= i; j++)
                noise[i] += scale * lower[i, j] * drawn[j];
        }

        return noise;
    }
}
