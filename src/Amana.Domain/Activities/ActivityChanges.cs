using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Activities;

public sealed record ActivityStarted : Change
{
    internal ActivityStarted() { }
    public ActivityId Id { get; internal init; }
    public int Number { get; internal init; }
    public string Title { get; internal init; } = "";
    public MatrixCategory Category { get; internal init; }
    public OrganisationId OrganisationId { get; internal init; }
    public StaffId LeadId { get; internal init; }
    public Place Place { get; internal init; } = Place.Unknown;
    public IReadOnlyList<PopulationGroup> Population { get; internal init; } = [];
    public Period Period { get; internal init; } = new(DateOnly.MinValue, DateOnly.MinValue);
    public IReadOnlyList<string> Languages { get; internal init; } = [];
    public SensitivityLevel Level { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

/// <summary>The activity entered a step of the PIM process; only the gate's yes makes one.</summary>
public sealed record StepEntered : Change
{
    internal StepEntered() { }
    public PimStep Step { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record RetentionPlanned : Change
{
    internal RetentionPlanned() { }
    public RetentionPlan Plan { get; internal init; } = null!;
}

public sealed record FeedbackChannelPublished : Change
{
    internal FeedbackChannelPublished() { }
    public FeedbackChannel Channel { get; internal init; } = null!;
}

public sealed record CapacityPlanned : Change
{
    internal CapacityPlanned() { }
    public CapacityPlan Plan { get; internal init; } = null!;
}

public sealed record DiversityWaived : Change
{
    internal DiversityWaived() { }
    public string? Reason { get; internal init; }
}

/// <summary>What is said when an activity is started.</summary>
public sealed record StartActivity(
    ActivityId Id, string Title, MatrixCategory Category, Place Place, IReadOnlyList<PopulationGroup> Population, Period Period,
    OrganisationId OrganisationId, IReadOnlyList<string> Languages, SensitivityLevel Level);
