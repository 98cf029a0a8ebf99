using Amana.Domain.Shared;

namespace Amana.Domain.Rights;

/// <summary>A person's request, registered with the day by which it is answered, how the person was known, and what became of it (SEC-4).</summary>
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

    /// <summary>What the person asks, sealed under the activity's key; empty when nothing was said.</summary>
    public byte[] WishBox { get; private set; } = [];

    /// <summary>How it was checked that the person is the one whom the data is about; never more than the request needs.</summary>
    public IdentityCheck Check { get; private set; }

    /// <summary>Who checked; none when the code on the receipt did.</summary>
    public StaffId? CheckedBy { get; private set; }

    public DateTimeOffset? DoneAt { get; private set; }
    public RequestOutcome? Outcome { get; private set; }

    /// <summary>Why it was refused, or served in part.</summary>
    public RefusedBecause? Because { get; private set; }

    /// <summary>Who answered; none when it was served by itself.</summary>
    public StaffId? AnsweredBy { get; private set; }

    /// <summary>What the person is told, sealed under the activity's key; read with the code of the receipt.</summary>
    public byte[] AnswerBox { get; private set; } = [];

    public CertificateId? CertificateId { get; private set; }

    public static RightsRequest Of(RightRequested change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, PersonId = change.PersonId, Kind = change.Kind, Channel = change.Channel, ReceivedAt = change.At, DueOn = change.DueOn,
        WishBox = change.WishBox, Check = change.Check, CheckedBy = change.CheckedBy,
    };

    public void Apply(IdentityChecked change) => (Check, CheckedBy) = (change.Check, change.By);

    public void Apply(RightServed change) => (DoneAt, CertificateId, Outcome) = (change.At, change.CertificateId, RequestOutcome.Served);

    public void Apply(RightAnswered change) => (DoneAt, Outcome, Because, AnsweredBy, AnswerBox) = (change.At, change.Outcome, change.Because, change.By, change.AnswerBox);
}

public enum RightKind { Access, Correction, Erasure, Objection, Withdrawal, Complaint }

public enum RequestChannel { PublicPage, Staff }

/// <summary>How the person was known. The code is enough for what the code opens; answers are given to a person only after one more look.</summary>
public enum IdentityCheck { CodeOnReceipt, KnownToStaff, QuestionAnswered, DocumentSeen, AuthorityOfRepresentative, CouldNotBeChecked }

public enum RequestOutcome { Served, ServedInPart, Refused }

/// <summary>Grounds on which a request may be refused or cut; the person is told which, and may complain.</summary>
public enum RefusedBecause { OthersAtRisk, LegalDuty, OtherBasis, NotIdentified, NothingHeld, Unfounded }

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
    public byte[] WishBox { get; internal init; } = [];
    public IdentityCheck Check { get; internal init; }
    public StaffId? CheckedBy { get; internal init; }
}

public sealed record IdentityChecked : Change
{
    internal IdentityChecked() { }
    public IdentityCheck Check { get; internal init; }
    public StaffId By { get; internal init; }
}

/// <summary>Served by what was done, such as the erasure.</summary>
public sealed record RightServed : Change
{
    internal RightServed() { }
    public DateTimeOffset At { get; internal init; }
    public CertificateId? CertificateId { get; internal init; }
}

/// <summary>Answered by staff, in words that the person reads.</summary>
public sealed record RightAnswered : Change
{
    internal RightAnswered() { }
    public DateTimeOffset At { get; internal init; }
    public RequestOutcome Outcome { get; internal init; }
    public RefusedBecause? Because { get; internal init; }
    public StaffId By { get; internal init; }
    public byte[] AnswerBox { get; internal init; } = [];
}
