using Amana.Domain.Shared;

namespace Amana.Domain.Linkage;

/// <summary>Two records that may be of one person, within an activity or in two of them: how likely, why in words without any value, and what a second person said who looked. A match joins nothing: both
/// records stay as they are, each under its own consent.</summary>
public sealed class LikelyMatch
{
    private LikelyMatch() { }

    public LikelyMatchId Id { get; private set; }
    public ActivityId LeftActivity { get; private set; }
    public RecordId LeftRecord { get; private set; }
    public PersonId LeftPerson { get; private set; }
    public ActivityId RightActivity { get; private set; }
    public RecordId RightRecord { get; private set; }
    public PersonId RightPerson { get; private set; }

    /// <summary>Probability in percent, as the weights give it.</summary>
    public int Percent { get; private set; }

    /// <summary>What agrees and what does not, question by question.</summary>
    public IReadOnlyList<MatchReason> Because { get; private set; } = [];

    public StaffId FoundBy { get; private set; }
    public DateTimeOffset FoundAt { get; private set; }
    public MatchState State { get; private set; }
    public StaffId? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    public static LikelyMatch Of(MatchFound change) => new()
    {
        Id = change.Id, LeftActivity = change.Left.Activity, LeftRecord = change.Left.Record, LeftPerson = change.Left.Person, RightActivity = change.Right.Activity, RightRecord = change.Right.Record,
        RightPerson = change.Right.Person, Percent = change.Percent, Because = change.Because, FoundBy = change.By, FoundAt = change.At, State = MatchState.Waiting,
    };

    public void Apply(MatchDecided change) => (State, DecidedBy, DecidedAt) = (change.State, change.By, change.At);
}

/// <summary>How far one question's answers agree; the answers themselves are not kept.</summary>
/// <param name="Question">The question's name in the form.</param>
/// <param name="Level">Such as <c>equal</c>, <c>near</c>, <c>different</c>.</param>
public sealed record MatchReason(string Question, string Level);

/// <summary>Waits for a second person; said to be the same person; said not to be.</summary>
public enum MatchState { Waiting, SamePerson, NotTheSame }

/// <summary>How a question's answers are compared.</summary>
public enum CompareAs { Name, Date, Code, Number, Choice }

/// <summary>One of the two records.</summary>
public sealed record MatchSide(ActivityId Activity, RecordId Record, PersonId Person);

public sealed record MatchFound : Change
{
    internal MatchFound() { }
    public LikelyMatchId Id { get; internal init; }
    public MatchSide Left { get; internal init; } = null!;
    public MatchSide Right { get; internal init; } = null!;
    public int Percent { get; internal init; }
    public IReadOnlyList<MatchReason> Because { get; internal init; } = [];
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record MatchDecided : Change
{
    internal MatchDecided() { }
    public MatchState State { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}
