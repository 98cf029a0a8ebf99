using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Impartiality;

/// <summary>Watching for bias and answering what is found (IMP-3).</summary>
public static class BiasRules
{
    /// <summary>A finding that was answered is raised again when it is worse than then by this share.</summary>
    public const double Worse = 1.25;

    /// <summary>Raises a finding for each measure beyond its limit that is not open or answered already; what is within its limit again is gone. Judged is by exact counts; kept, and written on findings, is what may be told.</summary>
    public static BiasWatched Watch(ActivityId activity, BiasMeasures measures, BiasMeasures told, IReadOnlyList<BiasFinding> known, Func<BiasFindingId> newId, DateTimeOffset now)
    {
        var beyond = measures.Records < BiasLimits.LeastRecords ? [] : Beyond(measures).ToList();
        var standing = known.Where(f => f.GoneAt is null).ToList();
        var raised = beyond.Where(b => !standing.Any(f => f.Kind == b.Kind && f.About == b.About && (f.IsOpen || Distance(b) <= Distance((f.Kind, f.About, f.Measure, f.Limit)) * Worse)))
            .Select(b => new BiasFindingRaised { Id = newId(), ActivityId = activity, Kind = b.Kind, About = b.About, Measure = Told(b, told), Limit = b.Limit, At = now }).ToList();
        return new BiasWatched
        {
            ActivityId = activity, Measures = told, Raised = raised, At = now,
            Gone = [.. standing.Where(f => !beyond.Any(b => b.Kind == f.Kind && b.About == f.About) || raised.Any(r => r.Kind == f.Kind && r.About == f.About)).Select(f => f.Id)],
        };
    }

    public static BiasFindingGone End(BiasWatched watched) => new() { At = watched.At };

    /// <summary>Answers a finding: what explains it, or what is done. The interviewer whom it is about does not answer it.</summary>
    public static Decision<BiasFindingAnswered> Answer(BiasFinding finding, string answer, StaffId by, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("Answer", answer, 2000);
        if (finding.GoneAt is not null || finding.AnsweredAt is not null)
            errors.Add(new Refusal("bias.answered-already", Principle.Impartiality));
        if (finding.About == by.Value.ToString("N"))
            errors.Add(new Refusal("bias.answered-by-interviewer", Principle.Impartiality).MendedBy(Mender.SomeoneElse, MendPage.Bias));
        return errors.Any ? errors.All : new BiasFindingAnswered { Answer = answer.Trim(), By = by, At = now };
    }

    /// <summary>How far beyond its limit, whichever way the limit lies: 1 at it.</summary>
    private static double Distance((BiasKind Kind, string About, double Measure, double Limit) b) =>
        b.Kind == BiasKind.Coverage ? b.Limit / Math.Max(b.Measure, 0.01) : b.Measure / b.Limit;

    /// <summary>The measure of a finding from the counts that may be told; of a group that is not among them, in tenths.</summary>
    private static double Told((BiasKind Kind, string About, double Measure, double Limit) b, BiasMeasures told) => b.Kind switch
    {
        BiasKind.Coverage => told.Coverage.FirstOrDefault(c => c.Group.ToString() == b.About) is { Planned: > 0, Counted: { } counted } stratum ? counted / (double)stratum.Planned : Math.Round(b.Measure, 1),
        BiasKind.RefusedByGroup when told.RefusedBy.FirstOrDefault(r => r.Groups.Any(g => b.About == About(r, g))) is { } refused =>
            Math.Max(0, refused.Groups.First(g => b.About == About(refused, g)).Share - refused.Groups.Where(g => g.Asked > 0).Select(g => g.Share).DefaultIfEmpty().Min()),
        BiasKind.RefusedByGroup => Math.Round(b.Measure, 1),
        BiasKind.NoAnswer => told.NonResponse.FirstOrDefault(n => n.Element == b.About)?.Share ?? Math.Round(b.Measure, 1),
        BiasKind.NoAnswerByGroup => told.NonResponse.FirstOrDefault(n => n.Element == b.About) is { HighestShare: { } high, LowestShare: { } low } ? high - low : Math.Round(b.Measure, 1),
        _ => b.Measure,
    };

    private static IEnumerable<(BiasKind Kind, string About, double Measure, double Limit)> Beyond(BiasMeasures m) =>
    [
        .. Behind(m), .. Refused(m), .. RefusedByGroup(m), .. Unanswered(m),
        .. m.Effects.Where(e => e.Adjusted < BiasLimits.FalseDiscoveries && e.Correlation >= BiasLimits.Correlation).Select(e => (BiasKind.InterviewerEffect, e.Element, e.Correlation, BiasLimits.Correlation)),
        .. Odd(m), .. m.Heaping.Where(h => h.Index >= LimitOf(h) && IsBeyondChance(h)).Select(h => (BiasKind.Heaping, h.Element, h.Index, LimitOf(h))),
    ];

