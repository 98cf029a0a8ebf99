using Amana.Domain.Activities;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Records;

/// <summary>What becomes of a submission: accepted, kept sealed in quarantine, or only counted.</summary>
public static class RecordRules
{
    /// <summary>Longest reason or comment, in characters.</summary>
    public const int MostReason = 2000;

    /// <summary>Accepts a submission into the records; the gate must have allowed collection and the consent must have been received.</summary>
    public static Decision<RecordAccepted> Accept(Activity activity, AcceptRecord command, GateAnswer gate, ConsentReceived consent, DateTimeOffset now)
    {
        if (!gate.Allowed)
            return gate.Refusals.ToList();
        return consent.PersonId != command.PersonId
            ? new Refusal("record.consent-of-another", Principle.InformedConsent)
            : new RecordAccepted
            {
                Id = command.Id, Code = command.Code, ActivityId = activity.Id, FormVersionId = command.FormVersionId, PersonId = command.PersonId, ConsentId = consent.Id,
                At = now, CollectedBy = command.CollectedBy, Findings = command.Findings, CodedBox = command.CodedBox,
            };
    }

    /// <summary>Seals a submission that may not be used now: the gate does not allow it, or it breaks a rule of its form. Only an activity in Implement holds submissions; a closed one refuses them.</summary>
    public static Decision<SubmissionQuarantined> Quarantine(Activity activity, HoldSubmission command, GateAnswer gate, DateTimeOffset now)
    {
        if (activity.Step != PimStep.Implement)
            return new Refusal("activity.not-collecting", Principle.DefinedPurpose).MendedBy(Mender.ActivityLead, MendPage.Rules);
        return new SubmissionQuarantined
        {
            Id = command.Id, ActivityId = activity.Id, FormVersionId = command.FormVersionId, At = now, CollectedBy = command.CollectedBy, Box = command.Box, Findings = command.Findings,
            HeldBy = [.. gate.Refusals.Select(r => r.Args.TryGetValue("rule", out var rule) ? rule : r.Slug).Distinct(StringComparer.Ordinal)],
        };
    }

    public static RefusalCounted CountRefusal() => new() { Times = 1 };

    /// <summary>Admits what waits, with a reason. The gate must allow collecting again; that it breaks a rule of its form is what the reason answers.</summary>
    public static Decision<QuarantineDecided> Admit(QuarantinedSubmission held, GateAnswer gate, StaffId by, string? reason, DateTimeOffset now) =>
        held.State != QuarantineState.Waiting ? new Refusal("quarantine.decided-already", Principle.DoNoHarm)
        : !gate.Allowed ? gate.Refusals.ToList()
        : WithReason(reason) ?? (Decision<QuarantineDecided>)new QuarantineDecided { State = QuarantineState.Admitted, By = by, At = now };

    public static SubmissionAdmitted MarkAdmitted(RecordId record) => new() { RecordId = record };

    /// <summary>Destroys what waits, with a reason; it is sealed under the activity's key.</summary>
    public static Decision<QuarantineDecided> Destroy(QuarantinedSubmission held, StaffId by, string? reason, byte[] reasonBox, DateTimeOffset now) =>
        held.State != QuarantineState.Waiting ? new Refusal("quarantine.decided-already", Principle.DoNoHarm)
        : WithReason(reason) ?? (Decision<QuarantineDecided>)new QuarantineDecided { State = QuarantineState.Destroyed, By = by, At = now, ReasonBox = reasonBox };

    /// <summary>Destroys what waits because the activity's data is disposed of: the end of the activity is the reason.</summary>
    public static Decision<QuarantineDecided> Dispose(QuarantinedSubmission held, StaffId by, DateTimeOffset now) =>
        held.State != QuarantineState.Waiting ? new Refusal("quarantine.decided-already", Principle.DoNoHarm)
        : new QuarantineDecided { State = QuarantineState.Destroyed, By = by, At = now };

    /// <summary>Who may decide on what waits: the data protection focal point on all; on what only breaks a rule of its form also whoever may judge records of the activity.</summary>
    public static IReadOnlyList<Refusal> MayDecide(ActivitySnapshot activity, Actor actor, IReadOnlyList<string> heldBy) =>
        heldBy.Count > 0 || actor.Has(Accounts.Duty.DataProtectionFocalPoint) ? Authority.MustHold(actor, Accounts.Duty.DataProtectionFocalPoint) : Authority.MayJudge(activity, actor);

    private static Decision<QuarantineDecided>? WithReason(string? reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > MostReason
        ? new Refusal("quarantine.reason-missing", Principle.DataProtection).At("Reason").With("most", MostReason.ToString(System.Globalization.CultureInfo.InvariantCulture)).MendedBy(Mender.You, MendPage.Quarantine) : (Decision<QuarantineDecided>?)null;

    /// <summary>A later part of the same submission brought a file: the box is sealed anew with it.</summary>
    public static Decision<QuarantineFileAdded> AddFile(QuarantinedSubmission held, byte[] box) =>
        held.State == QuarantineState.Waiting ? new QuarantineFileAdded { Box = box } : new Refusal("quarantine.decided-already", Principle.DoNoHarm);

    /// <summary>Puts a new version in the place of the current one, which is kept sealed. The gate must have allowed it with the person's consent, and an older version is never edited: somebody else's
    /// change would be lost unseen.</summary>
    public static Decision<RecordAmended> Amend(RecordEntry record, bool replacedMeanwhile, AmendRecord command, GateAnswer gate, DateTimeOffset now)
    {
        if (record.State != RecordState.InUse)
            return new Refusal("consent.withdrawn", Principle.InformedConsent).With("rule", "IC-5");
        if (replacedMeanwhile)
            return new Refusal("record.edited-meanwhile");
        if (!gate.Allowed)
            return gate.Refusals.ToList();
        return new RecordAmended
        {
            RecordId = record.Id, PersonId = record.PersonId, Version = record.Version + 1, FormVersionId = command.FormVersionId, CodedBox = command.CodedBox, Findings = command.Findings,
            Reason = command.Reason, By = command.By, At = now,
        };
    }

    /// <summary>Withdrawn consent makes the record unusable at once (IC-5).</summary>
    public static RecordHeld Withdraw() => new() { State = RecordState.Withdrawn };

    /// <summary>The compartment in which an element's answer is sealed; none when it is kept coded under the activity's key.</summary>
    public static Compartment? CompartmentOf(Element element) => element.Sensitivity switch
    {
        Sensitivity.Identifier => Compartment.Identity,
        Sensitivity.Sensitive => Compartment.Narrative,
        null => Compartment.Identity, // unclassified counts as the most harmful
        _ => null,
    };
}
