namespace Amana.XForms.Tests.Reading;

public class A_form_with_faults
{
    [Fact]
    public void Tells_all_of_them_at_once_each_with_its_place()
    {
        var errors = Forms.Reading("""
            survey
            ,type,name,label,relevant,calculation
            ,txt,a,A,,
            ,integer,my age,B,,
            ,select_one yes_no,c,C,,
            ,calculate,d,,,
            ,text,e,E,${nobody} = 1,
            ,begin group,g,G,,
            choices
            ,list_name,name,label
            ,yesno,yes,Yes
            """).Errors.ToList();
        Assert.Equal(
            [("type.unknown", 2, "type"), ("name.not-allowed", 3, "name"), ("select.no-list", 4, "type"), ("calculate.empty", 5, "calculation"), ("section.not-ended", 7, "type"), ("reference.unknown", 6, "relevant")],
            errors.Select(e => (e.Code, e.Place.Row, e.Place.Column!)));
        Assert.All(errors, e => Assert.Equal("survey", e.Place.Sheet));
    }

    [Theory]
    [InlineData(",txet,a,A", "Did you mean 'text'?")]
    [InlineData(",select_one yesno,a,A", "Did you mean 'yes_no'?")]
    [InlineData(",text,a,Hello ${b}", "no question 'b'")]
    [InlineData(",text,a,Hello ${ a }", "${name}")]
    [InlineData(",text,,A", "no name")]
    [InlineData(",text,meta,A", "reserved")]
    [InlineData(",text,a,", "Write a label")]
    [InlineData(",end group,,", "nothing is open")]
    public void Says_how_to_mend_it(string row, string expected)
    {
        var errors = Forms.Reading($"survey\n,type,name,label\n{row}\nchoices\n,list_name,name,label\n,yes_no,yes,Yes\n").Errors;
        Assert.Contains(expected, Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_sheet_that_was_probably_meant() =>
        Assert.Contains("'surveys'", Assert.Single(Forms.Reading("surveys\n,type,name,label\n,text,a,A\nsettings\n,form_id\n,x\n").Errors).Message);

    [Fact]
    public void Is_told_on_one_line_with_its_place()
    {
        var problem = new FormProblem(FormProblemSeverity.Error, "x", "Something is wrong.", new FormPlace("survey", 7, "relevant"));
        Assert.Equal("sheet 'survey', row 7, column 'relevant': Something is wrong.", problem.ToString());
    }
}

public class Headings_and_cells
{
    [Fact]
    public void Are_understood_in_other_spellings()
    {
        var form = Forms.Form("survey\n,Type,NAME,caption,Required,Relevance,Constraint Message::French (fr)\n,text,a,A,yes,1 = 1,Non\n");
        var question = form.Questions[0];
        Assert.Equal(("A", "true()", "1 = 1"), (question.Label?.PlainText, question.Required, question.Relevant));
        Assert.Equal("Non", question.ConstraintMessage?.In("French (fr)", "default"));
    }

    [Fact]
    public void Lose_smart_quotes_and_doubled_blanks() =>
        Assert.Equal("It's \"so\" far", Forms.Form("survey\n,type,name,label\n,text,a,\"It\u2019s   \u201cso\u201d far\"\n").Questions[0].Label?.PlainText);

    [Fact]
    public void Merge_a_plain_label_into_the_default_language()
    {
        var form = Forms.Form("survey\n,type,name,label,label::French\n,text,a,A,Ah\nsettings\n,default_language\n,English\n");
        Assert.Equal(["English", "French"], form.Languages);
        Assert.Equal(("A", "Ah"), (form.Questions[0].Label!.In("English", "English"), form.Questions[0].Label!.Best("French", "English")));
    }
}

public class A_form_in_several_languages
{
    private const string Csv = "survey\n,type,name,label::English (en),label::Arabic (ar),hint::English (en)\n,select_one l,a,A,,Say\n,text,b,B,باء,\nchoices\n,list_name,name,label::English (en),label::Arabic (ar)\n,l,1,One,واحد\n,l,2,Two,\n";

    [Fact]
    public void Tells_which_question_and_choice_lacks_which_language() =>
        Assert.Equal(
            [("/data/a", null, "label", "Arabic (ar)"), ("/data/a", null, "hint", "Arabic (ar)"), (null, "2", "label", "Arabic (ar)")],
            Forms.Form(Csv).MissingTexts().Select(m => (m.Path, m.Choice, m.Element, m.Language)));

    [Fact]
    public void Fills_gaps_with_a_dash_for_clients()
    {
        var arabic = Forms.Xml(Forms.Form(Csv)).Descendants(Forms.X + "translation").Single(t => (string?)t.Attribute("lang") == "Arabic (ar)");
        Assert.Equal("-", arabic.Elements(Forms.X + "text").Single(t => (string?)t.Attribute("id") == "/data/a:label").Element(Forms.X + "value")?.Value);
    }
}

public class A_reference
{
    private const string Csv = """
        survey
        ,type,name,label,calculation,choice_filter,default
        ,text,head,Head,,,
        ,begin repeat,member,Member,,,
        ,text,first,First,,,
        ,begin group,more,More,,,
        ,text,nick,Nick,,,
        ,calculate,greeting,,"concat(${first}, ${head}, ${nick})",,
        ,select_one town,place,Place,,region = ${first},
        ,text,again,Again ${first},,,${first}
        ,end group,,,,,
        ,end repeat,,,,,
        ,calculate,names,,join(' ${first} ') + count(${member}),,
        choices
        ,list_name,name,label,region
        ,town,t,Town,north
        """;

    [Fact]
    public void Is_relative_inside_its_repeat_and_absolute_outside()
    {
        var form = Forms.Form(Csv);
        Assert.Equal("concat( ../../first ,  /data/head ,  ../nick )", (string?)Forms.Bind(form, "/data/member/more/greeting").Attribute("calculate"));
        Assert.Equal("join(' /data/member/first ') + count( /data/member )".Replace("' /", "'  /").Replace("first '", "first  '"), (string?)Forms.Bind(form, "/data/names").Attribute("calculate"));
    }

    [Fact]
    public void Begins_at_the_question_in_a_choice_filter() =>
        Assert.Equal("instance('town')/root/item[region =  current()/../../first ]", (string?)Forms.Xml(Forms.Form(Csv)).Descendants(Forms.X + "itemset").Single().Attribute("nodeset"));

    [Fact]
    public void Becomes_an_output_in_a_label()
    {
        var label = Forms.Xml(Forms.Form(Csv)).Descendants(Forms.X + "label").Single(l => l.Value.StartsWith("Again", StringComparison.Ordinal));
        Assert.Equal(" ../../first ", (string?)label.Element(Forms.X + "output")?.Attribute("value"));
    }

    [Fact]
    public void In_a_default_is_set_when_the_form_opens_and_in_each_new_turn()
    {
        var events = Forms.Xml(Forms.Form(Csv)).Descendants(Forms.X + "setvalue").Where(s => (string?)s.Attribute("ref") == "/data/member/more/again").Select(s => (string?)s.Attribute("event"));
        Assert.Equal(["odk-instance-first-load", "odk-new-repeat"], events);
    }
}

public class A_change_that_computes_another_answer
{
    [Fact]
    public void Is_written_inside_the_question_that_triggers_it()
    {
        var form = Forms.Form("survey\n,type,name,label,calculation,trigger\n,text,a,A,,\n,dateTime,when,When,now(),${a}\n");
        var set = Forms.Xml(form).Descendants(Forms.X + "input").Single(i => (string?)i.Attribute("ref") == "/data/a").Element(Forms.X + "setvalue");
        Assert.Equal(("/data/when", "xforms-value-changed", "now()"), ((string?)set?.Attribute("ref"), (string?)set?.Attribute("event"), (string?)set?.Attribute("value")));
        Assert.Null(Forms.Bind(form, "/data/when").Attribute("calculate"));
        Assert.Equal(["a"], form.Questions[1].Triggers);
    }
}

public class Choices_from_earlier_answers
{
    private const string Rows = "survey\n,type,name,label\n,begin repeat,r,R\n,text,who,Who\n,end repeat,,\n";

    [Fact]
    public void Are_those_of_every_turn_that_has_one() =>
        Assert.Equal("/data/r[./who != '']", (string?)Forms.Xml(Forms.Form($"{Rows},select_one ${{who}},head,Head\n")).Descendants(Forms.X + "itemset").Single().Attribute("nodeset"));

    [Fact]
    public void Need_a_question_of_that_name() =>
        Assert.Equal(("reference.unknown", 5), Forms.Reading($"{Rows},select_one ${{whom}},head,Head\n").Errors.Select(e => (e.Code, e.Place.Row)).Single());
}

public class Languages_without_a_code
{
    [Theory]
    [InlineData("French", 1)]
    [InlineData("French (fr)", 0)]
    [InlineData("Dinka(din)", 0)]
    [InlineData("English (schm)", 1)]
    [InlineData("Portuguese (pt-BR)", 0)]
    public void Are_warned_of(string language, int warnings) =>
        Assert.Equal(warnings, Forms.Reading($"survey\n,type,name,label::{language}\n,text,a,A\n").Warnings.Count(w => w.Code == "language.no-code"));
}

public class A_long_form
{
    [Fact]
    public void With_nothing_but_unknown_names_is_still_told_quickly()
    {
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(i => $",text,q{i},Hello ${{zz{i}}}\n"));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(500, Forms.Reading($"survey\n,type,name,label\n{rows}").Errors.Count());
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }
}

public class A_repeat_in_a_loop
{
    [Fact]
    public void Is_refused_because_it_would_be_there_several_times() =>
        Assert.Contains(
            Forms.Reading("survey\n,type,name,label\n,begin loop over l,each,Each\n,begin repeat,r,R\n,text,a,A\n,end repeat,,\n,end loop,,\nchoices\n,list_name,name,label\n,l,x,X\n,l,y,Y\n").Errors,
            e => e is { Code: "name.repeat-twice", Place.Row: 3 });
}
