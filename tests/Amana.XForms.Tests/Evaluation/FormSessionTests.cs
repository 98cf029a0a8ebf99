using System.Diagnostics;
using Amana.XForms.Evaluation;

namespace Amana.XForms.Tests.Evaluation;

public class A_session
{
    private const string Household = "<sex/><age/><pregnant/><g><note/></g><score>0</score>";

    private const string HouseholdRules = """
        <bind nodeset="/data/age" type="int" required="true()" constraint=". &gt;= 0 and . &lt; 120" jr:constraintMsg="Years of life, 0 to 119"/>
        <bind nodeset="/data/pregnant" relevant="/data/sex = 'f' and /data/age &gt; 11"/>
        <bind nodeset="/data/g" relevant="../pregnant = 'yes'"/>
        <bind nodeset="/data/score" type="int" calculate="if(/data/pregnant = 'yes', 2, 0) + if(/data/age &lt; 18, 1, 0)"/>
        """;

    private const string HouseholdBody = """
        <select1 ref="/data/sex"><label>Sex</label><item><label>Female</label><value>f</value></item><item><label>Male</label><value>m</value></item></select1>
        <input ref="/data/age"><label>Age of <output value="/data/sex"/></label><hint>in years</hint></input>
        <select1 ref="/data/pregnant"><label>Pregnant?</label><item><label>Yes</label><value>yes</value></item><item><label>No</label><value>no</value></item></select1>
        <group ref="/data/g"><label>More</label><input ref="/data/g/note"><label>Note</label></input></group>
        """;

    private static FormSession Start() => Given.Session(Household, HouseholdRules, HouseholdBody);

    [Fact]
    public void Asks_what_earlier_answers_make_relevant()
    {
        var session = Start();
        Assert.False(session.IsVisible("/data/pregnant"));
        session.Set("/data/sex", "f");
        session.Set("/data/age", "17");
        Assert.True(session.IsVisible("/data/pregnant"));
        Assert.False(session.IsVisible("/data/g/note"));
        session.Set("/data/pregnant", "yes");
        Assert.True(session.IsVisible("/data/g/note"));
        Assert.Equal("3", session.Answer("/data/score"));
    }

