using Amana.XForms.Evaluation;

namespace Amana.XForms.Tests.Reading;

/// <summary>Calls that mean nothing to any client: the reference converter lets them pass, and the form is then refused by the phone, in the field.</summary>
public class A_function_that_there_is_not
{
    private const string Small = "survey\n,type,name,label,relevant\n,integer,a,A,\n,text,b,B,\"{0}\"\n";

    [Theory]
    [InlineData("count_selected(${a}) > 1", "count_selected", "Did you mean 'count-selected'?")]
    [InlineData("IF(${a} > 1, true(), false())", "IF", "Did you mean 'if'?")]
    [InlineData("slected(${a}, 'x')", "slected", "Did you mean 'selected'?")]
    [InlineData("stringLength(${a}) > 1", "stringLength", "Did you mean 'string-length'?")]
    [InlineData("jr:choice_name(${a}, '${a}') = 'x'", "jr:choice_name", "Did you mean 'jr:choice-name'?")]
    [InlineData("LEN(${a}) > 1", "LEN", "string-length")]
    [InlineData("isblank(${a})", "isblank", "x = ''")]
    [InlineData("choice-label(${a}, 1) = 'x'", "choice-label", "jr:choice-name")]
    [InlineData("AND(${a} > 1, ${a} < 3)", "AND", "the word and")]
    [InlineData("current-dateTime() > ${a}", "current-dateTime", "now()")]
    [InlineData("matches(${a}, '[0-9]+')", "matches", "regex")]
    [InlineData("search('towns', 'matches', 'n', ${a}) = 1", "search", "appearance")]
    [InlineData("frobnicate(${a}) = 1", "frobnicate", "Check its spelling")]
    [InlineData("xy() = 1", "xy", "Check its spelling")]
    public void Is_told_with_its_place_its_name_and_what_to_write_instead(string expression, string name, string remedy)
    {
        var problem = Assert.Single(Read(Small.Replace("{0}", expression, StringComparison.Ordinal)).Problems);
        Assert.Equal((FormProblem.NoSuchFunction, "survey", 3, "relevant"), (problem.Code, problem.Place.Sheet, problem.Place.Row, problem.Place.Column));
        Assert.True(problem.StopsClients);
        Assert.Contains($"'{name}'", problem.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_found_wherever_a_form_has_expressions_and_all_at_once()
    {
        var problems = Read("""
            survey
            ,type,name,label,relevance,constraint,calculation,default,choice_filter,repeat_count,required
            ,integer,a,A,,nope1(.) and nope2(.),,nope3() + 1,,,
            ,select_one l,s,S,,,,,nope4(x),,
            ,calculate,c,,,,nope5(${a}),,,,
            ,text,t,T,nope6(${a},,,,,,
            ,begin repeat,r,R,,,,,,nope7(${a}) + 1,
            ,text,u,U,,,,,,,nope8(.)
            ,end repeat,,,,,,,,,
            choices
            ,list_name,name,label
            ,l,x,X
            settings
            ,instance_name
            ,"concat(${a}, nope9())"
            entities
            ,list_name,label,create_if
            ,people,nope10(${a}),nope11(${a}) = 1
            """).Problems.Where(p => p.StopsClients).ToList();
        Assert.Equal(Enumerable.Range(1, 11).Where(n => n != 6).Select(n => $"nope{n}").Order(StringComparer.Ordinal), problems.Where(p => p.Code == FormProblem.NoSuchFunction).Select(p => p.Message.Split('\'')[1]).Order(StringComparer.Ordinal));
        Assert.Equal((5, "relevance"), problems.Where(p => p.Code == FormProblem.Unreadable).Select(p => (p.Place.Row, p.Place.Column!)).Single());
        (string Name, string? Sheet, int Row, string? Column) Place(string name) => problems.Where(p => p.Message.Contains($"'{name}'", StringComparison.Ordinal)).Select(p => (name, p.Place.Sheet, p.Place.Row, p.Place.Column)).Single();
        Assert.Equal(
            [("nope2", "survey", 2, "constraint"), ("nope3", "survey", 2, "default"), ("nope4", "survey", 3, "choice_filter"), ("nope5", "survey", 4, "calculation"), ("nope7", "survey", 6, "repeat_count"),
                ("nope9", "settings", 2, "instance_name"), ("nope10", "entities", 2, "label"), ("nope11", "entities", 2, "create_if")],
            new[] { "nope2", "nope3", "nope4", "nope5", "nope7", "nope9", "nope10", "nope11" }.Select(Place));
    }

    [Theory]
    [InlineData("selected(${a})", "selected", "2")]
    [InlineData("if(${a} = 1, true())", "if", "3")]
    [InlineData("today(1) = ${a}", "today", "0")]
    [InlineData("pulldata('towns', 'n', 'k') = 1", "pulldata", "4")]
    [InlineData("indexed-repeat(${a}, ${a}, 1, 2) = 1", "indexed-repeat", "3, 5, 7")]
    [InlineData("weighted-checklist(1, 2, 1, 2, 3)", "weighted-checklist", "4, 6, 8")]
    public void Nor_is_one_with_the_wrong_number_of_arguments(string expression, string name, string takes)
    {
        var problem = Assert.Single(Read(Small.Replace("{0}", expression, StringComparison.Ordinal)).Problems);
        Assert.Equal((FormProblem.WrongArguments, 3), (problem.Code, problem.Place.Row));
        Assert.StartsWith($"{name} takes {takes}", problem.Message, StringComparison.Ordinal);
        Assert.True(problem.StopsClients);
    }

    [Fact]
    public void Or_that_phones_alone_do_not_know_is_a_hint_and_stops_nobody()
    {
        var reading = Read(Small.Replace("{0}", "floor(3.5) = 3 or ceiling(3.5) = 4", StringComparison.Ordinal));
        Assert.NotNull(reading.Form);
        Assert.Equal(["expression.not-on-phones", "expression.not-on-phones"], reading.Problems.Select(p => p.Code));
        Assert.DoesNotContain(reading.Problems, p => p.StopsClients);
        Assert.Contains("int(x)", reading.Problems[1].Message, StringComparison.Ordinal);
    }

    /// <summary>The functions of the ODK XForms specification, and those that the engine of ODK Collect has besides.</summary>
    [Fact]
    public void Is_none_of_those_that_ODK_has() => Assert.Empty("""
        if coalesce once true false boolean not boolean-from-string number int round abs pow log log10 exp exp10 sqrt sin cos tan asin acos atan atan2 pi sum max min count count-non-empty position instance current
        string concat join substr substring-before substring-after translate contains starts-with ends-with string-length normalize-space selected is-selected selected-at count-selected jr:choice-name jr:itext
        regex checklist weighted-checklist depend indexed-repeat random randomize uuid version property today now date date-time decimal-date-time decimal-time format-date format-date-time
        area enclosed-area distance geofence intersects digest base64-decode extract-signed pulldata
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Except(Expression.FunctionNames));

    private static XlsFormReading Read(string csv) => XlsForm.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv)), "form.csv");
}
