using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Amana.Domain.Tests;

/// <summary>One requirement of OWASP ASVS 5.0 with how it stands here.</summary>
internal sealed record AsvsLine(string Id, int Level, string State, string Gist, string Control, string Proof)
{
    public static IReadOnlyList<AsvsLine> All { get; } = [.. File.ReadLines(Repository.Path("docs", "asvs.tsv")).Where(l => l.Length > 0).Select(l => l.Split('\t'))
        .Select(p => new AsvsLine(p[0], int.Parse(p[1], CultureInfo.InvariantCulture), p[2], p[3], p[4], p[5]))];
}

/// <summary>The page of the standard, its numbers, and the tests that it names.</summary>
public sealed partial class The_page_of_the_security_standard
{
    private static readonly string Page = Repository.Path("docs", "asvs.md");

    private static readonly (string State, string Word, string Means)[] States =
    [
        ("met", "met", "met, with the test or page named"), ("partly", "partly", "met in part; the control says what is missing"),
        ("operator", "operator", "a matter of whoever runs the server, said in the guide named"), ("open", "**not met**", "not met yet"), ("n/a", "not applicable", "there is no such thing here"),
    ];

    [Fact]
    public void Says_what_the_list_says()
    {
        var page = Write();
        if (Environment.GetEnvironmentVariable("AMANA_WRITE_DOCS") == "1")
            File.WriteAllText(Page, page);
        Assert.True(File.Exists(Page) && page == File.ReadAllText(Page), "docs/asvs.md is out of date; write it with AMANA_WRITE_DOCS=1");
    }

    [Fact]
    public void Leaves_no_requirement_out_and_invents_none()
    {
        var asked = File.ReadLines(Repository.Path("tests", "Amana.Domain.Tests", "Docs", "asvs-ids.txt")).Where(l => l.Length > 0 && l[0] != '#').Order(StringComparer.Ordinal);
        Assert.Equal(asked, AsvsLine.All.Select(l => $"{l.Id} {l.Level}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_tests_and_pages_that_are_there()
    {
        var tests = Tests();
        foreach (var line in AsvsLine.All)
        {
            Assert.True(line.Gist.Length > 0 && line.Control.Length > 0 && States.Any(s => s.State == line.State), line.Id);
            if (line.Proof.StartsWith("doc:", StringComparison.Ordinal))
                Assert.True(File.Exists(Repository.Path(line.Proof[4..])), $"{line.Id} names {line.Proof}, which is not there.");
            else if (line.Proof != "-")
                Assert.True(tests.Contains(line.Proof), $"{line.Id} names the test {line.Proof}, which is not there.");
            Assert.True(line.Proof != "-" || line.State is not ("met" or "partly" or "operator"), $"{line.Id} is said to be met and names no proof.");
        }
    }

    [Fact]
    public void Would_miss_a_test_that_is_gone() => Assert.DoesNotContain("The_gate.Lets_everybody_in", Tests());

    /// <summary>Every test of the repository as Class.Method, read from the sources.</summary>
    private static HashSet<string> Tests()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Repository.Path("tests"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)))
        {
            var (kind, marked) = ("", false);
            foreach (var line in File.ReadLines(file))
            {
                if (TypeLine().Match(line) is { Success: true } type)
                    kind = type.Groups[1].Value;
                marked |= line.Contains("[Fact", StringComparison.Ordinal) || line.Contains("[Theory", StringComparison.Ordinal);
                if (MethodLine().Match(line) is not { Success: true } method)
                    continue;
                if (marked)
                    found.Add($"{kind}.{method.Groups[1].Value}");
                marked = false;
            }
        }

        return found;
    }

    private static string Write()
    {
        var page = new StringBuilder("# OWASP ASVS 5.0: what is met, and what is not\n\nWritten from `docs/asvs.tsv` and checked by a test; do not edit it. To write it anew: `AMANA_WRITE_DOCS=1 dotnet test --project tests/Amana.Domain.Tests`.\n")
            .Append("The numbers are those of the [Application Security Verification Standard 5.0.0](https://owasp.org/www-project-application-security-verification-standard/); the words are ours, and short.\n")
            .Append("All requirements of level 1 and 2 are here, and the level 3 ones that we hold ourselves to. A test fails when one is missing or names a test that does not exist.\n\n");
        foreach (var (state, word, means) in States)
            page.Append(CultureInfo.InvariantCulture, $"- {word}: {AsvsLine.All.Count(l => l.State == state)} ({means})\n");
        foreach (var chapter in AsvsLine.All.GroupBy(l => l.Id.Split('.')[0]))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## Chapter {chapter.Key}\n\n| no. | level | in short | how it stands | control | proof |\n| --- | --- | --- | --- | --- | --- |\n");
            foreach (var l in chapter)
                page.Append(CultureInfo.InvariantCulture, $"| {l.Id} | {l.Level} | {l.Gist} | {States.First(s => s.State == l.State).Word} | {l.Control} | {Proof(l.Proof)} |\n");
        }

        return page.ToString();
    }

    private static string Proof(string proof) => proof == "-" ? "" : proof.StartsWith("doc:docs/", StringComparison.Ordinal) ? $"[{proof[9..]}]({proof[9..]})" : $"`{proof.Replace("doc:", "", StringComparison.Ordinal)}`";

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex MethodLine();
}
