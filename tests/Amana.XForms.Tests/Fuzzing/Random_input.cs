using Amana.XForms.Evaluation;
using Amana.XForms.Tests.Evaluation;

namespace Amana.XForms.Tests.Fuzzing;

public class Random_workbooks
{
    [Fact]
    public void Are_read_or_refused_in_words_and_what_is_read_becomes_sound_XML()
    {
        var workbooks = new RandomWorkbooks();
        Trials.Run("workbooks", random =>
        {
            var reading = XlsForm.Read(new MemoryStream(workbooks.Next(random)), "form.xlsx");
            Assert.True(reading.Form is not null || reading.Errors.Any());
            if (reading.Form is null || random.Next(2) == 0)
                return;
            var xform = SafeXml.Parse(XFormWriter.Write(reading.Form));
            Assert.True(xform.Problem is null, xform.Problem?.Message);
            if (random.Next(4) == 0)
                CompiledForm.FromXForm(xform.Document!, out _);
        });
    }
}

public class Random_expressions
{
    [Fact]
    public void Are_worked_out_or_refused_and_print_in_one_way()
    {
        var node = SubmissionReader.Read("<data><a>1</a><r><n>3</n></r><r><n>x</n></r><r/></data>").Submission!.Root.First("a")!;
        Trials.Run("expressions", random =>
        {
            if (Expression.Parse(RandomTexts.Expression(random)).Expression is not { } expression)
                return;
            expression.Evaluate(node, Given.Context);
            var printed = expression.Syntax.ToString();
            Assert.Equal(printed, Expression.Parse(printed!).Expression?.Syntax.ToString());
        });
    }
}

public class Random_submissions
{
    private const string Rules = """
        <bind nodeset="/data/a" type="int" constraint=". &gt; 1"/><bind nodeset="/data/r/b" type="geoshape" required="true()" constraint="regex(., '[0-9 .;]*') and area(.) &gt; 2"/>
        <bind nodeset="/data/c" type="dateTime" calculate="sum(/data/r/b) + /data/a" relevant="/data/a != 4"/><bind nodeset="/data/d" type="date" constraint=". &lt; today() - 3"/>
        """;

    private const string Body = """<input ref="/data/a"/><group><repeat nodeset="/data/r" jr:count="/data/a"><input ref="/data/r/b"/></repeat></group><input ref="/data/d"/>""";

    [Fact]
    public void Are_read_and_judged_or_refused_and_go_on_as_a_session()
    {
        var document = Given.Document("<a/><r jr:template=\"\"><b/></r><c/><d/>", Rules, Body, "");
        var form = CompiledForm.FromXForm(document, out _)!;
        Trials.Run("submissions", random =>
        {
            if (SubmissionReader.Read(RandomTexts.Submission(random)).Submission is not { } submission)
                return;
            _ = submission.Answers.Count + submission.FilesExpected(form).Count;
            Assert.NotNull(SubmissionCheck.Check(submission, form, Given.Context).Findings);
            var session = FormSession.Resume(form, submission, Given.Context);
            session.Errors();
            Assert.Null(SubmissionReader.Read(session.ToXml("uuid:1")).Problem);
        });
    }
}
