using System.Diagnostics;
using System.Globalization;
using Amana.XForms.Evaluation;

namespace Amana.XForms.Check;

/// <summary>Random expressions and submissions, from nearly right to noise.</summary>
internal static class Fuzz
{
    private static readonly string[] s_pieces =
        ["(", ")", "[", "]", "/", "//", "..", ".", "@", "*", "'", "\"", ",", "-", " and ", " div ", "a", "9", "::", "$", "|", "!", "=", "'x'", " ", "\uD83D", "é", "current()", "r", "1e9"];

    private static readonly string[] s_leaves = ["../r/n", "/data/r", "/data/r[1]", "a", "'abc'", "''", ".", "/data/r/n", "'1 2;3 4'", "today()", "3"];
    private static readonly string[] s_operators = [" + ", " - ", " * ", " = ", " != ", " < ", " >= ", " and ", " or ", " div ", " mod ", " | "];

    private static readonly string[] s_xml =
        ["<a>", "</a>", "<a/>", "<r>", "</r>", "<b>", "</b>", "1 2;3 4;5 6;1 2", "-9 200", "<c>2020-01-01T00:00:00Z</c>", "<d>0000-00-00</d>", "<meta>", "</meta>",
            "99999999999999999999", "<x y='1'/>", "&lt;", "<", "&", "<!--", "-->", "<![CDATA[", "]]>", "<?x?>", "é", "\uD83D"];

    private static readonly string[] s_functions = [.. Expression.FunctionNames.Order(StringComparer.Ordinal)];

    public static int Run(int count, int seed)
    {
        var random = new Random(seed);
        var context = new EvaluationContext { Now = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero) };
        var node = SubmissionReader.Read("<data><a>1</a><r><n>3</n></r><r><n>x</n></r><r/></data>").Submission!.Root.First("a")!;
        var unstable = 0;
        Report("expressions", count, () => unstable += TryExpression(Text(random), node, context) ? 0 : 1);
        var form = CompiledForm.FromXForm(Form, out _)!;
        Report("submissions", count, () => TrySubmission(Xml(random), form, context));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"printed unstably: {unstable}; most memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576} MB"));
        return unstable == 0 ? 0 : 1;
    }

    private const string Form = """
        <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Fuzz</h:title><model>
        <instance><data id="v" version="3"><a/><r jr:template=""><b/></r><c/><d/><meta><instanceID/></meta></data></instance>
        <bind nodeset="/data/a" type="int" constraint=". &gt; 1"/><bind nodeset="/data/r/b" type="geoshape" required="true()" constraint="regex(., '[0-9 .;]*') and area(.) &gt; 2"/>
        <bind nodeset="/data/c" type="dateTime" calculate="sum(/data/r/b) + /data/a" relevant="/data/a != 4"/><bind nodeset="/data/d" type="date" constraint=". &lt; today() - 3"/>
        </model></h:head><h:body><input ref="/data/a"/><group><repeat nodeset="/data/r" jr:count="/data/a"><input ref="/data/r/b"/></repeat></group><input ref="/data/d"/></h:body></h:html>
        """;

    private static void Report(string what, int count, Action once)
    {
        var (all, worst) = (Stopwatch.StartNew(), TimeSpan.Zero);
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            once();
            var taken = Stopwatch.GetElapsedTime(start);
            worst = taken > worst ? taken : worst;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {what} in {all.Elapsed.TotalSeconds:0} s, the longest {worst.TotalMilliseconds:0} ms"));
    }

    private static bool TryExpression(string text, InstanceNode node, EvaluationContext context)
    {
        if (Expression.Parse(text).Expression is not { } expression)
            return true;
        expression.Evaluate(node, context);
        var printed = expression.Syntax.ToString();
        return Expression.Parse(printed).Expression?.Syntax.ToString() == printed;
    }

    private static void TrySubmission(string xml, CompiledForm form, EvaluationContext context)
    {
        if (SubmissionReader.Read(xml).Submission is not { } submission)
            return;
        SubmissionCheck.Check(submission, form, context);
        var session = FormSession.Resume(form, submission, context);
        session.Errors();
        session.ToXml("uuid:1");
    }

    private static string Text(Random random) =>
        random.Next(4) == 0 ? string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => Of(s_pieces, random))) : Grown(random, 5);

    private static string Grown(Random random, int depth) => random.Next(depth <= 0 ? 2 : 8) switch
    {
        0 => Of(s_pieces, random),
        1 => Of(s_leaves, random),
        2 or 3 or 4 => $"{Of(s_functions, random)}({string.Join(",", Enumerable.Range(0, random.Next(5)).Select(_ => Grown(random, depth - 1)))})",
        5 => Grown(random, depth - 1) + Of(s_operators, random) + Grown(random, depth - 1),
        6 => $"/data/r[{Grown(random, depth - 1)}]",
        _ => Grown(random, depth - 1) + Grown(random, depth - 1),
    };

    private static string Xml(Random random)
    {
        var parts = Enumerable.Range(0, random.Next(9)).Select(_ => random.Next(6) switch
        {
            0 or 1 => $"<a>{Of(s_xml, random)}</a>",
            2 or 3 => string.Create(CultureInfo.InvariantCulture, $"<r><b>{random.Next(90)} {random.Next(99)};1 2;3 4;{Of(s_xml, random)}</b></r>"),
            _ => Of(s_xml, random),
        });
        return $"<data id=\"v\" version=\"3\">{string.Concat(parts)}</data>";
    }

    private static string Of(string[] choices, Random random) => choices[random.Next(choices.Length)];
}
