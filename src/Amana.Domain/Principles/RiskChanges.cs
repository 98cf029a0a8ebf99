using Amana.Domain.Participation;
using Amana.Domain.Risk;
using Amana.Domain.Shared;

namespace Amana.Domain.Principles;

/// <summary>One thing that has changed since the risk assessment was approved, and what it holds until somebody looks again (DNH-4).</summary>
/// <param name="Gap">What it is, in words.</param>
/// <param name="Touches">Whether a request does what has changed. What a request does not name counts as touched.</param>
internal sealed record RiskChange(Refusal Gap, Func<GateRequest, bool> Touches);

/// <summary>Reads from the activity's own records what has changed since the approval: nobody has to remember to reopen the assessment.</summary>
internal static class RiskChanges
{
    private static readonly Operation[] WorkWithPeople = [Operation.Collect, Operation.Link, Operation.Refer, Operation.Release];

    /// <summary>What moves data out or together. Collecting goes on after an incident or a report of harm: anybody can send such a report without an account, and must not be able to end the work.</summary>
    private static readonly Operation[] Moving = [Operation.Link, Operation.Release];

    /// <summary>Everything that has changed; nothing before an approval.</summary>
    public static IEnumerable<RiskChange> Since(ActivitySnapshot s)
    {
        if (s.Risk is not { ApprovedAt: { } approved } risk)
            return [];
        return [.. Reported(s, risk, approved), .. Plan(s, risk.ApprovedScope), .. Recipients(s, risk.ApprovedScope), .. Questions(s, risk.ApprovedScope)];
    }

    private static IEnumerable<RiskChange> Reported(ActivitySnapshot s, RiskAssessment risk, DateTimeOffset approved)
    {
        if (risk.ReopenedBecause is { } because)
            yield return On(Gap("gap.risk-reopened").With("reason", because), because is nameof(ReopeningReason.Incident) or nameof(ReopeningReason.HarmfulFeedback) ? Moving : WorkWithPeople);
        if (s.Incidents.Count(i => i.ReportedAt > approved) is > 0 and var incidents)
            yield return On(Gap("gap.risk-incident-since").With("count", Text.Of(incidents)), Moving);
        if (s.Feedback.Count(f => f.Kind == FeedbackKind.HarmReported && f.ReceivedAt > approved) is > 0 and var harms)
            yield return On(Gap("gap.risk-harm-since").With("count", Text.Of(harms)), Moving);
    }

    private static IEnumerable<RiskChange> Plan(ActivitySnapshot s, RiskScope approved)
    {
        if (s.Activity.Place.Code != approved.Place)
            yield return On(Gap("gap.risk-place-changed").With("place", s.Activity.Place.Code), WorkWithPeople);
        foreach (var group in s.Activity.Population.Except(approved.Population))
            yield return On(Gap("gap.risk-population-changed").With("group", group.ToString()), WorkWithPeople);
    }

    private static IEnumerable<RiskChange> Recipients(ActivitySnapshot s, RiskScope approved) =>
        (s.SharingPlan?.Recipients ?? []).Select(r => r.OrganisationId).Distinct().Except(approved.Recipients)
            .Select(added => new RiskChange(Gap("gap.risk-recipient-new").With("organisation", s.Organisations.FirstOrDefault(o => o.Id == added)?.ShortName ?? "?"),
                r => r.Operation is Operation.Release or Operation.Refer && (r.Recipient is null || r.Recipient == added)));

    private static IEnumerable<RiskChange> Questions(ActivitySnapshot s, RiskScope approved) =>
        from form in s.FormsInUse
        from element in form.Elements
        where element.IsSensitive && !approved.Questions.Contains(element.Name, StringComparer.Ordinal)
        select new RiskChange(Gap("gap.risk-question-new").With("element", element.Name).With("form", form.Title),
            r => r.Operation == Operation.Collect && (r.Form is null || r.Form == form.Id));

    private static RiskChange On(Refusal gap, Operation[] held) => new(gap, r => held.Contains(r.Operation));

    private static Refusal Gap(string slug) => new Refusal(slug, Principle.DoNoHarm).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Risk);
}
