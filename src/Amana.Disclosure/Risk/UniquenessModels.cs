namespace Amana.Disclosure;

/// <summary>P(alone in the population | alone in the sample) by Bayes, the sample's sizes being the prior, by hypergeometric sampling.</summary>
internal static class ZayatzModel
{
    public static double Estimate(ClassSizes sizes, double fraction)
    {
        if (sizes.Uniques == 0)
            return 0;
        var (n, population) = (sizes.Rows, Math.Round(sizes.Rows / fraction));
        var all = sizes.BySize.Sum(s => s.Count / sizes.Classes * One(s.Size, n, population));
        return sizes.Uniques * (sizes.Uniques / sizes.Classes * One(1, n, population)) / all / fraction;
    }

    /// <summary>Probability that exactly one of a class is among the n sampled ones.</summary>
    private static double One(double size, double n, double population) =>
        population - size < n - 1 ? 0 : Math.Exp(Math.Log(size) + GammaFunction.LogChoose(population - size, n - 1) - GammaFunction.LogChoose(population, n));
}

/// <summary>Pitman's model: U₁ = Γ(θ+1)/Γ(θ+α)·N^α, θ and α by maximum likelihood over 0 &lt; α &lt; 1, θ &gt; −α.</summary>
internal static class PitmanModel
{
    private const double Edge = 1e-6;

    public static double? Estimate(ClassSizes sizes, double population)
    {
        // With nobody alone, or all of them, the likelihood has its maximum at the edge and says nothing.
        if (sizes.Uniques == 0 || sizes.Uniques == sizes.Rows || sizes.Classes < 2)
            return null;
        var (theta, alpha) = Fit(sizes);
        if (alpha < 2 * Edge || alpha > 1 - (2 * Edge))
            return null;
        var estimate = Math.Exp(GammaFunction.Log(theta + 1) - GammaFunction.Log(theta + alpha) + (alpha * Math.Log(population)));
        return Math.Min(population, estimate);
    }

    internal static (double Theta, double Alpha) Fit(ClassSizes sizes)
    {
        var (lowest, highest) = (Math.Log(1e-8), Math.Log(1e9));
        double ThetaOf(double alpha) => Math.Exp(Maximum.Of(x => LogLikelihood(sizes, Math.Exp(x) - alpha, alpha), lowest, highest)) - alpha;
        var best = Maximum.Of(alpha => LogLikelihood(sizes, ThetaOf(alpha), alpha), Edge, 1 - Edge);
        return (ThetaOf(best), best);
    }

    /// <summary>Σ ln(θ+iα) over the classes but one − Σ ln(θ+i) over the rows but one + Σ over classes of Σ ln(i−α) over their rows but one.</summary>
    private static double LogLikelihood(ClassSizes sizes, double theta, double alpha)
    {
        var (classes, rows) = (sizes.Classes, sizes.Rows);
        var sum = ((classes - 1) * Math.Log(alpha)) + GammaFunction.Log((theta / alpha) + classes) - GammaFunction.Log((theta / alpha) + 1);
        sum -= GammaFunction.Log(theta + rows) - GammaFunction.Log(theta + 1);
        foreach (var (size, count) in sizes.BySize)
            sum += count * (GammaFunction.Log(size - alpha) - GammaFunction.Log(1 - alpha));
        return sum;
    }
}

/// <summary>
/// F = 1 + negative binomial (α, β): G(z) = z·(β/(1−(1−β)z))^α. With Bernoulli sampling f has G(1−π+πz); α, β and the number of classes
/// are chosen to fit the size of the population, the classes and the uniques of the sample.
/// </summary>
internal static class SlideNegativeBinomialModel
{
    public static double? Estimate(ClassSizes sizes, double fraction)
    {
        var population = sizes.Rows / fraction;
        if (sizes.Uniques == 0 || sizes.Uniques == sizes.Rows)
            return null;
        double Excess(double logit) => Fit(logit, sizes, population, fraction) is { } fit ? (fit.Classes * fit.Alone) - sizes.Uniques : double.NaN;
        var (before, excessBefore) = (double.NaN, double.NaN);
        for (var logit = -14.0; logit <= 14; logit += 0.25)
        {
            var excess = Excess(logit);
            if (!double.IsNaN(excessBefore) && !double.IsNaN(excess) && Math.Sign(excess) != Math.Sign(excessBefore))
            {
                var fit = Fit(Root(Excess, before, logit), sizes, population, fraction)!.Value;
                return Math.Min(population, fit.Classes * fit.UniqueInPopulation);
            }

            (before, excessBefore) = (logit, excess);
        }

        return null;
    }

    /// <summary>For a β, the α at which as many classes are seen as there are; with what follows from it.</summary>
    private static (double Classes, double Alone, double UniqueInPopulation)? Fit(double logit, ClassSizes sizes, double population, double fraction)
    {
        var beta = 1 / (1 + Math.Exp(-logit));
        double Seen(double alpha) => Mean(alpha, beta) is var mean ? population / mean * (1 - NotSeen(alpha, beta, fraction)) : 0;
        var (low, high) = (-25.0, 16.0);
        if (Seen(Math.Exp(low)) < sizes.Classes || Seen(Math.Exp(high)) > sizes.Classes)
            return null;
        var found = Math.Exp(Root(x => Seen(Math.Exp(x)) - sizes.Classes, low, high));
        return (population / Mean(found, beta), Alone(found, beta, fraction), Math.Exp(found * Math.Log(beta)));
    }

    private static double Mean(double alpha, double beta) => 1 + (alpha * (1 - beta) / beta);

    private static double Power(double alpha, double beta, double fraction) => Math.Exp(alpha * (Math.Log(beta) - Math.Log(1 - ((1 - beta) * (1 - fraction)))));

    private static double NotSeen(double alpha, double beta, double fraction) => (1 - fraction) * Power(alpha, beta, fraction);

    private static double Alone(double alpha, double beta, double fraction)
    {
        var q = 1 - fraction;
        return fraction * Power(alpha, beta, fraction) * (1 + (q * alpha * (1 - beta) / (1 - ((1 - beta) * q))));
    }

    private static double Root(Func<double, double> f, double low, double high)
    {
        var atLow = Math.Sign(f(low));
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            if (Math.Sign(f(middle)) == atLow)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}

/// <summary>Golden-section search for the place of a function's highest value.</summary>
internal static class Maximum
{
    private static readonly double Ratio = (Math.Sqrt(5) - 1) / 2;

    public static double Of(Func<double, double> f, double low, double high)
    {
        var (left, right) = (high - (Ratio * (high - low)), low + (Ratio * (high - low)));
        var (atLeft, atRight) = (f(left), f(right));
        for (var i = 0; i < 80; i++)
        {
            if (atLeft < atRight)
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (Ratio * (high - low));
                atRight = f(right);
            }
            else
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (Ratio * (high - low));
                atLeft = f(left);
            }
        }

        return (low + high) / 2;
    }
}
