using Amana.Domain.Shared;

namespace Amana.Domain.Records;

/// <summary>One accepted submission. Coded answers lie in a box under the activity's key; identifiers and sensitive answers in boxes under the person's own key (SEC-2).
/// The row alone gives away nothing but a random code, times and states.</summary>
public sealed class RecordEntry
{
    private RecordEntry() { }

    public RecordId Id { get; private set; }

    /// <summary>Random code for lists and talk; tells nothing about person or time.</summary>
    public string Code { get; private set; } = "";

    public ActivityId ActivityId { get; private set; }
    public FormVersionId FormVersionId { get; private set; }
    public PersonId PersonId { get; private set; }
    public ConsentId ConsentId { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>The phone or staff account it came through.</summary>
    public Guid CollectedBy { get; private set; }

    public RecordState State { get; private set; }

    /// <summary>How many findings the check of the newest version made.</summary>
    public int CheckFindings { get; private set; }

    /// <summary>What does not fit the form: notes, and the faults that somebody admitted it with. Rules and places, never answers.</summary>
    public IReadOnlyList<CheckFinding> Findings { get; private set; } = [];

    public int Version { get; private set; }

    /// <summary>How far its newest version was looked at, by whom and when.</summary>
    public ReviewState Review { get; private set; }

    public StaffId? ReviewedBy { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }

    /// <summary>Coded and open answers, sealed under the activity's key.</summary>
    public byte[] CodedBox { get; private set; } = [];

    public static RecordEntry Of(RecordAccepted change) => new()
    {
        Id = change.Id, Code = change.Code, ActivityId = change.ActivityId, FormVersionId = change.FormVersionId, PersonId = change.PersonId, ConsentId = change.ConsentId,
        ReceivedAt = change.At, CollectedBy = change.CollectedBy, State = RecordState.InUse, CheckFindings = change.Findings.Count, Findings = change.Findings, Version = 1, CodedBox = change.CodedBox,
        Review = CheckFinding.AnyHolds(change.Findings) ? ReviewState.NeedsLook : ReviewState.Received,
    };

    public void Apply(RecordHeld change) => State = change.State;

    public void Apply(RecordAmended change) => (Version, FormVersionId, CodedBox, CheckFindings, Findings, Review, ReviewedBy, ReviewedAt) =
        (change.Version, change.FormVersionId, change.CodedBox, change.Findings.Count, change.Findings, ReviewState.NeedsLook, null, null);

    public void Apply(RecordReviewed change) => (Review, ReviewedBy, ReviewedAt) = (change.State, change.By, change.At);
}

/// <summary>In use; or withdrawn, which makes it unusable at once while it waits to be erased.</summary>
public enum RecordState { InUse, Withdrawn }

public sealed record RecordAccepted : Change
{
    internal RecordAccepted() { }
    public RecordId Id { get; internal init; }
    public string Code { get; internal init; } = "";
    public ActivityId ActivityId { get; internal init; }
    public FormVersionId FormVersionId { get; internal init; }
    public PersonId PersonId { get; internal init; }
    public ConsentId ConsentId { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public Guid CollectedBy { get; internal init; }
    public IReadOnlyList<CheckFinding> Findings { get; internal init; } = [];
    public byte[] CodedBox { get; internal init; } = [];
}

public sealed record RecordHeld : Change
{
    internal RecordHeld() { }
    public RecordState State { get; internal init; }
}

public sealed record AcceptRecord(RecordId Id, string Code, FormVersionId FormVersionId, PersonId PersonId, Guid CollectedBy, IReadOnlyList<CheckFinding> Findings, byte[] CodedBox);

/// <summary>A box of a person: one compartment of one record, sealed under the person's key for that compartment.</summary>
public sealed class PersonBox
{
    private PersonBox() { }

    public PersonBox(Guid id, RecordId recordId, PersonId personId, Compartment compartment, int version, string name, byte[] box)
    {
        (Id, RecordId, PersonId, Compartment, Version, Name, Box) = (id, recordId, personId, compartment, version, name, box);
    }

    public Guid Id { get; private set; }
    public RecordId RecordId { get; private set; }
    public PersonId PersonId { get; private set; }
    public Compartment Compartment { get; private set; }
    public int Version { get; private set; }

    /// <summary>For files: a keyed hash of the file's name, so that a repeated upload is known; empty otherwise.</summary>
    public string Name { get; private set; } = "";

    public byte[] Box { get; private set; } = [];
}

/// <summary>Compartments of a person's data, each under its own key.</summary>
public enum Compartment { Identity, ContactAndLocation, Narrative, Health, Legal, Files }
