using Amana.Domain.Shared;

namespace Amana.Domain.Impartiality;

/// <summary>What was found when an activity's bias was last watched (IMP-3): one for each activity, replaced each time. Rules look at its date and counts only.</summary>
public sealed class BiasWatch
{
    private BiasWatch() { }

    public ActivityId ActivityId { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Records in use when it was watched.</summary>
    public int Records { get; private set; }

    public BiasMeasures Measures { get; private set; } = BiasMeasures.None;

    public static BiasWatch Of(BiasWatched change)
    {
        var watch = new BiasWatch { ActivityId = change.ActivityId };
        watch.Apply(change);
        return watch;
    }

    public void Apply(BiasWatched change) => (At, Records, Measures) = (change.At, change.Measures.Records, change.Measures);
}

/// <summary>A measure beyond its limit, to be answered by someone: explained, or acted on. It is a question, never an accusation.</summary>
public sealed class BiasFinding
{
    private BiasFinding() { }

    public BiasFindingId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public BiasKind Kind { get; private set; }

    /// <summary>A group, a question's name, or the random id of a staff member; empty when it is about the whole.</summary>
    public string About { get; private set; } = "";

    public double Measure { get; private set; }
    public double Limit { get; private set; }
    public DateTimeOffset RaisedAt { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public StaffId? AnsweredBy { get; private set; }
    public string? Answer { get; private set; }

    /// <summary>When the measure was within its limit again.</summary>
    public DateTimeOffset? GoneAt { get; private set; }

    public bool IsOpen => AnsweredAt is null && GoneAt is null;

    public static BiasFinding Of(BiasFindingRaised change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, Kind = change.Kind, About = change.About, Measure = change.Measure, Limit = change.Limit, RaisedAt = change.At,
    };

    public void Apply(BiasFindingAnswered change) => (AnsweredAt, AnsweredBy, Answer) = (change.At, change.By, change.Answer);

    public void Apply(BiasFindingGone change) => GoneAt = change.At;
}

/// <summary>What went beyond its limit.</summary>
public enum BiasKind { Coverage, Refusals, NoAnswer, NoAnswerByGroup, InterviewerEffect, TooFast, TooAlike, Heaping, RefusedByGroup }

/// <summary>What is known of the watching, for the rules.</summary>
/// <param name="At">When it was last watched; none when never.</param>
/// <param name="Records">Records it was watched over.</param>
/// <param name="OpenFindings">Findings that nobody has answered.</param>
/// <param name="OldestOpen">Since when the oldest of them waits.</param>
public sealed record BiasState(DateTimeOffset? At = null, int Records = 0, int OpenFindings = 0, DateTimeOffset? OldestOpen = null)
{
    public static BiasState Never { get; } = new();
}

public sealed record BiasWatched : Change
{
    internal BiasWatched() { }
    public ActivityId ActivityId { get; internal init; }
    public BiasMeasures Measures { get; internal init; } = BiasMeasures.None;
    public IReadOnlyList<BiasFindingRaised> Raised { get; internal init; } = [];

    /// <summary>Findings whose measure is within its limit again.</summary>
    public IReadOnlyList<BiasFindingId> Gone { get; internal init; } = [];

    public DateTimeOffset At { get; internal init; }
}

public sealed record BiasFindingRaised : Change
{
    internal BiasFindingRaised() { }
    public BiasFindingId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public BiasKind Kind { get; internal init; }
    public string About { get; internal init; } = "";
    public double Measure { get; internal init; }
    public double Limit { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record BiasFindingAnswered : Change
{
    internal BiasFindingAnswered() { }
    public string Answer { get; internal init; } = "";
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record BiasFindingGone : Change
{
    internal BiasFindingGone() { }
    public DateTimeOffset At { get; internal init; }
}
