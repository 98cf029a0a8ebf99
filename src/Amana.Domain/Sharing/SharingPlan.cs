using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>With whom an activity plans to share, what, and at what detail; or why it does not share at all, which is a decision with its own risk (CO-2, CO-4).</summary>
public sealed class SharingPlan
{
    private SharingPlan() { }

    public ActivityId ActivityId { get; private set; }
    public IReadOnlyList<PlannedRecipient> Recipients { get; private set; } = [];
    public string? NotSharingReason { get; private set; }
    public StaffId AuthorId { get; private set; }
    public DateTimeOffset PlannedAt { get; private set; }

    public static SharingPlan Of(SharingPlanned change)
    {
        var plan = new SharingPlan { ActivityId = change.ActivityId };
        plan.Apply(change);
        return plan;
    }

    public void Apply(SharingPlanned change) =>
        (Recipients, NotSharingReason, AuthorId, PlannedAt) = (change.Recipients, change.NotSharingReason, change.By, change.At);
}

public sealed record PlannedRecipient(OrganisationId OrganisationId, string What, SharingDetail Detail, AgreementId? AgreementId);

/// <summary>Considered from the most open to the most closed.</summary>
public enum SharingDetail { Figures, DeidentifiedRecords, Referral }

public sealed record SharingPlanned : Change
{
    internal SharingPlanned() { }
    public ActivityId ActivityId { get; internal init; }
    public IReadOnlyList<PlannedRecipient> Recipients { get; internal init; } = [];
    public string? NotSharingReason { get; internal init; }
    public StaffId By { get; internal init; }
    public DateTimeOffset At { get; internal init; }
}
