using System.Text.Json;
using Amana.Domain.Vocabularies;
using Amana.Features.Platform;

namespace Amana.Features.Vocabularies;

/// <summary>The lists as the product ships them.</summary>
public static class VocabularyShelf
{
    private const string Folder = "vocabularies/";

    private static readonly JsonSerializerOptions Json = new(Mapping.Json) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Lazy<IReadOnlyList<VocabularyList>> Shipped = new(() =>
        [.. typeof(VocabularyShelf).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Open)]);

    /// <summary>All lists, by code.</summary>
    public static IReadOnlyList<VocabularyList> All => Shipped.Value;

    /// <summary>The lists with what an operation changed in them.</summary>
    public static IReadOnlyList<VocabularyList> With(IReadOnlyCollection<EditedTerm> edits) => edits.Count == 0 ? All : [.. All.Select(l => VocabularyRules.With(l, edits))];

    public static VocabularyList? Find(string code) => All.FirstOrDefault(l => string.Equals(l.Code, code, StringComparison.OrdinalIgnoreCase));

    private static VocabularyList Open(string name)
    {
        using var stream = typeof(VocabularyShelf).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<VocabularyList>(stream, Json)!;
    }
}
