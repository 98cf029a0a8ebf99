using Amana.Domain.Shared;

namespace Amana.Domain.Rights;

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

