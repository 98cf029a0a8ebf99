namespace Amana.Domain.Impartiality;

/// <summary>How likely a spread is by chance alone. Pearson's chi-square test of homogeneity, the step-up procedure of Benjamini and Hochberg (1995) for many questions at once,
/// and the intraclass correlation from a one-way analysis of variance.</summary>
public static class Chance
{
    /// <summary>The probability that a chi-square variable with so many degrees of freedom is at least this large.</summary>
    public static double ChiSquareTail(double value, int degrees) => degrees <= 0 || value <= 0 ? 1 : UpperGamma(degrees / 2.0, value / 2.0);

    /// <summary>Chi-square and degrees of freedom of a table of counts; empty rows and columns are left out.</summary>
    public static (double ChiSquare, int Degrees) ChiSquare(IReadOnlyList<IReadOnlyList<int>> rows)
    {
        var columns = rows.Count == 0 ? 0 : rows[0].Count;
        var columnSums = Enumerable.Range(0, columns).Select(c => rows.Sum(r => r[c])).ToList();
        var full = rows.Where(r => r.Sum() > 0).ToList();
        double total = columnSums.Sum();
        var sum = 0.0;
        foreach (var row in full)
            for (var c = 0; c < columns; c++)
                if (columnSums[c] > 0)
                {
                    var expected = row.Sum() * columnSums[c] / total;
                    sum += (row[c] - expected) * (row[c] - expected) / expected;
                }

        return (sum, (full.Count - 1) * (columnSums.Count(s => s > 0) - 1));
    }

    /// <summary>Each probability adjusted so that, among those called real below a limit, the expected share of false ones stays below that limit.</summary>
    public static IReadOnlyList<double> BenjaminiHochberg(IReadOnlyList<double> probabilities)
    {
        var adjusted = new double[probabilities.Count];
        var least = 1.0;
        var order = Enumerable.Range(0, probabilities.Count).OrderByDescending(i => probabilities[i]).ToList();
        for (var k = 0; k < order.Count; k++)
        {
            least = Math.Min(least, probabilities[order[k]] * probabilities.Count / (probabilities.Count - k));
            adjusted[order[k]] = least;
        }

        return adjusted;
    }

    /// <summary>The share of the spread of answers that lies between the rows (interviewers): 0 when they differ no more than chance lets them, 1 when each row has one answer of its own.
    /// Choices are taken as indicators, their sums of squares added.</summary>
    public static double IntraclassCorrelation(IReadOnlyList<IReadOnlyList<int>> rows)
    {
        var full = rows.Where(r => r.Sum() > 0).ToList();
        double n = full.Sum(r => r.Sum());
        var k = full.Count;
        if (k < 2 || n <= k)
            return 0;
        var (between, within) = (0.0, 0.0);
        for (var c = 0; c < full[0].Count; c++)
        {
            var mean = full.Sum(r => r[c]) / n;
            foreach (var row in full)
            {
                double size = row.Sum();
                var share = row[c] / size;
                between += size * (share - mean) * (share - mean);
                within += size * share * (1 - share);
            }
        }

        var (meanBetween, meanWithin) = (between / (k - 1), within / (n - k));
        var typical = (n - full.Sum(r => (double)r.Sum() * r.Sum()) / n) / (k - 1);
        var spread = meanBetween + (typical - 1) * meanWithin;
        return spread <= 0 ? 0 : Math.Max(0, (meanBetween - meanWithin) / spread);
    }

    /// <summary>The regularised upper incomplete gamma function, by its series below and its continued fraction above the middle (Abramowitz and Stegun 6.5.29, 6.5.31).</summary>
    private static double UpperGamma(double a, double x)
    {
        var front = Math.Exp(a * Math.Log(x) - x - LogGamma(a));
        if (x < a + 1)
        {
            var (sum, term) = (1 / a, 1 / a);
            for (var n = 1; n < 1000 && Math.Abs(term) > Math.Abs(sum) * 1e-15; n++)
                sum += term *= x / (a + n);
            return Math.Clamp(1 - sum * front, 0, 1);
        }

        const double Tiny = 1e-300;
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < 1000; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = 1 / NotZero(an * d + b);
            c = NotZero(b + an / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15)
                break;
        }

        return Math.Clamp(front * h, 0, 1);

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    /// <summary>The logarithm of the gamma function by Stirling's series, from 8 upwards; below by the recurrence.</summary>
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        while (x < 8)
            shift -= Math.Log(x++);
        var y = 1 / (x * x);
        return shift + (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y / 1680))) / x;
    }
}
