using Amana.Domain.Impartiality;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Principles;

/// <summary>Principle 7. Impartiality: objective, impartial and transparent in every step, while bias is identified and kept small.</summary>
public static class Impartiality
{
    public static Rule MethodBeforehand { get; } = new("IMP-1", Principle.Impartiality, [PimStep.Implement], [],
        "PIM Principles 2015, principle 7", s =>
            s.Method is not { } method ? Verdict.Of(Gap("gap.no-method", MendPage.Method))
            : Verdict.Of(
                method.Content.Strata.Count == 0 ? Gap("gap.method-no-strata", MendPage.Method) : null,
                method.Content.WhoIsMissed.Length == 0 ? Gap("gap.method-who-is-missed", MendPage.Method) : null));

    public static Rule NeutralQuestions { get; } = new("IMP-2", Principle.Impartiality, [PimStep.Implement], [],
        "PIM Principles 2015, principle 7", s =>
        {
            if (s.FormsInUse.Count == 0)
                return Verdict.Of(Gap("gap.no-form", MendPage.Form));
            var read = s.Method?.Readings.Select(r => r.FormVersionId).ToHashSet() ?? [];
            return Verdict.Of(s.FormsInUse.Where(f => !read.Contains(f.Id))
                .Select(f => Gap("gap.form-not-read-for-neutrality", MendPage.Method).With("form", f.Title).MendedBy(Mender.SomeoneElse, MendPage.Method)));
        });

    /// <summary>Looks at dates and counts that the watching left, never at records. It holds nothing up: bias is answered, not forbidden.</summary>
    public static Rule BiasWatched { get; } = new("IMP-3", Principle.Impartiality, [], [],
        "PIM Principles 2015, principle 7; thresholds: BiasLimits", s =>
        {
            if (s.Collection.Records < BiasLimits.LeastRecords)
                return Verdict.NotApplicable("too-few-records");
            var watchedUntil = s.Bias.At?.AddDays(s.Limits.BiasDays);
            var stale = s.Activity.Step == PimStep.Implement ? watchedUntil is null || watchedUntil < s.Now : s.Bias.At is null;
            return Verdict.Of(
                stale ? Gap("gap.bias-not-watched", MendPage.Bias).With("days", Text.Of(s.Limits.BiasDays)) : null,
                s.Bias.OpenFindings > 0 ? Gap(s.Bias.OldestOpen?.AddDays(s.Limits.FindingDays) < s.Now ? "gap.bias-overdue" : "gap.bias-open", MendPage.Bias)
                    .With("count", Text.Of(s.Bias.OpenFindings)).With("days", Text.Of(s.Limits.FindingDays)) : null,
                s.Method is { } method && method.Content.Sources.Count == 0 ? Gap("gap.sources-not-judged", MendPage.Method) : null);
        });

    public static Rule FiguresStandOnMethod { get; } = new("IMP-4", Principle.Impartiality, [], [],
        "PIM Principles 2015, principle 7", s =>
        {
            var releases = s.Releases.Where(r => r.State != ReleaseState.Declined).ToList();
            if (releases.Count == 0 && !s.FiguresShown)
                return Verdict.NotApplicable("nothing-released");
            // n, base, uncertainty, query and version of the data go with every figure by themselves; the rest can be no better than what was said of the method.
            return Verdict.Of([
                .. FigurePassport.Unsaid(s.Method?.Content).Select(part => Gap("gap.figures-without", MendPage.Method).With("unsaid", part.ToString())),
                .. releases.SelectMany(r => r.MethodNote.Unsaid.Select(part => Gap("gap.release-without-method", MendPage.Releases).With("release", r.Title).With("notepart", part.ToString()))),
            ]);
        });

    public static Rule NoConflict { get; } = new("IMP-5", Principle.Impartiality, [PimStep.Implement], [Operation.Release],
        "PIM Principles 2015, principle 7", s =>
            Verdict.Of([
                s.Risk is { State: RiskState.Approved } risk && risk.IsAuthor(risk.ApprovedBy) ? Gap("gap.risk-approved-by-author", MendPage.Risk) : null,
                s.Purpose?.Proportionality is { } weighed && weighed.By == s.Purpose.AuthorId ? Gap("gap.weighed-by-author", MendPage.Purpose) : null,
                .. s.Releases.Where(r => r.State == ReleaseState.Approved && r.DecidedBy == r.ProposedBy).Select(r => Gap("gap.release-approved-by-author", MendPage.Releases).With("release", r.Title)),
                .. s.Team.Where(t => t.Member.EndedAt is null && t.Member.DeclaredInterest is not null).Select(t => Gap("gap.interest-in-role", MendPage.Team).With("role", t.Member.Role.ToString())),
            ]));

    public static IReadOnlyList<Rule> Rules { get; } = [MethodBeforehand, NeutralQuestions, BiasWatched, FiguresStandOnMethod, NoConflict];

    private static Refusal Gap(string slug, MendPage page) => new Refusal(slug, Principle.Impartiality)
        .MendedBy(page is MendPage.Team ? Mender.ActivityLead : Mender.InformationManagementOfficer, page);
}
