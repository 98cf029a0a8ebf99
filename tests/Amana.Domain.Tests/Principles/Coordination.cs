using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Domain.Vocabularies;

namespace Amana.Domain.Tests;

[Proves("CO-1")]
public sealed class Looking_first
{
    private static readonly ActivityId Other = new(Guid.Parse("0193a000-0000-7000-8000-0000000000ff"));

    private static Activity Existing(MatrixCategory category = MatrixCategory.ProtectionMonitoring, string place = "XX0101") => Activity.Start(Given.Allowed(ActivityRules.Start(
        new StartActivity(Other, "Earlier monitoring", category, new Place(place, "River"), [PopulationGroup.Women, PopulationGroup.InternallyDisplaced],
            new Period(Given.Today.AddDays(-60), Given.Today.AddDays(120)), Given.Us, ["en"], SensitivityLevel.Confidential), 2, Given.Lead, Given.Now)));

    private static OverlapReview Searched(params Activity[] registry) => OverlapReview.Of(Given.Allowed(OverlapRules.Search(Given.StartedActivity(), registry, 50, Given.Lead, Given.Now)));

    [Fact]
    public void Must_have_happened_before_design()
    {
        Given.AnActivity().Says("CO-1").IsNotMet("gap.registry-not-searched");
        Assert.False(Gate.MayEnter(Given.AnActivity().Consulted(PimStep.Assess), PimStep.Design).Allowed);
    }

    [Fact]
    public void And_finding_nothing_is_met() => (Given.AnActivity() with { Overlaps = Searched() }).Says("CO-1").IsMet();

    [Fact]
    public void Asks_for_an_answer_to_each_overlap()
    {
        var review = Searched(Existing());
        var s = Given.AnActivity() with { Overlaps = review };
        Assert.Equal(("Earlier monitoring", "100"), (s.Says("CO-1").Names("activity"), s.Says("CO-1").Names("score")));
        review.Apply(Given.Allowed(OverlapRules.Answer(review, Other, OverlapAnswer.NewIsNeeded, "It asks about food only")));
        s.Says("CO-1").IsMet();
    }

    [Fact]
    public void Leaves_out_what_hardly_overlaps() => Assert.Empty(Searched(Existing(MatrixCategory.CaseManagement, "YY09")).Found);

    [Fact]
    public void Again_keeps_the_answers_already_given()
    {
        var review = Searched(Existing());
        review.Apply(Given.Allowed(OverlapRules.Answer(review, Other, OverlapAnswer.Reuse, "Same people")));
        review.Apply(Given.Allowed(OverlapRules.Search(Given.StartedActivity(), [Existing()], 50, Given.Lead, Given.Now)));
        Assert.Empty(review.Unanswered);
    }

    [Fact]
    public void Never_finds_the_activity_itself() => Assert.Empty(Searched(Given.StartedActivity()).Found);
}

[Proves("CO-2")]
public sealed class A_sharing_plan
{
    [Fact]
    public void Must_be_written()
    {
        Given.AnActivity().Says("CO-2").IsNotMet("gap.no-sharing-plan");
        Given.AnActivity().ReadyToCollect().Says("CO-2").IsMet();
    }

    [Fact]
    public void May_say_why_nothing_is_shared() => (Given.AnActivity() with { SharingPlan = GivenPlans.NotSharing() }).Says("CO-2").IsMet();

    [Fact]
    public void Says_one_or_the_other() =>
        Assert.Equal("sharing.neither-recipient-nor-reason", Assert.Single(SharingRules.Plan(Given.StartedActivity(), [], " ", Given.Lead, Given.Now).Refusals).Slug);
}

[Proves("CO-3")]
public sealed class A_common_tongue
{
    [Fact]
    public void Is_met_with_codes() => Given.AnActivity().ReadyToCollect().Says("CO-3").IsMet();

    [Theory]
    [InlineData(ElementRole.AgeGroup)]
    [InlineData(ElementRole.DifficultyWalking)]
    [InlineData(ElementRole.Disability)]
    public void Is_missed_by_whatever_has_common_codes_and_is_asked_in_free_text(ElementRole role)
    {
        var s = Given.AnActivity().ReadyToCollect() with { Forms = [GivenForms.Draft([.. GivenForms.Elements(), GivenForms.Of("asked", "text", Sensitivity.QuasiIdentifier, role)])] };
        s.Says("CO-3").IsNotMet("gap.element-not-coded");
        Assert.Equal("asked", s.Says("CO-3").Names("element"));
        (s with { Forms = [GivenForms.Draft([.. GivenForms.Elements(), GivenForms.Of("asked", "text", Sensitivity.QuasiIdentifier, role) with { Computed = true }])] }).Says("CO-3").IsMet();
    }

