using System.Text;
using Amana.XForms.Evaluation;

namespace Amana.XForms.Tests;

public class The_example_of_the_readme
{
    private const string Csv = "survey\n,type,name,label,constraint\n,integer,age,Age?,. < 120\n,txt,name,Name?,\n";

    [Fact]
    public void Says_what_is_wrong_with_a_form() =>
        Assert.Equal(["sheet 'survey', row 3, column 'type': There is no type 'txt'. Did you mean 'text'?"], Run(Csv, "<data/>"));

    [Fact]
    public void Says_what_is_wrong_with_a_submission() =>
        Assert.Equal(
            ["Held", "/data/age"],
            Run(Csv.Replace(",txt,", ",text,", StringComparison.Ordinal), "<data id='form'><age>130</age><name>A</name><meta><instanceID>uuid:1</instanceID></meta></data>").Select(l => l.Split(':')[0]));

    [Fact]
    public void Stands_in_the_readme_as_it_is_run_here()
    {
        var source = File.ReadAllText(Path.Combine(SharedFolder.Repository(), "tests", "Amana.XForms.Tests", "Readme_example.cs"));
        var readme = File.ReadAllText(Path.Combine(SharedFolder.Repository(), "src", "Amana.XForms", "README.md"));
        var example = Between(readme, "```csharp\n", "\n```").Split('\n').Select(l => l.Trim()).ToList();
        Assert.Equal(Between(source, "// The example:\n", "// Its end.").Trim().Split('\n').Select(l => l.Trim()), example);
        Assert.Equal(10, example.Count);
    }

    private static List<string> Run(string csv, string submission)
    {
        var lines = new List<string>();
        var Console = new { WriteLine = (Action<object>)(line => lines.Add(line.ToString()!)) };
        Stream file = new MemoryStream(Encoding.UTF8.GetBytes(csv)), posted = new MemoryStream(Encoding.UTF8.GetBytes(submission));

        // The example:
        XlsFormReading reading = XlsForm.Read(file, "form.xlsx");
        foreach (FormProblem problem in reading.Problems)
            Console.WriteLine(problem);
        if (reading.Form is { } form && SubmissionReader.Read(posted).Submission is { } sent)
        {
            string xform = XFormWriter.Write(form);
            SubmissionVerdict verdict = SubmissionCheck.Check(sent, CompiledForm.FromModel(form), new EvaluationContext { Now = DateTimeOffset.UnixEpoch });
            Console.WriteLine(verdict.Outcome);
            foreach (SubmissionFinding finding in verdict.Findings) Console.WriteLine($"{finding.Path}: {finding.Message}");
        }
        // Its end.
        return lines;
    }

    private static string Between(string text, string start, string end) => text.Split(start, 2)[1].Split(end, 2)[0];
}
