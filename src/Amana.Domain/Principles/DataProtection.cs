using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Principles;

/// <summary>Principle 5. Data protection and security, after international law and standards (2020 wording: data responsibility, protection and security).</summary>
public static class DataProtection
{
    public static Rule Classified { get; } = new("SEC-1", Principle.DataProtection, [PimStep.Implement], [],
        "OCHA Data Responsibility Guidelines: sensitivity depends on context", s =>
            s.FormsInUse.Count == 0 ? Verdict.Of(Gap("gap.no-form", Mender.InformationManagementOfficer, MendPage.Form))
            : Verdict.Of([
                .. s.Elements.Where(e => e.Sensitivity is null).Select(e => Gap("gap.element-unclassified", Mender.InformationManagementOfficer, MendPage.Form).With("element", e.Name)),
                // What could expose a person is never public, whatever the activity says of itself.
                s.Activity.Level == Activities.SensitivityLevel.Public && s.Elements.Any(e => e.IsSensitive) ? Gap("gap.level-too-low", Mender.ActivityLead, MendPage.Activity) : null,
            ]));

    public static Rule Sealed { get; } = new("SEC-2", Principle.DataProtection, [PimStep.Implement], [Operation.Collect, Operation.Open],
        "UN General Assembly resolution 45/95 (1990), principle 7", s => Keys(s, Verdict.Of([VaultShut(s), .. Unsealed(s, null)])),
        // Words that are not sealed hold what would bring more of them; who has to see to them may go on opening.
        (s, request) => Verdict.Of([VaultShut(s), .. request.Operation == Operation.Collect ? Unsealed(s, request.Form) : []]));

    public static Rule Accountable { get; } = new("SEC-3", Principle.DataProtection, [PimStep.Implement], [Operation.Collect, Operation.Open, Operation.Release],
        "RFC 6962 (Merkle tree); UNHCR 2015 policy on the protection of personal data, accountability", s =>
            Verdict.Of(s.Safekeeping.LedgerReady ? null : Gap("gap.ledger-not-ready", Mender.Administrator, MendPage.Ledger)));

    public static Rule RightsServed { get; } = new("SEC-4", Principle.DataProtection, [PimStep.Closed], [],
        "UN General Assembly resolution 45/95 (1990), principle 4", s =>
        {
            var open = s.Requests.Where(r => r.DoneAt is null).OrderBy(r => r.DueOn).ToList();
            if (open.Count == 0)
                return s.Requests.Count == 0 ? Verdict.NotApplicable("no-requests") : Verdict.Met;
            var gap = Gap("gap.request-overdue", Mender.DataProtectionFocalPoint, MendPage.Requests).With("count", Text.Of(open.Count(r => r.DueOn < s.Today)));
            return Verdict.Until(open[0].DueOn, s, gap, Gap("gap.request-near", Mender.DataProtectionFocalPoint, MendPage.Requests).With("count", Text.Of(open.Count)));
        });

    public static Rule KeptNoLonger { get; } = new("SEC-5", Principle.DataProtection, [], [],
        "UN General Assembly resolution 45/95 (1990), principle 3(c)", s =>
            s.Collection.Records == 0 ? Verdict.NotApplicable("nothing-kept")
            : s.Activity.Retention is not { } plan ? Verdict.Of(Gap("gap.no-retention", Mender.InformationManagementOfficer, MendPage.Retention))
            : s.Activity.Step == PimStep.Closed ? Verdict.Of(Gap("gap.kept-after-closing", Mender.DataProtectionFocalPoint, MendPage.Closing))
            : plan.KeptUntil(s.Activity.Period) < s.Today ? Verdict.Of(Gap("gap.retention-passed", Mender.DataProtectionFocalPoint, MendPage.Closing).With("date", Text.Of(plan.KeptUntil(s.Activity.Period))))
            : Verdict.Met);

    public static Rule Accurate { get; } = new("SEC-6", Principle.DataProtection, [], [],
        "UN General Assembly resolution 45/95 (1990), principle 2", s =>
        {
            if (s.Collection.Records == 0 || s.Activity.OpenedAt is not { } opened)
                return Verdict.NotApplicable("nothing-kept");
            var due = s.Accuracy.NextOn ?? DateOnly.FromDateTime(opened.UtcDateTime).AddDays(s.Limits.AccuracyDays);
            var lapsed = due < s.Today ? Gap("gap.accuracy-lapsed", Mender.InformationManagementOfficer, MendPage.Accuracy).With("date", Text.Of(due)) : null;
            List<Refusal> gaps = [.. s.Accuracy.Untold.Select(u => Gap("gap.corrections-untold", Mender.InformationManagementOfficer, MendPage.Accuracy).With("release", u.Release).With("count", Text.Of(u.Count)))];
            return lapsed is not null || gaps.Count > 0 ? Verdict.Of([lapsed, .. gaps])
                : Verdict.Until(due, s, Gap("gap.accuracy-lapsed", Mender.InformationManagementOfficer, MendPage.Accuracy), Gap("gap.accuracy-near", Mender.InformationManagementOfficer, MendPage.Accuracy));
        });

