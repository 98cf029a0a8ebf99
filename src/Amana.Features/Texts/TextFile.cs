using System.Reflection;
using System.Text.Json;

namespace Amana.Features.Texts;

/// <summary>
/// One slice's <c>texts.json</c>: <c>{ "key": { "en": "…", "fr": "…", "es": "…", "ar": "…" } }</c>. Refuses a key said twice and a language
/// that the product does not know, because both would hide a text in silence.
/// </summary>
public sealed record TextFile(string Name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Entries)
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Disallow, MaxDepth = 4 };

    /// <summary>Reads every text file that an assembly embeds below <c>texts/</c>.</summary>
    public static IEnumerable<TextFile> In(Assembly assembly)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("texts/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            yield return Parse(name, bytes);
        }
    }

    public static TextFile Parse(string name, ReadOnlySpan<byte> json)
    {
        var entries = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json, Options);
        Expect(ref reader, JsonTokenType.StartObject, name);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            if (!entries.TryAdd(key, ReadLanguages(ref reader, name, key))) throw new InvalidDataException($"{name}: the key {key} is said twice.");
        }
        return new TextFile(name, entries);
    }

    private static Dictionary<string, string> ReadLanguages(ref Utf8JsonReader reader, string name, string key)
    {
        var texts = new Dictionary<string, string>(4, StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject, name);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var code = reader.GetString()!;
            if (!Language.All.Any(l => l.Code == code)) throw new InvalidDataException($"{name}: {key} names the unknown language {code}.");
            Expect(ref reader, JsonTokenType.String, name);
            if (!texts.TryAdd(code, reader.GetString()!)) throw new InvalidDataException($"{name}: {key} says {code} twice.");
        }
        return texts;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string name)
    {
        if (!reader.Read() || reader.TokenType != type) throw new InvalidDataException($"{name}: expected {type} at byte {reader.TokenStartIndex}.");
    }
}
