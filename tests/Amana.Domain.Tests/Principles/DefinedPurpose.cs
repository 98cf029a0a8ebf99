using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;

namespace Amana.Domain.Tests;

[Proves("DP-1")]
public sealed class A_purpose
{
    [Fact]
    public void Must_be_said() => Given.AnActivity().Says("DP-1").IsNotMet("gap.no-purpose");

    [Fact]
    public void That_says_everything_is_met() => Given.AnActivity().ReadyToCollect().Says("DP-1").IsMet();

    [Fact]
    public void Names_what_is_still_missing()
    {
        var bare = new PurposeContent { Statement = GivenPlans.PurposeContent().Statement };
        (Given.AnActivity() with { Purpose = GivenPlans.Purpose(bare) }).Says("DP-1")
            .IsNotMet("gap.purpose-no-decision", "gap.purpose-no-need", "gap.purpose-no-outcome", "gap.purpose-no-people", "gap.purpose-no-scope");
    }
}

[Proves("DP-2")]
public sealed class A_data_element
{
    private static ActivitySnapshot With(Element element) => Given.AnActivity().Collecting() with { Forms = [GivenForms.Published([.. GivenForms.Elements(), element])] };

    [Fact]
    public void Cannot_be_judged_without_a_form() => Given.AnActivity().Says("DP-2").IsNotMet("gap.no-form");

    [Fact]
    public void That_serves_a_need_is_met() => Given.AnActivity().ReadyToCollect().Says("DP-2").IsMet();

    [Fact]
    public void That_serves_no_need_holds_collection()
    {
        var s = With(GivenForms.Of("shoe_size", "integer", Sensitivity.Open) with { NeedCode = null });
        s.Says("DP-2").IsNotMet("gap.element-without-need");
        Assert.Equal("shoe_size", s.Says("DP-2").Names("element"));
        Assert.False(Gate.Stands(s, Operation.Collect).Allowed);
    }

    [Fact]
    public void That_names_a_need_nobody_wrote_serves_none() =>
        With(GivenForms.Of("shoe_size", "integer", Sensitivity.Open) with { NeedCode = "N99" }).Says("DP-2").IsNotMet("gap.element-without-need");

    [Fact]
    public void That_asks_for_consent_needs_no_need() => With(GivenForms.YesNo("again") with { Ask = ConsentAsk.Recontact }).Says("DP-2").IsMet();

    [Fact]
    public void That_serves_no_need_cannot_be_published()
    {
        var form = GivenForms.Draft(GivenForms.With("age", e => e with { NeedCode = null }));
        var refusal = Assert.Single(FormRules.Publish(form, GivenPlans.Purpose(), Given.Now).Refusals);
        Assert.Equal(("form.element-without-need", "/data/age"), (refusal.Slug, refusal.Field));
    }
}

[Proves("DP-3")]
public sealed class Weighing_a_purpose
{
    private static ActivitySnapshot AskingReligion(IReadOnlyDictionary<string, string>? justified = null) => Given.AnActivity().ReadyToCollect() with
    {
        Purpose = GivenPlans.Purpose(special: justified),
        Forms = [GivenForms.Draft([.. GivenForms.Elements(), GivenForms.Of("religion", "text", Sensitivity.Sensitive) with { Special = SpecialCategory.ReligionOrBelief }])],
    };

    [Fact]
    public void Needs_a_purpose() => Given.AnActivity().Says("DP-3").IsNotMet("gap.no-purpose");

    [Fact]
    public void By_someone_else_is_met() => Given.AnActivity().ReadyToCollect().Says("DP-3").IsMet();

    [Fact]
    public void Has_not_happened_until_somebody_does_it() => (Given.AnActivity() with { Purpose = GivenPlans.Purpose(weighed: false) }).Says("DP-3").IsNotMet("gap.not-weighed");

    [Fact]
    public void Is_refused_to_the_author() =>
        Assert.Equal("purpose.weighed-by-author", Assert.Single(PurposeRules.Weigh(GivenPlans.Purpose(weighed: false), "Fine", new Dictionary<string, string>(), Given.Lead, Given.Now).Refusals).Slug);

    [Fact]
    public void Must_justify_each_special_category_on_its_own()
    {
        AskingReligion().Says("DP-3").IsNotMet("gap.special-category-unjustified");
        AskingReligion(new Dictionary<string, string> { ["/data/religion"] = "Attacks follow feast days" }).Says("DP-3").IsMet();
    }

    [Fact]
    public void Falls_away_when_the_purpose_changes()
    {
        var purpose = GivenPlans.Purpose();
        purpose.Apply(Given.Allowed(PurposeRules.State(Given.StartedActivity(), GivenPlans.PurposeContent() with { OutOfScope = "Nothing" }, Given.Lead, Given.Now)));
        Assert.Null(purpose.Proportionality);
        Assert.Null(purpose.PublishedAt);
    }
}

[Proves("DP-4")]
public sealed class A_use_of_data
{
    private static GateAnswer Asked(Operation operation, string? need, ActivitySnapshot? s = null) =>
        Gate.Decide(s ?? Given.AnActivity().Collecting(), new GateRequest(Given.Acting(Given.ProtectionOfficer), operation, need));

