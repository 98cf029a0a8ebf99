using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Rights;

/// <summary>What somebody asks, and how they were known.</summary>
public sealed record AskRight(RequestId Id, PersonId PersonId, RightKind Kind, RequestChannel Channel)
{
    public byte[] WishBox { get; init; } = [];
    public IdentityCheck Check { get; init; }
    public StaffId? CheckedBy { get; init; }
}

/// <summary>Rights are never blocked by a rule; what is decided here is how they are registered, answered and shown.</summary>
public static class RightsRules
{
    public static Decision<RightRequested> Request(ActivityId activityId, AskRight asked, DateTimeOffset now, int answerDays) => new RightRequested
    {
        Id = asked.Id, ActivityId = activityId, PersonId = asked.PersonId, Kind = asked.Kind, Channel = asked.Channel, At = now, DueOn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(answerDays),
        WishBox = asked.WishBox, Check = asked.Check, CheckedBy = asked.CheckedBy,
    };

    public static Decision<IdentityChecked> Check(RightsRequest request, IdentityCheck check, StaffId by) =>
        request.DoneAt is null ? new IdentityChecked { Check = check, By = by } : Answered;

    public static Decision<RightServed> Serve(RightsRequest request, CertificateId? certificate, DateTimeOffset now) =>
        request.DoneAt is null ? new RightServed { At = now, CertificateId = certificate } : Answered;

    /// <summary>Answers a request. A refusal or a part needs its ground; a withdrawal is never refused; answers are not given to somebody who could not be identified.</summary>
    public static Decision<RightAnswered> Answer(RightsRequest request, RequestOutcome outcome, RefusedBecause? because, byte[] answerBox, StaffId by, DateTimeOffset now)
    {
        if (request.DoneAt is not null)
            return Answered;
        var errors = new FieldErrors().Must(outcome == RequestOutcome.Served || because is not null, "Because", "request.ground-missing", Principle.DataProtection)
            .Must(request.Kind != RightKind.Withdrawal || outcome != RequestOutcome.Refused || because == RefusedBecause.OtherBasis, "Outcome", "request.withdrawal-not-refused", Principle.InformedConsent)
            .Must(!(request.Kind == RightKind.Access && request.Check == IdentityCheck.CouldNotBeChecked && outcome != RequestOutcome.Refused), "Outcome", "request.not-identified", Principle.DataProtection)
            .Must(answerBox.Length > 0, "Words", "field.required");
        return errors.Any ? errors.All : new RightAnswered { At = now, Outcome = outcome, Because = outcome == RequestOutcome.Served ? null : because, AnswerBox = answerBox, By = by };
    }

    /// <summary>A recipient is to be told of it, by the day.</summary>
    public static RecipientToTell MustTell(RecipientNoticeId id, RightRequested request, OrganisationId recipient, int days) => new()
    {
        Id = id, RequestId = request.Id, ActivityId = request.ActivityId, RecipientId = recipient, Kind = request.Kind, At = request.At, DueOn = DateOnly.FromDateTime(request.At.UtcDateTime).AddDays(days),
    };

    /// <summary>Told, or reminded: from then the recipient has its days to confirm.</summary>
    public static Decision<RecipientWasTold> Tell(RecipientNotice notice, DateTimeOffset now, int days) =>
        notice.ConfirmedAt is null ? new RecipientWasTold { At = now, DueOn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(days) } : new Refusal("recipient.confirmed-already", Principle.InformedConsent);

    /// <summary>A recipient confirms only what it was told.</summary>
    public static Decision<RecipientConfirmed> Confirm(RecipientNotice notice, RecipientAnswer answer, StaffId by, DateTimeOffset now) =>
        notice.ToldAt is null ? new Refusal("recipient.not-told", Principle.InformedConsent)
        : notice.ConfirmedAt is not null ? new Refusal("recipient.confirmed-already", Principle.InformedConsent)
        : new RecipientConfirmed { At = now, Answer = answer, By = by };

    public static DataDisposed Dispose(CertificateId id, ActivityId activityId, DisposalReason reason, int people, int records, int boxes, int endedEpoch, StaffId? by, DateTimeOffset now) => new()
    {
        Id = id, ActivityId = activityId, Reason = reason, People = people, Records = records, Boxes = boxes, EndedEpoch = endedEpoch, OrderedBy = by, At = now,
    };

    private static Refusal Answered => new("request.served-already", Principle.DataProtection);
}
