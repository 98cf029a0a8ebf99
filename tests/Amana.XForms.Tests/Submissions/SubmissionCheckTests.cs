using Amana.XForms.Evaluation;
using Amana.XForms.Tests.Evaluation;

namespace Amana.XForms.Tests.Submissions;

public class A_submission_checked_against_its_form
{
    private const string Data = "<start/><sex/><age/><place/><pregnant/><minor/><child><name/></child><due/>";

    private const string Rules = """
        <bind nodeset="/data/start" type="dateTime" jr:preload="timestamp" jr:preloadParams="start"/>
        <bind nodeset="/data/age" type="int" required="true()" constraint=". &lt; 120" jr:constraintMsg="Too old"/>
        <bind nodeset="/data/place" type="geopoint"/>
        <bind nodeset="/data/pregnant" relevant="/data/sex = 'f'"/>
        <bind nodeset="/data/minor" type="boolean" calculate="/data/age &lt; 18"/>
        <bind nodeset="/data/due" type="date" constraint=". &gt;= today()"/>
        """;

    private const string Body = """
        <select1 ref="/data/sex"><label>Sex</label><item><label>F</label><value>f</value></item><item><label>M</label><value>m</value></item></select1>
        <input ref="/data/age"><label>Age</label></input><input ref="/data/place"><label>Where</label></input><input ref="/data/pregnant"><label>Pregnant</label></input>
        <group><repeat nodeset="/data/child" jr:count="2"><input ref="/data/child/name"><label>Name</label></input></repeat></group><input ref="/data/due"><label>Due</label></input>
        """;

    private const string Children = "<child><name>A</name></child><child><name>B</name></child>";

    private static IEnumerable<(FindingKind, FindingWeight, string)> Findings(string answers, string id = "visit", string version = "3") =>
        SubmissionCheck.Check(Given.Submission(answers, id, version), Given.Form(Data, Rules, Body), Given.Context).Findings.Select(f => (f.Kind, f.Weight, f.Path));

    [Fact]
    public void That_keeps_every_rule_has_no_finding() =>
        Assert.Empty(Findings($"<start>2026-03-01T10:00:00.000+01:00</start><sex>f</sex><age>17</age><place>12.1 15.0 300 4.5</place><pregnant>no</pregnant><minor>1</minor>{Children}<due>2026-03-01</due>"));

    [Fact]
    public void May_leave_out_what_is_not_relevant_and_not_required() => Assert.Empty(Findings($"<sex>m</sex><age>30</age><minor>0</minor>{Children}"));

    [Theory]
    [InlineData("<sex>x</sex><age>30</age><minor>0</minor>", FindingKind.NoSuchChoice, FindingWeight.Fault, "/data/sex")]
    [InlineData("<age>thirty</age><minor/>", FindingKind.WrongType, FindingWeight.Fault, "/data/age")]
    [InlineData("<age>130</age><minor>0</minor>", FindingKind.ConstraintNotMet, FindingWeight.Fault, "/data/age")]
    [InlineData("<minor/>", FindingKind.RequiredMissing, FindingWeight.Fault, "/data/age")]
    [InlineData("<age>30</age><minor>1</minor>", FindingKind.CalculationDiffers, FindingWeight.Doubt, "/data/minor")]
    [InlineData("<sex>m</sex><age>30</age><minor>0</minor><pregnant>yes</pregnant>", FindingKind.AnsweredThoughNotAsked, FindingWeight.Doubt, "/data/pregnant")]
    [InlineData("<age>30</age><minor>0</minor><place>200 15</place>", FindingKind.WrongType, FindingWeight.Fault, "/data/place")]
    [InlineData("<age>30</age><minor>0</minor><extra>x</extra>", FindingKind.UnknownNode, FindingWeight.Fault, "/data/extra")]
    [InlineData("<age>30</age><minor>0</minor><extra/>", FindingKind.UnknownNode, FindingWeight.Doubt, "/data/extra")]
    [InlineData("<age>30</age><age>31</age><minor>0</minor>", FindingKind.RepeatedNode, FindingWeight.Fault, "/data/age[2]")]
    public void That_breaks_a_rule_has_one_finding_that_says_where(string answers, FindingKind kind, FindingWeight weight, string path)
    {
        var findings = Findings(answers + Children).Where(f => f.Item1 != FindingKind.CalculationDiffers || kind == FindingKind.CalculationDiffers);
        Assert.Equal([(kind, weight, path)], findings);
    }

