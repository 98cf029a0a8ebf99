using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace Amana.Features.Texts;

/// <summary>
/// All words of the product. A text is found by key and language, falls back to English, and shows a missing key as <c>⟦key⟧</c>
/// so that the gap is seen and nothing breaks. Placeholders are named: <c>{count}</c>. Plurals are keys with the suffix of a CLDR
/// category (<see cref="Plural"/>), chosen by the argument <c>count</c>; a key ending in <c>.zero</c> is taken for none in every language.
/// </summary>
public sealed class Texts
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> byLanguage;

    public Texts(IEnumerable<TextFile> files)
    {
        var all = Language.All.ToDictionary(l => l.Code, _ => new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var file in files)
        foreach (var (key, texts) in file.Entries)
        foreach (var (code, text) in texts)
            if (!all[code].TryAdd(key, text)) throw new InvalidDataException($"The key {key} of {file.Name} is said in another file too.");
        byLanguage = all.ToFrozenDictionary(l => l.Key, l => l.Value.ToFrozenDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>Reads the texts that these assemblies embed.</summary>
    public static Texts Load(params IEnumerable<Assembly> assemblies) => new(assemblies.Distinct().SelectMany(TextFile.In));

    /// <summary>All keys, of any language.</summary>
    public IEnumerable<string> Keys => byLanguage.Values.SelectMany(texts => texts.Keys).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a text of this key exists, singular or plural.</summary>
    public bool Has(string key) => Find(Language.English, key, null) is not null || Find(Language.English, key, 2) is not null;

    /// <summary>A text for plain places: titles, attributes, mails, files. String arguments are isolated where their direction could disturb.</summary>
    public string Get(Language language, string key, object? args = null)
    {
        var arguments = Arguments.Of(args);
        return Fill(language, Pattern(language, key, arguments), arguments, static (language, value) => Isolation.Of(language, value));
    }

    /// <summary>The unfilled text for these arguments: what a page fills with encoded values.</summary>
    public string Pattern(Language language, string key, Arguments arguments)
    {
        var count = arguments.Count;
        return Find(language, key, count) ?? Find(Language.English, key, count) ?? $"⟦{key}⟧";
    }

    /// <summary>
    /// Splits a pattern into its literal pieces and placeholders, in order. A placeholder that got no argument shows as <c>⟦name⟧</c>.
    /// </summary>
    public void Walk(Language language, string pattern, Arguments arguments, Action<string> literal, Action<object?> value)
    {
        var rest = pattern.AsSpan();
        while (rest.Length > 0)
        {
            var open = rest.IndexOf('{');
            var close = open < 0 ? -1 : rest[open..].IndexOf('}') + open;
            if (open < 0 || close < open)
            {
                literal(rest.ToString());
                return;
            }
            if (open > 0) literal(rest[..open].ToString());
            var name = rest[(open + 1)..close];
            if (arguments.TryGet(name, out var found)) value(found);
            else literal($"⟦{name}⟧");
            rest = rest[(close + 1)..];
        }
    }

    private string Fill(Language language, string pattern, Arguments arguments, Func<Language, string, string> isolate)
    {
        if (!pattern.Contains('{', StringComparison.Ordinal)) return pattern;
        var text = new StringBuilder(pattern.Length + 32);
        Walk(language, pattern, arguments, s => text.Append(s), v => text.Append(Format(language, v, isolate)));
        return text.ToString();
    }

    private string? Find(Language language, string key, decimal? count)
    {
        var texts = byLanguage[language.Code];
        if (count is not { } n) return texts.GetValueOrDefault(key);
        if (n == 0 && texts.TryGetValue(key + ".zero", out var none)) return none;
        return texts.GetValueOrDefault(key + "." + Plural.Of(language, n)) ?? texts.GetValueOrDefault(key + ".other") ?? texts.GetValueOrDefault(key);
    }

    /// <summary>A value in the words of a language: numbers grouped, dates in words, strings as <paramref name="isolate"/> gives them.</summary>
    public string Format(Language language, object? value, Func<Language, string, string> isolate) => value switch
    {
        null => "",
        string s => isolate(language, s),
        Verbatim v => v.Word,
        DateOnly d => this.Date(language, d),
        DateTimeOffset t => this.Moment(language, t),
        int or long or short or decimal or double => this.Number(language, Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture)),
        _ => isolate(language, value.ToString() ?? ""),
    };
}
