using Amana.Domain.Principles;
using Amana.Domain.Risk;
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
        s = s with { Risk = GivenPlans.Assessment(risks with { Risks = [.. risks.Risks.Where(r => r.Stage != missed)] }, s.RiskFingerprint()) };
        s.Says("DNH-1").IsNotMet("gap.risk-stage-missing");
        Assert.Equal(missed.ToString(), s.Says("DNH-1").Names("stage"));
    }

    [Fact]
    public void Names_the_risk_that_nobody_owns()
    {
        var risks = GivenPlans.Risks();
        var s = Given.AnActivity().ReadyToCollect();
        s = s with { Risk = GivenPlans.Assessment(risks with { Risks = [risks.Risks[0] with { OwnerId = null }, .. risks.Risks.Skip(1)] }, s.RiskFingerprint()) };
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
        s.Risk!.Apply(Given.Allowed(RiskRules.Review(s.Activity, s.Risk, ReviewOn.AddDays(60), s.RiskFingerprint(), Given.FocalPoint, s.Now, 180)));
        s.Says("DNH-2").IsMet();
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
        return (s with { Risk = GivenPlans.Assessment(GivenPlans.Risks() with { Risks = [risk] }, s.RiskFingerprint()) }).Says("DNH-3");
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
    public void Of_recipients_reopens_and_holds_release()
    {
        var s = Running with { SharingPlan = GivenPlans.Plan(new PlannedRecipient(Given.Us, "All", SharingDetail.Figures, null)) };
        s.Says("DNH-4").IsNotMet("gap.risk-changed");
        Assert.False(Gate.Stands(s, Operation.Release).Allowed);
    }

    [Fact]
    public void Of_a_sensitive_question_reopens() =>
        (Running with { Forms = [GivenForms.Published([.. GivenForms.Elements(), GivenForms.Of("religion", "text", Forms.Sensitivity.Sensitive)])] }).Says("DNH-4").IsNotMet("gap.risk-changed");

    [Fact]
    public void Of_an_open_question_does_not() =>
        (Running with { Forms = [GivenForms.Published([.. GivenForms.Elements(), GivenForms.Of("weather", "text", Forms.Sensitivity.Open)])] }).Says("DNH-4").IsMet();

    [Fact]
    public void By_an_incident_or_a_report_of_harm_reopens_until_reviewed()
    {
        var s = Running;
        s.Risk!.Apply(Given.Allowed(RiskRules.Reopen(s.Risk, "incident")));
        s.Says("DNH-4").IsNotMet("gap.risk-reopened");
        s.Risk.Apply(Given.Allowed(RiskRules.Review(s.Activity, s.Risk, Given.Today.AddDays(60), s.RiskFingerprint(), Given.FocalPoint, s.Now, 180)));
        s.Says("DNH-4").IsMet();
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

    [Fact]
    public void That_no_question_can_surface_needs_no_service() =>
        (Running with { Forms = [GivenForms.Published(GivenForms.Without("violence"))], Referral = null }).Says("DNH-5").DoesNotApply("no-urgent-need-asked");

    [Fact]
    public void Cannot_be_ruled_out_without_a_form() => (Running with { Forms = [] }).Says("DNH-5").IsNotMet("gap.no-form");
}