    [Theory]
    [InlineData("<sex>m</sex><age>30</age><minor>0</minor>", VerdictOutcome.Valid, 0)]
    [InlineData("<sex>m</sex><age>30</age><minor>1</minor>", VerdictOutcome.ValidWithNotes, 0)]
    [InlineData("<sex>x</sex><age>130</age><minor>1</minor>", VerdictOutcome.Held, 2)]
    public void Is_valid_valid_with_notes_or_held_with_its_reasons(string answers, VerdictOutcome outcome, int reasons)
    {
        var verdict = SubmissionCheck.Check(Given.Submission(answers + Children), Given.Form(Data, Rules, Body), Given.Context);
        Assert.Equal((outcome, reasons), (verdict.Outcome, verdict.Reasons.Count()));
    }

    [Fact]
    public void Has_the_number_of_turns_that_its_form_works_out() =>
        Assert.Equal([(FindingKind.TurnsDiffer, FindingWeight.Doubt, "/data/child")], Findings("<age>30</age><minor>0</minor><child><name>A</name></child>"));

    [Fact]
    public void Is_judged_as_of_the_moment_that_it_names_itself()
    {
        var answers = $"<age>30</age><minor>0</minor>{Children}<due>2025-01-10</due>";
        Assert.Empty(Findings("<start>2025-01-10T09:00:00.000Z</start>" + answers));
        Assert.Equal([(FindingKind.ConstraintNotMet, FindingWeight.Fault, "/data/due")], Findings("<start>2025-01-11T09:00:00.000Z</start>" + answers));
        Assert.Equal([(FindingKind.ConstraintNotMet, FindingWeight.Doubt, "/data/due")], Findings(answers));
    }

    [Fact]
    public void Of_another_form_is_not_looked_into() => Assert.Equal([(FindingKind.OtherForm, FindingWeight.Fault, "")], Findings("<x/>", "other"));

    [Fact]
    public void Of_another_version_is_looked_into() =>
        Assert.Contains((FindingKind.OtherForm, FindingWeight.Doubt, ""), Findings($"<age>30</age><minor>0</minor>{Children}", "visit", "2"));

    [Fact]
    public void Says_which_file_was_missing_to_check_it()
    {
        var form = Given.Form("<camp/><people/>", "<bind nodeset=\"/data/people\" calculate=\"pulldata('camps', 'people', 'name', /data/camp)\"/>",
            "<select1 ref=\"/data/camp\"><label>Camp</label><itemset nodeset=\"instance('camps')/root/item\"><value ref=\"name\"/><label ref=\"label\"/></itemset></select1>",
            "<instance id=\"camps\" src=\"jr://file-csv/camps.csv\"/>");
        var submission = Given.Submission("<camp>n1</camp><people>121</people>");
        var finding = Assert.Single(SubmissionCheck.Check(submission, form, Given.Context).Findings);
        Assert.Equal((FindingKind.NotChecked, FindingWeight.Note), (finding.Kind, finding.Weight));
        Assert.Contains("camps", finding.Message, StringComparison.Ordinal);

        var lists = new Dictionary<string, InstanceNode> { ["camps"] = ItemLists.FromCsv("name,label,people\nn1,North,120\n") };
        var known = SubmissionCheck.Check(submission, form, Given.Context with { Lists = lists });
        Assert.Equal([FindingKind.CalculationDiffers], known.Findings.Select(f => f.Kind));
    }

    [Fact]
    public void Never_repeats_a_persons_own_words_in_what_it_says()
    {
        var verdict = SubmissionCheck.Check(Given.Submission("<sex>Yusuf of North Camp</sex><age>Yusuf</age><place>Yusuf</place><minor>Yusuf</minor>"), Given.Form(Data, Rules, Body), Given.Context);
        Assert.False(verdict.IsValid);
        Assert.DoesNotContain(verdict.Findings, finding => finding.Message.Contains("Yusuf", StringComparison.Ordinal));
    }

    [Fact]
    public void Accepts_a_calculation_in_whichever_language_it_was_made()
    {
        const string lists = """
            <itext><translation lang="English" default="true()"><text id="n"><value>North</value></text></translation><translation lang="French"><text id="n"><value>Nord</value></text></translation></itext>
            <instance id="camps"><root><item><name>n</name><itextId>n</itextId></item></root></instance>
            """;
        var form = Given.Form("<camp/><name/>", "<bind nodeset=\"/data/name\" calculate=\"jr:choice-name(/data/camp, '/data/camp')\"/>",
            "<select1 ref=\"/data/camp\"><itemset nodeset=\"instance('camps')/root/item\"><value ref=\"name\"/><label ref=\"jr:itext(itextId)\"/></itemset></select1>", lists);
        Assert.Empty(SubmissionCheck.Check(Given.Submission("<camp>n</camp><name>Nord</name>"), form, Given.Context).Findings);
        Assert.NotEmpty(SubmissionCheck.Check(Given.Submission("<camp>n</camp><name>Sud</name>"), form, Given.Context).Findings);
    }
}
