using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>A share that is published, before and after protection.</summary>
/// <param name="Category">The answer whose share it is.</param>
/// <param name="Group">Among whom, or null for everybody.</param>
/// <param name="Before">Share in the file, in [0,1].</param>
/// <param name="Low">Lower end of its 95 % interval (Wilson 1927; with weights on Kish's effective number of records).</param>
/// <param name="High">Upper end.</param>
/// <param name="After">Share in the release; NaN where no record is left to say.</param>
public sealed record IndicatorChange(string Category, string? Group, double Before, double Low, double High, double After)
{
    private const double Z = 1.959963984540054;

    /// <summary>In percentage points.</summary>
    public double Points => (After - Before) * 100;

    /// <summary>Whether the figure still lies within what chance alone would explain.</summary>
    public bool Holds => After >= Low && After <= High;

    /// <summary>
    /// The share of each category of a variable, in all or by group, before and after. Records whose value is missing are left out of either
    /// figure; the groups are those of each file, a group that is gone has NaN.
    /// </summary>
    public static ImmutableArray<IndicatorChange> Of(Microdata original, Microdata released, string column, string? by = null)
    {
        var (before, after) = (Sums(original, column, by), Sums(released, column, by));
        var result = ImmutableArray.CreateBuilder<IndicatorChange>();
        foreach (var (group, shares) in before.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            foreach (var (category, weight) in shares.ByCategory.OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                var share = weight / shares.All;
                var (low, high) = Wilson(share, shares.All * shares.All / shares.Squares);
                var now = after.TryGetValue(group, out var others) && others.All > 0 ? others.ByCategory.GetValueOrDefault(category) / others.All : double.NaN;
                result.Add(new IndicatorChange(category, by is null ? null : group, share, low, high, now));
            }
        }

        return result.ToImmutable();
    }

    /// <summary>The interval for a share among n.</summary>
    internal static (double Low, double High) Wilson(double share, double n)
    {
        var square = Z * Z;
        var middle = (share + (square / (2 * n))) / (1 + (square / n));
        var half = Z / (1 + (square / n)) * Math.Sqrt((share * (1 - share) / n) + (square / (4 * n * n)));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    private static Dictionary<string, Tallied> Sums(Microdata microdata, string column, string? by)
    {
        var (values, groups) = (microdata[column], by is null ? null : microdata[by]);
        var result = new Dictionary<string, Tallied>(StringComparer.Ordinal);
        for (var row = 0; row < values.RowCount; row++)
        {
            if (values[row] is not { } value || (groups is not null && groups[row] is null))
                continue;
            var group = groups?[row] ?? "";
            if (!result.TryGetValue(group, out var tallied))
                result[group] = tallied = new Tallied();
            tallied.Add(value, microdata.WeightArray?[row] ?? 1);
        }

        return result;
    }

    private sealed class Tallied
    {
        public Dictionary<string, double> ByCategory { get; } = new(StringComparer.Ordinal);

        public double All { get; private set; }

        public double Squares { get; private set; }

        public void Add(string category, double weight)
        {
            ByCategory[category] = ByCategory.GetValueOrDefault(category) + weight;
            All += weight;
            Squares += weight * weight;
        }
    }
}