    /// <summary>Strata far behind the others: a plan that is late as a whole is no bias.</summary>
    private static IEnumerable<(BiasKind, string, double, double)> Behind(BiasMeasures m)
    {
        var told = m.Coverage.Where(c => c is { Planned: > 0, Counted: not null }).ToList();
        var reached = told.Count == 0 ? 0 : Math.Min(1, told.Sum(c => c.Counted!.Value) / (double)told.Sum(c => c.Planned));
        foreach (var stratum in told)
        {
            var share = stratum.Counted!.Value / (double)stratum.Planned;
            if (share < reached * BiasLimits.Coverage && reached * stratum.Planned - stratum.Counted.Value >= BiasLimits.CoverageLack)
                yield return (BiasKind.Coverage, stratum.Group.ToString(), share, reached * BiasLimits.Coverage);
        }
    }

    private static IEnumerable<(BiasKind, string, double, double)> Refused(BiasMeasures m)
    {
        var share = m.Refusals / (double)(m.Refusals + m.Records);
        if (share >= BiasLimits.Refusals)
            yield return (BiasKind.Refusals, "", share, BiasLimits.Refusals);
    }

    private static string About(GroupRefusals refused, RefusedShare group) => $"{refused.What}:{refused.By}:{group.Group}";

    /// <summary>One group refuses, or is refused, much more often than another, beyond chance; named is the group with the highest share.</summary>
    private static IEnumerable<(BiasKind, string, double, double)> RefusedByGroup(BiasMeasures m)
    {
        foreach (var refused in m.RefusedBy.Where(r => r.Adjusted < BiasLimits.FalseDiscoveries))
        {
            var (most, least) = (refused.Compared.MaxBy(g => g.Share)!, refused.Compared.Min(g => g.Share));
            if (most.Share - least >= BiasLimits.RefusedBetweenGroups)
                yield return (BiasKind.RefusedByGroup, About(refused, most), most.Share - least, BiasLimits.RefusedBetweenGroups);
        }
    }

    private static IEnumerable<(BiasKind, string, double, double)> Unanswered(BiasMeasures m)
    {
        foreach (var question in m.NonResponse)
        {
            if (question.Share >= BiasLimits.NoAnswer)
                yield return (BiasKind.NoAnswer, question.Element, question.Share, BiasLimits.NoAnswer);
            if (question is { Adjusted: < BiasLimits.FalseDiscoveries, HighestShare: { } high, LowestShare: { } low } && high - low >= BiasLimits.NoAnswerBetweenGroups)
                yield return (BiasKind.NoAnswerByGroup, question.Element, high - low, BiasLimits.NoAnswerBetweenGroups);
        }
    }

    /// <summary>Interviews too fast, or too alike: more often than the limit, and at least twice as often as with the others.</summary>
    private static IEnumerable<(BiasKind, string, double, double)> Odd(BiasMeasures m)
    {
        foreach (var one in m.Interviewers.Where(i => i.Interviews >= BiasLimits.LeastInterviews))
        {
            var others = m.Interviewers.Where(i => i.Interviewer != one.Interviewer).ToList();
            var fast = one.TooFast / (double)one.Interviews;
            if (fast >= BiasLimits.OddInterviews)
                yield return (BiasKind.TooFast, one.Interviewer.ToString("N"), fast, BiasLimits.OddInterviews);
            var alike = one.TooAlike / (double)Math.Max(1, one.Compared);
            var usual = others.Sum(o => o.Compared) is > 0 and var compared ? others.Sum(o => o.TooAlike) / (double)compared : 0.25;
            if (alike >= Math.Max(BiasLimits.OddInterviews, 2 * usual))
                yield return (BiasKind.TooAlike, one.Interviewer.ToString("N"), alike, Math.Max(BiasLimits.OddInterviews, 2 * usual));
        }
    }

    private static double LimitOf(Heaping h) => h.IsAge ? BiasLimits.Whipple : BiasLimits.OtherHeaping;

    /// <summary>More than chance would heap them: 1.645 standard deviations above one in five.</summary>
    private static bool IsBeyondChance(Heaping h) => h.Index / 500 > 0.2 + 1.645 * Math.Sqrt(0.2 * 0.8 / h.Numbers);
}
