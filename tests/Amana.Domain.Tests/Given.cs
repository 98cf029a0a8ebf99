using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Vocabularies;

namespace Amana.Domain.Tests;

/// <summary>Made-up people, organisations and days, and the activity that every test of the principles begins with.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = DateOnly.FromDateTime(Now.UtcDateTime);
    public static readonly ActivityId Activity = new(Guid.Parse("0193a000-0000-7000-8000-000000000001"));
    public static readonly OrganisationId Us = new(Guid.Parse("0193a000-0000-7000-8000-0000000000a1"));
    public static readonly OrganisationId Partner = new(Guid.Parse("0193a000-0000-7000-8000-0000000000a2"));
    public static readonly StaffId Lead = Staff(1);
    public static readonly StaffId ProtectionOfficer = Staff(2);
    public static readonly StaffId InformationOfficer = Staff(3);
    public static readonly StaffId Interviewer = Staff(4);
    public static readonly StaffId FocalPoint = Staff(5);

    /// <summary>An activity as it is on its first day: started, in Assess, nothing else recorded.</summary>
    public static ActivitySnapshot AnActivity(params PopulationGroup[] groups) => new()
    {
        Now = Now,
        Limits = new OperationLimits(),
        Activity = StartedActivity(groups),
        Vocabularies = Lists,
        Safekeeping = new SafekeepingState { VaultReady = true, LedgerReady = true },
    };

    /// <summary>Lists of common codes, in little.</summary>
    public static IReadOnlyList<VocabularyList> Lists { get; } =
    [
        List("sex", ("female", "+f"), ("male", "+m")), List("wgss-answers", ("1", "none"), ("2", "some"), ("3", "a_lot"), ("4", "cannot")), List("displacement-status", ("idp", "+idps"), ("refugee", "+refugees")),
        Ages("age-unhcr", 0, 5, 12, 18, 60), Ages("age-iasc-minimum", 0, 6, 13, 18, 60),
    ];

    private static VocabularyList List(string code, params (string Code, string Elsewhere)[] terms) => new(code, "1", true, "Made up", LocalText.English(code),
        [.. terms.Select(t => new Term { Code = t.Code, Codes = new Dictionary<string, string> { ["elsewhere"] = t.Elsewhere } })]);

    private static VocabularyList Ages(string code, params int[] from) => new(code, "1", true, "Made up", LocalText.English(code),
        [.. from.Select((f, i) => i == from.Length - 1 ? new Term { Code = $"{f}+", From = f, To = 120 } : new Term { Code = $"{f}-{from[i + 1] - 1}", From = f, To = from[i + 1] - 1 })]);

    public static Activity StartedActivity(params PopulationGroup[] groups) => Domain.Activities.Activity.Start(Allowed(ActivityRules.Start(
        new StartActivity(Activity, "Protection monitoring in the river camps", MatrixCategory.ProtectionMonitoring, new Place("XX0101", "River district"),
            groups.Length == 0 ? [PopulationGroup.Women, PopulationGroup.InternallyDisplaced] : groups,
            new Period(Today.AddDays(-60), Today.AddDays(120)), Us, ["en", "ar"], SensitivityLevel.Confidential), 1, Lead, Now.AddDays(-60))));

    public static Organisation Organisation(OrganisationId id, string shortName, bool bound = true) => Accounts.Organisation.Admit(Allowed(AccountRules.Admit(
        new AdmitOrganisation(id, shortName + " made up", shortName, OrganisationKind.NationalNgo, bound), [], Now)));

    /// <summary>A seat with every competency its role needs, current for a year, and the briefing acknowledged.</summary>
    public static TeamSeat Seat(TeamRole role, StaffId who, DateOnly? expires = null, bool briefed = true, string? interest = null)
    {
        var member = TeamMember.Of(Allowed(CompetencyRules.Assign(StartedActivity(), new TeamMemberId(Guid.CreateVersion7()), StaffMember(who), role, [], Now)));
        if (briefed)
            member.Apply(Allowed(CompetencyRules.Acknowledge(member, who, Now)));
        if (interest is not null)
            member.Apply(Allowed(CompetencyRules.DeclareInterest(member, who, interest)));
        return new TeamSeat(member, StaffMember(who), [.. RoleProfiles.Required(role).Select(need => Evidence(who, need.Key, need.Value, expires))]);
    }

    public static CompetencyEvidence Evidence(StaffId who, CompetencyCode competency, CompetencyLevel level, DateOnly? expires = null) =>
        CompetencyEvidence.Of(Allowed(CompetencyRules.Evidence(
            new EvidenceCompetency(new EvidenceId(Guid.CreateVersion7()), who, competency, level, "Observed in the field", Today.AddDays(-400), expires ?? Today.AddDays(365)), FocalPoint)));

    public static StaffMember StaffMember(StaffId who) => Accounts.StaffMember.Join(Allowed(AccountRules.Join(
        new AddStaff(who, Us, "Made-up person", "person" + who.Value.ToString("N")[^4..] + "@example.org", []), emailTaken: false)));

    public static Actor Acting(StaffId who, params Duty[] duties) => new(ActorKind.Staff, who, Us, duties);

    /// <summary>The change of a decision that must have allowed it.</summary>
    public static T Allowed<T>(Decision<T> decision) => decision is Decision<T>.Allowed allowed
        ? allowed.Change
        : throw new InvalidOperationException("Refused: " + string.Join(", ", decision.Refusals.Select(r => r.Slug)));

    private static StaffId Staff(int n) => new(Guid.Parse($"0193a000-0000-7000-8000-00000000010{n}"));
}
