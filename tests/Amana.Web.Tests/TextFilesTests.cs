using System.Reflection;
using System.Text.RegularExpressions;
using Amana.Features.Texts;
using Amana.Web.Ui;
using Amana.Web.Ui.Tags;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Tests;

public partial class The_texts_of_the_product
{
    private static readonly TextFile[] Files = [.. TextFile.In(typeof(Language).Assembly), .. TextFile.In(typeof(PageTexts).Assembly)];

    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Entries =
        Files.SelectMany(f => f.Entries).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);

    private static readonly HashSet<string> Keys = [.. Entries.Keys.Select(Base)];

    [Fact]
    public void Are_all_embedded() => Assert.Equal(Sources.Of("/texts.json").Count(), Files.Length);

    [Fact]
    public void Exist_in_all_four_languages() => Assert.Empty(Gaps(Entries));

    [Fact]
    public void Would_be_missed_in_one_language()
    {
        Assert.NotEmpty(Gaps(Parse("""{ "a.b": { "en": "x", "fr": "x", "es": "x" } }""")));
        Assert.NotEmpty(Gaps(Parse("""{ "a.b": { "en": "x", "fr": "x", "es": "x", "ar": " " } }""")));
        Assert.NotEmpty(Gaps(Parse("""{ "n.one": { "en": "x", "fr": "x", "es": "x", "ar": "x" }, "n.other": { "en": "x", "fr": "x", "es": "x", "ar": "x" } }""")));
    }

    [Fact]
    public void Use_the_same_placeholders_in_every_language() => Assert.Empty(Disagreements(Entries));

    [Fact]
    public void Would_be_missed_with_another_placeholder() =>
        Assert.NotEmpty(Disagreements(Parse("""{ "a.b": { "en": "{name}", "fr": "{nom}", "es": "{name}", "ar": "{name}" } }""")));

    [Fact]
    public void Exist_for_every_key_that_is_written_in_the_code()
    {
        var missing = from file in Sources.Of(".cs", ".cshtml")
                      from key in NamedKeys(File.ReadAllText(file))
                      where !Keys.Contains(key) && !Keys.Contains(Base(key))
                      select $"{Path.GetRelativePath(Sources.Root, file)}: {key}";
        Assert.Empty(missing.Distinct());
    }

    [Theory]
    [InlineData("""@L["no.such.key"]""")]
    [InlineData("""@L.Plain("no.such.key", new { count = 1 })""")]
    [InlineData("""<a-field for="X" label="no.such.key" />""")]
    [InlineData("""ModelState.AddModelError("X", "no.such.key")""")]
    [InlineData("""[Required(ErrorMessage = "no.such.key")]""")]
    public void Would_be_missed_by_a_key_without_text(string source) => Assert.Contains("no.such.key", NamedKeys(source));

    /// <summary>A text of a page is markup already: joined to other words it would show the name of its type.</summary>
    [Fact]
    public void Are_never_joined_to_words_as_markup() =>
        Assert.Empty(Sources.Of(".cshtml").Where(f => Joined().IsMatch(File.ReadAllText(f))).Select(f => Path.GetRelativePath(Sources.Root, f)));

    [Theory]
    [InlineData("""@(e.Ask is { } a ? L["vocabulary.ConsentAsk." + a] + " · " + to : "")""")]
    [InlineData("""@("#" + L["ledger.waiting"])""")]
    public void Would_be_seen_where_they_are_joined_as_markup(string page) => Assert.Matches(Joined(), page);

    [Fact]
    public void Are_all_used()
    {
        var written = Sources.Of(".cs", ".cshtml").SelectMany(f => Literal().Matches(File.ReadAllText(f))).Select(m => m.Groups["key"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Keys.Where(k => !written.Contains(k) && !KeyFamilies.Prefixes.Any(p => k.StartsWith(p, StringComparison.Ordinal))).ToList());
    }

    [Fact]
    public void Have_no_family_without_a_member() =>
        Assert.Empty(KeyFamilies.Prefixes.Where(p => !Keys.Any(k => k.StartsWith(p, StringComparison.Ordinal))).ToList());

    [Fact]
    public void Have_dotted_keys_that_begin_in_lower_case() => Assert.Empty(Entries.Keys.Where(k => !Shape().IsMatch(k)).ToList());

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Parse(string json) => new(TextFile.Parse("test", System.Text.Encoding.UTF8.GetBytes(json)).Entries);

    private static string Base(string key) => Plural.Categories.FirstOrDefault(c => key.EndsWith("." + c, StringComparison.Ordinal)) is { } c ? key[..^(c.Length + 1)] : key;

    private static List<string> Gaps(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> entries)
    {
        var gaps = new List<string>();
        foreach (var (key, texts) in entries.Where(e => Base(e.Key) == e.Key))
            gaps.AddRange(Language.All.Where(l => string.IsNullOrWhiteSpace(texts.GetValueOrDefault(l.Code))).Select(l => $"{key} in {l}"));
        foreach (var plural in entries.Keys.Where(k => Base(k) != k).Select(Base).Distinct())
        foreach (var language in Language.All)
            gaps.AddRange(Plural.Required(language).Where(c => string.IsNullOrWhiteSpace(entries.GetValueOrDefault($"{plural}.{c}")?.GetValueOrDefault(language.Code))).Select(c => $"{plural}.{c} in {language}"));
        return gaps;
    }

    // A word for one or two may leave the number out: "one day".
    private static IEnumerable<string> Disagreements(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> entries) =>
        from family in entries.GroupBy(e => Base(e.Key))
        let sets = family.SelectMany(e => e.Value.Values).Select(t => string.Join(' ', Placeholder().Matches(t).Select(m => m.Value).Where(p => p != "{count}").Distinct().Order(StringComparer.Ordinal)))
        where sets.Distinct().Count() > 1
        select family.Key;

    private static IEnumerable<string> NamedKeys(string source)
    {
        foreach (Match m in Call().Matches(source)) yield return m.Groups["key"].Value;
        foreach (Match tag in Tag().Matches(source))
        foreach (Match attribute in Attribute().Matches(tag.Groups["rest"].Value))
        {
            var value = attribute.Groups["value"].Value;
            if (KeyAttributes.Contains((tag.Groups["tag"].Value, attribute.Groups["name"].Value)) && Shape().IsMatch(value)) yield return value;
        }
    }

    private static readonly HashSet<(string Tag, string Attribute)> KeyAttributes =
    [
        .. from type in typeof(TextKeyAttribute).Assembly.GetTypes()
           from target in type.GetCustomAttributes<HtmlTargetElementAttribute>()
           from property in type.GetProperties()
           where property.GetCustomAttribute<TextKeyAttribute>() is not null
           select (target.Tag, new KebabCase().TransformOutbound(property.Name)!),
    ];

    [GeneratedRegex("\"(?<key>[a-z0-9-]+(\\.[a-z0-9-]+)+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();

    [GeneratedRegex("\\bL\\[[^\\]]*\\]\\s*\\+|\\+\\s*L\\[", RegexOptions.NonBacktracking)]
    private static partial Regex Joined();

    [GeneratedRegex("^[a-z0-9-]+(\\.[A-Za-z0-9-]+)+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();

    [GeneratedRegex("\\{[A-Za-z]+\\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    [GeneratedRegex("(?:\\b(?:L|[tT]exts)(?:\\[|\\.Plain\\(|\\.Get\\(\\w+, )|AddModelError\\([^,\"]*(?:\"[^\"]*\")?[^,\"]*, |ErrorMessage = )\"(?<key>[a-z0-9-]+(\\.[a-z0-9-]+)+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Call();

    [GeneratedRegex("<(?<tag>a-[a-z-]+)(?<rest>([^>\"]|\"[^\"]*\")*)>", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    [GeneratedRegex("(?<name>[a-z-]+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Attribute();
}
