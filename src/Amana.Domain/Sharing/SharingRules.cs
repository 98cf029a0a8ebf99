using System.Globalization;
using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>Plans and releases: data leaves only under an agreement in force, measured, and approved by someone else.</summary>
public static class SharingRules
{
    public static Decision<SharingPlanned> Plan(Activity activity, IReadOnlyList<PlannedRecipient> recipients, string? notSharingReason, StaffId by, DateTimeOffset now)
    {
        var errors = ActivityRules.Open(activity)
            .Must(recipients.Count > 0 || !string.IsNullOrWhiteSpace(notSharingReason), "Recipients", "sharing.neither-recipient-nor-reason", Principle.Coordination)
            .Must(recipients.All(r => r.What.Trim().Length > 0), "Recipients", "sharing.what-missing", Principle.Coordination);
        return errors.Any ? errors.All : new SharingPlanned
        {
            ActivityId = activity.Id, Recipients = recipients, NotSharingReason = recipients.Count == 0 ? notSharingReason?.Trim() : null, By = by, At = now,
        };
    }

    /// <summary>Every recipient is another organisation of the operation, named once, and the agreement named for it is with it.</summary>
    public static IReadOnlyList<Refusal> RecipientsFit(ActivitySnapshot s, IReadOnlyList<PlannedRecipient> recipients)
    {
        var errors = new FieldErrors()
            .Must(recipients.All(r => s.Organisations.Any(o => o.Id == r.OrganisationId) && r.OrganisationId != s.Activity.OrganisationId), "Recipients", "sharing.recipient-missing", Principle.Coordination)
            .Must(recipients.Select(r => (r.OrganisationId, r.Detail)).Distinct().Count() == recipients.Count, "Recipients", "sharing.recipient-twice", Principle.Coordination)
            .Must(recipients.All(r => r.AgreementId is null || s.Agreements.Any(a => a.Id == r.AgreementId && a.RecipientId == r.OrganisationId)), "Recipients", "sharing.agreement-of-another", Principle.DataProtection);
        return errors.All;
    }

    /// <summary>Proposes a release. Below the threshold it is refused with the count of records at risk; the advice on what to change comes with the measurement.</summary>
    public static Decision<ReleaseProposed> Propose(Activity activity, ProposeRelease command, Agreement agreement, MeasuredRisk risk, StaffId by, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var errors = ActivityRules.Open(activity).Text(nameof(command.Title), command.Title, 200)
            .Must(risk.Keys.Count > 0, "Keys", "release.keys-missing", Principle.DataProtection)
            .Must(risk.Rows > 0, "Columns", "release.no-records", Principle.DataProtection);
        var note = command.MethodNote.Trimmed();
        foreach (var part in note.Unsaid)
            errors.Add(new Refusal("release.note-says-nothing", Principle.Impartiality).At(part.ToString()).With("notepart", part.ToString()));
        errors.Must(note.Lines.All(l => l.Length <= ReleaseNote.MostLetters), nameof(NotePart.Base), "release.note-too-long", Principle.Impartiality);
        if (!agreement.IsInForce(today))
            errors.Add(new Refusal("release.agreement-not-in-force", Principle.DataProtection).At(nameof(command.AgreementId)).MendedBy(Mender.Coordinator, MendPage.Agreements));
        if (risk.Rows > 0 && risk.SmallestGroup < risk.Threshold)
            errors.Add(new Refusal("release.group-too-small", Principle.DataProtection).At("Keys").With("smallest", Number(risk.SmallestGroup)).With("threshold", Number(risk.Threshold)).With("count", Number(risk.Violators)).MendedBy(Mender.You, MendPage.Releases));
        if (risk.Rows > 0 && risk.GlobalRisk > risk.GlobalLimit)
            errors.Add(new Refusal("release.global-risk-too-high", Principle.DataProtection).At("Keys").With("risk", Percent(risk.GlobalRisk)).With("limit", Percent(risk.GlobalLimit.Value)).MendedBy(Mender.You, MendPage.Releases));
        if (risk.Rows > 0 && risk.HighestRisk > risk.RecordLimit)
            errors.Add(new Refusal("release.record-risk-too-high", Principle.DataProtection).At("Keys").With("risk", Percent(risk.HighestRisk)).With("limit", Percent(risk.RecordLimit.Value)).MendedBy(Mender.You, MendPage.Releases));
        return errors.Any ? errors.All : new ReleaseProposed
        {
            Id = command.Id, ActivityId = activity.Id, AgreementId = agreement.Id, RecipientId = agreement.RecipientId, NeedCode = command.NeedCode, Title = command.Title.Trim(),
            Risk = risk, Audience = command.Audience, MethodNote = note, FileHash = command.FileHash, FileBox = command.FileBox, By = by, At = now,
        };
    }

