using Amana.Domain.Accounts;
using Amana.Domain.Coordination;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Cases;

/// <summary>What is to be handed over.</summary>
/// <param name="Id">The referral's id: sent twice it is sent once.</param>
/// <param name="Code">A random code.</param>
/// <param name="Urgency">How soon an answer is needed.</param>
/// <param name="Fields">Paths of the questions whose answers go along: as few as the service needs.</param>
/// <param name="Words">What the service has to know besides, such as how to reach the person safely.</param>
public sealed record SendReferral(ReferralId Id, string Code, ReferralUrgency Urgency, IReadOnlyList<string> Fields, string Words);

/// <summary>Passing a person to a service. That the person said yes to this service, and that the rules allow it now, the gate says (<c>Refer</c>); here stands what a referral itself must be.</summary>
public static class ReferringRules
{
    /// <summary>Most answers that go along: a service needs how to reach somebody and what for, not the record.</summary>
    public const int MostFields = 8;

    /// <summary>What may be handed over of a form: questions about the person, without the questions of consent and files.</summary>
    public static IEnumerable<Element> MayGo(FormVersion form) =>
        form.Elements.Where(e => e.Ask is null && !e.Computed && e.Type is not ("note" or "image" or "audio" or "video" or "file" or "photo" or "background-audio")
            && e.Role is not (ElementRole.ReceiptCode or ElementRole.Interviewer or ElementRole.ConsentGivenBy or ElementRole.ConsentMeans or ElementRole.ConsentWitness or ElementRole.ConsentInterpreter or ElementRole.ChildAssent));

    /// <summary>Refuses a service that nobody found alive of late, an organisation that did not accept the principles, and more answers than a service needs.</summary>
    public static Decision<Nothing> MaySend(SendReferral command, FormVersion form, ServicePoint service, Organisation receiver, bool anotherIsOpen, DateOnly today)
    {
        var may = MayGo(form).Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        var errors = new FieldErrors().Text(nameof(command.Words), command.Words, 1000)
            .Must(command.Fields.Count is > 0 and <= MostFields && command.Fields.All(may.Contains), nameof(command.Fields), "referral.fields-out-of-range", Principle.DefinedPurpose)
            .Must(!anotherIsOpen, "Service", "referral.already-sent", Principle.DoNoHarm);
        if (!service.Live || service.IsStale(today))
            errors.Add(new Refusal("referral.service-not-alive", Principle.DoNoHarm).At("Service").MendedBy(Mender.ProtectionOfficer, MendPage.Referral));
        if (!receiver.HoldsTheSameRules)
            errors.Add(new Refusal("referral.receiver-not-bound", Principle.Coordination).At("Service").With("organisation", receiver.ShortName).MendedBy(Mender.Coordinator, MendPage.Organisations));
        return errors.Any ? errors.All : Nothing.Here;
    }

    public static ReferralSent Send(SendReferral command, ActivityId activity, RecordId record, PersonId person, ServicePoint service, byte[] box, StaffId by, DateTimeOffset now) => new()
    {
        Id = command.Id, Code = command.Code, ActivityId = activity, RecordId = record, PersonId = person, ServiceId = service.Id, ReceiverId = service.OrganisationId, Kind = service.Kind, Urgency = command.Urgency,
        Fields = command.Fields.Count, By = by, At = now, AnswerBy = DateOnly.FromDateTime(now.UtcDateTime).AddDays(DaysFor(command.Urgency)), Box = box,
    };

    public static int DaysFor(ReferralUrgency urgency) => urgency switch { ReferralUrgency.Urgent => 1, ReferralUrgency.Soon => 3, _ => 7 };

    public static Decision<ReferralRead> Read(Referral referral, DateTimeOffset now) => referral.IsOpen ? new ReferralRead { At = now } : Ended;

    /// <summary>The receiving organisation takes it, or says why not.</summary>
    public static Decision<ReferralAnswered> Answer(Referral referral, bool accepts, DeclineReason? because, StaffId by, DateTimeOffset now) =>
        referral.State != ReferralState.Sent ? Ended
        : !accepts && because is null ? new Refusal("referral.declined-without-reason", Principle.DoNoHarm).At("Because")
        : new ReferralAnswered { State = accepts ? ReferralState.Accepted : ReferralState.Declined, Because = accepts ? null : because, By = by, At = now };

    /// <summary>The receiving organisation says what came of it. From then on nothing that was handed over can be read.</summary>
    public static Decision<ReferralEnded> Finish(Referral referral, ReferralOutcome outcome, DateTimeOffset now) =>
        referral.State == ReferralState.Accepted ? new ReferralEnded { State = ReferralState.Done, Outcome = outcome, At = now } : Ended;

    /// <summary>Whoever sent it ends it: the person no longer wants it, or it was declined and goes elsewhere.</summary>
    public static Decision<ReferralEnded> End(Referral referral, DateTimeOffset now) =>
        referral.State is ReferralState.Done or ReferralState.Ended ? Ended : new ReferralEnded { State = ReferralState.Ended, At = now };

    private static Refusal Ended { get; } = new("referral.not-open", Principle.DoNoHarm);
}
