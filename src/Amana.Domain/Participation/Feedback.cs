using Amana.Domain.Shared;

namespace Amana.Domain.Participation;

/// <summary>Feedback or a complaint. Its words are sealed; what shows is that it came, in which language, and whether it was answered in time (PC-3).</summary>
public sealed class Feedback
{
    private Feedback() { }

    public FeedbackId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }
    public FeedbackKind Kind { get; private set; }
    public string Language { get; private set; } = "";
    public DateTimeOffset ReceivedAt { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>The way it came.</summary>
    public FeedbackWay Way { get; private set; }

    /// <summary>Apart from the rest: only those with the duty see that it is there.</summary>
    public bool Confidential { get; private set; }

    /// <summary>Keyed hash of the code by which whoever spoke reads the answer; the code itself is never kept.</summary>
    public byte[] ReplyIndex { get; private set; } = [];

    /// <summary>What they are told, sealed under the activity's key.</summary>
    public byte[] AnswerBox { get; private set; } = [];

    /// <summary>When the answer was first read with the code: the loop is closed.</summary>
    public DateTimeOffset? HeardAt { get; private set; }

    /// <summary>The words, sealed under the activity's key.</summary>
    public byte[] WordsBox { get; private set; } = [];

    public static Feedback Of(FeedbackGiven change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, Kind = change.Kind, Language = change.Language, ReceivedAt = change.At, WordsBox = change.WordsBox,
        Way = change.Way, Confidential = change.Confidential, ReplyIndex = change.ReplyIndex,
    };

    public void Apply(FeedbackAnswered change) => (AnsweredAt, AnswerBox) = (change.At, change.AnswerBox);

    public void Apply(FeedbackAnswerHeard change) => HeardAt = change.At;

    /// <summary>That it came stays known; what was said does not.</summary>
    public void Apply(FeedbackWordsRemoved change) => (WordsBox, AnswerBox) = (change.Left, change.Left);
}

public enum FeedbackKind { Suggestion, Complaint, Question, Thanks, HarmReported }

/// <summary>Ways in which people speak.</summary>
public enum FeedbackWay { PublicPage, InPerson, Telephone, Box, Meeting, Letter }

/// <summary>What somebody says, ready to be kept.</summary>
public sealed record SayFeedback(FeedbackId Id, FeedbackKind Kind, string Language, byte[] WordsBox)
{
    public FeedbackWay Way { get; init; }
    public bool Confidential { get; init; }
    public byte[] ReplyIndex { get; init; } = [];
}

public sealed record FeedbackGiven : Change
{
    internal FeedbackGiven() { }
    public FeedbackId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public FeedbackKind Kind { get; internal init; }
    public string Language { get; internal init; } = "";
    public DateTimeOffset At { get; internal init; }
    public byte[] WordsBox { get; internal init; } = [];
    public FeedbackWay Way { get; internal init; }
    public bool Confidential { get; internal init; }
    public byte[] ReplyIndex { get; internal init; } = [];
}

public sealed record FeedbackAnswered : Change
{
    internal FeedbackAnswered() { }
    public byte[] AnswerBox { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}

public sealed record FeedbackAnswerHeard : Change
{
    internal FeedbackAnswerHeard() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record FeedbackWordsRemoved : Change
{
    internal FeedbackWordsRemoved() { }
    public byte[] Left { get; internal init; } = [];
}
