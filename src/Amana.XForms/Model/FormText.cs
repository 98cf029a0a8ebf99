using System.Text.Json.Serialization;

namespace Amana.XForms;

/// <summary>One text in one language. The language is null where the form wrote the text in a column without a language.</summary>
public sealed record LanguageText(string? Language, string Text);

/// <summary>
/// A text of a form as its author wrote it: either one text without a language, or one per language in the order of the columns.
/// </summary>
public sealed record FormText(IReadOnlyList<LanguageText> Texts)
{
    /// <summary>A text that was written without a language.</summary>
    public static FormText Plain(string text) => new([new LanguageText(null, text)]);

    /// <summary>True where languages are named, so that clients choose among them.</summary>
    [JsonIgnore]
    public bool IsTranslated => Texts.Count > 0 && Texts[0].Language is not null;

    /// <summary>The one text without a language; null where the text is translated.</summary>
    [JsonIgnore]
    public string? PlainText => IsTranslated || Texts.Count == 0 ? null : Texts[0].Text;

    /// <summary>The text in that language, or null when there is none. A text without a language is in the form's default language.</summary>
    public string? In(string language, string defaultLanguage)
    {
        foreach (var text in Texts)
        {
            if (string.Equals(text.Language ?? defaultLanguage, language, StringComparison.Ordinal))
                return text.Text;
        }

        return null;
    }

    /// <summary>The text to show a reader of that language: theirs, else the default language's, else the first there is.</summary>
    public string Best(string language, string defaultLanguage) =>
        In(language, defaultLanguage) ?? In(defaultLanguage, defaultLanguage) ?? (Texts.Count > 0 ? Texts[0].Text : string.Empty);

    /// <summary>
    /// Adds one more column's text, in the way of the reference converter: a text without a language is the default language's, and
    /// gives way to a text that names the default language.
    /// </summary>
    internal FormText With(string? language, string text, string defaultLanguage)
    {
        var texts = new List<LanguageText>(Texts.Count + 1);
        if (language is null)
        {
            if (Texts.Any(t => t.Language == defaultLanguage))
                return this;
            if (!IsTranslated)
                return Plain(text);
            texts.AddRange(Texts);
            texts.Add(new LanguageText(defaultLanguage, text));
            return new FormText(texts);
        }

        foreach (var known in Texts)
        {
            var named = known.Language ?? defaultLanguage;
            if (named != language)
                texts.Add(known with { Language = named });
        }

        texts.Add(new LanguageText(language, text));
        return new FormText(texts);
    }
}

/// <summary>A picture, sound or film that goes with a label; the kind is image, big-image, audio or video, the text a file name per language.</summary>
public sealed record FormMedia(string Kind, FormText File);

/// <summary>A named value that goes into the XForm as it is; the value may hold references to questions.</summary>
public sealed record FormAttribute(string Name, string Value);
