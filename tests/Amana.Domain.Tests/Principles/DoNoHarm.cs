using Amana.Domain.Principles;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Tests;

[Proves("DNH-1")]
public sealed class A_risk_assessment
{
    [Fact]
    public void Must_exist() => Given.AnActivity().Says("DNH-1").IsNotMet("gap.no-risk-assessment");

    [Fact]
    public void That_is_whole_and_approved_is_met() => Given.AnActivity().ReadyToCollect().Says("DNH-1").IsMet();

    [Fact]
    public void That_is_not_approved_is_not_met() =>
        (Given.AnActivity().ReadyToCollect() with { Risk = GivenPlans.Assessment() }).Says("DNH-1").IsNotMet("gap.risk-not-approved");

    [Theory]
    [InlineData(RiskStage.Action)]
    [InlineData(RiskStage.NotActing)]
    public void Looks_at_what_follows_and_at_not_acting(RiskStage missed)
    {
        var risks = GivenPlans.Risks();
        var s = Given.AnActivity().ReadyToCollect();
        s = s with { Risk = GivenPlans.Assessment(risks with { Risks = [.. risks.Risks.Where(r => r.Stage != missed)] }, s.RiskScope()) };
        s.Says("DNH-1").IsNotMet("gap.risk-stage-missing");
        Assert.Equal(missed.ToString(), s.Says("DNH-1").Names("stage"));
    }

    [Fact]
    public void Names_the_risk_that_nobody_owns()
    {
        var risks = GivenPlans.Risks();
        var s = Given.AnActivity().ReadyToCollect();
        s = s with { Risk = GivenPlans.Assessment(risks with { Risks = [risks.Risks[0] with { OwnerId = null }, .. risks.Risks.Skip(1)] }, s.RiskScope()) };
        Assert.Equal("R1", s.Says("DNH-1").Names("risk"));
    }
}

[Proves("DNH-2")]
public sealed class A_risk_review
{
    private static readonly DateOnly ReviewOn = Given.Today.AddDays(90);
    private static ActivitySnapshot Running => Given.AnActivity().Collecting();

    [Fact]
    public void That_lies_ahead_is_met() => Running.Says("DNH-2").IsMet();

    [Theory]
    [InlineData(-15, false)]
    [InlineData(-14, true)]
    [InlineData(0, true)]
    public void Warns_within_the_notice_and_on_the_day_itself(int days, bool warns)
    {
        var answer = Running.At(ReviewOn.AddDays(days)).Says("DNH-2");
        if (warns) answer.IsDueSoon(ReviewOn, "gap.risk-review-near");
        else answer.IsMet();
    }

    [Fact]
    public void That_has_lapsed_is_not_met_and_names_the_day()
    {
        var lapsed = Running.At(ReviewOn.AddDays(1)).Says("DNH-2");
        lapsed.IsNotMet("gap.risk-review-lapsed");
        Assert.Equal(ReviewOn.ToString("yyyy-MM-dd"), lapsed.Names("date"));
    }

    [Fact]
    public void That_has_lapsed_suspends_collection_linking_referral_and_release_and_nothing_else()
    {
        var before = Running;
        var after = before.At(ReviewOn.AddDays(1));
        foreach (var operation in Enum.GetValues<Operation>())
        {
            Assert.True(Gate.Stands(before, operation).Allowed);
            var suspended = operation is Operation.Collect or Operation.Link or Operation.Refer or Operation.Release;
            Assert.Equal(!suspended, Gate.Stands(after, operation).Allowed);
        }
    }

    [Fact]
    public void That_is_confirmed_lets_the_work_go_on()
    {
        var s = Running.At(ReviewOn.AddDays(1));
        s.Risk!.Apply(Given.Allowed(RiskRules.Review(s.Activity, s.Risk, ReviewOn.AddDays(60), s.RiskScope(), Given.FocalPoint, s.Now, 180)));
        s.Says("DNH-2").IsMet();
    }

