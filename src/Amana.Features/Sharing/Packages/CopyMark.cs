namespace Amana.Features.Sharing.Packages;

/// <summary>Which of several copies an excerpt tells of.</summary>
internal sealed record ToldCopy(int Index, CopyEvidence Evidence, int Rows, double ByChance);

/// <summary>The mark of a copy, without a changed value: each row bears a code of its own in each copy, and rows stand in the order of these codes. One code that is left names the copy. Where
/// the codes were cut off, the order speaks: among rows that differ from all others, two copies agree no better than by chance.</summary>
internal sealed class CopyMark
{
    /// <summary>Below this bound an order is no chance: one in a thousand million, over all copies together.</summary>
    private const double Chance = 1e-9;

    private readonly Dictionary<string, int> _codes;
    private readonly Dictionary<string, int> _alone;

    private CopyMark(Dictionary<string, int> codes, Dictionary<string, int> alone) => (_codes, _alone) = (codes, alone);

    public static CopyMark Of(PackedRelease copy)
    {
        var lines = Enumerable.Range(0, copy.Rows.Count).Select(i => Line(copy.Columns.Select(c => c.Values[i] ?? ""))).ToList();
        var alone = lines.Select((line, i) => (line, i)).GroupBy(x => x.line, StringComparer.Ordinal).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.First().i, StringComparer.Ordinal);
        return new CopyMark(copy.Rows.Select((code, i) => (code, i)).ToDictionary(x => x.code, x => x.i, StringComparer.Ordinal), alone);
    }

    /// <summary>The copy, or none when it cannot be told. Codes decide when they speak for one copy alone; where excerpts of two copies were mixed, none is named.</summary>
    public static ToldCopy? Tell(IReadOnlyList<CopyMark> copies, string excerpt)
    {
        var rows = excerpt.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Cells).ToList();
        var byCode = copies.Select(c => rows.Count(r => r.Exists(c._codes.ContainsKey))).ToList();
        if (byCode.Exists(n => n > 0))
            return byCode.Count(n => n > 0) == 1 ? new ToldCopy(byCode.FindIndex(n => n > 0), CopyEvidence.Codes, byCode.Max(), Math.Pow(2, -80) * rows.Count * copies.Sum(c => (double)c._codes.Count)) : null;
        var orders = copies.Select(c => Concordance(c, rows)).ToList();
        var sure = orders.Select((o, i) => (o.Chance, o.Rows, Index: i)).Where(o => o.Chance * copies.Count < Chance).ToList();
        return sure.Count == 1 ? new ToldCopy(sure[0].Index, CopyEvidence.Order, sure[0].Rows, sure[0].Chance * copies.Count) : null;
    }

    /// <summary>How well the excerpt's order agrees with a copy's: the chance that a random order agrees so well, bounded (Hoeffding over independent pairs, and exactly where every pair agrees).</summary>
    private static (double Chance, int Rows) Concordance(CopyMark copy, List<List<string>> rows)
    {
        var places = rows.Select(r => copy._alone.TryGetValue(Line(r), out var at) ? at : -1).Where(at => at >= 0).ToList();
        var n = places.Count;
        if (n < 2)
            return (1, n);
        long agree = 0;
        for (var i = 0; i < n; i++)
            for (var j = i + 1; j < n; j++)
                agree += places[i] < places[j] ? 1 : 0;
        var pairs = n * (n - 1L) / 2;
        // A share of agreeing pairs is a mean of a statistic over random orders; with floor(n/2) independent pairs Hoeffding (1963, 5a) bounds its upper tail.
        var above = (double)agree / pairs - 0.5;
        var bound = above <= 0 ? 1 : Math.Exp(-2.0 * (n / 2) * above * above);
        return (agree == pairs ? Math.Min(bound, 1 / Factorial(n)) : bound, n);
    }

    private static double Factorial(int n) => Enumerable.Range(1, n).Aggregate(1.0, (product, i) => product * i);

    private static string Line(IEnumerable<string> cells) => string.Join('\u001F', cells);

    private static List<string> Cells(string line) => [.. line.Split(',', ';', '\t').Select(c => c.Trim('"', '\'', ' ', '\r', '\uFEFF'))];
}
