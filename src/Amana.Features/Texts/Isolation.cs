namespace Amana.Features.Texts;

/// <summary>
/// Keeps words of the other direction from moving their neighbours about: first-strong isolates (U+2068 … U+2069) of the Unicode
/// Bidirectional Algorithm (UAX 9) around a value of unknown direction, in plain text.
/// </summary>
public static class Isolation
{
    private const char Open = '\u2068';
    private const char Close = '\u2069';

    /// <summary>The value, isolated only where it could disturb a text of this language.</summary>
    public static string Of(Language language, string value) => Disturbs(language, value) ? $"{Open}{value}{Close}" : value;

    private static bool Disturbs(Language language, string value)
    {
        foreach (var c in value)
        {
            var arabic = IsRightToLeft(c);
            if (language.IsRightToLeft ? !arabic && !char.IsWhiteSpace(c) : arabic) return true;
        }
        return false;
    }

    // Hebrew to Arabic Extended-A, and the presentation forms.
    private static bool IsRightToLeft(char c) => c is >= '\u0590' and <= '\u08FF' or >= '\uFB1D' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFF';
}
