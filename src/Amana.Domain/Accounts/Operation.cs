using Amana.Domain.Shared;

namespace Amana.Domain.Accounts;

/// <summary>A humanitarian operation: the organisations, activities and limits that share one house. Its limits are set by the operation, because no
/// deadline in hours or days could be verified as a standard of the field.</summary>
public sealed class HumanitarianOperation
{
    private HumanitarianOperation() { }

    public OperationId Id { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>ISO 3166-1 alpha-2 of the country.</summary>
    public string Country { get; private set; } = "";

    public DateTimeOffset StartedAt { get; private set; }

    public OperationLimits Limits { get; private set; } = new();

    /// <summary>Other limits that wait for a second person; none most of the time.</summary>
    public ProposedLimits? Proposed { get; private set; }

    /// <summary>How the operation's staff sign in.</summary>
    public SignInPolicy SignIn { get; private set; } = new();

    public static HumanitarianOperation Start(OperationStarted change) =>
        new() { Id = change.Id, Name = change.Name, Country = change.Country, StartedAt = change.At };

    public void Apply(SignInPolicySet change) => SignIn = change.Policy;

    public void Apply(LimitsProposed change) => Proposed = change.Proposed;

    public void Apply(LimitsDecided change) => (Limits, Proposed) = (change.Limits, null);
}

/// <summary>The operation's own limits, each changeable by it.</summary>
public sealed record OperationLimits
{
    /// <summary>Days before a date at which "due soon" is said.</summary>
    public int NoticeDays { get; init; } = 14;

    /// <summary>Days in which a request of a person is to be answered.</summary>
    public int RequestDays { get; init; } = 30;

    /// <summary>Counts below this are never shown.</summary>
    public int SmallCell { get; init; } = 5;

    /// <summary>The same where survivors of violence or children at risk may be counted.</summary>
    public int SmallCellGrave { get; init; } = 10;

    /// <summary>Greatest expected share of people found again in what is made public, in percent (HDX: 3).</summary>
    public int PublicGlobalRiskPercent { get; init; } = 3;

    /// <summary>Greatest risk of a single record in what is made public, in percent.</summary>
    public int PublicRecordRiskPercent { get; init; } = 20;

    /// <summary>Smallest group in a release to partners (k-anonymity).</summary>
    public int PartnerK { get; init; } = 3;

    /// <summary>Smallest group in a public release.</summary>
    public int PublicK { get; init; } = 5;

    /// <summary>Days after which a risk assessment must be reviewed at the latest.</summary>
    public int MaxReviewDays { get; init; } = 180;

    /// <summary>Hours within which a record that was opened because of danger to life must be reviewed by a second person.</summary>
    public int EmergencyReviewHours { get; init; } = 24;

    /// <summary>Hours for which a rule may give way at most.</summary>
    public int OverrideHours { get; init; } = 72;

    /// <summary>Days between two looks at the accuracy of records (SEC-6).</summary>
    public int AccuracyDays { get; init; } = 90;

    /// <summary>Days between two looks for bias while an activity collects (IMP-3). The house looks by itself; this is when it shows that it did not.</summary>
    public int BiasDays { get; init; } = 7;

    /// <summary>Days within which a finding of bias is to be answered.</summary>
    public int FindingDays { get; init; } = 14;

    /// <summary>Days after which a service that nobody has found alive again no longer counts (DNH-5).</summary>
    public int ServiceDays { get; init; } = 90;

    /// <summary>Days within which a reported incident is to be contained (SEC-7).</summary>
    public int ContainDays { get; init; } = 3;

    /// <summary>Overlap score (0 to 100) from which an existing activity must be answered.</summary>
    public int OverlapThreshold { get; init; } = 50;
}

public sealed record OperationStarted : Change
{
    internal OperationStarted() { }
    public OperationId Id { get; internal init; }
    public string Name { get; internal init; } = "";
    public string Country { get; internal init; } = "";
    public DateTimeOffset At { get; internal init; }
}

/// <summary>Starting the house: the first organisation and its first administrator.</summary>
public sealed record StartOperation(OperationId Id, string Name, string Country);
