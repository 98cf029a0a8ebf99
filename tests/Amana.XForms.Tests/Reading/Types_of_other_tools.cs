namespace Amana.XForms.Tests.Reading;

/// <summary>Types as other tools and hurried people write them: refused, as the reference converter refuses them, with what to write instead.</summary>
public class A_type_of_another_tool
{
    [Theory]
    [InlineData("Begin Group", "begin group")]
    [InlineData("Text", "text")]
    [InlineData("SELECT_ONE Yn", "select_one Yn")]
    [InlineData("select_one yn or_Other", "select_one yn or_other")]
    [InlineData("select_one yn add other", "select_one yn or_other")]
    [InlineData("select one from list yn", "select one from yn")]
    [InlineData("GPS", "'gps'")]
    [InlineData("number", "integer")]
    [InlineData("signature", "appearance 'signature'")]
    [InlineData("begin_rank", "rank LIST")]
    [InlineData("begin_score", "table-list")]
    [InlineData("begin_kobomatrix", "a group for each line")]
    [InlineData("calculate_here", "'calculate'")]
    [InlineData("caseid", "entities")]
    [InlineData("text audit", "'audit'")]
    [InlineData("audio audit", "background-audio")]
    [InlineData("picture", "'image'")]
    public void Is_refused_with_what_to_write_instead(string type, string remedy)
    {
        var reading = Read($"survey\n,type,name,label\n,{type},a,A\n");
        var problem = Assert.Single(reading.Errors, e => e.Code == "type.unknown");
        Assert.Contains(remedy, problem.Message, StringComparison.Ordinal);
        Assert.Equal(("survey", 2, "type"), (problem.Place.Sheet, problem.Place.Row, problem.Place.Column));
    }

    [Theory]
    [InlineData("${a} == 1", "write = once")]
    [InlineData("${a} <> 1", "write !=")]
    [InlineData("${a} > 1 AND ${a} < 3", "small letters")]
    [InlineData("${a} ≤ 3", "<= or >=")]
    [InlineData("${a} > ٣", "Latin keyboard")]
    [InlineData("${a} > 3", "U+00A0")]
    [InlineData("$ {a} > 3", "${name}")]
    public void Or_an_expression_that_cannot_be_read_is_told_with_its_remedy(string expression, string remedy)
    {
        var reading = Read($"survey\n,type,name,label,relevant\n,integer,a,A,\n,text,b,B,{expression}\n");
        var problem = Assert.Single(reading.Problems, p => p.Code == FormProblem.Unreadable);
        Assert.True(problem.StopsClients);
        Assert.Contains(remedy, problem.Message, StringComparison.Ordinal);
        Assert.Equal(("survey", 3, "relevant"), (problem.Place.Sheet, problem.Place.Row, problem.Place.Column));
    }

    [Fact]
    public void Or_a_name_with_an_unseen_character_says_that_there_is_one() =>
        Assert.Contains("U+200B", Assert.Single(Read("survey\n,type,name,label\n,text,a​,A\n").Errors).Message, StringComparison.Ordinal);

    private static XlsFormReading Read(string csv) => XlsForm.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv)), "form.csv");
}
