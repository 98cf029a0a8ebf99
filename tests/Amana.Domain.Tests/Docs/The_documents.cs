using System.Text.RegularExpressions;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

public sealed class The_page_of_the_principles
{
    private static readonly string File = Repository.Path("docs", "principles.md");

    [Fact]
    public void Says_what_the_code_does()
    {
        var page = PrinciplesPage.Write();
        if (Environment.GetEnvironmentVariable("AMANA_WRITE_DOCS") == "1")
            System.IO.File.WriteAllText(File, page);
        Assert.True(System.IO.File.Exists(File), "docs/principles.md is missing; write it with AMANA_WRITE_DOCS=1");
        Assert.True(page == System.IO.File.ReadAllText(File), "docs/principles.md is out of date; write it with AMANA_WRITE_DOCS=1");
    }

    [Fact]
    public void Shows_each_rule_with_a_proof()
    {
        var sections = PrinciplesPage.Write().Split("\n### ").Skip(1).ToList();
        Assert.Equal(Catalogue.Rules.Count, sections.Count);
        Assert.All(sections, s => Assert.Matches(@"- Proved by:\n  - \S", s));
    }
}

public sealed partial class The_glossary
{
    private static readonly string Page = File.ReadAllText(Repository.Path("docs", "glossary.md"));
    private static readonly Type[] Exported = typeof(Rule).Assembly.GetExportedTypes();

    /// <summary>A subject's folder is a word of the field.</summary>
    public static TheoryData<string> Subjects => [.. Exported.Select(t => t.Namespace!["Amana.Domain.".Length..]).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What is kept: the classes that changes are applied to or that stand for somebody or something.</summary>
    public static TheoryData<string> Entities => [.. Exported.Where(IsEntity).Select(t => t.Name).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Vocabularies => [.. Exported.Where(t => t.IsEnum).Select(t => t.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Says_what_each_subject_is(string subject) => Assert.Contains($"`{subject}/`", Page, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Entities))]
    public void Says_what_each_thing_kept_is(string entity) => Assert.Contains($"`{entity}`", Page, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Says_what_each_vocabulary_is(string vocabulary) => Assert.Contains($"`{vocabulary}`", Page, StringComparison.Ordinal);

    [Fact]
    public void Names_no_type_that_is_gone()
    {
        var known = Exported.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(TypeName().Matches(Page), m => Assert.Contains(m.Groups[1].Value, known));
    }

    [Fact]
    public void Gives_each_word_a_meaning_and_a_source()
    {
        var rows = Page.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| word", StringComparison.Ordinal) && !l.StartsWith("| ---", StringComparison.Ordinal)).ToList();
        Assert.True(rows.Count >= 60, rows.Count + " words");
        Assert.All(rows, r =>
        {
            var cells = r.Trim('|').Split(" | ");
            Assert.Equal(4, cells.Length);
            Assert.All(new[] { cells[0], cells[2], cells[3] }, c => Assert.False(string.IsNullOrWhiteSpace(c), r));
        });
    }

    private static bool IsEntity(Type type) => type is { IsClass: true, IsAbstract: false } && type.Name is not (nameof(LocalText) or nameof(FieldErrors) or nameof(LocalTextJson) or nameof(SensitiveJson))
        && type.GetMethod("<Clone>$") is null && type.GetProperties().Any(p => p.GetSetMethod(nonPublic: true) is { IsPrivate: true });

    [GeneratedRegex("`([A-Z][A-Za-z]+)`")]
    private static partial Regex TypeName();
}
