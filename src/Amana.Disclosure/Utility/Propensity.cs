using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>
/// pMSE (Woo et al. 2009; Snoke et al. 2018): original and released records are put together, and a logistic model of their categories says
/// of each how likely it is a released one. Where the model cannot tell, the release is as good as the original.
/// </summary>
/// <param name="Score">Mean of (p − c)², c the share of released records: 0 cannot be told apart, c·(1 − c) told apart wholly.</param>
/// <param name="Ratio">Score by what it would be on average if both were drawn from the same people; near 1 is good.</param>
/// <param name="Parameters">Number of parameters of the model, the constant among them.</param>
public sealed record Propensity(double Score, double Ratio, int Parameters)
{
    private const int MostParameters = 1500;
    private const int MostRounds = 40;
    private const double LongestStep = 4;

    // A category that only one file has would run off to infinity; this holds it back and moves others by less than is shown.
    private const double Ridge = 1e-3;

    /// <summary>
    /// Measures, each category an effect of its own and a missing value one more. Refuses (<c>propensity.too-many-categories</c>) more than
    /// 1,500 categories together. The files may differ in length.
    /// </summary>
    public static Answer<Propensity> Measure(Microdata original, Microdata released, IEnumerable<string> columns, CancellationToken cancellation = default)
    {
        ImmutableArray<string> names = [.. columns];
        var effects = new int[original.RowCount + released.RowCount][];
        for (var row = 0; row < effects.Length; row++)
            effects[row] = new int[names.Length];
        var next = 1;
        for (var j = 0; j < names.Length; j++)
        {
            var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var (column, offset) in new[] { (original[names[j]], 0), (released[names[j]], original.RowCount) })
            {
                for (var row = 0; row < column.RowCount; row++)
                {
                    var value = column[row] ?? "\0";
                    // The first category of each variable is what the others are compared with.
                    if (!numbers.TryGetValue(value, out var number))
                        numbers[value] = number = numbers.Count == 0 ? 0 : next++;
                    effects[row + offset][j] = number;
                }
            }

            if (next > MostParameters)
                return new Answer<Propensity>.Refused(new Fault("propensity.too-many-categories", 0, names[j]));
        }

        return new Answer<Propensity>.Given(Fit(effects, original.RowCount, next, cancellation));
    }

    private static Propensity Fit(int[][] effects, int originals, int parameters, CancellationToken cancellation)
    {
        double n = effects.Length;
        var c = (n - originals) / n;
        var weights = new double[parameters];
        weights[0] = Math.Log(Math.Max(c, 1e-12) / Math.Max(1 - c, 1e-12));
        for (var round = 0; round < MostRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = Step(effects, originals, weights);
            var largest = step.Max(Math.Abs);
            for (var i = 0; i < parameters; i++)
                weights[i] += step[i] * Math.Min(1, LongestStep / largest);
            if (largest < 1e-8)
                break;
        }

        var score = 0.0;
        foreach (var row in effects)
        {
            var off = Chance(row, weights) - c;
            score += off * off / n;
        }

        var expected = (parameters - 1) * (1 - c) * (1 - c) * c / n;
        return new Propensity(score, expected == 0 ? 0 : score / expected, parameters);
    }

    private static double Chance(int[] row, double[] weights)
    {
        var sum = weights[0];
        foreach (var effect in row)
            sum += effect == 0 ? 0 : weights[effect];
        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>A step of Newton's method; only the effects a row has are gone through.</summary>
    private static double[] Step(int[][] effects, int originals, double[] weights)
    {
        var (curvature, slope) = (new double[weights.Length, weights.Length], new double[weights.Length]);
        for (var r = 0; r < effects.Length; r++)
        {
            var chance = Chance(effects[r], weights);
            var (spread, off) = (chance * (1 - chance), (r >= originals ? 1 : 0) - chance);
            (curvature[0, 0], slope[0]) = (curvature[0, 0] + spread, slope[0] + off);
            foreach (var a in effects[r])
            {
                if (a == 0)
                    continue;
                slope[a] += off;
                (curvature[a, 0], curvature[0, a]) = (curvature[a, 0] + spread, curvature[0, a] + spread);
                foreach (var b in effects[r])
                    curvature[a, b] += b == 0 ? 0 : spread;
            }
        }

        for (var i = 0; i < weights.Length; i++)
            (curvature[i, i], slope[i]) = (curvature[i, i] + Ridge, slope[i] - (Ridge * weights[i]));
        return SymmetricMatrix.Solve(curvature, slope);
    }
}
