namespace Amana.Domain.Shared;

/// <summary>Whether words say something at all. What they say, people judge.</summary>
public static class Wording
{
    private const int LeastLetters = 12;
    private const int LeastWords = 3;

    /// <summary>Three words of twelve letters and numbers together at least; "yes", "n/a", "----" and one word again and again say nothing.</summary>
    public static bool SaysSomething(string? words)
    {
        var found = (words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => w.Any(char.IsLetterOrDigit)).ToList();
        return found.Sum(w => w.Count(char.IsLetterOrDigit)) >= LeastLetters && found.Distinct(StringComparer.OrdinalIgnoreCase).Count() >= LeastWords;
    }
}
