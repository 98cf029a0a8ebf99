using System.Text.Json;

namespace Amana.XForms.Tests.Reading;

public class The_distribution_site_assessment
{
    private static FormModel Form() => Forms.Real("ifrc-distribution-site-assessment-v1.xlsx").Form!;

    [Fact]
    public void Keeps_its_questions_in_order()
    {
        var form = Form();
        Assert.Equal(96, form.Questions.Count);
        Assert.Equal(88, form.Questions.Count(q => q.IsShown));
        Assert.Equal(["start", "end", "report_date", "deviceid"], form.Questions.Take(4).Select(q => q.Name));
        var asked = form.Questions.Where(q => q.IsShown).Take(4).Select(q => q.Path);
        Assert.Equal(["/data/intro1", "/data/intro2", "/data/location_details/district", "/data/location_details/township"], asked);
    }

    [Fact]
    public void Keeps_logic_choices_and_both_languages()
    {
        var form = Form();
        Assert.Equal(["English", "Français"], form.Languages);
        Assert.Equal((7, 183), (form.ChoiceLists.Count, form.ChoiceLists.Sum(l => l.Choices.Count)));
        Assert.Equal((11, 1, 42), (form.Nodes.Count(n => n.Relevant is not null), form.Nodes.Count(n => n.Constraint is not null), form.Nodes.Count(n => n.Required is not null)));
        Assert.Equal(32, form.Questions.Count(q => q.Kind == QuestionKind.SelectOne));
    }
}

public class The_socio_economic_survey
{
    private static FormModel Form() => Forms.Real("socio-economic-survey-v20240515.xlsx").Form!;

    [Fact]
    public void Keeps_its_repeat_and_what_is_inside()
    {
        var repeat = Assert.Single(Form().Nodes.OfType<FormRepeat>());
        Assert.Equal("/data/familyMembers", repeat.Path);
        Assert.StartsWith("/data/familyMembers/persons/", Assert.IsType<FormGroup>(Assert.Single(repeat.Children)).Children[0].Path);
    }

    [Fact]
    public void Offers_two_languages_and_tells_what_they_lack()
    {
        var form = Form();
        Assert.Equal(["English (en)", "French (fr)"], form.Languages);
        Assert.Contains(form.MissingTexts(), m => m is { Path: "/data/familyMembers/persons", Element: "label", Language: "French (fr)", Row: 23 });
        Assert.DoesNotContain(form.MissingTexts(), m => m is { Path: "/data/familyMembers/persons", Language: "English (en)" });
    }
}

public class The_form_of_all_question_types
{
    [Fact]
    public void Has_every_kind_of_question()
    {
        var kinds = Forms.Real("all-question-types-v2024091201-3.xlsx").Form!.Questions.GroupBy(q => q.Kind).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(14, kinds[QuestionKind.SelectOne]);
        Assert.Equal(11, kinds[QuestionKind.SelectMultiple]);
        Assert.Equal(11, kinds[QuestionKind.Date]);
        Assert.Equal(8, kinds[QuestionKind.Image]);
        Assert.Equal(6, kinds[QuestionKind.Range]);
        Assert.Equal(21, kinds.Count);
    }
}

public class The_verbal_autopsy_form
{
    private static FormModel Form() => Forms.Real("whova_form.xlsx").Form!;

    [Fact]
    public void Keeps_all_its_logic()
    {
        var form = Form();
        Assert.Equal(531, form.Questions.Count);
        Assert.Equal((420, 93, 447, 42), (
            form.Nodes.Count(n => n.Relevant is not null),
            form.Nodes.Count(n => n.Constraint is not null),
            form.Nodes.Count(n => n.Required is not null),
            form.Nodes.Count(n => n.Calculation is not null)));
        Assert.Equal((50, 296), (form.ChoiceLists.Count, form.ChoiceLists.Sum(l => l.Choices.Count)));
    }

    [Fact]
    public void Is_the_same_after_a_journey_through_JSON()
    {
        var form = Form();
        var back = JsonSerializer.Deserialize<FormModel>(JsonSerializer.Serialize(form))!;
        Assert.Equal(XFormWriter.Write(form), XFormWriter.Write(back));
        Assert.Equal(form.MissingTexts(), back.MissingTexts());
        Assert.Equal(form.Questions.Select(q => (q.Path, q.Kind, q.Relevant)), back.Questions.Select(q => (q.Path, q.Kind, q.Relevant)));
    }

    [Fact]
    public void Is_written_with_the_same_bytes_every_time()
    {
        var form = Form();
        Assert.Equal(XFormWriter.Write(form), XFormWriter.Write(Form()));
    }
}
