using System.Text.Json;
using System.Text.RegularExpressions;

namespace Amana.Domain.Tests;

/// <summary>The texts of the product, as they lie beside features and pages, and the slugs that the domain's source can produce.</summary>
internal static partial class Words
{
    public static readonly string[] Languages = ["en", "fr", "es", "ar"];

    /// <summary>Key to language to text, of every subject.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All { get; } = Read();

    /// <summary>Every literal in the source of the shape of a slug: refusals are the only such words there.</summary>
    public static IReadOnlyList<string> Slugs { get; } = [.. Repository.DomainSources()
        .SelectMany(f => SlugLiteral().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The slugs of refusals that features and hosts make themselves.</summary>
    public static IReadOnlyList<string> SlugsOutsideTheDomain { get; } = [.. Repository.Files("*.cs", "Amana.Features", "Amana.Web", "Amana.Cli")
        .SelectMany(f => MadeSlug().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The reasons for which a rule does not apply.</summary>
    public static IReadOnlyList<string> Reasons { get; } = [.. Repository.DomainSources()
        .SelectMany(f => ReasonLiteral().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public static string English(string key) => All.TryGetValue(key, out var texts) ? texts["en"] : throw new InvalidOperationException("No text " + key);

    public static IReadOnlyList<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    [GeneratedRegex("\"([a-z][a-z-]*\\.[a-z][a-z-]*)\"")]
    private static partial Regex SlugLiteral();

    [GeneratedRegex("(?:new Refusal\\(|Must\\([^;\\n]*?, )\"([a-z][a-z-]*\\.[a-z][a-z-]*)\"")]
    private static partial Regex MadeSlug();

    [GeneratedRegex("NotApplicable\\(\"([a-z-]+)\"\\)")]
    private static partial Regex ReasonLiteral();

    [GeneratedRegex("\\{(\\w+)\\}")]
    private static partial Regex Placeholder();

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Read()
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var file in Repository.Files("texts.json", "Amana.Features", "Amana.Web", "Amana.Cli"))
            foreach (var (key, texts) in JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllText(file))!)
                all.Add(key, texts);
        return all;
    }
}
