using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>A release being prepared by its author: what was chosen, step by step so that each can be undone, and what was found when it was measured. It holds counts, no answer of anybody.
/// Measuring is work in the background; what it needs to know is this work's id.</summary>
public sealed class ReleaseWork
{
    private const int MostSteps = 50;

    private ReleaseWork() { }

    /// <summary>The id that the release will have.</summary>
    public ReleaseId Id { get; private set; }

    public ActivityId ActivityId { get; private set; }
    public StaffId AuthorId { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public ReleaseIntent Intent { get; private set; } = null!;
    public ReleaseDraft Draft { get; private set; } = null!;

    /// <summary>Earlier choices, the oldest first.</summary>
    public IReadOnlyList<ReleaseDraft> Earlier { get; private set; } = [];

    public WorkState State { get; private set; }

    /// <summary>What was found; of the choices as they stand only when <see cref="State"/> is Measured.</summary>
    public ReleaseFindings? Found { get; private set; }

    /// <summary>Why it could not be measured: slugs of refusals.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    public static ReleaseWork Of(WorkBegun change) => new()
    {
        Id = change.Id, ActivityId = change.ActivityId, AuthorId = change.By, Intent = change.Intent, Draft = change.Draft, State = WorkState.Waiting, StartedAt = change.At, ChangedAt = change.At,
    };

    public void Apply(WorkChosen change)
    {
        Earlier = [.. Earlier.Append(Draft).TakeLast(MostSteps)];
        (Draft, State, Refusals, ChangedAt) = (change.Draft, WorkState.Waiting, [], change.At);
    }

    public void Apply(WorkUndone change)
    {
        (Draft, Earlier) = (Earlier[^1], [.. Earlier.SkipLast(1)]);
        (State, Refusals, ChangedAt) = (WorkState.Waiting, [], change.At);
    }

    public void Apply(WorkStateSet change) => (State, Found, Refusals, ChangedAt) = (change.State, change.Found ?? Found, change.Refusals, change.At);
}

/// <summary>Waiting and running are work in the background; cancelled can be asked for again.</summary>
public enum WorkState { Waiting, Running, Measured, Refused, Cancelled, Submitted }

/// <summary>What was found on the file as it would leave, for people to understand: counts alone.</summary>
/// <param name="Risk">The measured risk.</param>
/// <param name="InUse">Records in use.</param>
/// <param name="WithoutSharing">Records left out for want of a yes.</param>
/// <param name="ValuesLeftOut">Single values taken out.</param>
/// <param name="Sizes">Records by how many look alike.</param>
/// <param name="Keys">Which keys make people findable, the strongest first.</param>
/// <param name="Groups">Which groups of people are at risk most; only groups that are large enough to be spoken of.</param>
/// <param name="Proposals">Changes with what each would come to.</param>
public sealed record ReleaseFindings(
    MeasuredRisk Risk, int InUse, int WithoutSharing, int ValuesLeftOut, IReadOnlyList<SizeBand> Sizes, IReadOnlyList<KeyWeight> Keys, IReadOnlyList<GroupAtRisk> Groups, IReadOnlyList<ReleaseProposal> Proposals);

/// <summary>Records in groups of so many to so many.</summary>
public sealed record SizeBand(int From, int? To, int Records);

/// <summary>How much one key has to do with people being found: records that would be in large enough groups without it, and its share of the special combinations (SUDA).</summary>
public sealed record KeyWeight(string Key, int Resolved, double Share);

/// <summary>Of the people of a category, how many are in groups that are too small.</summary>
public sealed record GroupAtRisk(string Key, string Category, int AtRisk, int Of);

/// <summary>A change and where it leads.</summary>
/// <param name="Kind">What is changed.</param>
/// <param name="Key">Of which column; none for the whole.</param>
/// <param name="Draft">The choices with the change.</param>
/// <param name="After">The risk then.</param>
/// <param name="DetailLost">Share of the detail that is lost by it, 0 to 1.</param>
public sealed record ReleaseProposal(ProposalKind Kind, string? Key, ReleaseDraft Draft, MeasuredRisk After, double DetailLost);

/// <summary>From the gentlest to the strongest.</summary>
public enum ProposalKind { LeaveOutValues, AgeGroups, ChildOrAdult, OneDisabilityColumn, CoarserPlace, LeaveOutColumn }

public sealed record WorkBegun : Change
{
    internal WorkBegun() { }
    public ReleaseId Id { get; internal init; }
    public ActivityId ActivityId { get; internal init; }
    public ReleaseIntent Intent { get; internal init; } = null!;
    public ReleaseDraft Draft { get; internal init; } = null!;
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record WorkChosen : Change
{
    internal WorkChosen() { }
    public ReleaseDraft Draft { get; internal init; } = null!;
    public DateTimeOffset At { get; internal init; }
}

public sealed record WorkUndone : Change
{
    internal WorkUndone() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record WorkStateSet : Change
{
    internal WorkStateSet() { }
    public WorkState State { get; internal init; }
    public ReleaseFindings? Found { get; internal init; }
    public IReadOnlyList<string> Refusals { get; internal init; } = [];
    public DateTimeOffset At { get; internal init; }
}