    [Fact]
    public void Is_over_once_the_work_has_ended()
    {
        var s = Given.AnActivity().ReadyToClose();
        s.Activity.Apply(Given.Allowed(Activities.ActivityRules.Enter(s.Activity, PimStep.Closed, Gate.MayEnter(s, PimStep.Closed), s.Now)));
        var later = s.At(ReviewOn.AddYears(1));
        later.Says("DNH-2").IsMet();
        later.Says("CC-2").IsMet();
        Assert.All(Enum.GetValues<Operation>().Where(o => o != Operation.Erase), o => Assert.False(Gate.Stands(later, o).Allowed));
    }

    [Fact]
    public void Cannot_hold_before_the_assessment_is_approved() =>
        (Running with { Risk = GivenPlans.Assessment() }).Says("DNH-2").IsNotMet("gap.risk-not-approved");
}

[Proves("DNH-3")]
public sealed class A_remaining_risk
{
    private static RuleAnswer Scored(int likelihood, int severity, bool accepted = false)
    {
        var s = Given.AnActivity().ReadyToCollect();
        var risk = GivenPlans.Risk("R9", RiskStage.Use, likelihood, severity) with { AcceptedBy = accepted ? Given.FocalPoint : null };
        return (s with { Risk = GivenPlans.Assessment(GivenPlans.Risks() with { Risks = [risk] }, s.RiskScope()) }).Says("DNH-3");
    }

    [Fact]
    public void Needs_an_assessment_to_be_known() => Given.AnActivity().Says("DNH-3").IsNotMet("gap.no-risk-assessment");

    [Fact]
    public void Below_the_tolerance_may_stand() => Scored(1, 4).IsMet();

    [Fact]
    public void At_the_tolerance_is_accepted_by_name()
    {
        Scored(2, 3).IsNotMet("gap.risk-not-accepted");
        Scored(2, 3, accepted: true).IsMet();
    }

    [Fact]
    public void Above_the_tolerance_may_not_stand_even_if_accepted() => Scored(2, 4, accepted: true).IsNotMet("gap.risk-above-tolerance");

    [Fact]
    public void Is_never_accepted_by_the_author()
    {
        var risk = GivenPlans.Risk("R9", RiskStage.Use, 2, 3) with { AcceptedBy = Given.ProtectionOfficer };
        var decision = RiskRules.Assess(Given.StartedActivity(), GivenPlans.Risks() with { Risks = [risk] }, Given.ProtectionOfficer, Given.Now, 180);
        Assert.Equal("risk.accepted-by-author", Assert.Single(decision.Refusals).Slug);
    }
}

[Proves("DNH-4")]
public sealed class A_change_after_approval
{
    private static ActivitySnapshot Running => Given.AnActivity().Collecting();

    [Fact]
    public void Is_nothing_to_ask_about_before_approval() => Given.AnActivity().Says("DNH-4").DoesNotApply("nothing-approved");

    [Fact]
    public void That_did_not_happen_keeps_the_approval() => Running.Says("DNH-4").IsMet();

    [Fact]
    public void Of_recipients_holds_what_goes_to_the_new_one_and_to_nobody_else()
    {
        var other = new OrganisationId(Guid.CreateVersion7());
        var s = Running with
        {
            SharingPlan = GivenPlans.Plan(new PlannedRecipient(Given.Partner, "Records", SharingDetail.Figures, null), new PlannedRecipient(other, "Totals", SharingDetail.Figures, null)),
            Organisations = [.. Running.Organisations, Given.Organisation(other, "NEW")],
        };
        s.Says("DNH-4").IsNotMet("gap.risk-recipient-new");
        Assert.Equal("NEW", s.Says("DNH-4").Names("organisation"));
        Assert.False(Judged(s, new GateRequest(Actor.House, Operation.Release) { Recipient = other }).Holds);
        Assert.True(Judged(s, new GateRequest(Actor.House, Operation.Release) { Recipient = Given.Partner }).Holds);
        Assert.False(Judged(s, new GateRequest(Actor.House, Operation.Release)).Holds); // who gets it is not said, so it counts as the new one
        Assert.True(Gate.Stands(s, Operation.Collect).Allowed);
    }

    [Fact]
    public void That_leaves_a_recipient_out_holds_nothing() => (Running with { SharingPlan = GivenPlans.NotSharing() }).Says("DNH-4").IsMet();

