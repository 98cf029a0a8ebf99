using Amana.Domain.Forms;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

public sealed class A_finding_on_a_form
{
    private static readonly ReviewFinding Serious = new("sensitive-topic", ReviewWeight.Serious, "/data/violence", "survey", 9, "religion-or-belief");
    private static readonly ReviewFinding Concern = new("age-missing", ReviewWeight.Concern, "", "survey", 0, "");

    private static FormVersion Draft(params ReviewFinding[] findings) => FormVersion.Of(Given.Allowed(FormRules.Upload(Given.StartedActivity(), new FormVersionId(Guid.CreateVersion7()),
        new ReadForm("monitoring", "1", "Monitoring", [1], "m.xlsx", "<h:html/>", "00", ["en", "ar"], GivenForms.Elements(), []) { Findings = findings }, [], Given.Lead, Given.Now)));

    [Fact]
    public void That_is_serious_holds_publishing_until_it_is_answered()
    {
        var form = Draft(Serious, Concern);
        var refusal = Assert.Single(FormRules.Publish(form, GivenPlans.Purpose(), Given.Now).Refusals);
        Assert.Equal(("form.finding-open", "violence", "sensitive-topic"), (refusal.Slug, refusal.Args["element"], refusal.Args["rule"]));
        form.Apply(Given.Allowed(FindingRules.Answer(form, Serious.Key, "  Needed to find safe places to pray.  ", Given.Lead, Given.Now)));
        Assert.Empty(FormRules.Publish(form, GivenPlans.Purpose(), Given.Now).Refusals);
        Assert.Equal([Concern], form.OpenFindings);
        Assert.Equal("Needed to find safe places to pray.", form.AnswerTo(Serious)!.Reason);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  because ")]
    public void Is_not_answered_by_nothing(string? reason) =>
        Assert.Equal("form.finding-reason", Assert.Single(FindingRules.Answer(Draft(Serious), Serious.Key, reason, Given.Lead, Given.Now).Refusals).Slug);

    [Fact]
    public void Has_one_answer_the_last()
    {
        var form = Draft(Serious);
        foreach (var reason in new[] { "A first reason of length", "A second reason of length" })
            form.Apply(Given.Allowed(FindingRules.Answer(form, Serious.Key, reason, Given.Lead, Given.Now)));
        Assert.Equal("A second reason of length", Assert.Single(form.Answers).Reason);
    }

    [Fact]
    public void Of_another_form_or_of_a_published_one_is_not_answered()
    {
        Assert.Equal("form.finding-unknown", Assert.Single(FindingRules.Answer(Draft(Concern), Serious.Key, "A reason of length", Given.Lead, Given.Now).Refusals).Slug);
        Assert.Equal("form.not-a-draft", Assert.Single(FindingRules.Answer(GivenForms.Published(), Serious.Key, "A reason of length", Given.Lead, Given.Now).Refusals).Slug);
    }

    [Fact]
    public void Keeps_its_name_when_rows_move() => Assert.Equal(Serious.Key, (Serious with { Row = 40 }).Key);
}
