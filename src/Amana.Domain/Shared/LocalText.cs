using System.Text.Json.Serialization;

namespace Amana.Domain.Shared;

/// <summary>One text in several languages, by language tag (BCP 47). Compares by value.</summary>
[JsonConverter(typeof(LocalTextJson))]
public sealed class LocalText : IEquatable<LocalText>
{
    private readonly SortedDictionary<string, string> _byLanguage;

    public LocalText(IEnumerable<KeyValuePair<string, string>> byLanguage)
    {
        _byLanguage = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (language, text) in byLanguage)
            if (!string.IsNullOrWhiteSpace(text))
                _byLanguage[language] = text.Trim();
    }

    public static LocalText Empty { get; } = new([]);

    public IReadOnlyDictionary<string, string> ByLanguage => _byLanguage;

    public bool IsEmpty => _byLanguage.Count == 0;

    /// <summary>True when the text exists in the language.</summary>
    public bool Has(string language) => _byLanguage.ContainsKey(language);

    /// <summary>The text in the language, else in English, else in any; empty when there is none.</summary>
    public string In(string language) =>
        _byLanguage.TryGetValue(language, out var text) ? text
        : _byLanguage.TryGetValue("en", out var english) ? english
        : _byLanguage.Values.FirstOrDefault() ?? "";

    public static LocalText English(string text) => new([new("en", text)]);

    /// <summary>The languages of <paramref name="wanted"/> in which the text is missing.</summary>
    public IReadOnlyList<string> MissingIn(IEnumerable<string> wanted) => [.. wanted.Where(l => !Has(l))];

    public bool Equals(LocalText? other) => other is not null && _byLanguage.SequenceEqual(other._byLanguage);

    public override bool Equals(object? obj) => Equals(obj as LocalText);

    public override int GetHashCode() => _byLanguage.Aggregate(17, (h, p) => HashCode.Combine(h, p.Key, p.Value));

    public override string ToString() => In("en");
}

/// <summary>Writes a <see cref="LocalText"/> as a plain object: language to text.</summary>
public sealed class LocalTextJson : JsonConverter<LocalText>
{
    public override LocalText Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
        new(System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options) ?? []);

    public override void Write(System.Text.Json.Utf8JsonWriter writer, LocalText value, System.Text.Json.JsonSerializerOptions options) =>
        System.Text.Json.JsonSerializer.Serialize(writer, value.ByLanguage, options);
}
