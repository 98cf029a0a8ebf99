using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Amana.XForms.Evaluation;

/// <summary>
/// Regular expressions of forms: the whole text must match. They are compiled without backtracking, so that matching is linear in the text;
/// a pattern that needs backtracking (look-around, back-references) or that repeats too often is refused.
/// </summary>
internal static class FormPattern
{
    private const int MostPatterns = 500;
    private const int LongestPattern = 2_000;
    private const long MostRepeats = 200_000;
    private static readonly ConcurrentDictionary<string, (Regex? Regex, string Trouble)> s_compiled = new(StringComparer.Ordinal);

    /// <summary>An upper bound of the steps that matching takes: for each character, one for each place in the pattern that can be open at once.</summary>
    public static int Cost(string text, string pattern)
    {
        var states = 1 + (pattern.Length / 16) + (Repeats(pattern) / 64);
        return (int)Math.Min(int.MaxValue / 2, 1 + (text.Length * states));
    }

    /// <summary>Whether the text matches; null with the reason when the pattern is refused.</summary>
    public static bool? Matches(string text, string pattern, out string trouble)
    {
        if (!s_compiled.TryGetValue(pattern, out var compiled))
        {
            compiled = Compile(pattern);
            if (s_compiled.Count < MostPatterns)
                s_compiled.TryAdd(pattern, compiled);
        }

        trouble = compiled.Trouble;
        try
        {
            return compiled.Regex?.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            trouble = "The pattern takes too long on this text.";
            return null;
        }
    }

    private static (Regex? Regex, string Trouble) Compile(string pattern)
    {
        if (pattern.Length > LongestPattern)
            return (null, $"The pattern is longer than {LongestPattern} characters.");
        if (Repeats(pattern) > MostRepeats)
            return (null, "The pattern counts too many repetitions.");
        try
        {
            const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            return (new Regex($@"\A(?:{Ascii(pattern)})\z", options, TimeSpan.FromMilliseconds(250)), "");
        }
        catch (NotSupportedException)
        {
            return (null, "The pattern looks ahead, looks behind or refers back to a group; such patterns can hang and are refused.");
        }
        catch (ArgumentException)
        {
            return (null, "The pattern is not a regular expression.");
        }
    }

    /// <summary>Product of all counted repetitions: an upper bound of how often the innermost part is laid out.</summary>
    private static long Repeats(string pattern)
    {
        var product = 1L;
        for (var open = pattern.IndexOf('{', StringComparison.Ordinal); open >= 0; open = pattern.IndexOf('{', open + 1))
        {
            var close = pattern.IndexOf('}', open);
            if (close < 0)
                break;
            foreach (var part in pattern[(open + 1)..close].Split(','))
            {
                if (long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                    product = Math.Min(long.MaxValue / 1_000_000, product * Math.Clamp(count, 1, 100_000));
            }
        }

        return product;
    }

    /// <summary>Digits and word characters mean the ASCII ones, as on the devices; POSIX class names are spelled out.</summary>
    private static string Ascii(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                i += Escape(pattern, i, inClass, text);
                continue;
            }

            inClass = c == '[' || (inClass && c != ']');
            text.Append(c);
        }

        return text.ToString();
    }

    private static int Escape(string pattern, int at, bool inClass, StringBuilder text)
    {
        var letter = pattern[at + 1];
        var set = letter switch { 'd' => "0-9", 'w' => "a-zA-Z0-9_", _ => null };
        if (set is not null)
        {
            text.Append(inClass ? set : $"[{set}]");
            return 1;
        }

        if (letter is 'D' or 'W' && !inClass)
        {
            text.Append(letter == 'D' ? "[^0-9]" : "[^a-zA-Z0-9_]");
            return 1;
        }

        var close = letter == 'p' ? pattern.IndexOf('}', at) : -1;
        if (close > at + 3 && Posix(pattern[(at + 3)..close]) is { } posix)
        {
            text.Append(inClass ? posix : $"[{posix}]");
            return close - at;
        }

        text.Append('\\').Append(letter);
        return 1;
    }

    private static string? Posix(string name) => name switch
    {
        "Alpha" => "a-zA-Z",
        "Lower" => "a-z",
        "Upper" => "A-Z",
        "Digit" => "0-9",
        "Alnum" => "a-zA-Z0-9",
        "XDigit" => "0-9a-fA-F",
        "Space" => @"\s",
        "Punct" => @"!-/:-@\[-`{-~",
        "IsAlphabetic" => @"\p{L}\p{Nl}",
        "IsLetter" => @"\p{L}",
        "IsDigit" => @"\p{Nd}",
        _ => null,
    };
}