    [Fact]
    public void Of_a_sensitive_question_holds_what_comes_by_that_form_alone()
    {
        var asks = GivenForms.Published([.. GivenForms.Elements(), GivenForms.Of("religion", "text", Forms.Sensitivity.Sensitive)]);
        var s = Running;
        s = s with { Forms = [.. s.Forms, asks] };
        s.Says("DNH-4").IsNotMet("gap.risk-question-new");
        Assert.False(Judged(s, new GateRequest(Actor.House, Operation.Collect) { Form = asks.Id }).Holds);
        Assert.True(Judged(s, new GateRequest(Actor.House, Operation.Collect) { Form = s.Forms[0].Id }).Holds);
        Assert.True(Judged(s, new GateRequest(Actor.House, Operation.Release)).Holds);
        Assert.Equal([Operation.Collect], s.Says("DNH-4").Holding);
    }

    [Fact]
    public void To_a_form_that_is_still_a_draft_can_be_looked_at_before_phones_have_it()
    {
        var asks = GivenForms.Draft([.. GivenForms.Elements(), GivenForms.Of("religion", "text", Forms.Sensitivity.Sensitive)], version: "2", at: Given.Now);
        var s = Running;
        s = s with { Forms = [.. s.Forms, asks] };
        s.Says("DNH-4").IsMet(); // nobody is asked it yet
        Assert.Contains("religion", s.RiskScope().Questions);
    }

    [Fact]
    public void Of_an_open_question_does_not() =>
        (Running with { Forms = [GivenForms.Published([.. GivenForms.Elements(), GivenForms.Of("weather", "text", Forms.Sensitivity.Open)])] }).Says("DNH-4").IsMet();

    [Fact]
    public void Of_place_or_population_holds_the_work_with_people()
    {
        var moved = Running;
        moved.Risk!.With("ApprovedScope", moved.RiskScope() with { Place = "XX0999", Population = [Activities.PopulationGroup.Women] });
        moved.Says("DNH-4").IsNotMet("gap.risk-place-changed", "gap.risk-population-changed");
        Assert.Equal([Operation.Collect, Operation.Link, Operation.Refer, Operation.Release], moved.Says("DNH-4").Holding);
    }

    [Fact]
    public void By_an_incident_reopens_by_itself_and_holds_release_and_linking_until_it_is_reviewed()
    {
        var s = Running with { Incidents = [Incidents.Incident.Of(Given.Allowed(Incidents.IncidentRules.Report(default, Given.Activity, Incidents.IncidentSeverity.Low, "A list was left on a table", Given.Lead, Given.Now)))] };
        s.Says("DNH-4").IsNotMet("gap.risk-incident-since");
        Assert.Equal([Operation.Link, Operation.Release], s.Says("DNH-4").Holding);
        Reviewed(s).Says("DNH-4").IsMet();
    }

    [Fact]
    public void By_a_report_of_harm_reopens_by_itself_and_never_ends_the_collection()
    {
        Participation.Feedback Said(Participation.FeedbackKind kind) => Participation.Feedback.Of(Given.Allowed(Participation.ParticipationRules.Give(Given.StartedActivity(), new Participation.SayFeedback(default, kind, "ar", [1]), Given.Now)));
        (Running with { Feedback = [Said(Participation.FeedbackKind.Complaint)] }).Says("DNH-4").IsMet();
        var s = Running with { Feedback = [Said(Participation.FeedbackKind.HarmReported)] };
        s.Says("DNH-4").IsNotMet("gap.risk-harm-since");
        Assert.Equal([Operation.Link, Operation.Release], s.Says("DNH-4").Holding);
        Reviewed(s).Says("DNH-4").IsMet();
    }

    [Theory]
    [InlineData(ReopeningReason.Incident, false)]
    [InlineData(ReopeningReason.MitigationFailed, true)]
    [InlineData(ReopeningReason.ContextChanged, true)]
    public void That_staff_declare_reopens_until_reviewed(ReopeningReason because, bool holdsCollection)
    {
        var s = Running;
        s.Risk!.Apply(Given.Allowed(RiskRules.Reopen(s.Risk, because.ToString())));
        s.Says("DNH-4").IsNotMet("gap.risk-reopened");
        Assert.Equal(!holdsCollection, Gate.Stands(s, Operation.Collect).Allowed);
        Assert.False(Gate.Stands(s, Operation.Release).Allowed);
        Reviewed(s).Says("DNH-4").IsMet();
    }

