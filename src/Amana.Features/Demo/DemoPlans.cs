using Amana.Domain.Activities;
using Amana.Domain.Principles;

namespace Amana.Features.Demo;

/// <summary>What the story tells of one activity.</summary>
public sealed record DemoPlan(
    string Title, MatrixCategory Category, Place Place, IReadOnlyList<PopulationGroup> Population, IReadOnlyList<string> Languages, SensitivityLevel Level,
    int StartedDaysAgo, int Days, PimStep Reaches)
{
    /// <summary>Sample form, records to tell, and by whose lead.</summary>
    public string? Form { get; init; }

    /// <summary>A form that is no sample: its workbook, with the file name in <see cref="Form"/>.</summary>
    public byte[]? Workbook { get; init; }

    /// <summary>Its plan is filled from this template and waits in Design for people.</summary>
    public string? Template { get; init; }

    public int Records { get; init; }
    public string Lead { get; init; } = "im";
    public bool LeavesOverlapsOpen { get; init; }

    /// <summary>Design is complete, so that only the opening is left.</summary>
    public bool ReadyToOpen { get; init; }

    /// <summary>The review of risks has lapsed, and submissions came since.</summary>
    public bool ReviewLapsed { get; init; }

    /// <summary>Has an open incident and feedback that waits.</summary>
    public bool Troubled { get; init; }
}

/// <summary>Eight activities, one for each category of the PIM Matrix, in different steps.</summary>
public static class DemoPlans
{
    private static readonly PopulationGroup[] Everyone = [PopulationGroup.Women, PopulationGroup.Men, PopulationGroup.Girls, PopulationGroup.Boys, PopulationGroup.OlderPeople, PopulationGroup.PeopleWithDisabilities];
    private static readonly string[] EnglishArabic = ["en", "ar"];

    public static IReadOnlyList<DemoPlan> All { get; } =
    [
        new("Border monitoring, north", MatrixCategory.ProtectionMonitoring, new Place("QZ01", "Northern crossings"), Everyone, EnglishArabic, SensitivityLevel.Confidential, 82, 260, PimStep.Implement)
            { Form = "border-monitoring", Records = 1200, Troubled = true },
        new("Household protection needs, east", MatrixCategory.NeedsAssessment, new Place("QZ02", "Eastern terraces"), Everyone, ["en", "fr", "ar"], SensitivityLevel.Confidential, 100, 220, PimStep.Implement)
            { Form = "household-needs", Records = 800, Lead = "coordination", ReviewLapsed = true },
        new("Help for people at risk, River camp", MatrixCategory.CaseManagement, new Place("QZ0102", "River camp"), [PopulationGroup.Women, PopulationGroup.Girls, PopulationGroup.Boys, PopulationGroup.PeopleWithDisabilities], EnglishArabic, SensitivityLevel.StrictlyConfidential, 40, 365, PimStep.Design)
            { Lead = "protection", Template = "case-management" },
        new("Population estimate, spring", MatrixCategory.PopulationData, new Place("QZ", "Whole area"), Everyone, EnglishArabic, SensitivityLevel.Restricted, 150, 200, PimStep.Evaluate)
            { Form = "household-needs", ReadyToOpen = true },
        new("Follow-up of the winter response", MatrixCategory.ResponseMonitoring, new Place("QZ03", "Southern plain"), [PopulationGroup.Women, PopulationGroup.Men], EnglishArabic, SensitivityLevel.Restricted, 9, 120, PimStep.Assess),
        new("Listening desk, north", MatrixCategory.CommunicatingWithCommunities, new Place("QZ01", "Northern crossings"), Everyone, EnglishArabic, SensitivityLevel.Restricted, 30, 300, PimStep.Design)
            { Form = "border-monitoring", ReadyToOpen = true },
        new("Roads and safety watch", MatrixCategory.SecurityAwareness, new Place("QZ01", "Northern crossings"), [PopulationGroup.HostCommunity, PopulationGroup.InternallyDisplaced], EnglishArabic, SensitivityLevel.Confidential, 5, 180, PimStep.Assess)
            { LeavesOverlapsOpen = true, Lead = "coordination" },
        new("Services at collective sites", MatrixCategory.SectoralSystems, new Place("QZ0202", "Three Wells"), [PopulationGroup.Women, PopulationGroup.Men, PopulationGroup.InternallyDisplaced], EnglishArabic, SensitivityLevel.Restricted, 200, 400, PimStep.Closed)
            { Form = "household-needs", ReadyToOpen = true },
    ];
}