    [Fact]
    public void Reads_what_is_no_longer_relevant_as_empty()
    {
        var session = Start();
        session.Set("/data/sex", "f");
        session.Set("/data/age", "17");
        session.Set("/data/pregnant", "yes");
        session.Set("/data/sex", "m");
        Assert.Equal("1", session.Answer("/data/score"));
        Assert.Equal("", session.Answer("/data/pregnant"));
        Assert.DoesNotContain("pregnant", session.ToXml("uuid:1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", AnswerFault.Missing, "needed")]
    [InlineData("many", AnswerFault.WrongType, "whole number")]
    [InlineData("140", AnswerFault.ConstraintNotMet, "Years of life, 0 to 119")]
    public void Says_what_is_wrong_with_an_answer(string age, AnswerFault fault, string words)
    {
        var session = Start();
        session.Set("/data/age", age);
        var error = Assert.Single(session.Errors());
        Assert.Equal(("/data/age", fault), (error.Path, error.Fault));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_complain_of_what_is_not_asked()
    {
        var session = Start();
        session.Set("/data/age", "5");
        session.Set("/data/pregnant", "perhaps");
        Assert.Empty(session.Errors());
    }

    [Fact]
    public void Shows_labels_with_answers_inside()
    {
        var session = Start();
        session.Set("/data/sex", "f");
        Assert.Equal("Age of f", session.Question("/data/age")!.Label);
        Assert.Equal("in years", session.Question("/data/age")!.Hint);
    }

    [Fact]
    public void Writes_the_submission_with_its_id_and_version()
    {
        var session = Start();
        session.Set("/data/sex", "m");
        session.Set("/data/age", "40");
        var xml = session.ToXml("uuid:abc", "uuid:before");
        var read = SubmissionReader.Read(xml).Submission!;
        Assert.Equal(("visit", "3", "uuid:abc", "uuid:before"), (read.FormId, read.Version, read.InstanceId, read.DeprecatedId));
        Assert.Equal(["/data/sex", "/data/age", "/data/score"], read.Answers.Select(a => a.Path).Take(3));
    }

    [Fact]
    public void Takes_answers_for_its_own_questions_only()
    {
        var session = Start();
        Assert.Equal(AnswerOutcome.NoSuchQuestion, session.Set("/data/secret", "x"));
        Assert.Equal(AnswerOutcome.NoSuchQuestion, session.Set("data/age", "x"));
        Assert.Equal(AnswerOutcome.NotForPeople, session.Set("/data/score", "100"));
        Assert.Equal(AnswerOutcome.NotForPeople, session.Set("/data/meta/instanceID", "uuid:mine"));
        Assert.Equal(AnswerOutcome.TooLarge, session.Set("/data/age", new string('9', 200_000)));
    }

    [Fact]
    public void Goes_on_from_what_was_sent_before()
    {
        var before = Given.Submission("<sex>f</sex><age>30</age><pregnant>yes</pregnant><g><note>late</note></g><score>2</score><old>x</old>");
        var session = FormSession.Resume(Given.Form(Household, HouseholdRules, HouseholdBody), before, Given.Context);
        Assert.Equal("late", session.Answer("/data/g/note"));
        Assert.DoesNotContain("old", session.ToXml("uuid:2"), StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_the_form_from_top_to_bottom()
    {
        var parts = Start().Parts;
        Assert.Equal([ControlKind.SelectOne, ControlKind.Input, ControlKind.SelectOne, ControlKind.Group], parts.Select(part => part.Kind));
        Assert.Equal([true, true, false, false], parts.Select(part => part.IsVisible));
        Assert.Equal(["Female", "Male"], parts[0].Question!.Choices.Select(choice => choice.Label));
        Assert.Equal("/data/g/note", Assert.Single(parts[3].Parts).Path);
    }

    [Fact]
    public void Holds_what_the_device_would_fill_in()
    {
        var session = Given.Session("<start/><today/><user/>", """
            <bind nodeset="/data/start" type="dateTime" jr:preload="timestamp" jr:preloadParams="start"/>
            <bind nodeset="/data/today" type="date" jr:preload="date" jr:preloadParams="today"/>
            <bind nodeset="/data/user" jr:preload="property" jr:preloadParams="username"/>
            """);
        Assert.Equal(("2026-03-06T01:30:00.000+03:00", "2026-03-06", "amina"), (session.Answer("/data/start"), session.Answer("/data/today"), session.Answer("/data/user")));
    }
}

public class A_form_with_choices
{
    private const string Lists = """
        <itext><translation lang="English (en)" default="true()"><text id="c-0"><value>North</value></text><text id="c-1"><value>South</value></text><text id="m"><value>Which camp?</value></text></translation>
        <translation lang="French (fr)"><text id="c-0"><value>Nord</value></text><text id="c-1"><value>Sud</value></text><text id="m"><value>Quel camp ?</value></text></translation></itext>
        <instance id="camps"><root><item><name>n</name><itextId>c-0</itextId><district>d1</district></item><item><name>s</name><itextId>c-1</itextId><district>d2</district></item></root></instance>
        """;

    private const string Body = """
        <input ref="/data/district"><label>District</label></input>
        <select1 ref="/data/camp"><label ref="jr:itext('m')"/><itemset nodeset="instance('camps')/root/item[district = /data/district]"><value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>
        """;

    private static FormSession Start(string? language) =>
        FormSession.Start(
            Given.Form("<district/><camp/><name/>", "<bind nodeset=\"/data/name\" calculate=\"jr:choice-name(/data/camp, '/data/camp')\"/>", Body, Lists),
            Given.Context with { Language = language });

    [Fact]
    public void Offers_those_that_its_filter_lets_through_in_the_language_asked_for()
    {
        var session = Start("French (fr)");
        session.Set("/data/district", "d2");
        var question = session.Question("/data/camp")!;
        Assert.Equal("Quel camp ?", question.Label);
        Assert.Equal([new OfferedChoice("s", "Sud")], question.Choices);
        session.Set("/data/camp", "s");
        Assert.Equal("Sud", session.Answer("/data/name"));
        Assert.Empty(session.Errors());
    }

    [Fact]
    public void Says_when_a_choice_is_no_longer_on_offer()
    {
        var session = Start(null);
        session.Set("/data/district", "d2");
        session.Set("/data/camp", "s");
        session.Set("/data/district", "d1");
        Assert.Equal(AnswerFault.NoSuchChoice, Assert.Single(session.Errors()).Fault);
    }

    [Fact]
    public void Falls_back_on_its_own_language() => Assert.Equal("Which camp?", Start("Arabic (ar)").Question("/data/camp")!.Label);
}

public class A_form_with_repeats
{
    private const string Data = "<count/><child jr:template=''><age/><adult/><nr/></child><child><age/><adult/><nr/></child><adults/><oldest/>";

    private const string Rules = """
        <bind nodeset="/data/child/age" type="int"/>
        <bind nodeset="/data/child/adult" calculate="if(/data/child/age &gt;= 18, 1, 0)" type="int"/>
        <bind nodeset="/data/child/nr" calculate="position(..)" type="int"/>
        <bind nodeset="/data/adults" calculate="sum(/data/child/adult)" type="int"/>
        <bind nodeset="/data/oldest" calculate="indexed-repeat(/data/child/age, /data/child, 2)" type="int"/>
        """;

    private static string Body(string count) => $"""
        <input ref="/data/count"><label>How many?</label></input>
        <group ref="/data/child"><label>Child</label><repeat nodeset="/data/child" {count}><input ref="/data/child/age"><label>Age</label></input></repeat></group>
        """;

    [Fact]
    public void Works_each_turn_out_by_its_own_answers()
    {
        var session = Given.Session(Data, Rules, Body(""));
        session.Set("/data/child[1]/age", "20");
        session.Set("/data/child[3]/age", "40");
        session.Set("/data/child[2]/age", "7");
        Assert.Equal(["1", "0", "1"], Enumerable.Range(1, 3).Select(i => session.Answer($"/data/child[{i}]/adult")));
        Assert.Equal(["1", "2", "3"], Enumerable.Range(1, 3).Select(i => session.Answer($"/data/child[{i}]/nr")));
        Assert.Equal(("2", "7"), (session.Answer("/data/adults"), session.Answer("/data/oldest")));
    }

    [Fact]
    public void Has_as_many_turns_as_the_form_works_out()
    {
        var session = Given.Session(Data, Rules, Body("jr:count=\"/data/count\""));
        session.Set("/data/count", "3");
        Assert.Equal(AnswerOutcome.Taken, session.Set("/data/child[3]/age", "50"));
        Assert.Equal(3, session.Turns("/data/child"));
        Assert.Equal(AnswerOutcome.NotForPeople, session.AddTurn("/data/child"));
        Assert.Equal(AnswerOutcome.NoSuchQuestion, session.Set("/data/child[4]/age", "50"));
        session.Set("/data/count", "1");
        Assert.Equal(1, session.Turns("/data/child"));
        Assert.Equal("0", session.Answer("/data/adults"));
    }

    [Fact]
    public void Lets_people_add_and_remove_turns_within_reason()
    {
        var session = Given.Session(Data, Rules, Body(""));
        session.Set("/data/child[1]/age", "20");
        Assert.Equal(AnswerOutcome.Taken, session.AddTurn("/data/child"));
        session.Set("/data/child[2]/age", "30");
        Assert.Equal(AnswerOutcome.Taken, session.RemoveTurn("/data/child[1]"));
        Assert.Equal("30", session.Answer("/data/child[1]/age"));
        Assert.Equal(AnswerOutcome.TooLarge, session.Set("/data/child[999999]/age", "1"));
        Assert.True(session.Parts[1].Parts[0].CanAddTurns);
    }

    [Fact]
    public void Never_has_more_turns_than_it_may_whatever_is_answered()
    {
        var session = Given.Session(Data, Rules, Body("jr:count=\"/data/count\""));
        session.Set("/data/count", "99999999999");
        Assert.Equal(FormSession.MostTurns, session.Turns("/data/child"));
    }
}

public class A_form_that_sets_answers_by_itself
{
    private const string Actions = """
        <setvalue event="odk-instance-first-load" ref="/data/day" value="today()"/>
        <setvalue event="odk-instance-first-load" ref="/data/how">phone</setvalue>
        """;

    private const string Body = """
        <input ref="/data/day"><label>Day</label></input>
        <input ref="/data/kind"><label>Kind</label><setvalue event="xforms-value-changed" ref="/data/asked" value="concat('asked ', /data/kind)"/></input>
        <group><label>Visits</label><repeat nodeset="/data/visit"><setvalue event="odk-new-repeat" ref="/data/visit/nr" value="position(..)"/><input ref="/data/visit/nr"><label>Nr</label></input></repeat></group>
        """;

    private static FormSession Start() => Given.Session("<day/><how/><kind/><asked/><visit jr:template=''><nr/></visit>", "<bind nodeset=\"/data/day\" type=\"date\"/>", Body, Actions);

    [Fact]
    public void Sets_its_first_values_when_it_is_opened()
    {
        var session = Start();
        Assert.Equal(("2026-03-06", "phone"), (session.Answer("/data/day"), session.Answer("/data/how")));
    }

    [Fact]
    public void Sets_what_waits_for_a_change()
    {
        var session = Start();
        Assert.Equal("", session.Answer("/data/asked"));
        session.Set("/data/kind", "again");
        Assert.Equal("asked again", session.Answer("/data/asked"));
    }

    [Fact]
    public void Sets_the_values_of_a_new_turn()
    {
        var session = Start();
        session.AddTurn("/data/visit");
        session.AddTurn("/data/visit");
        Assert.Equal("2", session.Answer("/data/visit[2]/nr"));
    }
}

public class A_form_whose_rules_wait_for_each_other
{
    [Fact]
    public void Names_the_circle_and_leaves_it_out()
    {
        var form = Given.Form("<a/><b/><c/>", """
            <bind nodeset="/data/a" calculate="/data/b + 1"/><bind nodeset="/data/b" calculate="../a + 1"/><bind nodeset="/data/c" calculate="2 + 2"/>
            """);
        Assert.Equal(["/data/a", "/data/b"], form.Faults.Select(fault => fault.Path).Order());
        Assert.Contains("/data/a → /data/b → /data/a", form.Faults.Select(fault => fault.Problem.Message).First(), StringComparison.Ordinal);
        Assert.Equal("4", FormSession.Start(form, Given.Context).Answer("/data/c"));
    }

    [Fact]
    public void Sees_the_circle_through_the_relevance_of_a_group() =>
        Assert.NotEmpty(Given.Form("<g><a/></g>", "<bind nodeset=\"/data/g\" relevant=\"/data/g/a != ''\"/>").Faults);

    [Fact]
    public void Works_a_chain_out_in_whatever_order_it_is_written()
    {
        var names = Enumerable.Range(0, 300).ToList();
        var data = string.Concat(names.Select(i => $"<n{i}/>"));
        var binds = string.Concat(names.Select(i => $"<bind nodeset=\"/data/n{i}\" calculate=\"{(i == 299 ? "1" : $"/data/n{i + 1} + 1")}\"/>"));
        Assert.Equal("300", Given.Session(data, binds).Answer("/data/n0"));
    }
}

public class A_hostile_form
{
    [Fact]
    public void Of_many_costly_rules_ends_by_its_limit_all_together()
    {
        var names = Enumerable.Range(0, 300).ToList();
        var data = string.Concat(names.Select(i => $"<n{i}/>"));
        var binds = string.Concat(names.Select(i => $"<bind nodeset=\"/data/n{i}\" constraint=\"count(//*[count(//*) &gt; {i}]) &gt; 0\"/>"));
        var body = string.Concat(names.Select(i => $"<input ref=\"/data/n{i}\"/>"));
        var session = Given.Session(data, binds, body);
        foreach (var i in names)
            session.Set($"/data/n{i}", "x");
        var clock = Stopwatch.StartNew();
        Assert.Empty(session.Errors());
        Assert.Contains(session.Faults, fault => fault.Problem.Kind == ProblemKind.Limit);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    [Fact]
    public void Whose_rules_all_read_everything_is_refused_or_ordered_in_bounded_time()
    {
        var names = Enumerable.Range(0, 1_500).ToList();
        var data = string.Concat(names.Select(i => $"<n{i}/>"));
        var binds = string.Concat(names.Select(i => $"<bind nodeset=\"/data/n{i}\" relevant=\"count(//*//*//*) &gt; 0\"/>"));
        var clock = Stopwatch.StartNew();
        Assert.NotEmpty(Given.Form(data, binds).Faults);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    [Fact]
    public void That_is_deeper_than_any_form_neither_hangs_nor_throws()
    {
        var data = string.Concat(Enumerable.Repeat("<g>", 150)) + "x" + string.Concat(Enumerable.Repeat("</g>", 150));
        Assert.NotNull(Given.Session(data, "<bind nodeset=\"//g\" relevant=\"true()\"/>").ToXml("uuid:1"));
    }
}
