using Amana.Domain.Consent;
using Amana.Domain.Shared;

namespace Amana.Domain.Cases;

/// <summary>One person passed to one service: to which organisation, by when it is to answer, what it answered, and how it ended. What was handed over lies in a box under the person's own key and opens only while
/// the person's yes to that service stands (IC-3, <c>Refer</c>). The row alone holds codes, states and days.</summary>
public sealed class Referral
{
    private Referral() { }

    public ReferralId Id { get; private set; }

    /// <summary>Random code for lists and talk, different from the record's.</summary>
    public string Code { get; private set; } = "";

    public ActivityId ActivityId { get; private set; }
    public RecordId RecordId { get; private set; }
    public PersonId PersonId { get; private set; }
    public ServiceId ServiceId { get; private set; }
    public OrganisationId ReceiverId { get; private set; }

    /// <summary>The kind of service, as the person's yes names it.</summary>
    public string Kind { get; private set; } = "";

    public ReferralUrgency Urgency { get; private set; }

    /// <summary>How many answers were handed over.</summary>
    public int Fields { get; private set; }

    public StaffId SentBy { get; private set; }
    public DateTimeOffset SentAt { get; private set; }

    /// <summary>The day by which the receiving organisation is to say whether it takes it.</summary>
    public DateOnly AnswerBy { get; private set; }

    public ReferralState State { get; private set; }

    /// <summary>When the receiving organisation first read it.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    public StaffId? AnsweredBy { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public DeclineReason? DeclinedBecause { get; private set; }
    public ReferralOutcome? Outcome { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>What was handed over, sealed for the person.</summary>
    public byte[] Box { get; private set; } = [];

    /// <summary>What the person must have said yes to.</summary>
    public ConsentPart Part => ConsentPart.ReferralTo(Kind);

    /// <summary>Nobody answered in time: the person waits, and whoever sent it asks.</summary>
    public bool IsOverdue(DateOnly today) => State == ReferralState.Sent && AnswerBy < today;

    /// <summary>Still on its way: what was handed over can be read.</summary>
    public bool IsOpen => State is ReferralState.Sent or ReferralState.Accepted;

    public static Referral Of(ReferralSent change) => new()
    {
        Id = change.Id, Code = change.Code, ActivityId = change.ActivityId, RecordId = change.RecordId, PersonId = change.PersonId, ServiceId = change.ServiceId, ReceiverId = change.ReceiverId, Kind = change.Kind,
        Urgency = change.Urgency, Fields = change.Fields, SentBy = change.By, SentAt = change.At, AnswerBy = change.AnswerBy, State = ReferralState.Sent, Box = change.Box,
    };

    public void Apply(ReferralRead change) => ReadAt ??= change.At;

    public void Apply(ReferralAnswered change) =>
        (State, DeclinedBecause, AnsweredBy, AnsweredAt, Box) = (change.State, change.Because, change.By, change.At, change.State == ReferralState.Declined ? [] : Box);

    public void Apply(ReferralEnded change) => (State, Outcome, EndedAt, Box) = (change.State, change.Outcome, change.At, []);
}

/// <summary>How soon the receiving organisation is to answer: by the day after, within three days, within a week. Days of our own; no standard of the field could be verified.</summary>
public enum ReferralUrgency { Urgent, Soon, Ordinary }

/// <summary>Sent; accepted or declined by the receiving organisation; done there; ended by whoever sent it.</summary>
public enum ReferralState { Sent, Accepted, Declined, Done, Ended }

/// <summary>Why a service does not take somebody.</summary>
public enum DeclineReason { NoCapacity, NotEligible, AnotherServiceNeeded, CannotReach }

/// <summary>What came of it.</summary>
public enum ReferralOutcome { Received, PartlyReceived, PersonDeclined, NotReached }

public sealed record ReferralSent : Change
{
    internal ReferralSent() { }
    public ReferralId Id { get; internal init; }
    public string Code { get; internal init; } = "";
    public ActivityId ActivityId { get; internal init; }
    public RecordId RecordId { get; internal init; }
    public PersonId PersonId { get; internal init; }
    public ServiceId ServiceId { get; internal init; }
    public OrganisationId ReceiverId { get; internal init; }
    public string Kind { get; internal init; } = "";
    public ReferralUrgency Urgency { get; internal init; }
    public int Fields { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public DateOnly AnswerBy { get; internal init; }
    public byte[] Box { get; internal init; } = [];
}

public sealed record ReferralRead : Change
{
    internal ReferralRead() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record ReferralAnswered : Change
{
    internal ReferralAnswered() { }
    public ReferralState State { get; internal init; }
    public DeclineReason? Because { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Done at the service, or ended by whoever sent it. What was handed over goes.</summary>
public sealed record ReferralEnded : Change
{
    internal ReferralEnded() { }
    public ReferralState State { get; internal init; }
    public ReferralOutcome? Outcome { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}
