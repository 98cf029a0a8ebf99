using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Rights;

/// <summary>A person's request, registered with the day by which it is answered (SEC-4).</summary>
public sealed class RightsRequest
{
    private RightsRequest() { }

    public RequestId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public PersonId PersonId { get; private set; }
    public RightKind Kind { get; private set; }
    public RequestChannel Channel { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }
    public DateOnly DueOn { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }
    public CertificateId? CertificateId { get; private set; }

    public static RightsRequest Of(RightRequested change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, PersonId = change.PersonId, Kind = change.Kind, Channel = change.Channel, ReceivedAt = change.At, DueOn = change.DueOn,
    };

    public void Apply(RightServed change) => (DoneAt, CertificateId) = (change.At, change.CertificateId);
}

public enum RightKind { Access, Correction, Erasure, Objection, Withdrawal, Complaint }

public enum RequestChannel { PublicPage, Staff }

public sealed record RightRequested : Change
{
    internal RightRequested() { }
    public RequestId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public PersonId PersonId { get; internal init; }
    public RightKind Kind { get; internal init; }
    public RequestChannel Channel { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public DateOnly DueOn { get; internal init; }
}

public sealed record RightServed : Change
{
    internal RightServed() { }
    public DateTimeOffset At { get; internal init; }
    public CertificateId? CertificateId { get; internal init; }
}

/// <summary>Proof that data was disposed of: how many people and records, why, and which key epoch ended with it. No word about whom.</summary>
public sealed class DisposalCertificate
{
    private DisposalCertificate() { }

    public CertificateId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public DisposalReason Reason { get; private set; }
    public int People { get; private set; }
    public int Records { get; private set; }
    public int Boxes { get; private set; }

    /// <summary>The key epoch that was destroyed; keys wrapped under it can be opened by nobody.</summary>
    public int EndedEpoch { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Staff who ordered it; none when a person withdrew.</summary>
    public StaffId? OrderedBy { get; private set; }

    public static DisposalCertificate Of(DataDisposed change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, Reason = change.Reason, People = change.People, Records = change.Records, Boxes = change.Boxes,
        EndedEpoch = change.EndedEpoch, At = change.At, OrderedBy = change.OrderedBy,
    };
}

public enum DisposalReason { Withdrawal, EndOfActivity, RetentionPassed }

public sealed record DataDisposed : Change
{
    internal DataDisposed() { }
    public CertificateId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public DisposalReason Reason { get; internal init; }
    public int People { get; internal init; }
    public int Records { get; internal init; }
    public int Boxes { get; internal init; }
    public int EndedEpoch { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public StaffId? OrderedBy { get; internal init; }
}

/// <summary>Rights are never blocked by a rule; what is decided here is only how they are registered and shown.</summary>
public static class RightsRules
{
    public static Decision<RightRequested> Request(RequestId id, ActivityId activityId, PersonId personId, RightKind kind, RequestChannel channel, DateTimeOffset now, int answerDays) => new RightRequested
    {
        Id = id, ActivityId = activityId, PersonId = personId, Kind = kind, Channel = channel, At = now, DueOn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(answerDays),
    };

    public static Decision<RightServed> Serve(RightsRequest request, CertificateId? certificate, DateTimeOffset now) =>
        request.DoneAt is null ? new RightServed { At = now, CertificateId = certificate } : new Refusal("request.served-already", Principle.DataProtection);

    public static DataDisposed Dispose(CertificateId id, ActivityId activityId, DisposalReason reason, int people, int records, int boxes, int endedEpoch, StaffId? by, DateTimeOffset now) => new()
    {
        Id = id, ActivityId = activityId, Reason = reason, People = people, Records = records, Boxes = boxes, EndedEpoch = endedEpoch, OrderedBy = by, At = now,
    };
}
