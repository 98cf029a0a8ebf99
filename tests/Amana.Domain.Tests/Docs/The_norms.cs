using System.Text.RegularExpressions;
using Amana.Domain.Principles;

namespace Amana.Domain.Tests;

public sealed partial class The_norms
{
    private static readonly string Page = File.ReadAllText(Repository.Path("docs", "norms.md"));

    private static readonly Lazy<HashSet<string>> TestClasses = new(() =>
    [
        .. Directory.EnumerateFiles(Repository.Path("tests"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => ClassName().Matches(File.ReadAllText(f)).Select(m => m.Groups["name"].Value)),
    ]);

    [Fact]
    public void Name_only_rules_and_tests_that_exist()
    {
        var rows = Rows(Page).ToList();
        Assert.True(rows.Count >= 30, rows.Count + " rows");
        Assert.Empty(Missing(rows));
        Assert.All(rows, r => Assert.False(string.IsNullOrWhiteSpace(r[3]), r[0] + " does not say what is missing"));
    }

    [Fact]
    public void That_name_what_is_gone_are_found() =>
        Assert.Equal(["XX-9", "No_such_test"], Missing([["topic", "DP-1 XX-9", "The_norms, No_such_test", "none known"]]));

    [Fact]
    public void Cover_the_ten_principles_of_1990() => Assert.All(Enumerable.Range(1, 10), n => Assert.Contains(Rows(Page), r => r[0].StartsWith(n + " ", StringComparison.Ordinal)));

    private static List<string> Missing(IEnumerable<string[]> rows) =>
    [
        .. rows.SelectMany(r => r[1].Split(' ').Where(rule => Catalogue.Find(rule) is null).Concat(r[2].Split(", ").Where(test => !TestClasses.Value.Contains(test)))),
    ];

    private static IEnumerable<string[]> Rows(string page) => page.Split('\n')
        .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| ---", StringComparison.Ordinal) && !l.Contains("| rules |", StringComparison.Ordinal))
        .Select(l => l.Trim().Trim('|').Split('|').Select(c => c.Trim()).ToArray());

    [GeneratedRegex(@"\bclass (?<name>[A-Z]\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex ClassName();
}
