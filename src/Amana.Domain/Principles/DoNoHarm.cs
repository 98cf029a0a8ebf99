using Amana.Domain.Competency;
using Amana.Domain.Risk;
using Amana.Domain.Shared;

namespace Amana.Domain.Principles;

/// <summary>Principle 2. Do no harm: risks are assessed and mitigated, for as long as the activity runs, from collection to the service that follows.</summary>
public static class DoNoHarm
{
    public static Rule Assessed { get; } = new("DNH-1", Principle.DoNoHarm, [PimStep.Implement], [],
        "PIM Principles 2015, principle 2", s =>
        {
            if (s.Risk is not { } risk)
                return Verdict.Of(new Refusal("gap.no-risk-assessment", Principle.DoNoHarm).MendedBy(Mender.ProtectionOfficer, MendPage.Risk));
            var stages = risk.Content.Risks.Select(r => r.Stage).ToHashSet();
            return Verdict.Of([
                .. Enum.GetValues<RiskStage>().Where(stage => !stages.Contains(stage)).Select(stage => new Refusal("gap.risk-stage-missing", Principle.DoNoHarm).With("stage", stage.ToString()).MendedBy(Mender.ProtectionOfficer, MendPage.Risk)),
                .. risk.Content.Risks.Where(r => r.OwnerId is null || string.IsNullOrWhiteSpace(r.Mitigation)).Select(r => new Refusal("gap.risk-without-mitigation", Principle.DoNoHarm).With("risk", r.Code).MendedBy(Mender.ProtectionOfficer, MendPage.Risk)),
                risk.State == RiskState.Approved ? null : new Refusal("gap.risk-not-approved", Principle.DoNoHarm).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Risk),
            ]);
        });

    /// <summary>A lapse suspends collection, linking, referral and release by itself. Once the work has ended there is nothing left to review.</summary>
    public static Rule Alive { get; } = new("DNH-2", Principle.DoNoHarm, [PimStep.Implement], [Operation.Collect, Operation.Link, Operation.Refer, Operation.Release],
        "PIM Principles 2015, principle 2 (\"as long as the PIM activity is being carried out\")", s =>
            s.Activity.Step == PimStep.Closed ? Verdict.Met
            : s.Risk is not { ApprovedAt: not null } risk ? Verdict.Of(new Refusal("gap.risk-not-approved", Principle.DoNoHarm).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Risk))
            : Verdict.Until(risk.Content.ReviewOn, s,
                    new Refusal("gap.risk-review-lapsed", Principle.DoNoHarm).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Risk),
                    new Refusal("gap.risk-review-near", Principle.DoNoHarm).MendedBy(Mender.DataProtectionFocalPoint, MendPage.Risk)));

    public static Rule Mitigated { get; } = new("DNH-3", Principle.DoNoHarm, [PimStep.Implement], [],
        "PIM Principles 2015, principle 2; 4 × 4 grid of likelihood and severity", s =>
        {
            if (s.Risk is not { } risk)
                return Verdict.Of(new Refusal("gap.no-risk-assessment", Principle.DoNoHarm).MendedBy(Mender.ProtectionOfficer, MendPage.Risk));
            return Verdict.Of(risk.Content.Risks.Select(r =>
                r.ResidualScore > risk.Content.Tolerance ? new Refusal("gap.risk-above-tolerance", Principle.DoNoHarm).With("risk", r.Code).With("score", Text.Of(r.ResidualScore)).With("tolerance", Text.Of(risk.Content.Tolerance)).MendedBy(Mender.ProtectionOfficer, MendPage.Risk)
                : r.ResidualScore == risk.Content.Tolerance && (r.AcceptedBy is null || risk.IsAuthor(r.AcceptedBy)) ? new Refusal("gap.risk-not-accepted", Principle.DoNoHarm).With("risk", r.Code).MendedBy(Mender.SomeoneElse, MendPage.Risk)
                : null));
        });

    /// <summary>Holds what has changed, and nothing else: a new recipient gets nothing, what comes by a form with a new sensitive question waits sealed; another place or population holds
    /// the work with people; after an incident or a report of harm no data moves.</summary>
    public static Rule ReopenedByChange { get; } = new("DNH-4", Principle.DoNoHarm, [PimStep.Implement], [Operation.Collect, Operation.Link, Operation.Refer, Operation.Release],
        "PIM Principles 2015, principle 2", s => Judged(s, RiskChanges.Since(s)), (s, request) => Judged(s, RiskChanges.Since(s).Where(c => c.Touches(request))));

    /// <summary>Without a live service nobody is referred. Whoever has not read the pathway since it changed cannot refer by it; those who know it can.</summary>
    public static Rule AbleToRespond { get; } = new("DNH-5", Principle.DoNoHarm, [PimStep.Implement], [Operation.Refer],
        "PIM Principles 2015, principle 2; no monitoring without the means to respond or refer",
        s => Responding(s, s.Team.Where(t => MeetsPeople.Contains(t.Member.Role))), (s, request) => Responding(s, s.Team.Where(t => t.Member.StaffId == request.Actor.StaffId && MeetsPeople.Contains(t.Member.Role))));

    /// <summary>Roles that meet people, and so have to know where they can be sent.</summary>
    private static readonly TeamRole[] MeetsPeople = [TeamRole.Enumerator, TeamRole.CaseWorker, TeamRole.ProtectionOfficer];

    private static Verdict Responding(ActivitySnapshot s, IEnumerable<TeamSeat> seats)
    {
        if (s.FormsInUse.Count == 0)
            return Verdict.Of(new Refusal("gap.no-form", Principle.DoNoHarm).MendedBy(Mender.InformationManagementOfficer, MendPage.Form));
        var kinds = s.Elements.Select(e => e.UrgentNeed).Where(k => !string.IsNullOrWhiteSpace(k)).Select(k => k!).Distinct(StringComparer.Ordinal).ToList();
        if (kinds.Count == 0)
            return Verdict.NotApplicable("no-urgent-need-asked");
        // A service that nobody has found alive for long is not known to be alive.
        List<(string Kind, DateOnly? Until)> live = [.. kinds.Select(k => (k, s.Referral?.Services.Where(r => r.Live && string.Equals(r.NeedKind, k, StringComparison.OrdinalIgnoreCase)).Max(r => (DateOnly?)r.CheckedOn)?.AddDays(s.Limits.ServiceDays)))];
        List<Refusal> gaps =
        [
            .. live.Where(l => l.Until is null).Select(l => OfService("gap.no-live-service", l.Kind)),
            .. live.Where(l => l.Until < s.Today).Select(l => OfService("gap.service-not-checked", l.Kind).With("date", Text.Of(l.Until!.Value))),
            .. seats.Count(t => t.Member.EndedAt is null && !t.Knows(s.Referral)) is > 0 and var unaware
                ? [new Refusal("gap.pathway-not-known", Principle.DoNoHarm).With("count", Text.Of(unaware)).MendedBy(Mender.ActivityLead, MendPage.Team)] : Array.Empty<Refusal>(),
        ];
        return gaps.Count > 0 ? Verdict.Of(gaps)
            : live.MinBy(l => l.Until) is { Until: { } first } next && first <= s.Today.AddDays(s.Limits.NoticeDays) ? Verdict.DueSoon(first, OfService("gap.service-check-near", next.Kind)) : Verdict.Met;
    }

    private static Refusal OfService(string slug, string need) => new Refusal(slug, Principle.DoNoHarm).With("need", need).MendedBy(Mender.ProtectionOfficer, MendPage.Referral);

    private static Verdict Judged(ActivitySnapshot s, IEnumerable<RiskChange> changes) =>
        s.Risk is not { ApprovedAt: not null } ? Verdict.NotApplicable("nothing-approved") : Verdict.Of(changes.Select(c => c.Gap));

    public static IReadOnlyList<Rule> Rules { get; } = [Assessed, Alive, Mitigated, ReopenedByChange, AbleToRespond];
}
