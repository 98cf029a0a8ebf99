using System.Globalization;
using System.Text;

namespace Amana.Linkage;

/// <summary>
/// Brings names of several scripts to one spelling, so that what people write differently by habit, keyboard or clerk compares as equal:
/// Unicode NFKC (UAX #15), lower case, Latin, Greek and Cyrillic without diacritics, Arabic without vowel marks and tatweel and with one
/// alef, ya, kaf and ta marbuta, digits as 0–9, punctuation as a space. Vowel signs of Indic, Thai, Ethiopic and other scripts are kept: there they are letters.
/// </summary>
public static class NameText
{
    /// <summary>The normalised name; null when nothing is left.</summary>
    public static string? Normalise(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        var text = new StringBuilder(name.Length);
        var gap = false;
        foreach (var c in Compatible(name).ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            switch (Fold(c))
            {
                case "":
                    continue;
                case " ":
                    gap = text.Length > 0;
                    continue;
                case var letters:
                    if (gap)
                        text.Append(' ');
                    gap = false;
                    text.Append(letters);
                    continue;
            }
        }

        return text.Length == 0 ? null : text.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Letters and digits only, in lower case, for codes and numbers of documents; null when nothing is left.</summary>
    public static string? NormaliseCode(string? code)
    {
        var text = Normalise(code)?.Replace(" ", string.Empty, StringComparison.Ordinal);
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A lone surrogate has no compatible form; it is read as a replacement sign rather than refused.</summary>
    private static string Compatible(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)).Normalize(NormalizationForm.FormKC);
        }
    }

    private static string Fold(char c)
    {
        if (c is >= 'a' and <= 'z' or >= '0' and <= '9')
            return Ascii[c];
        if (c is >= '\u0300' and <= '\u036F')
            return string.Empty;
        if (c is >= '\u0600' and <= '\u06FF')
            return FoldArabic(c);
        return c switch
        {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'ł' => "l",
            'đ' or 'ð' => "d",
            'þ' => "th",
            'ħ' => "h",
            'ı' => "i",
            'ŋ' => "n",
            'ς' => "σ",
            '\'' or '\u2018' or '\u2019' or '\u02BC' or '\u02BB' or '\u02BF' or '\u02BE' or '`' or '\u00B4' => string.Empty,
            _ => FoldByCategory(c),
        };
    }

    private static string FoldArabic(char c) => c switch
    {
        '\u0622' or '\u0623' or '\u0625' or '\u0671' => "\u0627",
        '\u0649' or '\u06CC' or '\u06D2' or '\u0626' => "\u064A",
        '\u0629' or '\u06C1' or '\u06C0' or '\u06D5' => "\u0647",
        '\u06A9' => "\u0643",
        '\u0624' => "\u0648",
        '\u0621' or '\u0640' or (>= '\u064B' and <= '\u065F') or '\u0670' or (>= '\u06D6' and <= '\u06ED') => string.Empty,
        _ => FoldByCategory(c),
    };

    private static string FoldByCategory(char c) => CharUnicodeInfo.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.DecimalDigitNumber => ((int)CharUnicodeInfo.GetNumericValue(c)).ToString(CultureInfo.InvariantCulture),
        UnicodeCategory.Format or UnicodeCategory.Control when !char.IsWhiteSpace(c) => string.Empty,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber
            or UnicodeCategory.Surrogate => c.ToString(),
        _ => " ",
    };

    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(i => ((char)i).ToString())];
}
