using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>A data sharing agreement with one recipient organisation: for which purpose, at what detail, in force from when until when (SEC-8, CO-5).</summary>
public sealed class Agreement
{
    private Agreement() { }

    public AgreementId Id { get; private set; }
    public OrganisationId GiverId { get; private set; }
    public OrganisationId RecipientId { get; private set; }
    public string Title { get; private set; } = "";
    public string Purpose { get; private set; } = "";
    public string Safeguards { get; private set; } = "";
    public Period InForce { get; private set; } = new(DateOnly.MinValue, DateOnly.MinValue);

    /// <summary>Smallest group that a release under it may hold (k-anonymity; Samarati 2001, Sweeney 2002).</summary>
    public int SmallestGroup { get; private set; }

    /// <summary>Set when trust was broken; nothing is released until it is resolved.</summary>
    public DateTimeOffset? SuspendedAt { get; private set; }

    public bool IsInForce(DateOnly today) => SuspendedAt is null && InForce.Contains(today);

    public static Agreement Of(AgreementMade change) => new()
    {
        Id = change.Id, GiverId = change.GiverId, RecipientId = change.RecipientId, Title = change.Title, Purpose = change.Purpose, Safeguards = change.Safeguards,
        InForce = change.InForce, SmallestGroup = change.SmallestGroup,
    };

    public void Apply(AgreementSuspended change) => SuspendedAt = change.At;
}

public sealed record AgreementMade : Change
{
    internal AgreementMade() { }
    public AgreementId Id { get; internal init; }
    public OrganisationId GiverId { get; internal init; }
    public OrganisationId RecipientId { get; internal init; }
    public string Title { get; internal init; } = "";
    public string Purpose { get; internal init; } = "";
    public string Safeguards { get; internal init; } = "";
    public Period InForce { get; internal init; } = new(DateOnly.MinValue, DateOnly.MinValue);
    public int SmallestGroup { get; internal init; }
}

public sealed record AgreementSuspended : Change
{
    internal AgreementSuspended() { }
    public DateTimeOffset At { get; internal init; }
}

public sealed record MakeAgreement(
    AgreementId Id, OrganisationId GiverId, OrganisationId RecipientId, string Title, string Purpose, string Safeguards, Period InForce, int SmallestGroup);

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
