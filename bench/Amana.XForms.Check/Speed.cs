using System.Diagnostics;
using System.Globalization;
using System.Text;
using Amana.XForms.Evaluation;

namespace Amana.XForms.Check;

/// <summary>A form of 200 questions, a fifth of them each: constrained numbers, relevant texts, calculations, filtered choices, patterns.</summary>
internal static class Speed
{
    private const int Questions = 200;
    private const int Times = 3_000;

    public static void Run()
    {
        var form = CompiledForm.FromXForm(Form(), out _)!;
        var bytes = Encoding.UTF8.GetBytes(Answers());
        var context = new EvaluationContext { Now = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero) };
        Table.Line("| questions | median | 95 of 100 within | a second, one thread | a second of processor | findings |");
        Table.Line("|---|---|---|---|---|---|");
        for (var round = 0; round < 6; round++)
            Round(form, bytes, context, isShown: round > 2);
    }

    private static void Round(CompiledForm form, byte[] bytes, EvaluationContext context, bool isShown)
    {
        var times = new List<double>(Times);
        var findings = 0;
        var (work, all) = (Process.GetCurrentProcess().UserProcessorTime, Stopwatch.GetTimestamp());
        for (var i = 0; i < Times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var submission = SubmissionReader.Read(new MemoryStream(bytes)).Submission!;
            findings += SubmissionCheck.Check(submission, form, context).Findings.Count;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var (wall, processor) = (Stopwatch.GetElapsedTime(all).TotalSeconds, (Process.GetCurrentProcess().UserProcessorTime - work).TotalSeconds);
        times.Sort();
        if (isShown)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {Questions} | {times[Times / 2]:0.000} ms | {times[Times * 95 / 100]:0.000} ms | {Times / wall:N0} | {Times / processor:N0} | {findings} |"));
    }

    private static string Form()
    {
        var (data, binds, body) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var i = 0; i < Questions; i++)
        {
            var path = Invariant($"/data/q{i}");
            data.Append(CultureInfo.InvariantCulture, $"<q{i}/>");
            binds.Append(CultureInfo.InvariantCulture, $"<bind nodeset=\"{path}\" {Rule(i)}/>");
            if (i % 5 == 3)
                body.Append(CultureInfo.InvariantCulture, $"<select1 ref=\"{path}\"><itemset nodeset=\"instance('l')/root/item[g = /data/q0 or true()]\"><value ref=\"name\"/></itemset></select1>");
            else if (i % 5 != 2)
                body.Append(CultureInfo.InvariantCulture, $"<input ref=\"{path}\"/>");
        }

        var items = string.Concat(Enumerable.Range(0, 12).Select(i => Invariant($"<item><name>{(char)('a' + i)}</name><g>{i}</g></item>")));
        return $"""
            <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>Speed</h:title><model>
            <instance><data id="speed">{data}<meta><instanceID/></meta></data></instance><instance id="l"><root>{items}</root></instance>{binds}
            </model></h:head><h:body>{body}</h:body></h:html>
            """;
    }

    private static string Rule(int i) => (i % 5) switch
    {
        0 => "type=\"int\" required=\"true()\" constraint=\". &gt;= 0 and . &lt; 120\"",
        1 => Invariant($"relevant=\"/data/q{i - 1} &gt; 1000 or selected(/data/q3, 'a')\""),
        2 => Invariant($"type=\"int\" calculate=\"if(/data/q{i - 2} &gt; 17, /data/q{i - 2} * 2, 0) + 1\""),
        3 => "type=\"string\"",
        _ => "constraint=\"regex(., '[0-9]{10}')\"",
    };

    private static string Answers()
    {
        var answers = string.Concat(Enumerable.Range(0, Questions).Select(i => Invariant($"<q{i}>{Answer(i)}</q{i}>")));
        return $"<data id=\"speed\">{answers}<meta><instanceID>uuid:1</instanceID></meta></data>";
    }

    private static string Answer(int i)
    {
        var age = (i - (i % 5)) % 100;
        return (i % 5) switch
        {
            0 => Invariant($"{age}"),
            1 => "a text of some words",
            2 => Invariant($"{(age > 17 ? age * 2 : 0) + 1}"),
            3 => "a",
            _ => "0771234567",
        };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