    /// <summary>Whether data may be made ready for the agreement's recipient: the agreement is in force and the plan names the recipient for de-identified records (CO-2, SEC-8).</summary>
    public static IReadOnlyList<Refusal> MayPrepare(SharingPlan? plan, Agreement? agreement, DateOnly today)
    {
        if (agreement is null || !agreement.IsInForce(today))
            return [new Refusal("release.agreement-not-in-force", Principle.DataProtection).At("AgreementId").MendedBy(Mender.Coordinator, MendPage.Agreements)];
        if (!agreement.Covers(SharingDetail.DeidentifiedRecords))
            return [new Refusal("release.agreement-not-for-records", Principle.DataProtection).At("AgreementId").MendedBy(Mender.Coordinator, MendPage.Agreements)];
        return plan?.Recipients.Any(r => r.OrganisationId == agreement.RecipientId && r.Detail == SharingDetail.DeidentifiedRecords) == true
            ? []
            : [new Refusal("release.recipient-not-planned", Principle.Coordination).At("AgreementId").MendedBy(Mender.InformationManagementOfficer, MendPage.Sharing)];
    }

    /// <summary>Which questions of a release the agreement does not name; none where it names no fields (SEC-8).</summary>
    public static IReadOnlyList<Refusal> MayHold(Agreement agreement, IReadOnlyList<Element> chosen)
    {
        var beyond = chosen.Select(e => e.Name).Where(name => !agreement.CoversField(name)).Distinct(StringComparer.Ordinal).ToList();
        return beyond.Count == 0 ? [] : [new Refusal("release.field-not-agreed", Principle.DataProtection).With("rule", "SEC-8").With("fields", string.Join(", ", beyond)).At("Columns").MendedBy(Mender.You, MendPage.Releases)];
    }

    /// <summary>Whether a file may be handed out: approved, and its agreement still in force.</summary>
    public static IReadOnlyList<Refusal> MayHandOut(Release release, Agreement? agreement, DateOnly today) =>
        release.State != ReleaseState.Approved ? [new Refusal("release.not-approved", Principle.Impartiality).MendedBy(Mender.SomeoneElse, MendPage.Releases)]
        : agreement?.IsInForce(today) != true ? [new Refusal("release.agreement-not-in-force", Principle.DataProtection).MendedBy(Mender.Coordinator, MendPage.Agreements)]
        : [];

    /// <summary>Enters into the register what leaves. Whether it may was asked before.</summary>
    public static DepartureMade Leave(DepartureId id, DepartureNote note, StaffId by, DateTimeOffset now) => new() { Id = id, Note = note, By = by, At = now };

    public static Decision<ReleaseDecided> Decide(Release release, Agreement agreement, bool approved, string reason, StaffId by, DateTimeOffset now)
    {
        var errors = new FieldErrors().Text("Reason", reason, 1000).Must(release.State == ReleaseState.Proposed, "State", "release.decided-already", Principle.DataProtection);
        if (by == release.ProposedBy)
            errors.Add(new Refusal("release.approved-by-author", Principle.Impartiality).MendedBy(Mender.SomeoneElse, MendPage.Releases));
        if (approved && !agreement.IsInForce(DateOnly.FromDateTime(now.UtcDateTime)))
            errors.Add(new Refusal("release.agreement-not-in-force", Principle.DataProtection).MendedBy(Mender.Coordinator, MendPage.Agreements));
        return errors.Any ? errors.All : new ReleaseDecided { Approved = approved, Reason = reason.Trim(), By = by, At = now };
    }

    private static string Percent(double share) => Math.Round(share * 100, 1).ToString(CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