    /// <summary>An open severe incident holds release and linking; any incident that is not contained in time shows.</summary>
    public static Rule IncidentsHandled { get; } = new("SEC-7", Principle.DataProtection, [], [Operation.Release, Operation.Link],
        "UNHCR 2015 policy on the protection of personal data, part 4", s =>
            s.Incidents.Count == 0 ? Verdict.NotApplicable("no-incidents")
            : Verdict.Of([
                .. Severe(s),
                .. s.Incidents.Where(i => i.ClosedAt is null && i.ContainedAt is null && i.ReportedAt.AddDays(s.Limits.ContainDays) < s.Now)
                    .Select(i => Gap("gap.incident-not-contained", Mender.DataProtectionFocalPoint, MendPage.Incidents).With("days", Text.Of(s.Limits.ContainDays)).With("severity", i.Severity.ToString())),
            ]), (s, _) => s.Incidents.Count == 0 ? Verdict.NotApplicable("no-incidents") : Verdict.Of(Severe(s)));

    public static Rule TransfersCovered { get; } = new("SEC-8", Principle.DataProtection, [], [Operation.Release],
        "UN General Assembly resolution 45/95 (1990), principle 9", s => Covered(s, null), (s, request) => s.SharingPlan is null
            ? Verdict.Of(Gap("gap.no-sharing-plan", Mender.Coordinator, MendPage.Sharing)) // what nobody planned to share does not leave
            : Covered(s, request.Recipient));

    public static IReadOnlyList<Rule> Rules { get; } = [Classified, Sealed, Accountable, RightsServed, KeptNoLonger, Accurate, IncidentsHandled, TransfersCovered];

    private static Refusal? VaultShut(ActivitySnapshot s) => s.Safekeeping.VaultReady ? null : Gap("gap.vault-not-ready", Mender.Administrator, MendPage.Keys);

    /// <summary>Questions answered in words that are classed so that they are not sealed, of which nobody said why they cannot name anybody.</summary>
    private static IEnumerable<Refusal> Unsealed(ActivitySnapshot s, FormVersionId? only) =>
        s.FormsInUse.Where(f => only is null || f.Id == only).SelectMany(f => f.Elements).Where(e => e.WordsUnsealed && e.NamesNobody is null).DistinctBy(e => e.Name, StringComparer.Ordinal)
            .Select(e => Gap("gap.words-not-sealed", Mender.ProtectionOfficer, MendPage.Form).With("element", e.Name));

    /// <summary>The key that lies unsealed beside the data is told on every activity and holds nothing: what is sealed is sealed, and the rest is for whoever runs the house.</summary>
    private static Verdict Keys(ActivitySnapshot s, Verdict verdict) => s.Safekeeping.KeysBesideStore switch
    {
        KeyPlace.SameFolder => verdict with { Remarks = [Gap("remark.keys-in-same-folder", Mender.Administrator, MendPage.Keys)] },
        KeyPlace.SameVolume => verdict with { Remarks = [Gap("remark.keys-on-same-volume", Mender.Administrator, MendPage.Keys)] },
        _ => verdict,
    };

    private static IEnumerable<Refusal> Severe(ActivitySnapshot s) =>
        s.Incidents.Where(i => i.HoldsRelease).Select(i => Gap("gap.incident-open", Mender.DataProtectionFocalPoint, MendPage.Incidents).With("severity", i.Severity.ToString()));

    /// <summary>Every planned recipient of more than figures has an agreement in force, or the one that is asked for has; the first agreement to end is told beforehand.</summary>
    private static Verdict Covered(ActivitySnapshot s, OrganisationId? only)
    {
        if (s.SharingPlan is null || s.SharingPlan.Recipients.Count == 0)
            return Verdict.NotApplicable("nothing-shared");
        var planned = s.SharingPlan.Recipients.Where(r => r.Detail != SharingDetail.Figures && (only is null || r.OrganisationId == only)).ToList();
        if (planned.Select(r => AgreementRules.Uncovered(s.Agreements, s.Organisations, r.OrganisationId, r.Detail, s.Today)).OfType<Refusal>().ToList() is { Count: > 0 } uncovered)
            return Verdict.Of(uncovered);
        var ends = planned.Select(r => (r.OrganisationId, Until: s.Agreements.Where(a => a.RecipientId == r.OrganisationId && a.IsInForce(s.Today) && a.Covers(r.Detail)).Max(a => a.InForce.End))).ToList();
        return ends.Count > 0 && ends.MinBy(e => e.Until) is var first && first.Until <= s.Today.AddDays(s.Limits.NoticeDays)
            ? Verdict.DueSoon(first.Until, Gap("gap.agreement-ends", Mender.Coordinator, MendPage.Agreements).With("organisation", s.Organisations.FirstOrDefault(o => o.Id == first.OrganisationId)?.ShortName ?? "?"))
            : Verdict.Met;
    }

    private static Refusal Gap(string slug, Mender who, MendPage page) => new Refusal(slug, Principle.DataProtection).MendedBy(who, page);
}