    private static RuleAnswer Judged(ActivitySnapshot s, GateRequest request) => DoNoHarm.ReopenedByChange.Judge(s, request);

    private static ActivitySnapshot Reviewed(ActivitySnapshot s)
    {
        var later = s with { Now = s.Now.AddHours(1) };
        later.Risk!.Apply(Given.Allowed(RiskRules.Review(later.Activity, later.Risk, Given.Today.AddDays(60), later.RiskScope(), Given.FocalPoint, later.Now, 180)));
        return later;
    }
}

[Proves("DNH-5")]
public sealed class An_urgent_need
{
    private static ActivitySnapshot Running => Given.AnActivity().Collecting();

    [Fact]
    public void That_a_form_can_surface_has_a_live_service() => Running.Says("DNH-5").IsMet();

    [Fact]
    public void Without_a_pathway_is_not_asked_for()
    {
        (Running with { Referral = null }).Says("DNH-5").IsNotMet("gap.no-live-service");
        Assert.False(Gate.Stands(Running with { Referral = null }, Operation.Refer).Allowed);
    }

    [Fact]
    public void With_a_service_that_is_gone_counts_as_none() => (Running with { Referral = Situations.Referral(live: false) }).Says("DNH-5").IsNotMet("gap.no-live-service");

    [Theory]
    [InlineData(75, RuleState.Met)]
    [InlineData(76, RuleState.DueSoon)]
    [InlineData(90, RuleState.DueSoon)]
    [InlineData(91, RuleState.NotMet)]
    public void With_a_service_that_nobody_found_alive_for_long_lapses(int days, RuleState state) => Assert.Equal(state, Running.At(Given.Today.AddDays(days)).Says("DNH-5").State);

    /// <summary>The clinic moved after the team was briefed: whoever has not read where it is cannot send anybody there, and those who have can.</summary>
    [Fact]
    public void Is_met_by_staff_who_know_where_to_send()
    {
        var s = Running with { Referral = Situations.Referral() };
        s.Referral!.Apply(Moved(s, "By the old bridge", days: 1));
        s.Says("DNH-5").IsNotMet("gap.pathway-not-known");
        Assert.Equal("2", s.Says("DNH-5").Names("count")); // the officer and the interviewer; who makes the tables meets nobody
        GateAnswer Refer() => Gate.Decide(s, new GateRequest(Given.Acting(Given.ProtectionOfficer), Operation.Refer));
        Assert.Contains(Refer().Refusals, r => r.Slug == "gap.pathway-not-known");
        Assert.True(Gate.Stands(s, Operation.Refer).Allowed); // it holds nobody else up
        var officer = s.Team.First(t => t.Member.StaffId == Given.ProtectionOfficer).Member;
        officer.Apply(Given.Allowed(Competency.CompetencyRules.Acknowledge(officer, officer.StaffId, Given.Now.AddDays(2))));
        Assert.DoesNotContain(Refer().Refusals, r => r.Args.GetValueOrDefault("rule") == "DNH-5");
        Assert.Equal("1", s.Says("DNH-5").Names("count"));
    }

    [Fact]
    public void Asks_nobody_to_read_again_when_a_service_was_only_found_alive_again()
    {
        var s = Running with { Referral = Situations.Referral() };
        s.Referral!.Apply(Moved(s, s.Referral.Services[0].HowReached, days: 1));
        s.Says("DNH-5").IsMet();
        Assert.NotEqual(s.Referral.SetAt, s.Referral.ChangedAt);
    }

    private static Cases.ReferralPathwaySet Moved(ActivitySnapshot s, string where, int days) => Given.Allowed(Cases.ReferralRules.Set(s.Activity,
        [s.Referral!.Services[0] with { HowReached = where, CheckedOn = Given.Today.AddDays(days) }], Given.Now.AddDays(days)));

    [Fact]
    public void That_no_question_can_surface_needs_no_service() =>
        (Running with { Forms = [GivenForms.Published(GivenForms.Without("violence"))], Referral = null }).Says("DNH-5").DoesNotApply("no-urgent-need-asked");

    [Fact]
    public void Cannot_be_ruled_out_without_a_form() => (Running with { Forms = [] }).Says("DNH-5").IsNotMet("gap.no-form");
}
