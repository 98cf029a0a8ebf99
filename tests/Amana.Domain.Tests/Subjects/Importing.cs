using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

public sealed class A_column_of_a_table
{
    private static readonly IReadOnlyList<Element> Elements =
    [
        GivenForms.YesNo("consent") with { Ask = ConsentAsk.Participation, Label = new LocalText([new("en", "Do you agree?"), new("ar", "هل توافق؟")]) },
        GivenForms.Of("age", "integer", Sensitivity.Open) with { Path = "/data/person/age" },
        GivenForms.Of("needs", "select all that apply", Sensitivity.Open) with { Choices = [GivenForms.Choice("food"), GivenForms.Choice("water")] },
        GivenForms.Of("place", "geopoint", Sensitivity.Identifier),
        GivenForms.Of("home", "geopoint", Sensitivity.Identifier) with { Path = "/data/person/home", Label = LocalText.English("Where do you live?") },
        GivenForms.Of("lost", "select all that apply", Sensitivity.Open) with { Label = LocalText.English("What was lost?"), Choices = [new ElementChoice("papers", LocalText.English("Papers - all: ID/passport")), new ElementChoice("tent", LocalText.English("Tent"))] },
        GivenForms.Of("name", "text", Sensitivity.Identifier) with { Path = "/data/a/name" },
        GivenForms.Of("name", "text", Sensitivity.Identifier) with { Path = "/data/b/name" },
    ];

    private static MappedColumn Of(string heading) => ColumnMapping.Propose([heading], Elements)[0];

    [Theory]
    [InlineData("person/age", "/data/person/age", null)]
    [InlineData("person-age", "/data/person/age", null)]
    [InlineData("AGE", "/data/person/age", null)]
    [InlineData("هل توافق؟", "/data/consent", null)]
    [InlineData("needs/water", "/data/needs", "water")]
    [InlineData("place-Latitude", "/data/place", "latitude")]
    [InlineData("_place_precision", "/data/place", "accuracy")]
    [InlineData("b/name", "/data/b/name", null)]
    [InlineData("person-home-Longitude", "/data/person/home", "longitude")]
    [InlineData("person/_home_latitude", "/data/person/home", "latitude")]
    [InlineData("What was lost?/Papers - all: ID/passport", "/data/lost", "papers")]
    [InlineData("What was lost?/Tent", "/data/lost", "tent")]
    [InlineData("Household/Section A/What was lost?", "/data/lost", null)]
    [InlineData("Household/Section A/What was lost?/Tent", "/data/lost", "tent")]
    [InlineData("Your person/Where do you live?", "/data/person/home", null)]
    public void Is_known_by_path_name_or_label(string heading, string path, string? part) => Assert.Equal((path, part), (Of(heading).Path, Of(heading).Part));

    [Theory]
    [InlineData("name")]
    [InlineData("needs/shoes")]
    [InlineData("_submission_time")]
    [InlineData("_validation_status")]
    [InlineData("SubmissionDate")]
    [InlineData("AttachmentsExpected")]
    [InlineData("What was lost?/Shoes")]
    [InlineData("__version__")]
    [InlineData("")]
    public void That_fits_two_questions_or_none_is_left_out(string heading) => Assert.Null(Of(heading).Path);

    [Fact]
    public void May_hold_the_records_id_and_only_one_does()
    {
        var columns = ColumnMapping.Propose(["_id", "_uuid", "meta/instanceID", "age"], Elements);
        Assert.Equal("meta/instanceID", Assert.Single(columns, c => c.IsInstanceId).Heading);
    }
}

public sealed class A_row_of_a_table
{
    private static readonly FormVersion Form = GivenForms.Draft(
    [
        GivenForms.YesNo("consent") with { Ask = ConsentAsk.Participation, Choices = [new ElementChoice("yes", new LocalText([new("en", "Yes"), new("ar", "نعم")])), new ElementChoice("no", LocalText.English("No"))] },
        GivenForms.Of("needs", "select all that apply", Sensitivity.Open) with { Choices = [new ElementChoice("food", LocalText.English("Food")), new ElementChoice("clean_water", LocalText.English("Clean water"))] },
        GivenForms.Of("day", "date", Sensitivity.Open), GivenForms.Of("age", "integer", Sensitivity.Open), GivenForms.Of("place", "geopoint", Sensitivity.Identifier),
    ]);

    private static FilledRow Read(params (string Heading, string? Cell)[] cells) =>
        FilledRow.Read(2, [.. cells.Select(c => c.Cell)], ColumnMapping.Propose([.. cells.Select(c => c.Heading)], Form.Elements), Form);

    private static string? Value(string path, params (string Heading, string? Cell)[] cells) => Read(cells).Answers.Where(a => a.Key == path).Select(a => a.Value).SingleOrDefault();