    [Fact]
    public void Needs_a_purpose_that_was_told()
    {
        Given.AnActivity().Says("DP-4").IsNotMet("gap.no-purpose");
        Given.AnActivity().Collecting().Says("DP-4").IsMet();
        (Given.AnActivity() with { Purpose = GivenPlans.Purpose(published: false) }).Says("DP-4").IsNotMet("gap.purpose-changed");
    }

    [Theory]
    [InlineData(Operation.Open)]
    [InlineData(Operation.Analyse)]
    [InlineData(Operation.Release)]
    public void Cites_a_need_of_the_purpose(Operation operation)
    {
        Assert.True(Asked(operation, "N1").Allowed);
        Assert.Equal("purpose.not-cited", Assert.Single(Asked(operation, null).Refusals).Slug);
        Assert.Equal("purpose.outside", Assert.Single(Asked(operation, "N7").Refusals).Slug);
    }

    [Theory]
    [InlineData(Operation.Refer)]
    [InlineData(Operation.Amend)]
    public void That_serves_the_person_cites_none(Operation operation) => Assert.True(Asked(operation, null).Allowed);
}

[Proves("DP-5")]
public sealed class Telling_the_purpose
{
    [Fact]
    public void Is_met_when_published_and_in_every_notice() => Given.AnActivity().ReadyToCollect().Says("DP-5").IsMet();

    [Fact]
    public void Asks_that_it_is_published() =>
        (Given.AnActivity().ReadyToCollect() with { Purpose = GivenPlans.Purpose(published: false) }).Says("DP-5").IsNotMet("gap.purpose-not-published");

    [Fact]
    public void Asks_that_the_notice_says_it_in_every_language()
    {
        var s = Given.AnActivity().ReadyToCollect() with { Notice = GivenPlans.Notice(change: (l, t) => l == "ar" ? t with { Purpose = " " } : t) };
        s.Says("DP-5").IsNotMet("gap.notice-without-purpose");
        Assert.Equal("ar", s.Says("DP-5").Names("language"));
    }
}

[Proves("DP-6")]
public sealed class The_end_of_data
{
    private static readonly DateOnly KeptUntil = Given.Today.AddDays(120).AddMonths(6);

    [Fact]
    public void Must_be_set() => Given.AnActivity().Says("DP-6").IsNotMet("gap.no-retention");

    [Fact]
    public void Ahead_is_met() => Given.AnActivity().Collecting().Says("DP-6").IsMet();

    [Fact]
    public void Of_the_activity_holds_collection()
    {
        var s = Given.AnActivity().Collecting();
        s.At(Given.Today.AddDays(120)).Says("DP-6").IsMet();
        s.At(Given.Today.AddDays(121)).Says("DP-6").IsNotMet("gap.past-its-end");
        Assert.Contains(Operation.Collect, Catalogue.Find("DP-6")!.Guards);
    }

    [Fact]
    public void Comes_with_warning()
    {
        var s = Given.AnActivity().ReadyToClose();
        s.At(KeptUntil).Says("DP-6").IsDueSoon(KeptUntil, "gap.retention-near");
        s.At(KeptUntil.AddDays(1)).Says("DP-6").IsNotMet("gap.retention-passed");
    }
}

[Proves("DP-7")]
public sealed class An_information_need
{
    private static readonly DateOnly ReviewOn = Given.Today.AddDays(60);

    [Fact]
    public void Has_no_use_to_show_before_collection() => Given.AnActivity().ReadyToCollect().Says("DP-7").DoesNotApply("nothing-collected");

    [Fact]
    public void Has_until_its_review_to_be_used()
    {
        var s = Given.AnActivity().Collecting();
        s.Says("DP-7").IsMet();
        s.At(ReviewOn).Says("DP-7").IsDueSoon(ReviewOn, "gap.need-without-use");
        s.At(ReviewOn.AddDays(1)).Says("DP-7").IsNotMet("gap.need-without-use");
    }

    /// <summary>One use does not last for ever: after the review it must be used again within as long as lay between opening and review.</summary>
    [Fact]
    public void That_was_used_once_must_be_used_again()
    {
        var s = Given.AnActivity().Collecting();
        s.Purpose!.Apply(Given.Allowed(PurposeRules.Use(s.Purpose, "N1", "Lights on two paths", Given.Today.AddDays(10), Given.Lead)));
        var again = Given.Today.AddDays(10 + 75); // opened fifteen days ago, reviewed in sixty
        s.At(ReviewOn.AddDays(1)).Says("DP-7").IsMet();
        s.At(again).Says("DP-7").IsDueSoon(again, "gap.need-no-longer-used");
        s.At(again.AddDays(1)).Says("DP-7").IsNotMet("gap.need-no-longer-used");
        s.Purpose.Apply(Given.Allowed(PurposeRules.Use(s.Purpose, "N1", "Two guards at the well", again, Given.Lead)));
        s.At(again.AddDays(1)).Says("DP-7").IsMet();
    }

    [Fact]
    public void Without_use_holds_closing()
    {
        var s = Given.AnActivity().ReadyToClose();
        s.Says("DP-7").IsMet();
        s = s with { Purpose = GivenPlans.Purpose() };
        Assert.Equal("N1", s.Says("DP-7").Names("need"));
        Assert.False(Gate.MayEnter(s, PimStep.Closed).Allowed);
    }

    [Fact]
    public void Cannot_be_judged_without_the_purpose() => (Given.AnActivity().ReadyToClose() with { Purpose = null }).Says("DP-7").IsNotMet("gap.no-purpose");
}
