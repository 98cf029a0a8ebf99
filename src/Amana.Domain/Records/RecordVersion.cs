using Amana.Domain.Shared;

namespace Amana.Domain.Records;

/// <summary>An earlier version of a record, kept sealed: what stood before an edit, what replaced it, when and why. It goes with the person.</summary>
public sealed class RecordVersion
{
    private RecordVersion() { }

    public RecordId RecordId { get; private set; }
    public int Version { get; private set; }
    public PersonId PersonId { get; private set; }
    public FormVersionId FormVersionId { get; private set; }

    /// <summary>Coded answers as they were, sealed under the activity's key. Those of the person lie in boxes of this version.</summary>
    public byte[] CodedBox { get; private set; } = [];

    public DateTimeOffset ReplacedAt { get; private set; }

    /// <summary>The phone or staff account that the new version came from.</summary>
    public Guid ReplacedBy { get; private set; }

    public AmendReason Reason { get; private set; }

    /// <summary>What stood before the change; made before the change is applied.</summary>
    public static RecordVersion Before(RecordEntry record, RecordAmended change) => new()
    {
        RecordId = record.Id, Version = record.Version, PersonId = record.PersonId, FormVersionId = record.FormVersionId, CodedBox = record.CodedBox,
        ReplacedAt = change.At, ReplacedBy = change.By, Reason = change.Reason,
    };
}

/// <summary>Why a record has a new version.</summary>
public enum AmendReason { EditedOnDevice, Correction }

public sealed record AmendRecord(FormVersionId FormVersionId, byte[] CodedBox, IReadOnlyList<CheckFinding> Findings, AmendReason Reason, Guid By);

public sealed record RecordAmended : Change
{
    internal RecordAmended() { }
    public RecordId RecordId { get; internal init; }
    public PersonId PersonId { get; internal init; }
    public int Version { get; internal init; }
    public FormVersionId FormVersionId { get; internal init; }
    public byte[] CodedBox { get; internal init; } = [];
    public IReadOnlyList<CheckFinding> Findings { get; internal init; } = [];
    public AmendReason Reason { get; internal init; }
    public Guid By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}
