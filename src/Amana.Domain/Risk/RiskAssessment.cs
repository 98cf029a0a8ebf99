using Amana.Domain.Shared;

namespace Amana.Domain.Risk;

/// <summary>The risk assessment of an activity: what may harm whom at which stage, what is done about it, and until when it holds (DNH-1 to DNH-4).</summary>
public sealed class RiskAssessment
{
    private RiskAssessment() { }

    public ActivityId ActivityId { get; private set; }

    /// <summary>Counts every approval; each approved state is frozen in the ledger by its hash.</summary>
    public int Revision { get; private set; }

    public RiskContent Content { get; private set; } = RiskContent.Empty;

    /// <summary>Who wrote last.</summary>
    public StaffId AuthorId { get; private set; }

    /// <summary>Everybody who wrote since the last approval, and after it those whose words were approved: none of them judges it (IMP-5).</summary>
    public IReadOnlyList<StaffId> Authors { get; private set; } = [];

    public DateTimeOffset WrittenAt { get; private set; }
    public RiskState State { get; private set; }
    public StaffId? ApprovedBy { get; private set; }
    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>Place, population, recipients and sensitive questions as they were when approved; what is new reopens the assessment (DNH-4).</summary>
    public RiskScope ApprovedScope { get; private set; } = RiskScope.Nothing;

    /// <summary>Why it was reopened, if it was: an incident, harmful feedback.</summary>
    public string? ReopenedBecause { get; private set; }

    public static RiskAssessment Of(RisksAssessed change)
    {
        var assessment = new RiskAssessment { ActivityId = change.ActivityId };
        assessment.Apply(change);
        return assessment;
    }

    public bool IsAuthor(StaffId? staff) => staff is { } s && Authors.Contains(s);

    public void Apply(RisksAssessed change)
    {
        Authors = State == RiskState.Approved ? [change.By] : [.. Authors.Append(change.By).Distinct()];
        (Content, AuthorId, WrittenAt, State, ApprovedBy, ApprovedAt) = (change.Content, change.By, change.At, RiskState.Draft, null, null);
    }

    public void Apply(RiskAssessmentApproved change) =>
        (State, ApprovedBy, ApprovedAt, ApprovedScope, Revision, ReopenedBecause) = (RiskState.Approved, change.By, change.At, change.Scope, Revision + 1, null);

    public void Apply(RiskReviewed change) =>
        (Content, ApprovedBy, ApprovedAt, ReopenedBecause, ApprovedScope) = (Content with { ReviewOn = change.NextReviewOn }, change.By, change.At, null, change.Scope);

    public void Apply(RiskReopened change) => ReopenedBecause = change.Because;

    /// <summary>A name under one risk: author, approval and dates stay as they are.</summary>
    public void Apply(RiskAccepted change) =>
        Content = Content with { Risks = [.. Content.Risks.Select(r => r.Code == change.Code ? r with { AcceptedBy = change.By } : r)] };
}

public enum RiskState { Draft, Approved }

/// <summary>The assessed risks, the tolerance, and the date by which all of it is looked at again.</summary>
public sealed record RiskContent
{
    public static RiskContent Empty { get; } = new();

    public IReadOnlyList<AssessedRisk> Risks { get; init; } = [];

    /// <summary>Highest residual score (likelihood × severity, 1 to 16) that the activity may carry.</summary>
    public int Tolerance { get; init; } = 6;

    public DateOnly ReviewOn { get; init; }

    /// <summary>What the people concerned think of these risks.</summary>
    public string OpinionOfPeople { get; init; } = "";

    /// <summary>Says the same, the names of those who accepted risks left aside.</summary>
    public bool SaysTheSame(RiskContent other) => (Tolerance, ReviewOn, OpinionOfPeople) == (other.Tolerance, other.ReviewOn, other.OpinionOfPeople)
        && Risks.Select(r => r with { AcceptedBy = null }).SequenceEqual(other.Risks.Select(r => r with { AcceptedBy = null }));
}

/// <summary>One risk on the 4 × 4 grid, before and after what is done about it.</summary>
public sealed record AssessedRisk
{
    public required string Code { get; init; }
    public required string Text { get; init; }
    public HarmedParty Harmed { get; init; }
    public RiskStage Stage { get; init; }

    /// <summary>1 rare to 4 almost certain.</summary>
    public int Likelihood { get; init; }

    /// <summary>1 minor to 4 threatens life.</summary>
    public int Severity { get; init; }

    public string Mitigation { get; init; } = "";

    /// <summary>What shows that the mitigation is done: a document, a visit, a date. Never words of a person.</summary>
    public string Evidence { get; init; } = "";

    public StaffId? OwnerId { get; init; }
    public MitigationState MitigationState { get; init; }
    public int ResidualLikelihood { get; init; }
    public int ResidualSeverity { get; init; }

    /// <summary>Who accepted a risk at the tolerance by name; never the author (DNH-3).</summary>
    public StaffId? AcceptedBy { get; init; }

    public int Score => Likelihood * Severity;

    public int ResidualScore => ResidualLikelihood * ResidualSeverity;
}

public enum HarmedParty { Person, Group, Community, Staff }

/// <summary>Where harm may come from: collection, storage, use, sharing, the action that follows, or not acting at all.</summary>
public enum RiskStage { Collection, Storage, Use, Sharing, Action, NotActing }

public enum MitigationState { Planned, UnderWay, InPlace }

public sealed record RisksAssessed : Change
{
    internal RisksAssessed() { }
    public ActivityId ActivityId { get; internal init; }
    public RiskContent Content { get; internal init; } = RiskContent.Empty;
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}

public sealed record RiskAssessmentApproved : Change
{
    internal RiskAssessmentApproved() { }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public RiskScope Scope { get; internal init; } = RiskScope.Nothing;

    /// <summary>What was approved, to be frozen as it was.</summary>
    public ActivityId ActivityId { get; internal init; }

    public int Revision { get; internal init; }
    public RiskContent Content { get; internal init; } = RiskContent.Empty;
    public IReadOnlyList<StaffId> Authors { get; internal init; } = [];
}

/// <summary>The assessment was looked at again and still holds, until the next review.</summary>
public sealed record RiskReviewed : Change
{
    internal RiskReviewed() { }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
    public DateOnly NextReviewOn { get; internal init; }
    public RiskScope Scope { get; internal init; } = RiskScope.Nothing;
}

public sealed record RiskReopened : Change
{
    internal RiskReopened() { }
    public string Because { get; internal init; } = "";
}

/// <summary>Someone other than the author took a risk at the tolerance upon themselves, by name (DNH-3).</summary>
public sealed record RiskAccepted : Change
{
    internal RiskAccepted() { }
    public string Code { get; internal init; } = "";
    public StaffId By { get; internal init; }
}

/// <summary>Why an assessment is looked at again before its date (DNH-4). Changed recipients, places, people and questions reopen it by themselves.</summary>
public enum ReopeningReason { Incident, HarmfulFeedback, ContextChanged, PeopleAsked, MitigationFailed }
