using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Domain.Vocabularies;

namespace Amana.Domain.Principles;

/// <summary>Principle 8. Coordination and collaboration: build on what exists, do not collect twice, and give back.</summary>
public static class Coordination
{
    /// <summary>What questions ask for which codes are common to all; in words of their own they count with nobody else's.</summary>
    private static readonly ElementRole[] HaveCommonCodes =
    [
        ElementRole.Sex, ElementRole.AgeGroup, ElementRole.Disability, ElementRole.DifficultySeeing, ElementRole.DifficultyHearing, ElementRole.DifficultyWalking, ElementRole.DifficultyRemembering,
        ElementRole.DifficultySelfCare, ElementRole.DifficultyCommunicating,
    ];

    public static Rule LookedFirst { get; } = new("CO-1", Principle.Coordination, [PimStep.Design, PimStep.Implement], [],
        "PIM Principles 2015, principle 8 (\"avoid the duplication of other PIM efforts\")", s =>
            s.Overlaps is null ? Verdict.Of(Gap("gap.registry-not-searched", MendPage.Overlaps))
            : Verdict.Of(s.Overlaps.Unanswered.Select(o => Gap("gap.overlap-unanswered", MendPage.Overlaps).With("activity", o.OtherTitle).With("score", Text.Of(o.Score.Total)))));

    public static Rule Shareable { get; } = new("CO-2", Principle.Coordination, [PimStep.Implement], [],
        "PIM Framework for Data Sharing in Practice (2018)", s =>
            s.SharingPlan is not { } plan ? Verdict.Of(Gap("gap.no-sharing-plan", MendPage.Sharing))
            // Records need an agreement that at least is being talked about; whether it is in force, SEC-8 asks when something goes.
            : Verdict.Of(plan.Recipients.Where(r => r.Detail != SharingDetail.Figures && !s.Agreements.Any(a => a.RecipientId == r.OrganisationId && a.State != AgreementState.Declined))
                .Select(r => new Refusal("gap.plan-without-agreement", Principle.Coordination).With("organisation", NameOf(s, r.OrganisationId)).MendedBy(Mender.Coordinator, MendPage.Agreements))));

    public static Rule CommonTongue { get; } = new("CO-3", Principle.Coordination, [PimStep.Implement], [],
        "Common operational datasets; UNHCR age brackets; Washington Group Short Set", s =>
            Verdict.Of([
                s.Activity.Place.Code.Length == 0 ? Gap("gap.place-without-code", MendPage.Activity) : null,
                s.Activity.Place.Code.Length > 0 && !IsPlace(s, s.Activity.Place.Code) ? Gap("gap.place-unknown", MendPage.Activity).With("place", s.Activity.Place.Code) : null,
                .. s.Elements.Where(e => e is { Role: ElementRole.Place, IsCoded: true }).DistinctBy(e => e.Name, StringComparer.Ordinal)
                    .Select(e => (e.Name, Codes: e.Choices.Select(c => c.Code).Where(c => c is not ("other" or "dk" or "pns") && !IsPlace(s, c)).ToList())).Where(x => x.Codes.Count > 0)
                    .Select(x => Gap("gap.element-place-unknown", MendPage.Form).With("element", x.Name).With("codes", string.Join(", ", x.Codes.Take(6)))),
                s.Activity.Population.Count == 0 ? Gap("gap.no-population-group", MendPage.Activity) : null,
                .. s.Elements.DistinctBy(e => (e.Name, e.Path)).Select(e => CommonCodes.Unknown(s.Vocabularies, e)).OfType<UnknownCodes>().DistinctBy(u => u.Element, StringComparer.Ordinal)
                    .Select(u => Gap("gap.codes-not-in-list", MendPage.Form).With("element", u.Element).With("list", u.List).With("codes", string.Join(", ", u.Codes.Take(6)))),
                .. s.Elements.Where(e => HaveCommonCodes.Contains(e.Role) && !e.IsCoded && !e.Computed).DistinctBy(e => e.Name, StringComparer.Ordinal).Select(e => Gap("gap.element-not-coded", MendPage.Form).With("element", e.Name)),
            ]));

    public static Rule GivenBack { get; } = new("CO-4", Principle.Coordination, [PimStep.Closed], [],
        "PIM Framework for Data Sharing in Practice (2018): the risk of not sharing counts too", s =>
            s.Releases.Any(r => r.State == ReleaseState.Approved) || s.SharingPlan?.NotSharingReason is not null ? Verdict.Met
            : s.Activity.Step < PimStep.Evaluate ? Verdict.NotApplicable("before-evaluate")
            : s.Activity.OpenedAt is null || s.Collection.Records == 0 ? Verdict.NotApplicable("nothing-collected")
            : Verdict.Of(Gap("gap.nothing-given-back", MendPage.Releases)));

    public static Rule SameRules { get; } = new("CO-5", Principle.Coordination, [PimStep.Implement], [Operation.Release],
        "PIM Framework for Data Sharing in Practice (2018), trust statement", s => Kept(s, null), (s, request) => Kept(s, request.Recipient));

    public static IReadOnlyList<Rule> Rules { get; } = [LookedFirst, Shareable, CommonTongue, GivenBack, SameRules];

    /// <summary>Every recipient accepted the principles, and no breach of trust with one is open; an open breach holds what would go to that recipient.</summary>
    private static Verdict Kept(ActivitySnapshot s, OrganisationId? only)
    {
        if (s.SharingPlan is null || s.SharingPlan.Recipients.Count == 0)
            return Verdict.NotApplicable("nothing-shared");
        var recipients = s.SharingPlan.Recipients.Select(r => r.OrganisationId).Distinct().ToList();
        return Verdict.Of([
            .. recipients.Where(r => s.Organisations.FirstOrDefault(o => o.Id == r)?.HoldsTheSameRules != true).Select(r => Gap("gap.recipient-not-bound", MendPage.Organisations).With("organisation", NameOf(s, r))),
            .. recipients.Where(r => (only is null || r == only) && s.Agreements.Any(a => a.RecipientId == r && a.SuspendedAt is not null))
                .Select(r => new Refusal("gap.breach-unresolved", Principle.Coordination).With("organisation", NameOf(s, r)).MendedBy(Mender.Coordinator, MendPage.Agreements)),
        ]);
    }

    /// <summary>Stands among the operation's places, holds some of them, or lies within one of them.</summary>
    private static bool IsPlace(ActivitySnapshot s, string code) =>
        s.PlaceCodes.Count == 0 || s.PlaceCodes.Any(p => Activities.Place.Nest(p, code));

    private static string NameOf(ActivitySnapshot s, OrganisationId id) => s.Organisations.FirstOrDefault(o => o.Id == id)?.ShortName ?? "?";

    private static Refusal Gap(string slug, MendPage page) => new Refusal(slug, Principle.Coordination).MendedBy(Mender.ActivityLead, page);
}
