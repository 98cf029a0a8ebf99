using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

[Proves("PC-1")]
public sealed class Consulting_people
{
    [Fact]
    public void Is_asked_for_the_step_that_is_left() => Given.AnActivity().Says("PC-1").IsNotMet("gap.step-not-consulted");

    [Fact]
    public void Once_per_step_is_enough_in_the_first_step() => Given.AnActivity().Consulted(PimStep.Assess).Says("PC-1").IsMet();

    [Fact]
    public void In_an_earlier_step_does_not_count_for_this_one()
    {
        var s = Given.AnActivity().Collecting().Consulted(PimStep.Assess, PimStep.Design);
        Assert.Equal("Implement", s.Says("PC-1").Names("step"));
    }

    [Fact]
    public void Names_each_group_that_was_never_heard()
    {
        var s = Given.AnActivity(PopulationGroup.Women, PopulationGroup.Girls).ReadyToCollect();
        s = s with { Activity = Given.StartedActivity(PopulationGroup.Women, PopulationGroup.Girls) };
        s.Activity.Apply(Given.Allowed(ActivityRules.Enter(s.Activity, PimStep.Design, new GateAnswer(true, [], []), Given.Now)));
        s.Says("PC-1").IsNotMet("gap.group-not-consulted");
        Assert.Equal("Girls", s.Says("PC-1").Names("group"));
    }

    [Fact]
    public void Holds_every_step_up_until_it_happened()
    {
        foreach (var step in new[] { PimStep.Design, PimStep.Implement, PimStep.Evaluate, PimStep.Closed })
            Assert.Contains(step, Catalogue.Find("PC-1")!.Gates);
    }
}

[Proves("PC-2")]
public sealed class Counting_people_in_their_diversity
{
    [Fact]
    public void Is_met_when_sex_age_and_disability_are_asked() => Given.AnActivity().ReadyToCollect().Says("PC-2").IsMet();

    [Theory]
    [InlineData("sex", "gap.sex-not-asked")]
    [InlineData("age", "gap.age-not-asked")]
    [InlineData("difficulty", "gap.disability-not-asked")]
    public void Misses_what_is_not_asked(string element, string gap) =>
        (Given.AnActivity().ReadyToCollect() with { Forms = [GivenForms.Draft(GivenForms.Without(element))] }).Says("PC-2").IsNotMet(gap);

    [Fact]
    public void Takes_the_six_questions_of_the_short_set_for_disability()
    {
        ElementRole[] set = [ElementRole.DifficultySeeing, ElementRole.DifficultyHearing, ElementRole.DifficultyWalking, ElementRole.DifficultyRemembering, ElementRole.DifficultySelfCare, ElementRole.DifficultyCommunicating];
        var asked = set.Select(r => GivenForms.Of(r.ToString(), "select_one", Sensitivity.QuasiIdentifier, r)).ToList();
        var s = Given.AnActivity().ReadyToCollect();
        (s with { Forms = [GivenForms.Draft([.. GivenForms.Without("difficulty"), .. asked])] }).Says("PC-2").IsMet();
        (s with { Forms = [GivenForms.Draft([.. GivenForms.Without("difficulty"), .. asked.Skip(1)])] }).Says("PC-2").IsNotMet("gap.disability-not-asked");
    }

    /// <summary>What one form asks does not count those whom another asks.</summary>
    [Fact]
    public void Is_asked_of_each_form_by_which_people_speak()
    {
        var s = Given.AnActivity().Collecting() with { Forms = [GivenForms.Published(), GivenForms.Published(GivenForms.Without("sex"))] };
        s.Says("PC-2").IsNotMet("gap.sex-not-asked");
        Assert.Equal("Monitoring", s.Says("PC-2").Names("form"));
        (s with { Forms = [GivenForms.Published(), GivenForms.Published(GivenForms.Without("sex", "consent"))] }).Says("PC-2").IsMet(); // of a place, which gives no consent
    }

    [Fact]
    public void Cannot_be_judged_without_a_form() => Given.AnActivity().Says("PC-2").IsNotMet("gap.no-form");

    [Fact]
    public void Does_not_apply_once_the_activity_says_why_not()
    {
        var s = Given.AnActivity();
        s.Activity.Apply(Given.Allowed(ActivityRules.WaiveDiversity(s.Activity, "Counts of tents only; nobody is asked")));
        s.Says("PC-2").DoesNotApply("diversity-waived");
    }
}

[Proves("PC-3")]
public sealed class A_way_to_speak
{
    [Fact]
    public void Is_missing_until_a_channel_is_published() => Given.AnActivity().Says("PC-3").IsNotMet("gap.no-feedback-channel");

    [Fact]
    public void Is_there_when_every_language_tells_it() => Given.AnActivity().ReadyToCollect().Says("PC-3").IsMet();

    [Fact]
    public void Names_the_language_that_does_not_tell_it()
    {
        var s = Given.AnActivity();
        s.Activity.Apply(Given.Allowed(ActivityRules.PublishFeedbackChannel(s.Activity, new FeedbackChannel(LocalText.English("Box"), 7))));
        s.Says("PC-3").IsNotMet("gap.feedback-channel-language");
        Assert.Equal("ar", s.Says("PC-3").Names("language"));
    }

