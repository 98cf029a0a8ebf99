using Amana.Domain.Shared;

namespace Amana.Domain.Analysis;

/// <summary>What was shown of an activity's figures so far, sealed: without it, two tables could tell together what none tells alone. It goes with the activity's data.</summary>
public sealed class FiguresShown
{
    private FiguresShown() { }

    public FiguresShownId Id { get; private set; }
    public ActivityId ActivityId { get; private set; }

    /// <summary>How often it was written; two that show at the same moment cannot both count on the same memory.</summary>
    public int Version { get; private set; }

    public byte[] Box { get; private set; } = [];

    public static FiguresShown Of(FiguresRemembered change) => new() { Id = change.Id, ActivityId = change.ActivityId, Version = 1, Box = change.Box };

    public void Apply(FiguresRemembered change) => (Version, Box) = (Version + 1, change.Box);
}

public sealed record FiguresRemembered : Change
{
    internal FiguresRemembered() { }
    public FiguresShownId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public byte[] Box { get; internal init; } = [];
}
