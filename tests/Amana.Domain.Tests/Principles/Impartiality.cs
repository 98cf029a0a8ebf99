using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Impartiality;
using Amana.Domain.Principles;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Tests;

[Proves("IMP-1")]
public sealed class The_method
{
    [Fact]
    public void Is_said_beforehand()
    {
        Given.AnActivity().Says("IMP-1").IsNotMet("gap.no-method");
        Given.AnActivity().ReadyToCollect().Says("IMP-1").IsMet();
        Assert.Contains(PimStep.Implement, Catalogue.Find("IMP-1")!.Gates);
    }

    [Fact]
    public void Names_the_strata_it_expects() =>
        (Given.AnActivity() with { Method = Situations.Method(Situations.MethodContent() with { Strata = [] }) }).Says("IMP-1").IsNotMet("gap.method-no-strata");

    [Fact]
    public void Cannot_be_stated_without_saying_who_is_missed() =>
        Assert.Equal("WhoIsMissed", Assert.Single(ImpartialityRules.State(Given.StartedActivity(), Situations.MethodContent() with { WhoIsMissed = "" }, Given.Lead, Given.Now).Refusals).Field);
}

[Proves("IMP-2")]
public sealed class Reading_a_form_for_neutrality
{
    [Fact]
    public void Needs_a_form() => Given.AnActivity().Says("IMP-2").IsNotMet("gap.no-form");

    [Fact]
    public void By_someone_else_is_met() => Given.AnActivity().ReadyToCollect().Says("IMP-2").IsMet();

    [Fact]
    public void Counts_only_for_the_version_that_was_read() =>
        (Given.AnActivity().ReadyToCollect() with { Forms = [GivenForms.Draft(version: "2")] }).Says("IMP-2").IsNotMet("gap.form-not-read-for-neutrality");

    [Fact]
    public void Is_refused_to_its_author() =>
        Assert.Equal("method.reviewed-by-author", Assert.Single(ImpartialityRules.ReviewNeutrality(GivenForms.Draft(), "Neutral", Given.InformationOfficer, Given.Now).Refusals).Slug);
}

[Proves("IMP-4")]
public sealed class A_figure_that_leaves
{
    [Fact]
    public void Is_none_before_a_release() => Given.AnActivity().Collecting().Says("IMP-4").DoesNotApply("nothing-released");

    [Fact]
    public void With_its_method_is_met() => (Given.AnActivity().Collecting() with { Releases = [Situations.ARelease()] }).Says("IMP-4").IsMet();

    /// <summary>Shown on a page or in a feed is published too: what the method does not say, no figure can say.</summary>
    [Fact]
    public void Says_what_its_passport_cannot_say()
    {
        var s = Given.AnActivity().Collecting() with { FiguresShown = true };
        s.Says("IMP-4").IsMet();
        (s with { Method = null }).Says("IMP-4").IsNotMet("gap.figures-without", "gap.figures-without", "gap.figures-without");
        var partly = s with { Method = Situations.Method() };
        partly.Method!.With("Content", Situations.MethodContent() with { Strata = [new ExpectedStratum(PopulationGroup.Women, 0)] });
        Assert.Equal(nameof(PassportPart.Coverage), partly.Says("IMP-4").Names("unsaid"));
        partly.Method!.With("Content", Situations.MethodContent() with { WhoIsMissed = "", KnownLimits = " " });
        Assert.Equal(nameof(PassportPart.Limits), partly.Says("IMP-4").Names("unsaid"));
        partly.Method!.With("Content", Situations.MethodContent() with { WhoIsMissed = "", KnownLimits = "Rains" });
        partly.Says("IMP-4").IsMet();
    }

    [Fact]
    public void Cannot_be_proposed_without_it()
    {
        var agreement = GivenPlans.Agreement();
        var risk = new MeasuredRisk(["sex"], ["sex"], 40, 5, 3, 0, 0);
        Decision<ReleaseProposed> Proposed(ReleaseNote note) => SharingRules.Propose(Situations.InStep(PimStep.Implement), new ProposeRelease(default, agreement.Id, "N1", "Paths", note, "00", []), agreement, risk, Given.Lead, Given.Now);
        Assert.Equal(["Base", "Method", "Coverage", "Limits"], Proposed(ReleaseNote.Empty).Refusals.Select(r => r.Field));
        Assert.All(Proposed(ReleaseNote.Empty).Refusals, r => Assert.Equal("release.note-says-nothing", r.Slug));
        foreach (var hollow in new[] { " ", "n/a", "-----------------", "none none none none", "methodology", "see above" })
            Assert.Equal("Method", Assert.Single(Proposed(Situations.ANote with { Method = hollow }).Refusals).Field);
        Assert.IsType<Decision<ReleaseProposed>.Allowed>(Proposed(Situations.ANote with { Method = "كل خيمة عاشرة والنساء على حدة" }));
    }
}