    private static RuleAnswer Asked(ElementRole role, string? list, params string[] codes) => (Given.AnActivity().ReadyToCollect() with
    {
        Forms = [GivenForms.Draft([.. GivenForms.Elements(), GivenForms.Of("asked", "select_one", Sensitivity.QuasiIdentifier, role) with { ChoiceList = list, Choices = [.. codes.Select(GivenForms.Choice)] }])],
    }).Says("CO-3");

    /// <summary>A code stands in the list as its own, as the same word in another system, or as what ends every list.</summary>
    [Fact]
    public void Looks_codes_up_in_the_lists()
    {
        Asked(ElementRole.Sex, "sex", "female", "male", "pns").IsMet();
        Asked(ElementRole.Sex, null, "f", "m").IsMet();
        Asked(ElementRole.DifficultyHearing, "difficulty", "none", "some", "a_lot", "cannot", "dk").IsMet();
        Asked(ElementRole.AgeGroup, "age", "0-5", "6-12", "13-17", "18-59", "60+").IsMet();
        Asked(ElementRole.None, "displacement_status", "idp", "refugee", "other").IsMet();
        Asked(ElementRole.None, "our_own", "anything").IsMet();
    }

    [Fact]
    public void Is_missed_by_codes_of_ones_own_where_a_list_is_claimed()
    {
        var sexes = Asked(ElementRole.Sex, null, "woman", "male");
        sexes.IsNotMet("gap.codes-not-in-list");
        Assert.Equal(("asked", "sex", "woman"), (sexes.Names("element"), sexes.Names("list"), sexes.Names("codes")));
        // Groups of two lists mixed cannot be counted in either.
        Asked(ElementRole.AgeGroup, null, "0-4", "5-11", "13-17", "18-59").IsNotMet("gap.codes-not-in-list");
        Asked(ElementRole.DifficultyWalking, null, "easy", "hard").IsNotMet("gap.codes-not-in-list");
        Asked(ElementRole.None, "displacement_status", "idp", "moved").IsNotMet("gap.codes-not-in-list");
        (Given.AnActivity().ReadyToCollect() with { Vocabularies = [] }).Says("CO-3").IsNotMet("gap.codes-not-in-list"); // what cannot be looked up is not met
    }

    /// <summary>An operation that counts otherwise says so in the list, with the reason, instead of each form for itself.</summary>
    [Fact]
    public void Takes_a_code_that_the_operation_added_to_the_list()
    {
        var own = VocabularyRules.With(Given.Lists.First(l => l.Code == "sex"),
            [EditedTerm.Of(Given.Allowed(VocabularyRules.Edit(Given.Lists[0], new EditTerm("sex", "woman", LocalText.English("Woman"), true, false, "As the census here has it"), Given.Lead, Given.Now)))]);
        var s = Given.AnActivity().ReadyToCollect() with { Forms = [GivenForms.Draft(GivenForms.With("sex", e => e with { Choices = [GivenForms.Choice("woman"), GivenForms.Choice("male")] }))] };
        s.Says("CO-3").IsNotMet("gap.codes-not-in-list");
        (s with { Vocabularies = [own, .. Given.Lists.Skip(1)] }).Says("CO-3").IsMet();
    }

    /// <summary>Places are looked up once somebody brought the operation's boundaries; a whole of which parts are known, and a part of what is known, stand too.</summary>
    [Theory]
    [InlineData("XX0101", true)]
    [InlineData("XX01", true)]
    [InlineData("XX010102", true)]
    [InlineData("YY01", false)]
    public void Looks_places_up_in_the_boundaries(string code, bool known)
    {
        var s = Given.AnActivity().ReadyToCollect() with { PlaceCodes = [code, "ZZ99"] };
        Assert.Equal(known ? [] : ["gap.place-unknown"], s.Says("CO-3").Gaps.Select(g => g.Slug));
        var asked = GivenForms.Of("where", "select_one", Sensitivity.QuasiIdentifier, ElementRole.Place) with { Choices = [GivenForms.Choice("ZZ9901"), GivenForms.Choice("AB12"), GivenForms.Choice("other")] };
        var answer = (Given.AnActivity().ReadyToCollect() with { PlaceCodes = ["XX01", "ZZ99"], Forms = [GivenForms.Draft([.. GivenForms.Elements(), asked])] }).Says("CO-3");
        answer.IsNotMet("gap.element-place-unknown");
        Assert.Equal(("where", "AB12"), (answer.Names("element"), answer.Names("codes")));
    }

