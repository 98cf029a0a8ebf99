using Amana.Domain.Shared;

namespace Amana.Domain.Rights;

/// <summary>One recipient of data who is to be told that somebody withdrew, objected, had it corrected or erased: by when, told when, reminded how often, and what it answered (IC-5, SEC-6).
/// It names no person; a release holds no identity, so the recipient looks through all it received until then.</summary>
public sealed class RecipientNotice
{
    private RecipientNotice() { }

    public RecipientNoticeId Id { get; private set; }
    public RequestId RequestId { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public OrganisationId RecipientId { get; private set; }
    public RightKind Kind { get; private set; }
    public DateTimeOffset Since { get; private set; }

    /// <summary>The day by which it is to be told; once told, the day by which it is to confirm.</summary>
    public DateOnly DueOn { get; private set; }

    public DateTimeOffset? ToldAt { get; private set; }
    public int Reminders { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }
    public RecipientAnswer? Answer { get; private set; }

    /// <summary>Who wrote the answer down.</summary>
    public StaffId? RecordedBy { get; private set; }

    public bool IsOverdue(DateOnly today) => ConfirmedAt is null && DueOn < today;

    public static RecipientNotice Of(RecipientToTell change) => new()
    {
        Id = change.Id, RequestId = change.RequestId, ActivityId = change.ActivityId, RecipientId = change.RecipientId, Kind = change.Kind, Since = change.At, DueOn = change.DueOn,
    };

    public void Apply(RecipientWasTold change)
    {
        if (ToldAt is null)
            ToldAt = change.At;
        else
            Reminders++;
        DueOn = change.DueOn;
    }

    public void Apply(RecipientConfirmed change) => (ConfirmedAt, Answer, RecordedBy) = (change.At, change.Answer, change.By);
}

/// <summary>What a recipient did with what it had.</summary>
public enum RecipientAnswer { Erased, Corrected, StoppedUse, NeverHadIt, PassedOnAndTold }

public sealed record RecipientToTell : Change
{
    internal RecipientToTell() { }
    public RecipientNoticeId Id { get; internal init; }
    public RequestId RequestId { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public OrganisationId RecipientId { get; internal init; }
    public RightKind Kind { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public DateOnly DueOn { get; internal init; }
}

public sealed record RecipientWasTold : Change
{
    internal RecipientWasTold() { }
    public DateTimeOffset At { get; internal init; }
    public DateOnly DueOn { get; internal init; }
}

public sealed record RecipientConfirmed : Change
{
    internal RecipientConfirmed() { }
    public DateTimeOffset At { get; internal init; }
    public RecipientAnswer Answer { get; internal init; }
    public StaffId By { get; internal init; }
}
