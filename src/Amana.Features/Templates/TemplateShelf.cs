using System.Text.Json;
using Amana.Domain.Shared;
using Amana.Domain.Templates;
using Amana.Features.Platform;
using Amana.Features.Texts;

namespace Amana.Features.Templates;

/// <summary>The templates as the product ships them, and the words that they share.</summary>
public static class TemplateShelf
{
    private const string Folder = "templates/";
    private const string WordsName = Folder + "words.json";

    private static readonly JsonSerializerOptions Json = new(Mapping.Json) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Lazy<IReadOnlyList<ActivityTemplate>> Shipped = new(() =>
    [
        .. typeof(TemplateShelf).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n != WordsName).Select(Read<ActivityTemplate>)
            .OrderByDescending(t => t.Short).ThenBy(t => t.Category).ThenBy(t => t.Code, StringComparer.Ordinal),
    ]);

    private static readonly Lazy<Dictionary<string, LocalText>> Shared = new(() => Read<Dictionary<string, LocalText>>(WordsName));

    /// <summary>Languages in which every template has its words.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr", "es", "ar"];

    /// <summary>The one for sudden onset first, then by category.</summary>
    public static IReadOnlyList<ActivityTemplate> All => Shipped.Value;

    public static ActivityTemplate? Find(string? code) => All.FirstOrDefault(t => t.Code == code);

    /// <summary>A text that templates share, such as a part of the notice.</summary>
    internal static LocalText Words(string key) => Shared.Value[key];

    /// <summary>So many months, as each language counts them.</summary>
    internal static string Months(string language, int count) => Words("months." + Plural.Of(Language.Find(language) ?? Language.English, count)).In(language)
        .Replace("{count}", count.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static T Read<T>(string name)
    {
        using var stream = typeof(TemplateShelf).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<T>(stream, Json)!;
    }
}

/// <summary>Starter forms as workbooks, for hosts.</summary>
public static class TemplateForms
{
    /// <summary>The template's XLSForm in the languages given, not yet tied to a place.</summary>
    public static byte[] Of(ActivityTemplate template, IEnumerable<string> languages) => StarterForm.Write(template, languages);
}
