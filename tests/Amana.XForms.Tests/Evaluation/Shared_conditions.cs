namespace Amana.XForms.Tests.Evaluation;

public class Questions_that_share_a_condition
{
    private const string Data = "<sex/><age/><adult/><a/><b/><c/><visit><sex/><d/><e/></visit>";

    private const string Rules = """
        <bind nodeset="/data/adult" calculate="if(/data/age &gt;= 18, 'yes', 'no')"/>
        <bind nodeset="/data/a" relevant="/data/adult = 'yes'"/>
        <bind nodeset="/data/b" relevant="/data/adult = 'yes'"/>
        <bind nodeset="/data/c" relevant="/data/a = 'x'"/>
        <bind nodeset="/data/visit/d" relevant="/data/visit/sex = 'f'"/>
        <bind nodeset="/data/visit/e" relevant="/data/visit/sex = 'f'"/>
        """;

    private const string Body = """
        <input ref="/data/sex"/><input ref="/data/age"/><input ref="/data/a"/><input ref="/data/b"/><input ref="/data/c"/>
        <group><repeat nodeset="/data/visit"><input ref="/data/visit/sex"/><input ref="/data/visit/d"/><input ref="/data/visit/e"/></repeat></group>
        """;

    [Fact]
    public void Are_asked_together_by_what_was_calculated_before()
    {
        var session = Given.Session(Data, Rules, Body);
        session.Set("/data/age", "17");
        Assert.False(session.IsVisible("/data/a") || session.IsVisible("/data/b"));
        session.Set("/data/age", "18");
        Assert.True(session.IsVisible("/data/a") && session.IsVisible("/data/b"));
        session.Set("/data/a", "x");
        Assert.True(session.IsVisible("/data/c"));
        session.Set("/data/age", "3");
        Assert.False(session.IsVisible("/data/a") || session.IsVisible("/data/b") || session.IsVisible("/data/c"));
    }

    [Fact]
    public void Of_a_repeat_are_asked_in_each_turn_by_its_own_answers()
    {
        var findings = SubmissionCheck.Check(
            Given.Submission("<age>20</age><adult>yes</adult><visit><sex>f</sex><d>1</d><e>1</e></visit><visit><sex>m</sex><d>1</d><e>1</e></visit>", "visit", "3"), Given.Form(Data, Rules, Body), Given.Context).Findings;
        Assert.Equal(["/data/visit[2]/d", "/data/visit[2]/e"], findings.Select(f => f.Path));
    }
}