[Proves("IMP-5")]
public sealed class The_author
{
    [Fact]
    public void Who_approved_nothing_of_their_own_is_met() => (Given.AnActivity().Collecting() with { Releases = [Situations.ARelease(approved: true)] }).Says("IMP-5").IsMet();

    [Fact]
    public void Cannot_approve_the_risk_assessment() =>
        Assert.Equal("risk.approved-by-author", Assert.Single(RiskRules.Approve(Given.StartedActivity(), GivenPlans.Assessment(), new RiskScope(), Given.ProtectionOfficer, Given.Now).Refusals).Slug);

    [Fact]
    public void Cannot_confirm_the_risk_assessment() =>
        Assert.Equal("risk.reviewed-by-author", Assert.Single(RiskRules.Review(Given.StartedActivity(), GivenPlans.Assessment(approvedFor: new RiskScope()), Given.Today.AddDays(9), new RiskScope(), Given.ProtectionOfficer, Given.Now, 180).Refusals).Slug);

    [Fact]
    public void Cannot_approve_the_release()
    {
        var decided = SharingRules.Decide(Situations.ARelease(), GivenPlans.Agreement(), true, "Mine", Given.InformationOfficer, Given.Now);
        Assert.Equal("release.approved-by-author", Assert.Single(decided.Refusals).Slug);
    }

    [Fact]
    public void Cannot_even_decline_it() =>
        Assert.Equal("release.approved-by-author", Assert.Single(SharingRules.Decide(Situations.ARelease(), GivenPlans.Agreement(), false, "Mine", Given.InformationOfficer, Given.Now).Refusals).Slug);

    [Fact]
    public void With_a_declared_interest_holds_release_and_the_role()
    {
        var s = Given.AnActivity().Collecting();
        s = s with { Team = [.. s.Team, Given.Seat(TeamRole.CaseWorker, Given.Lead, interest: "Runs the clinic")] };
        s.Says("IMP-5").IsNotMet("gap.interest-in-role");
        Assert.False(Gate.Stands(s, Operation.Release).Allowed);
        Assert.Contains(Gate.Decide(s, new GateRequest(Given.Acting(Given.Lead), Operation.Open, "N1")).Refusals, r => r.Slug == "actor.conflict-of-interest");
    }
}

[Proves("IMP-3")]
public sealed class Watching_for_bias
{
    private static ActivitySnapshot Kept(BiasState bias, int records = 100) => Given.AnActivity().Collecting() with { Collection = new CollectionState { Records = records }, Bias = bias };

    [Fact]
    public void Tells_nothing_over_a_few_records() => Kept(BiasState.Never, 29).Says("IMP-3").DoesNotApply("too-few-records");

    [Fact]
    public void Is_met_when_it_was_done_lately_and_everything_is_answered() => Kept(new BiasState(Given.Now.AddDays(-7), 90)).Says("IMP-3").IsMet();

    [Fact]
    public void Lapses_when_nobody_looked_for_days()
    {
        Kept(BiasState.Never).Says("IMP-3").IsNotMet("gap.bias-not-watched");
        Kept(new BiasState(Given.Now.AddDays(-8), 90)).Says("IMP-3").IsNotMet("gap.bias-not-watched");
    }

    [Fact]
    public void Needs_an_answer_to_each_finding()
    {
        Kept(new BiasState(Given.Now, 100, 2, Given.Now.AddDays(-14))).Says("IMP-3").IsNotMet("gap.bias-open");
        Kept(new BiasState(Given.Now, 100, 2, Given.Now.AddDays(-15))).Says("IMP-3").IsNotMet("gap.bias-overdue");
    }

    [Fact]
    public void Needs_sources_to_be_judged() =>
        (Kept(new BiasState(Given.Now, 100)) with { Method = Situations.Method(Situations.MethodContent() with { Sources = [] }) }).Says("IMP-3").IsNotMet("gap.sources-not-judged");

    [Fact]
    public void Holds_nothing_up() => Assert.Empty(Kept(BiasState.Never).Says("IMP-3").Holding);
}
