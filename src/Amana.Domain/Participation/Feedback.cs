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

    /// <summary>The words, sealed under the activity's key.</summary>
    public byte[] WordsBox { get; private set; } = [];

    public static Feedback Of(FeedbackGiven change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, Kind = change.Kind, Language = change.Language, ReceivedAt = change.At, WordsBox = change.WordsBox,
    };

    public void Apply(FeedbackAnswered change) => AnsweredAt = change.At;

    /// <summary>That it came stays known; what was said does not.</summary>
    public void Apply(FeedbackWordsRemoved change) => WordsBox = change.Left;
}

public enum FeedbackKind { Suggestion, Complaint, Question, Thanks, HarmReported }

public sealed record FeedbackGiven : Change
{
    internal FeedbackGiven() { }
    public FeedbackId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public FeedbackKind Kind { get; internal init; }
    public string Language { get; internal init; } = "";
    public DateTimeOffset At { get; internal init; }
    public byte[] WordsBox { get; internal init; } = [];
}

public sealed record FeedbackAnswered : Change
{
    internal FeedbackAnswered() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record FeedbackWordsRemoved : Change
{
    internal FeedbackWordsRemoved() { }
    public byte[] Left { get; internal init; } = [];
}
