using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Activities;

/// <summary>One PIM activity: a piece of work with data about people, from its purpose to its end. Everything else hangs on it.</summary>
public sealed class Activity
{
    private Activity() { }

    public ActivityId Id { get; private set; }

    /// <summary>Small running number for addresses and talk: "activity 7".</summary>
    public int Number { get; private set; }

    public string Title { get; private set; } = "";
    public MatrixCategory Category { get; private set; }
    public OrganisationId OrganisationId { get; private set; }

    /// <summary>Who leads it and wrote its plan.</summary>
    public StaffId LeadId { get; private set; }

    public Place Place { get; private set; } = Place.Unknown;

    /// <summary>Groups of the population that the activity concerns (CO-3: common codes).</summary>
    public IReadOnlyList<PopulationGroup> Population { get; private set; } = [];

    public Period Period { get; private set; } = new(DateOnly.MinValue, DateOnly.MinValue);

    /// <summary>Language tags that people here speak and the activity therefore uses (PC-4).</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    public SensitivityLevel Level { get; private set; }
    public PimStep Step { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset? OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    public RetentionPlan? Retention { get; private set; }
    public FeedbackChannel? Feedback { get; private set; }
    public CapacityPlan? Capacity { get; private set; }

    /// <summary>Why sex, age or disability are not asked, where they are not (PC-2).</summary>
    public string? DiversityWaiver { get; private set; }

    public static Activity Start(ActivityStarted change) => new()
    {
        Id = change.Id, Number = change.Number, Title = change.Title, Category = change.Category, OrganisationId = change.OrganisationId, LeadId = change.LeadId,
        Place = change.Place, Population = change.Population, Period = change.Period, Languages = change.Languages, Level = change.Level, Step = PimStep.Assess,
        StartedAt = change.At,
    };

    public void Apply(StepEntered change)
    {
        Step = change.Step;
        if (change.Step == PimStep.Implement)
            OpenedAt ??= change.At;
        if (change.Step == PimStep.Closed)
            ClosedAt = change.At;
    }

    public void Apply(RetentionPlanned change) => Retention = change.Plan;

    public void Apply(FeedbackChannelPublished change) => Feedback = change.Channel;

    public void Apply(CapacityPlanned change) => Capacity = change.Plan;

    public void Apply(DiversityWaived change) => DiversityWaiver = change.Reason;
}

/// <summary>The eight categories of the PIM Matrix (third PIM Working Meeting, September 2016).</summary>
public enum MatrixCategory
{
    PopulationData, NeedsAssessment, ProtectionMonitoring, CaseManagement, ResponseMonitoring, CommunicatingWithCommunities, SecurityAwareness, SectoralSystems,
}

/// <summary>Groups of people as activities name them: sex and age (UNHCR brackets), disability, displacement status.</summary>
public enum PopulationGroup
{
    Women, Men, Girls, Boys, OlderPeople, PeopleWithDisabilities, InternallyDisplaced, Refugees, AsylumSeekers, Returnees, Stateless, HostCommunity, Minorities, Lgbti,
}

/// <summary>Level of an activity's data by what its disclosure would do here (OCHA/IASC four levels); context decides, and it is reviewable.</summary>
public enum SensitivityLevel { Public, Restricted, Confidential, StrictlyConfidential }

/// <summary>A place by its code (P-code or ISO 3166-2 text, never derived by prefix) and its name.</summary>
public sealed record Place(string Code, string Name)
{
    public static Place Unknown { get; } = new("", "");

    /// <summary>Whether one of two codes is the beginning of the other, as a P-code is of those of the places within.</summary>
    public static bool Nest(string one, string other) => one.StartsWith(other, StringComparison.OrdinalIgnoreCase) || other.StartsWith(one, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How long data is kept after the activity's end, and what happens then (DP-6).</summary>
public sealed record RetentionPlan(int MonthsAfterEnd, AfterRetention Then, string Reason)
{
    public DateOnly KeptUntil(Period period) => period.End.AddMonths(MonthsAfterEnd);
}

public enum AfterRetention { Destroy, Anonymise, HandOver }

/// <summary>How people can speak to the activity, in each language, and within how many days they are answered (PC-3).</summary>
public sealed record FeedbackChannel(LocalText HowTo, int AnswerDays);

/// <summary>Planned workload and means (CC-4).</summary>
public sealed record CapacityPlan(int Interviewers, int InterviewsPerDay, string Equipment, string Budget)
{
    /// <summary>Open matters of people (feedback, requests, held submissions) that one protection worker can carry; none when not planned.</summary>
    public int? OpenMattersPerWorker { get; init; }

    /// <summary>People with a record in use that one protection worker can see to; none when not planned.</summary>
    public int? InCarePerWorker { get; init; }

    /// <summary>The budget as an amount in <see cref="Currency"/>; none where only words say it.</summary>
    public decimal? BudgetAmount { get; init; }

    /// <summary>ISO 4217, such as KES.</summary>
    public string? Currency { get; init; }

    /// <summary>Phones that are there; none when not planned.</summary>
    public int? Phones { get; init; }
}
