using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

/// <summary>A ranking as other tools write it: in one column, in one for each place (KoboToolbox's own ranking, and tables that people made), or in one for each choice.</summary>
public sealed class A_ranking_of_a_table
{
    private static readonly FormVersion Form = GivenForms.Draft(
    [
        GivenForms.Of("needs", "rank", Sensitivity.Open) with
        {
            Path = "/data/household/needs", Label = LocalText.English("What is needed most?"),
            Choices = [new ElementChoice("food", LocalText.English("Food")), new ElementChoice("water", LocalText.English("Clean water")), new ElementChoice("shelter", LocalText.English("Shelter"))],
        },
        GivenForms.Of("needs_other", "text", Sensitivity.Open) with { Path = "/data/household/needs_other" },
        GivenForms.Of("risks", "rank", Sensitivity.Open) with { Choices = [new ElementChoice("1", LocalText.English("Arrest")), new ElementChoice("2", LocalText.English("Mines"))] },
    ]);

    private static readonly FormVersion OneRanking = GivenForms.Draft([Form.Elements[0]]);

    private static FilledRow Read(FormVersion form, params (string Heading, string? Cell)[] cells) =>
        FilledRow.Read(2, [.. cells.Select(c => c.Cell)], ColumnMapping.Propose([.. cells.Select(c => c.Heading)], form.Elements), form);

    private static string? Order(params (string Heading, string? Cell)[] cells)
    {
        var row = Read(Form, cells);
        Assert.Empty(row.Problems);
        return row.Answers.Select(a => a.Value).SingleOrDefault();
    }

    [Theory]
    [InlineData("needs/_1st_choice", 1)]
    [InlineData("household/needs/_2nd_choice", 2)]
    [InlineData("household-needs-3rd choice", 3)]
    [InlineData("needs_1", 1)]
    [InlineData("needs 2", 2)]
    [InlineData("needs/n3", 3)]
    [InlineData("needs.rank2", 2)]
    [InlineData("What is needed most?/1st need", 1)]
    [InlineData("Household/Section A/What is needed most?/2nd choice", 2)]
    [InlineData("needs: second choice", 2)]
    [InlineData("needs_2e_choix", 2)]
    [InlineData("needs/1.ª opción", 1)]
    [InlineData("needs/المرتبة 3", 3)]
    public void Has_a_column_for_each_place(string heading, int place)
    {
        var column = ColumnMapping.Propose([heading], Form.Elements)[0];
        Assert.Equal(("/data/household/needs", place), (column.Path, column.Place));
    }

    [Theory]
    [InlineData("needs_other", "/data/household/needs_other", 0)]
    [InlineData("needs", "/data/household/needs", 0)]
    [InlineData("needs/4", null, 0)]
    [InlineData("needs/total", null, 0)]
    [InlineData("1st choice", null, 0)]
    [InlineData("risks/1", "/data/risks", -1)]
    public void Is_not_seen_where_a_heading_says_something_else(string heading, string? path, int place)
    {
        var column = ColumnMapping.Propose([heading], Form.Elements)[0];
        Assert.Equal((path, place), (column.Path, column.Place));
    }

    [Fact]
    public void Is_known_by_its_places_alone_where_the_form_has_one() =>
        Assert.Equal("water food", Assert.Single(Read(OneRanking, ("1st choice", "Clean water"), ("2nd choice", "food"), ("3rd choice", null)).Answers).Value);

    [Fact]
    public void Becomes_its_choices_in_order()
    {
        Assert.Equal("water food shelter", Order(("needs", "water food shelter")));
        Assert.Equal("water food shelter", Order(("needs/_2nd_choice", "Food"), ("needs/_1st_choice", "Clean water"), ("needs/_3rd_choice", "shelter")));
        Assert.Equal("shelter food", Order(("needs/food", "2"), ("needs/Clean water", "0"), ("needs/shelter", "1")));
        Assert.Equal("shelter water food", Order(("needs_food", "3rd"), ("needs_water", "2.0"), ("needs_shelter", "1")));
        Assert.Equal("water food shelter", Order(("needs", "water food shelter"), ("needs_1", "water"), ("needs_2", "food")));
        Assert.Equal("water food", Order(("needs", "water food"), ("needs_food", "1"), ("needs_water", "1"), ("needs_shelter", "0")));
        Assert.Equal("2 1", Order(("risks", "2 1"), ("risks/1", "2"), ("risks/2", "1")));
        Assert.Null(Order(("needs_1", null), ("needs_2", " ")));
    }

    [Theory]
    [InlineData("rank-twice", "needs_1", "food", "needs_2", "Food")]
    [InlineData("rank-twice", "needs/food", "2", "needs/water", "2")]
    [InlineData("rank-twice", "needs", "food food", "x", "")]
    [InlineData("rank-gap", "needs_1", "food", "needs_3", "water")]
    [InlineData("rank-gap", "needs/food", "2", "needs/water", "0")]
    [InlineData("rank-unreadable", "needs/food", "high", "needs/water", "1")]
    [InlineData("rank-unordered", "needs/food", "1", "needs/water", "1")]
    [InlineData("rank-contradicts", "needs", "food water", "needs_1", "water")]
    [InlineData("rank-contradicts", "needs_1", "water", "needs/food", "1")]
    [InlineData("rank-two-ways", "risks/1", "2", "risks/2", "1")]
    [InlineData("choice-unknown", "needs_1", "peace", "needs_2", "food")]
    [InlineData("choice-unknown", "needs", "peace food", "needs_1", "")]
    public void That_contradicts_itself_is_not_mended_by_guessing(string reason, string heading, string cell, string heading2, string cell2)
    {
        var row = Read(Form, (heading, cell), (heading2, cell2));
        Assert.Equal(reason, Assert.Single(row.Problems).Reason);
        Assert.Empty(row.Answers);
    }
}
