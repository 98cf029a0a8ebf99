using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

public sealed class Uploading_a_form
{
    private static ReadForm Read(string version) => new("monitoring", version, "Monitoring", [1], "m.xlsx", "<h:html/>", "00", ["en"], GivenForms.Elements(), []);

    [Fact]
    public void Of_a_version_that_phones_already_have_is_refused()
    {
        var refusal = Assert.Single(FormRules.Upload(Given.StartedActivity(), default, Read("1"), [GivenForms.Published()], Given.Lead, Given.Now).Refusals);
        Assert.Equal(("form.version-published-already", "monitoring", "1"), (refusal.Slug, refusal.Args["form"], refusal.Args["version"]));
    }

    [Fact]
    public void Again_while_it_is_a_draft_is_allowed() => Assert.Empty(FormRules.Upload(Given.StartedActivity(), default, Read("1"), [GivenForms.Draft()], Given.Lead, Given.Now).Refusals);

    [Fact]
    public void Of_a_new_version_is_allowed() => Assert.Empty(FormRules.Upload(Given.StartedActivity(), default, Read("2"), [GivenForms.Published()], Given.Lead, Given.Now).Refusals);

    [Fact]
    public void Into_a_closed_activity_is_refused() =>
        Assert.Equal("activity.closed", Assert.Single(FormRules.Upload(Situations.InStep(PimStep.Closed), default, Read("1"), [], Given.Lead, Given.Now).Refusals).Slug);
}

public sealed class Classifying_a_form
{
    [Theory]
    [InlineData("village", "text", Sensitivity.Sensitive)] // anything may be written where there is no list
    [InlineData("sex", "text", Sensitivity.Sensitive)]
    [InlineData("age", "integer", Sensitivity.QuasiIdentifier)]
    [InlineData("phone", "text", Sensitivity.Identifier)]
    public void Is_proposed_with_the_more_harmful_reading(string name, string type, Sensitivity proposed)
    {
        var element = new Element { Path = "/data/" + name, Name = name, Type = type, Label = LocalText.English(name) };
        Assert.Equal(proposed, ElementProposals.SensitivityOf(element));
        Assert.False((element with { Sensitivity = proposed }).WordsUnsealed); // what is proposed never holds the work up by itself
    }

    private static ClassifyElement Said(string path, string? need = "N1", Sensitivity? sensitivity = Sensitivity.Open) => new(path, need, sensitivity, ElementRole.None, null, null, null);

    [Fact]
    public void Changes_the_named_elements_and_no_others()
    {
        var form = GivenForms.Draft();
        var before = form.Elements;
        form.Apply(Given.Allowed(FormRules.Classify(form, GivenPlans.Purpose(), [Said("/data/age")])));
        Assert.Equal(Sensitivity.Open, form.Element("/data/age")!.Sensitivity);
        Assert.Equal(before.Where(e => e.Name != "age"), form.Elements.Where(e => e.Name != "age"));
        Assert.Equal(before.Select(e => e.Path), form.Elements.Select(e => e.Path));
    }

    [Fact]
    public void Tells_unknown_elements_and_unknown_needs_at_once()
    {
        var decision = FormRules.Classify(GivenForms.Draft(), GivenPlans.Purpose(), [Said("/data/shoe"), Said("/data/age", "N9")]);
        Assert.Equal(["form.element-unknown", "purpose.need-unknown"], decision.Refusals.Select(r => r.Slug));
        Assert.Equal(["/data/shoe", "/data/age"], decision.Refusals.Select(r => r.Field));
    }

    [Fact]
    public void Is_over_once_phones_have_it() => Assert.Equal("form.not-a-draft", Assert.Single(FormRules.Classify(GivenForms.Published(), GivenPlans.Purpose(), []).Refusals).Slug);
}

public sealed class Publishing_a_form
{
    [Fact]
    public void Without_a_purpose_names_every_element_that_serves_nothing()
    {
        var refused = FormRules.Publish(GivenForms.Draft(), null, Given.Now).Refusals;
        Assert.Equal(GivenForms.Elements().Where(e => e.Ask is null).Select(e => e.Path), refused.Select(r => r.Field));
    }

    [Fact]
    public void Happens_once() => Assert.Equal("form.not-a-draft", Assert.Single(FormRules.Publish(GivenForms.Published(), GivenPlans.Purpose(), Given.Now).Refusals).Slug);

    [Fact]
    public void Comes_before_closing()
    {
        Assert.Equal("form.not-published", Assert.Single(FormRules.Close(GivenForms.Draft()).Refusals).Slug);
        Assert.Equal(FormState.Closed, GivenForms.Closed().State);
    }
}

public sealed class The_forms_that_rules_judge
{
    [Fact]
    public void Are_those_that_phones_have_even_beside_a_newer_draft()
    {
        var published = GivenForms.Published();
        var s = Given.AnActivity() with { Forms = [published, GivenForms.Draft(version: "2")] };
        Assert.Same(published, Assert.Single(s.FormsInUse));
    }

    [Fact]
    public void Are_the_newest_draft_before_publishing()
    {
        var newest = GivenForms.Draft(version: "2", at: Given.Now);
        Assert.Same(newest, Assert.Single((Given.AnActivity() with { Forms = [GivenForms.Draft(), newest] }).FormsInUse));
    }

    [Fact]
    public void Are_those_that_were_filled_once_collection_is_over()
    {
        var closed = GivenForms.Closed();
        Assert.Same(closed, Assert.Single((Given.AnActivity() with { Forms = [closed] }).FormsInUse));
    }
}

public sealed class A_text_in_languages
{
    private static readonly LocalText Text = new([new("fr", "eau"), new("en", " water "), new("ar", "")]);

    [Fact]
    public void Falls_back_to_English_then_to_any()
    {
        Assert.Equal(("eau", "water", "water"), (Text.In("fr"), Text.In("ar"), Text.In("my")));
        Assert.Equal("eau", new LocalText([new("fr", "eau")]).In("ar"));
    }

    [Fact]
    public void Is_missing_where_it_is_blank() => Assert.Equal(["ar"], Text.MissingIn(["en", "fr", "ar"]));

    [Fact]
    public void Is_equal_by_what_it_says() => Assert.Equal(Text, new LocalText([new("en", "water"), new("fr", "eau")]));
}