    [Fact]
    public void May_be_tags_below_the_headings_and_nobodys_answers()
    {
        Assert.True(FilledRow.IsTags(["#adm1+name", null, "#population+f"]));
        Assert.False(FilledRow.IsTags([null, null]));
        Assert.False(FilledRow.IsTags(["#4", "yes"]));
    }

    [Fact]
    public void Has_codes_for_labels_in_any_language()
    {
        Assert.Equal("yes", Value("/data/consent", ("consent", "نعم")));
        Assert.Equal("clean_water food", Value("/data/needs", ("needs", "Clean water, Food")));
        Assert.Equal("food clean_water", Value("/data/needs", ("needs", "food clean_water")));
        Assert.Equal("food", Value("/data/needs", ("needs/food", "1"), ("needs/clean_water", "0")));
    }

    [Fact]
    public void Has_days_without_hours_and_points_whole()
    {
        Assert.Equal("2026-03-04", Value("/data/day", ("day", "2026-03-04 00:00:00")));
        Assert.Equal("1.5 36.25 0 0", Value("/data/place", ("place-Latitude", "1.5"), ("place-Longitude", "36.25")));
        Assert.Null(Value("/data/place", ("place-Latitude", null), ("place-Longitude", null)));
    }

    [Theory]
    [InlineData("Clean water Food", "clean_water food")]
    [InlineData("food Clean water", "food clean_water")]
    [InlineData("Clean water", "clean_water")]
    public void Has_labels_side_by_side_parted(string cell, string codes) => Assert.Equal(codes, Value("/data/needs", ("needs", cell)));

    [Fact]
    public void That_can_be_read_in_two_ways_is_read_by_a_column_for_each_choice_or_not_at_all()
    {
        var form = GivenForms.Draft([GivenForms.Of("needs", "select all that apply", Sensitivity.Open) with
        {
            Choices = [new ElementChoice("a", LocalText.English("Food")), new ElementChoice("b", LocalText.English("Food aid")), new ElementChoice("c", LocalText.English("aid"))],
        }]);
        FilledRow Of(params (string Heading, string Cell)[] cells) => FilledRow.Read(2, [.. cells.Select(c => c.Cell)], ColumnMapping.Propose([.. cells.Select(c => c.Heading)], form.Elements), form);
        Assert.Equal("choice-unknown", Assert.Single(Of(("needs", "Food aid")).Problems).Reason);
        Assert.Equal("b", Assert.Single(Of(("needs", "Food aid"), ("needs/Food", "0"), ("needs/Food aid", "1"), ("needs/aid", "0")).Answers).Value);
        Assert.Equal("a c", Assert.Single(Of(("needs", "Food aid"), ("needs/Food", "1"), ("needs/Food aid", "0"), ("needs/aid", "1")).Answers).Value);
        Assert.Equal("c b", Assert.Single(Of(("needs", "c b"), ("needs/Food", "0"), ("needs/Food aid", "1"), ("needs/aid", "1")).Answers).Value); // codes say it in the order of the answer
    }

    [Theory]
    [InlineData("consent", "maybe", "choice-unknown")]
    [InlineData("day", "03/04/2026", "date-unreadable")]
    [InlineData("age", "old", "number-unreadable")]
    public void That_does_not_fit_says_where_and_not_what(string heading, string cell, string reason)
    {
        var problem = Assert.Single(Read((heading, cell)).Problems);
        Assert.Equal((2, heading, reason), (problem.Row, problem.Heading, problem.Reason));
    }
}

public sealed class An_import
{
    private static readonly FormVersion Form = GivenForms.Published();
    private static readonly IReadOnlyList<MappedColumn> Columns = ColumnMapping.Propose(["consent", "age"], Form.Elements);
    private static readonly FilledRow Row = FilledRow.Read(2, ["yes", "30"], Columns, Form);

    private static IEnumerable<string> Refused(IReadOnlyList<MappedColumn>? columns = null, FilledRow[]? rows = null, bool heard = true, FormVersion? form = null) =>
        ImportRules.Check(form ?? Form, true, columns ?? Columns, rows ?? [Row], 0, heard).Select(r => r.Slug);

    [Fact]
    public void With_turns_that_belong_to_no_record_stays_out() =>
        Assert.Equal(["import.rows-do-not-fit"], ImportRules.Check(Form, true, Columns, [Row], 2, heardTheNotice: true).Select(r => r.Slug));

    [Fact]
    public void Needs_consent_a_notice_heard_rows_that_fit_and_a_published_form()
    {
        Assert.Empty(Refused());
        Assert.Equal(["import.consent-column"], Refused(ColumnMapping.Propose(["age"], Form.Elements)));
        Assert.Equal(["import.notice-heard"], Refused(heard: false));
        Assert.Equal(["import.rows"], Refused(rows: []));
        Assert.Equal(["import.rows-do-not-fit"], Refused(rows: [Row, FilledRow.Read(3, ["maybe", "30"], Columns, Form)]));
        Assert.Equal(["form.not-published"], Refused(form: GivenForms.Draft()));
    }
}