    [Fact]
    public void Is_told_in_a_language_that_only_the_form_offers()
    {
        var s = Given.AnActivity().ReadyToCollect() with { Forms = [GivenForms.Draft(languages: ["en", "ar", "so"])] };
        s.Says("PC-3").IsNotMet("gap.feedback-channel-language");
        Assert.Equal("so", s.Says("PC-3").Names("language"));
    }

    [Theory]
    [InlineData(3, false, true)]
    [InlineData(8, false, false)]
    [InlineData(8, true, true)]
    public void Shows_feedback_past_the_promised_time(int daysAgo, bool answered, bool met)
    {
        var s = Given.AnActivity().ReadyToCollect();
        var feedback = Feedback.Of(Given.Allowed(ParticipationRules.Give(s.Activity, new SayFeedback(new FeedbackId(Guid.CreateVersion7()), FeedbackKind.Complaint, "ar", [1]), s.Now.AddDays(-daysAgo))));
        if (answered)
            feedback.Apply(Given.Allowed(ParticipationRules.Answer(feedback, [1], s.Now)));
        var answer = (s with { Feedback = [feedback] }).Says("PC-3");
        if (met) answer.IsMet();
        else answer.IsNotMet("gap.feedback-overdue");
    }

    [Fact]
    public void Says_before_the_promised_time_that_it_comes_due()
    {
        var s = Given.AnActivity().ReadyToCollect();
        var feedback = Feedback.Of(Given.Allowed(ParticipationRules.Give(s.Activity, new SayFeedback(new FeedbackId(Guid.CreateVersion7()), FeedbackKind.Complaint, "ar", [1]), s.Now.AddDays(-6))));
        var answer = (s with { Feedback = [feedback] }).Says("PC-3");
        Assert.Equal((RuleState.DueSoon, Given.Today.AddDays(1)), (answer.State, answer.DueOn));
    }

    [Theory]
    [InlineData(FeedbackKind.HarmReported, false, true)]
    [InlineData(FeedbackKind.Complaint, true, true)]
    [InlineData(FeedbackKind.Complaint, false, false)]
    public void Keeps_what_is_confidential_from_all_but_those_with_the_duty(FeedbackKind kind, bool asked, bool apart)
    {
        var given = Feedback.Of(Given.Allowed(ParticipationRules.Give(Given.StartedActivity(), new SayFeedback(default, kind, "ar", [1]) { Confidential = asked }, Given.Now)));
        Assert.Equal(apart, ParticipationRules.MayHear(given, Given.Acting(Given.ProtectionOfficer)).Count > 0);
        Assert.Empty(ParticipationRules.MayHear(given, Given.Acting(Given.FocalPoint, Accounts.Duty.DataProtectionFocalPoint)));
    }
}

[Proves("PC-4")]
public sealed class Languages_that_people_have
{
    [Fact]
    public void Cannot_be_judged_without_a_form() => (Given.AnActivity().ReadyToCollect() with { Forms = [] }).Says("PC-4").IsNotMet("gap.no-form");

    [Fact]
    public void Are_met_when_form_and_notice_have_them_all() => Given.AnActivity().ReadyToCollect().Says("PC-4").IsMet();

    [Fact]
    public void Are_missed_by_a_form_in_one_language() =>
        (Given.AnActivity().ReadyToCollect() with { Forms = [GivenForms.Draft(languages: ["en"])] }).Says("PC-4").IsNotMet("gap.form-language");

    [Fact]
    public void Are_missed_by_a_notice_in_one_language() =>
        (Given.AnActivity().ReadyToCollect() with { Notice = GivenPlans.Notice(change: (l, t) => l == "ar" ? null : t) }).Says("PC-4").IsNotMet("gap.notice-language");
}

[Proves("PC-5")]
public sealed class Results
{
    [Fact]
    public void Need_not_go_home_when_nothing_was_collected() => Given.AnActivity().Says("PC-5").DoesNotApply("nothing-collected");

    [Fact]
    public void Are_asked_for_from_Evaluate_on() => Given.AnActivity().Collecting().Says("PC-5").DoesNotApply("before-evaluate");

    [Fact]
    public void Must_have_gone_home_before_closing()
    {
        var s = Given.AnActivity().ReadyToClose();
        s.Says("PC-5").IsMet();
        (s with { ResultsReturned = [] }).Says("PC-5").IsNotMet("gap.results-not-returned");
        Assert.False(Gate.MayEnter(s with { ResultsReturned = [] }, PimStep.Closed).Allowed);
    }

    [Fact]
    public void Must_have_reached_every_group()
    {
        var s = Given.AnActivity().ReadyToClose() with { ResultsReturned = [Situations.Returned(PopulationGroup.Women)] };
        s.Says("PC-5").IsNotMet("gap.results-group-not-reached");
        Assert.Equal("InternallyDisplaced", s.Says("PC-5").Names("group"));
        (s with { ResultsReturned = [.. s.ResultsReturned, Situations.Returned(PopulationGroup.InternallyDisplaced)] }).Says("PC-5").IsMet();
    }

    [Fact]
    public void Cannot_be_told_before_anything_was_asked()
    {
        var early = Situations.Returned();
        early.With(nameof(early.On), Given.Today.AddDays(-100));
        (Given.AnActivity().ReadyToClose() with { ResultsReturned = [early] }).Says("PC-5").IsNotMet("gap.results-not-returned");
    }
}
