using Amana.Domain.Linkage;
using Amana.Linkage;

namespace Amana.Features.Linkage;

/// <summary>How records are compared for linking: the same weights for every search, of our own and on the careful side. Levels stand strongest first, as the comparisons have them.</summary>
internal static class LinkingWeights
{
    public static LinkageModel Of(IReadOnlyList<(string Question, CompareAs As)> fields, int records)
    {
        var comparisons = fields.Select(f => f.As switch
        {
            CompareAs.Name => Comparison.Name(f.Question), CompareAs.Date => Comparison.Date(f.Question), CompareAs.Code => Comparison.Code(f.Question), _ => Comparison.Exact(f.Question),
        }).ToList();
        // Looked at is every pair that shares a name as it sounds, a date or a code; and, so that one slip in each does not hide somebody, the start of a name with an age or a choice.
        List<BlockingRule> rules = [.. fields.Where(f => f.As is CompareAs.Name or CompareAs.Date or CompareAs.Code).Select(f => BlockingRule.On(f.As == CompareAs.Name ? BlockKey.Skeleton(f.Question) : BlockKey.Whole(f.Question)))];
        foreach (var name in fields.Where(f => f.As == CompareAs.Name))
            rules.AddRange(fields.Where(f => f.As is CompareAs.Number or CompareAs.Choice).Take(2).Select(f => BlockingRule.On(BlockKey.Start(name.Question, 3), BlockKey.Whole(f.Question))));
        return new LinkageModel(comparisons, rules, new LinkageWeights([.. fields.Zip(comparisons, (f, c) => Same(f.As, c.Levels.Count))], [.. fields.Zip(comparisons, (f, c) => Others(f.As, c.Levels.Count))], Prior(records), []));
    }

    /// <summary>Before anything is compared: one person in ten has another record, and it is one of so many.</summary>
    private static double Prior(int records) => 1.0 / Math.Max(500, 10 * records);

    /// <summary>How often each level occurs between two records of one person.</summary>
    private static double[] Same(CompareAs kind, int levels) => kind switch
    {
        CompareAs.Name => [0.75, 0.12, 0.08, 0.05],
        CompareAs.Code => [0.85, 0.08, 0.02, 0.05],
        CompareAs.Number => [0.85, 0.15],
        CompareAs.Choice => [0.95, 0.05],
        _ => Spread(levels, 0.8, 0.05),
    };

    /// <summary>The same between records of different people.</summary>
    private static double[] Others(CompareAs kind, int levels) => kind switch
    {
        CompareAs.Name => [0.0005, 0.002, 0.0275, 0.97],
        CompareAs.Code => [0.00005, 0.0005, 0.005, 0.99445],
        CompareAs.Number => [0.03, 0.97],
        CompareAs.Choice => [0.4, 0.6],
        _ => Spread(levels, 0.0005, 0.97),
    };

    /// <summary>The first and the last level as given; what is between shares the rest.</summary>
    private static double[] Spread(int levels, double first, double last) =>
        [.. Enumerable.Range(0, levels).Select(i => i == 0 ? first : i == levels - 1 ? last : (1 - first - last) / Math.Max(1, levels - 2))];
}
