using System.Globalization;

namespace Amana.Linkage;

/// <summary>
/// Finds records that are of one person, in two files or within one, after Fellegi and Sunter (1969). It proposes; it does not merge. A model
/// with weights is used as it is, one without first learns them from the same records.
/// </summary>
public static class Linker
{
    /// <summary>Links two files.</summary>
    public static LinkResult Link(LinkageModel model, IReadOnlyList<LinkRecord> left, IReadOnlyList<LinkRecord> right, LinkOptions? options = null) =>
        Run(model, left, right, options ?? new LinkOptions());

    /// <summary>Finds duplicates within one file.</summary>
    public static LinkResult Deduplicate(LinkageModel model, IReadOnlyList<LinkRecord> records, LinkOptions? options = null) =>
        Run(model, records, null, options ?? new LinkOptions());

    private static LinkResult Run(LinkageModel model, IReadOnlyList<LinkRecord> left, IReadOnlyList<LinkRecord>? right, LinkOptions options)
    {
        if (model.Comparisons.Count is 0 or > LinkageModel.MostComparisons || model.Rules.Count == 0)
            throw new ArgumentException($"A model has 1 to {LinkageModel.MostComparisons} comparisons and at least one blocking rule.", nameof(model));
        if (model.Weights is { } given && !Fits(given, model.Comparisons))
            throw new ArgumentException("The weights were learnt for other comparisons.", nameof(model));
        var source = new PairSource(model, left, right);
        var weights = model.Weights ?? new Estimation(model, source, options).Run();
        var notes = new List<string>(weights.Notes);
        var scorer = new Scorer(model.Comparisons, weights, source);
        var (found, candidates) = Score(model, source, scorer, options, notes);
        var pairs = found
            .Select(f => new ScoredPair(left[f.A].Id, (right ?? left)[f.B].Id, f.Bits, scorer.Explain(f.A, f.B)))
            .OrderByDescending(p => p.Bits).ThenBy(p => p.Left, StringComparer.Ordinal).ThenBy(p => p.Right, StringComparer.Ordinal)
            .ToList();
        var sure = pairs.Where(p => p.Probability >= options.LinkFrom).ToList();
        var links = right is not null && options.OneToOne ? Grouping.OneToOne(sure) : sure;
        return new LinkResult(pairs, links, Groups(links, right is not null), model with { Weights = weights }, candidates, notes);
    }

    private static bool Fits(LinkageWeights weights, IReadOnlyList<Comparison> comparisons) =>
        weights.M.Select(m => m.Length).SequenceEqual(comparisons.Select(c => c.Levels.Count))
        && weights.U.Select(u => u.Length).SequenceEqual(comparisons.Select(c => c.Levels.Count));

    private static (List<(int A, int B, double Bits)> Found, long Candidates) Score(
        LinkageModel model, PairSource source, Scorer scorer, LinkOptions options, List<string> notes)
    {
        var found = new List<(int, int, double)>();
        var candidates = 0L;
        for (var rule = 0; rule < model.Rules.Count; rule++)
        {
            var current = rule;
            var fresh = source.Pairs(rule, options.LargestBlock, LeftOut).Where(p => !source.SeenBefore(current, p.A, p.B)).ToArray();
            void LeftOut(long count) =>
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"The rule {model.Rules[current].Name} left out a block of {count} pairs: nothing in it was compared by this rule."));

            candidates += fresh.Length;
            var bits = new double[fresh.Length];
            Parallel.For(0, fresh.Length, i => bits[i] = scorer.Bits(fresh[i].A, fresh[i].B));
            for (var i = 0; i < fresh.Length; i++)
            {
                if (LinkageWeights.Probability(bits[i]) >= Math.Min(options.ReviewFrom, options.LinkFrom))
                    found.Add((fresh[i].A, fresh[i].B, bits[i]));
            }
        }

        return (found, candidates);
    }

    /// <summary>The same id may stand in both files for different people, so ids of the two files are kept apart.</summary>
    private static IReadOnlyList<IReadOnlyList<string>> Groups(IReadOnlyList<ScoredPair> links, bool twoFiles) =>
        [.. Grouping.Connected(links.Select(l => ((false, l.Left), (twoFiles, l.Right))))
            .Select(g => (IReadOnlyList<string>)[.. g.OrderBy(x => x.Item1).ThenBy(x => x.Item2, StringComparer.Ordinal).Select(x => x.Item2)])];
}

/// <summary>Adds up the evidence of a pair.</summary>
internal sealed class Scorer(IReadOnlyList<Comparison> comparisons, LinkageWeights weights, PairSource source)
{
    private readonly double[][] bits = [.. comparisons.Select((c, i) => c.Levels.Select((_, level) => weights.Bits(i, level)).ToArray())];

    internal double Bits(int a, int b)
    {
        var packed = source.Levels(a, b);
        var total = weights.PriorBits;
        for (var i = 0; i < comparisons.Count; i++)
            total += Bits(i, PairSource.Level(packed, i), a);
        return total;
    }

    internal IReadOnlyList<Agreement> Explain(int a, int b)
    {
        var packed = source.Levels(a, b);
        return [.. comparisons.Select((c, i) => PairSource.Level(packed, i) is var level && level == Comparison.Missing
            ? new Agreement(c.Field, "missing", 0)
            : new Agreement(c.Field, c.Levels[level], Bits(i, level, a)))];
    }

    /// <summary>Equality in a rare value weighs more, in a common one less.</summary>
    private double Bits(int comparison, int level, int a) =>
        level == Comparison.Missing ? 0 : bits[comparison][level] + (level == 0 ? source.FrequencyBits(comparison, a) : 0);
}
