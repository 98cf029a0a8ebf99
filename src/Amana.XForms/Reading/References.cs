namespace Amana.XForms;

/// <summary>A reference to a question: ${name}, or ${last-saved#name} for the last record that the device saved.</summary>
internal readonly record struct Reference(string Name, bool IsLastSaved, int Start, int End);

/// <summary>Finds ${references} in texts and expressions.</summary>
internal static class References
{
    private const string LastSaved = "last-saved#";

    /// <summary>True when at least one well-written reference stands in the text (and nothing misspelt before it).</summary>
    public static bool AnyIn(string? text) => text is not null && First(text, out var fault) is not null && !fault;

    /// <summary>True when the text is one reference and nothing else.</summary>
    public static bool IsOne(string? text) => text is not null && First(text, out var fault) is { Start: 0 } one && !fault && one.End == text.Length;

    /// <summary>True when some reference is to the last saved record.</summary>
    public static bool AnyLastSavedIn(string? text) => text is not null && Candidate(text) && TryAll(text, out var all) && all.Any(r => r.IsLastSaved);

    /// <summary>All references, or false when something that begins like one is misspelt.</summary>
    public static bool TryAll(string text, out List<Reference> all)
    {
        all = [];
        if (!Candidate(text))
            return true;
        var at = 0;
        while ((at = text.IndexOf("${", at, StringComparison.Ordinal)) >= 0)
        {
            var close = text.IndexOf('}', at);
            if (close < 0)
                return false;
            if (close > at + 2)
            {
                if (Match(text, at) is not { } reference)
                    return false;
                all.Add(reference);
            }

            at = close;
        }

        return true;
    }

    /// <summary>The names in all references that are well written, which are those that <see cref="Replace"/> replaces.</summary>
    public static IReadOnlyList<string> WellWrittenIn(string? text)
    {
        var names = new List<string>();
        if (text is not null)
        {
            Replace(text, reference =>
            {
                names.Add(reference.Name);
                return string.Empty;
            });
        }

        return names;
    }

    /// <summary>The reference that begins exactly there, or null.</summary>
    public static Reference? Match(string text, int start)
    {
        if (start + 2 >= text.Length || text[start] != '$' || text[start + 1] != '{')
            return null;
        var at = start + 2;
        var lastSaved = string.CompareOrdinal(text, at, LastSaved, 0, LastSaved.Length) == 0;
        if (lastSaved)
            at += LastSaved.Length;
        var end = XmlNames.NameEnd(text, at);
        return end > at && end < text.Length && text[end] == '}' ? new Reference(text[at..end], lastSaved, start, end + 1) : null;
    }

    /// <summary>The text with every well-written reference replaced.</summary>
    public static string Replace(string text, Func<Reference, string> replacement)
    {
        if (!Candidate(text))
            return text;
        var result = new System.Text.StringBuilder(text.Length + 32);
        var at = 0;
        while (at < text.Length)
        {
            var next = text.IndexOf("${", at, StringComparison.Ordinal);
            if (next < 0)
                break;
            result.Append(text, at, next - at);
            if (Match(text, next) is { } reference)
            {
                result.Append(replacement(reference));
                at = reference.End;
            }
            else
            {
                result.Append("${");
                at = next + 2;
            }
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static bool Candidate(string text) => text.Length > 2 && text.Contains("${", StringComparison.Ordinal);

    private static Reference? First(string text, out bool fault)
    {
        fault = false;
        if (!Candidate(text))
            return null;
        var at = text.IndexOf("${", StringComparison.Ordinal);
        var first = Match(text, at);
        fault = first is null;
        return first;
    }
}
