using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

[Proves("CC-1")]
public sealed class Two_professions
{
    private static RuleAnswer With(params TeamSeat[] seats) => (Given.AnActivity().ReadyToCollect() with { Team = seats }).Says("CC-1");

    [Fact]
    public void Are_both_named()
    {
        With().IsNotMet("gap.no-protection-role", "gap.no-information-role");
        With(Given.Seat(TeamRole.ProtectionOfficer, Given.ProtectionOfficer)).IsNotMet("gap.no-information-role");
        With(Given.Seat(TeamRole.CaseWorker, Given.ProtectionOfficer), Given.Seat(TeamRole.InformationManagementOfficer, Given.InformationOfficer)).IsMet();
    }

    [Fact]
    public void Count_only_while_competencies_are_current() =>
        With(Given.Seat(TeamRole.ProtectionOfficer, Given.ProtectionOfficer, expires: Given.Today.AddDays(-1)), Given.Seat(TeamRole.InformationManagementOfficer, Given.InformationOfficer)).IsNotMet("gap.no-protection-role");

    [Fact]
    public void Do_not_count_with_a_declared_interest() =>
        With(Given.Seat(TeamRole.ProtectionOfficer, Given.ProtectionOfficer, interest: "Owns the wells"), Given.Seat(TeamRole.InformationManagementOfficer, Given.InformationOfficer)).IsNotMet("gap.no-protection-role");

    [Fact]
    public void Missing_hold_collection() => Assert.Contains(Operation.Collect, Catalogue.Find("CC-1")!.Guards);
}

[Proves("CC-2")]
public sealed class Training_for_a_role
{
    private static ActivitySnapshot With(DateOnly expires) => Given.AnActivity().Collecting() with
    {
        Team = [Given.Seat(TeamRole.Enumerator, Given.Interviewer, expires), Given.Seat(TeamRole.ProtectionOfficer, Given.ProtectionOfficer), Given.Seat(TeamRole.InformationManagementOfficer, Given.InformationOfficer)],
    };

    [Fact]
    public void Needs_a_team() => Given.AnActivity().Says("CC-2").IsNotMet("gap.no-team");

    [Fact]
    public void That_is_current_is_met() => Given.AnActivity().Collecting().Says("CC-2").IsMet();

    [Fact]
    public void That_ends_soon_warns_by_day()
    {
        With(Given.Today).Says("CC-2").IsDueSoon(Given.Today, "gap.competency-near");
        With(Given.Today.AddDays(14)).Says("CC-2").IsDueSoon(Given.Today.AddDays(14), "gap.competency-near");
        With(Given.Today.AddDays(15)).Says("CC-2").IsMet();
    }

    [Fact]
    public void That_lapsed_pauses_the_role_and_names_each_competency()
    {
        var s = With(Given.Today.AddDays(-1));
        s.Says("CC-2").IsNotMet("gap.competency-missing", "gap.competency-missing", "gap.competency-missing", "gap.competency-missing");
        var answer = Gate.Decide(s, new GateRequest(Given.Acting(Given.Interviewer), Operation.Collect));
        Assert.Equal("actor.competency-lapsed", Assert.Single(answer.Refusals).Slug);
    }

    [Fact]
    public void Of_one_person_does_not_stop_the_others() =>
        Assert.True(Gate.Decide(With(Given.Today.AddDays(-1)), new GateRequest(Given.Acting(Given.ProtectionOfficer), Operation.Collect)).Allowed);

    [Fact]
    public void At_too_low_a_level_does_not_count()
    {
        CompetencyEvidence[] low = [.. RoleProfiles.Required(TeamRole.CaseWorker).Select(n => Given.Evidence(Given.Lead, n.Key, CompetencyLevel.Aware))];
        Assert.Equal(4, RoleProfiles.Missing(TeamRole.CaseWorker, low, Given.Today).Count);
    }

    [Fact]
    public void Is_never_assessed_by_oneself()
    {
        var command = new EvidenceCompetency(default, Given.Lead, CompetencyCode.Interviewing, CompetencyLevel.Leads, "I know it", Given.Today, Given.Today);
        Assert.Equal("competency.assessed-by-self", Assert.Single(CompetencyRules.Evidence(command, Given.Lead).Refusals).Slug);
    }
}

[Proves("CC-3")]
public sealed class The_briefing
{
    private static ActivitySnapshot Unbriefed => Given.AnActivity().Collecting() with { Team = [Given.Seat(TeamRole.ProtectionOfficer, Given.ProtectionOfficer, briefed: false)] };

    [Fact]
    public void Needs_a_team() => Given.AnActivity().Says("CC-3").IsNotMet("gap.no-team");

    [Fact]
    public void Acknowledged_by_all_is_met() => Given.AnActivity().Collecting().Says("CC-3").IsMet();

    [Fact]
    public void Not_acknowledged_pauses_the_role()
    {
        Unbriefed.Says("CC-3").IsNotMet("gap.not-briefed");
        var answer = Gate.Decide(Unbriefed, new GateRequest(Given.Acting(Given.ProtectionOfficer), Operation.Open, "N1"));
        Assert.Equal(["actor.not-briefed", "gap.nobody-may-open"], answer.Refusals.Select(r => r.Slug)); // nobody else may see identity either (IC-6)
    }

    [Fact]
    public void Is_acknowledged_by_nobody_else() =>
        Assert.Equal("team.briefing-not-yours", Assert.Single(CompetencyRules.Acknowledge(Unbriefed.Team[0].Member, Given.Lead, Given.Now).Refusals).Slug);

    [Fact]
    public void Of_those_who_left_is_not_waited_for()
    {
        var s = Unbriefed with { Team = [.. Unbriefed.Team, Given.Seat(TeamRole.Enumerator, Given.Interviewer)] };
        s.Team[0].Member.Apply(Given.Allowed(CompetencyRules.End(s.Team[0].Member, Given.Now)));
        s.Says("CC-3").IsMet();
    }
}

