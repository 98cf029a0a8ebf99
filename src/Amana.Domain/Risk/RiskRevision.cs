using Amana.Domain.Shared;

namespace Amana.Domain.Risk;

/// <summary>An approved assessment, frozen: what was approved, who wrote it, who approved it and when. It is never changed.</summary>
public sealed class RiskRevision
{
    private RiskRevision() { }

    public ActivityId ActivityId { get; private set; }

    /// <summary>Counts from 1.</summary>
    public int Revision { get; private set; }

    public RiskContent Content { get; private set; } = RiskContent.Empty;
    public IReadOnlyList<StaffId> Authors { get; private set; } = [];
    public StaffId ApprovedBy { get; private set; }
    public DateTimeOffset ApprovedAt { get; private set; }

    public static RiskRevision Of(RiskAssessmentApproved change) => new()
    {
        ActivityId = change.ActivityId, Revision = change.Revision, Content = change.Content, Authors = change.Authors, ApprovedBy = change.By, ApprovedAt = change.At,
    };
}

/// <summary>One risk that differs between two assessments.</summary>
public sealed record RiskDifference(string Code, RiskDifferenceKind Kind, AssessedRisk? Before, AssessedRisk? After);

public enum RiskDifferenceKind { Added, Changed, Removed }
