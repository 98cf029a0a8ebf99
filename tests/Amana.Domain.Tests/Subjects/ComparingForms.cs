using Amana.Domain.Forms;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

public sealed class Two_versions_of_a_form
{
    [Fact]
    public void That_ask_the_same_do_not_differ() => Assert.Empty(FormComparison.Of(GivenForms.Draft(), GivenForms.Draft(version: "2")));

    [Fact]
    public void Differ_by_what_is_added_removed_and_asked_otherwise()
    {
        var after = GivenForms.With("age", e => e with { Type = "text", Sensitivity = Sensitivity.Sensitive }).Where(e => e.Name != "name").Append(GivenForms.Of("tribe", "text", Sensitivity.Sensitive)).ToList();
        var differences = FormComparison.Of(GivenForms.Draft(), GivenForms.Draft(after, version: "2"));
        Assert.Equal([("/data/age", FormDifferenceKind.Type, "text"), ("/data/age", FormDifferenceKind.Sensitivity, "Sensitive"), ("/data/tribe", FormDifferenceKind.Added, "text"), ("/data/name", FormDifferenceKind.Removed, "")],
            differences.Select(d => (d.Path, d.Kind, d.After)));
    }

    [Fact]
    public void Differ_by_wording_and_choices()
    {
        var after = GivenForms.With("sex", e => e with { Label = LocalText.English("What is your sex?"), Choices = [.. e.Choices, GivenForms.Choice("pns")] });
        Assert.Equal([FormDifferenceKind.Wording, FormDifferenceKind.Choices], FormComparison.Of(GivenForms.Draft(), GivenForms.Draft(after)).Select(d => d.Kind));
    }
}