[Proves("CC-4")]
public sealed class Capacity
{
    [Fact]
    public void Must_be_planned() => Given.AnActivity().Says("CC-4").IsNotMet("gap.no-capacity-plan");

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void Shows_a_load_above_plan(int busiestDay, bool met)
    {
        var answer = (Given.AnActivity().Collecting() with { Collection = new CollectionState { Records = 100, BusiestDay = busiestDay } }).Says("CC-4");
        if (met) answer.IsMet();
        else answer.IsNotMet("gap.load-above-plan");
    }
}

[Proves("CC-4")]
public sealed class A_load
{
    private static ActivitySnapshot Planned(CapacityPlan plan, CollectionState? collected = null, int feedback = 0)
    {
        var s = Given.AnActivity().Collecting();
        s.Activity.Apply(Given.Allowed(ActivityRules.PlanCapacity(s.Activity, plan)));
        return s with
        {
            Collection = collected ?? new CollectionState(),
            Feedback = [.. Enumerable.Range(0, feedback).Select(_ => Participation.Feedback.Of(Given.Allowed(Participation.ParticipationRules.Give(s.Activity, new Participation.SayFeedback(default, Participation.FeedbackKind.Question, "en", [1]), s.Now))))],
        };
    }

    private static readonly CapacityPlan Plan = new(4, 10, "Four phones", "From the camp fund") { OpenMattersPerWorker = 3, Phones = 4 };

    [Fact]
    public void Within_the_plan_is_met() => Planned(Plan, new CollectionState { BusiestDay = 40, PhonesInUse = 4, InQuarantine = 1 }, feedback: 2).Says("CC-4").IsMet();

    [Fact]
    public void Of_open_matters_above_what_the_protection_workers_can_carry_shows()
    {
        var answer = Planned(Plan, new CollectionState { InQuarantine = 2 }, feedback: 2).Says("CC-4");
        answer.IsNotMet("gap.matters-above-plan");
        Assert.Equal(("4", "3"), (answer.Names("count"), answer.Names("planned")));
    }

    [Fact]
    public void Of_phones_above_the_plan_shows() => Planned(Plan, new CollectionState { PhonesInUse = 5 }).Says("CC-4").IsNotMet("gap.phones-above-plan");

    [Fact]
    public void Of_people_in_care_above_what_the_protection_workers_can_see_to_shows()
    {
        var plan = Plan with { InCarePerWorker = 25 };
        Planned(plan, new CollectionState { Records = 25 }).Says("CC-4").IsMet();
        var answer = Planned(plan, new CollectionState { Records = 26 }).Says("CC-4");
        answer.IsNotMet("gap.in-care-above-plan");
        Assert.Equal(("26", "25"), (answer.Names("count"), answer.Names("planned")));
    }

    /// <summary>Each worker alone: that a colleague has few cases helps nobody in a caseload that is too full.</summary>
    [Fact]
    public void Of_one_workers_open_cases_above_the_plan_shows()
    {
        var s = Planned(Plan with { InCarePerWorker = 25 });
        (s with { OpenCases = new Dictionary<StaffId, int> { [Given.ProtectionOfficer] = 25 } }).Says("CC-4").IsMet();
        var answer = (s with { OpenCases = new Dictionary<StaffId, int> { [Given.ProtectionOfficer] = 26 } }).Says("CC-4");
        answer.IsNotMet("gap.caseload-above-plan");
        Assert.Equal(("26", "25"), (answer.Names("count"), answer.Names("planned")));
        (Planned(Plan) with { OpenCases = new Dictionary<StaffId, int> { [Given.ProtectionOfficer] = 260 } }).Says("CC-4").IsMet(); // not planned, not judged
    }

    [Fact]
    public void Of_cases_whose_worker_no_longer_counts_shows()
    {
        var s = Planned(Plan) with { OpenCases = new Dictionary<StaffId, int> { [Given.ProtectionOfficer] = 2, [Given.Interviewer] = 1 } };
        s.Says("CC-4").IsNotMet("gap.cases-with-nobody"); // an interviewer may open nothing
        var until = s with { OpenCases = new Dictionary<StaffId, int> { [Given.ProtectionOfficer] = 2 }, Team = [Given.Seat(TeamRole.ProtectionOfficer, Given.ProtectionOfficer, expires: Given.Today.AddDays(10))] };
        until.At(Given.Today.AddDays(10)).Says("CC-4").IsMet();
        until.At(Given.Today.AddDays(11)).Says("CC-4").IsNotMet("gap.cases-with-nobody");
    }

    [Theory]
    [InlineData(12_000, "USD", true)]
    [InlineData(12_000, null, false)]
    [InlineData(12_000, "usd", false)]
    [InlineData(-1, "USD", false)]
    [InlineData(null, "USD", false)]
    public void Is_planned_with_a_budget_that_has_its_currency(int? amount, string? currency, bool allowed) =>
        Assert.Equal(allowed, ActivityRules.PlanCapacity(Given.AnActivity().Collecting().Activity, Plan with { BudgetAmount = amount, Currency = currency }) is Domain.Shared.Decision<CapacityPlanned>.Allowed);

    [Fact]
    public void That_was_not_planned_is_not_judged() => Planned(new CapacityPlan(4, 10, "Four phones", "From the camp fund"), new CollectionState { PhonesInUse = 50, InQuarantine = 500 }).Says("CC-4").IsMet();

    [Fact]
    public void Holds_nothing_up() => Assert.Empty(Planned(Plan, new CollectionState { BusiestDay = 4000 }).Says("CC-4").Holding);
}
