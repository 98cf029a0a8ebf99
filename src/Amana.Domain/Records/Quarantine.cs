using Amana.Domain.Shared;

namespace Amana.Domain.Records;

/// <summary>A submission that may not be used yet: it arrived while collection was suspended, or it breaks a rule of its form. Sealed whole, used for nothing, lost to nobody, until somebody decides with a
/// reason.</summary>
public sealed class QuarantinedSubmission
{
    private QuarantinedSubmission() { }

    public QuarantineId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public FormVersionId FormVersionId { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }
    public Guid CollectedBy { get; private set; }

    /// <summary>Rules that were not met when it arrived, by id.</summary>
    public IReadOnlyList<string> HeldBy { get; private set; } = [];

    /// <summary>What does not fit its form: rules and places, never answers.</summary>
    public IReadOnlyList<CheckFinding> Findings { get; private set; } = [];

    public QuarantineState State { get; private set; }
    public StaffId? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>The submission with its files, sealed under the activity's quarantine key; empty once decided.</summary>
    public byte[] Box { get; private set; } = [];

    /// <summary>Why it was destroyed, sealed under the activity's key; why it was admitted goes with the record.</summary>
    public byte[] ReasonBox { get; private set; } = [];

    public static QuarantinedSubmission Of(SubmissionQuarantined change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, FormVersionId = change.FormVersionId, ReceivedAt = change.At, CollectedBy = change.CollectedBy, HeldBy = change.HeldBy,
        Findings = change.Findings, Box = change.Box, State = QuarantineState.Waiting,
    };

    public void Apply(QuarantineDecided change) => (State, DecidedBy, DecidedAt, Box, ReasonBox) = (change.State, change.By, change.At, [], change.ReasonBox);

    public void Apply(QuarantineFileAdded change) => Box = change.Box;
}

public enum QuarantineState { Waiting, Admitted, Destroyed }

public sealed record SubmissionQuarantined : Change
{
    internal SubmissionQuarantined() { }
    public QuarantineId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public FormVersionId FormVersionId { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public Guid CollectedBy { get; internal init; }
    public IReadOnlyList<string> HeldBy { get; internal init; } = [];
    public IReadOnlyList<CheckFinding> Findings { get; internal init; } = [];
    public byte[] Box { get; internal init; } = [];
}

/// <summary>What is to wait: the submission in its box, and what does not fit its form.</summary>
public sealed record HoldSubmission(QuarantineId Id, FormVersionId FormVersionId, IReadOnlyList<CheckFinding> Findings, byte[] Box, Guid CollectedBy);

public sealed record QuarantineDecided : Change
{
    internal QuarantineDecided() { }
    public QuarantineState State { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public byte[] ReasonBox { get; internal init; } = [];
}

public sealed record QuarantineFileAdded : Change
{
    internal QuarantineFileAdded() { }
    public byte[] Box { get; internal init; } = [];
}

/// <summary>How many people said no, per day: all that a refusal leaves (IC-4).</summary>
public sealed class RefusalCount
{
    private RefusalCount() { }

    public RefusalCount(ActivityId activityId, DateOnly day) => (ActivityId, Day) = (activityId, day);

    public ActivityId ActivityId { get; private set; }
    public DateOnly Day { get; private set; }
    public int Count { get; private set; }

    public void Apply(RefusalCounted change) => Count += change.Times;
}

public sealed record RefusalCounted : Change
{
    internal RefusalCounted() { }
    public int Times { get; internal init; }
}

/// <summary>What is remembered of a submission so that sending it twice does nothing twice: keyed hashes only, nothing that was said.</summary>
public sealed class SubmissionMark
{
    private SubmissionMark() { }

    public SubmissionMark(ActivityId activityId, byte[] instanceIndex, byte[] contentIndex, SubmissionOutcome outcome, Guid? entryId, DateTimeOffset at)
    {
        (ActivityId, InstanceIndex, ContentIndex, Outcome, EntryId, At) = (activityId, instanceIndex, contentIndex, outcome, entryId, at);
    }

    public ActivityId ActivityId { get; private set; }
    public byte[] InstanceIndex { get; private set; } = [];
    public byte[] ContentIndex { get; private set; } = [];
    public SubmissionOutcome Outcome { get; private set; }

    /// <summary>The record or quarantined submission it became; none for a refusal.</summary>
    public Guid? EntryId { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>A later version took the place of what it brought.</summary>
    public bool Replaced { get; private set; }

    public void Apply(RecordAmended change) => Replaced = change.Version > 0;

    public void Apply(SubmissionAdmitted change) => (Outcome, EntryId) = (SubmissionOutcome.Accepted, change.RecordId.Value);
}

/// <summary>A quarantined submission became a record.</summary>
public sealed record SubmissionAdmitted : Change
{
    internal SubmissionAdmitted() { }
    public RecordId RecordId { get; internal init; }
}

/// <summary>What became of a submission: in the records; sealed while a rule of the principles is not met; nothing but a count; or sealed because it breaks a rule of its form.</summary>
public enum SubmissionOutcome { Accepted, Quarantined, RefusedConsent, Held }