    [Fact]
    public void Is_missed_by_sex_in_free_text() =>
        (Given.AnActivity().ReadyToCollect() with { Forms = [GivenForms.Draft(GivenForms.With("sex", e => e with { Choices = [] }))] }).Says("CO-3").IsNotMet("gap.element-not-coded");
}

[Proves("CO-4")]
public sealed class Giving_back
{
    [Fact]
    public void Is_not_asked_before_Evaluate() => Given.AnActivity().Collecting().Says("CO-4").DoesNotApply("before-evaluate");

    [Fact]
    public void Is_met_by_an_approved_release()
    {
        var s = Given.AnActivity().ReadyToClose();
        s.Says("CO-4").IsMet();
        (s with { Releases = [Situations.ARelease()] }).Says("CO-4").IsNotMet("gap.nothing-given-back");
    }

    [Fact]
    public void Is_met_by_a_recorded_decision_not_to() =>
        (Given.AnActivity().ReadyToClose() with { Releases = [], SharingPlan = GivenPlans.NotSharing() }).Says("CO-4").IsMet();

    [Fact]
    public void Of_nothing_is_not_asked() => (Given.AnActivity().ReadyToClose() with { Releases = [], Collection = new CollectionState() }).Says("CO-4").DoesNotApply("nothing-collected");
}

[Proves("CO-5")]
public sealed class A_recipient
{
    [Fact]
    public void Is_none_where_nothing_is_shared() => (Given.AnActivity() with { SharingPlan = GivenPlans.NotSharing() }).Says("CO-5").DoesNotApply("nothing-shared");

    [Fact]
    public void That_accepted_the_principles_is_met() => Given.AnActivity().ReadyToCollect().Says("CO-5").IsMet();

    [Fact]
    public void That_did_not_accept_them_holds_release()
    {
        var s = Given.AnActivity().Collecting() with { Organisations = [Given.Organisation(Given.Partner, "PARTNER", bound: false)] };
        s.Says("CO-5").IsNotMet("gap.recipient-not-bound");
        Assert.Equal("PARTNER", s.Says("CO-5").Names("organisation"));
        Assert.False(Gate.Stands(s, Operation.Release).Allowed);
    }

    [Fact]
    public void Nobody_knows_is_not_met() => (Given.AnActivity().Collecting() with { Organisations = [] }).Says("CO-5").IsNotMet("gap.recipient-not-bound");

    [Fact]
    public void Gets_no_agreement_before_accepting()
    {
        var command = new ProposeAgreement(default, Given.Us, Given.Partner, GivenPlans.Terms());
        Assert.Equal("agreement.recipient-not-bound", Assert.Single(AgreementRules.Propose(command, Given.Organisation(Given.Partner, "PARTNER", bound: false), GivenPlans.Speaker(Given.Us), Given.Now).Refusals).Slug);
        Assert.Empty(AgreementRules.Propose(command, Given.Organisation(Given.Partner, "PARTNER"), GivenPlans.Speaker(Given.Us), Given.Now).Refusals);
    }

    [Fact]
    public void Whose_trust_was_broken_gets_nothing_until_it_is_resolved_by_both()
    {
        var agreement = GivenPlans.Suspended(GivenPlans.Agreement());
        var s = Given.AnActivity().Collecting() with { Agreements = [agreement] };
        s.Says("CO-5").IsNotMet("gap.breach-unresolved");
        Assert.False(Catalogue.Find("CO-5")!.Judge(s, new GateRequest(Actor.House, Operation.Release) { Recipient = Given.Partner }).Holds);
        agreement.Apply(Given.Allowed(AgreementRules.Resolve(agreement, "Called back", GivenPlans.Speaker(Given.Us), Given.Now)));
        s.Says("CO-5").IsNotMet("gap.breach-unresolved");
        agreement.Apply(Given.Allowed(AgreementRules.Resolve(agreement, "Destroyed", GivenPlans.Speaker(Given.Partner), Given.Now)));
        s.Says("CO-5").IsMet();
        s.Says("SEC-8").IsMet();
    }

    [Fact]
    public void Accepts_once()
    {
        var organisation = Given.Organisation(Given.Partner, "PARTNER", bound: false);
        organisation.Apply(Given.Allowed(AccountRules.AcceptPrinciples(organisation, Given.Now)));
        Assert.True(organisation.HoldsTheSameRules);
        Assert.Equal("organisation.principles-already-accepted", Assert.Single(AccountRules.AcceptPrinciples(organisation, Given.Now).Refusals).Slug);
    }
}
