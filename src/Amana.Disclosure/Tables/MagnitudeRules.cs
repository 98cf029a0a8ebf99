namespace Amana.Disclosure;

/// <summary>
/// Rules that say whether a sum (not a count) gives a contributor away: the largest contributions must not be worked out too closely
/// by another contributor. Contributions are not below 0.
/// </summary>
public static class MagnitudeRules
{
    /// <summary>
    /// The p %-rule: safe when the second largest contributor cannot estimate the largest to within p percent, X − x1 − x2 ≥ p/100·x1.
    /// </summary>
    public static bool IsSafeByPercent(double total, double largest, double second, double percent) =>
        total - largest - second >= percent / 100 * largest;

    /// <summary>The same, from the contributions.</summary>
    public static bool IsSafeByPercent(IEnumerable<double> contributions, double percent)
    {
        var sorted = Sorted(contributions);
        return IsSafeByPercent(sorted.Sum(), sorted.ElementAtOrDefault(0), sorted.ElementAtOrDefault(1), percent);
    }

    /// <summary>The (n, k)-dominance rule: safe when the n largest contributions together are at most k percent of the sum.</summary>
    public static bool IsSafeByDominance(IEnumerable<double> contributions, int n, double percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var sorted = Sorted(contributions);
        return sorted.Take(n).Sum() <= percent / 100 * sorted.Sum();
    }

    private static double[] Sorted(IEnumerable<double> contributions)
    {
        double[] sorted = [.. contributions.OrderDescending()];
        return sorted.Length > 0 && !(sorted[^1] >= 0) ? throw new ArgumentException("Contributions are not below 0.", nameof(contributions)) : sorted;
    }
}
