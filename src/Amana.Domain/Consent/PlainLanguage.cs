namespace Amana.Domain.Consent;

/// <summary>What makes a notice hard to understand when it is read aloud.</summary>
public enum PlainProblem { PartMissing, PartTooLong, SentenceTooLong, HardToRead, WholeTooLong }

/// <summary>One thing to mend: in which part (none for the whole), and how much.</summary>
public sealed record PlainFinding(PlainProblem Problem, string? Part, int Value);

/// <summary>How plain a notice is in one language. Reading ease is a number from about 0 (hard) to 100 (easy), where there is a measure for the language.</summary>
public sealed record PlainReport(string Language, int Words, int SecondsAloud, int? ReadingEase, IReadOnlyList<PlainFinding> Findings);

/// <summary>Measures a notice: length of parts and sentences in every language, and reading ease where a published formula exists: Flesch (1948) for English, Kandel and Moles (1958) for French,
/// Fernández Huerta (1959) for Spanish. Syllables are counted as groups of vowels, so the number is an estimate; for Arabic and other languages length alone is judged.</summary>
public static class PlainLanguage
{
    public const int LongestSentence = 20;
    public const int LongestPart = 60;
    public const int LongestWhole = 450;

    /// <summary>Below it, Flesch's scale says "fairly difficult".</summary>
    public const int LeastEase = 60;

    private const double WordsPerSecond = 2.0; // slowly, with pauses

    /// <summary>Measures one language. A missing part is a problem too.</summary>
    public static PlainReport Of(string language, NoticeText text)
    {
        var findings = new List<PlainFinding>();
        var counts = new List<(int Words, int Sentences, int Syllables)>();
        foreach (var (part, value) in text.Parts)
        {
            var sentences = SentencesOf(value);
            var words = sentences.Sum(s => s.Length);
            if (words == 0)
                findings.Add(new PlainFinding(PlainProblem.PartMissing, part, 0));
            if (words > LongestPart)
                findings.Add(new PlainFinding(PlainProblem.PartTooLong, part, words));
            if (sentences.Count > 0 && sentences.Max(s => s.Length) is var longest and > LongestSentence)
                findings.Add(new PlainFinding(PlainProblem.SentenceTooLong, part, longest));
            counts.Add((words, sentences.Count, sentences.Sum(s => s.Sum(SyllablesOf))));
        }

        var (all, ends, syllables) = (counts.Sum(c => c.Words), counts.Sum(c => c.Sentences), counts.Sum(c => c.Syllables));
        if (all > LongestWhole)
            findings.Add(new PlainFinding(PlainProblem.WholeTooLong, null, all));
        var ease = all == 0 ? null : EaseOf(language, (double)all / ends, (double)syllables / all);
        if (ease is { } score and < LeastEase)
            findings.Add(new PlainFinding(PlainProblem.HardToRead, null, score));
        return new PlainReport(language, all, (int)Math.Ceiling(all / WordsPerSecond), ease, findings);
    }

    private static int? EaseOf(string language, double wordsPerSentence, double syllablesPerWord)
    {
        double? ease = language.Split('-')[0].ToLowerInvariant() switch
        {
            "en" => 206.835 - (1.015 * wordsPerSentence) - (84.6 * syllablesPerWord),
            "fr" => 207 - (1.015 * wordsPerSentence) - (73.6 * syllablesPerWord),
            "es" => 206.84 - (1.02 * wordsPerSentence) - (60 * syllablesPerWord),
            _ => null,
        };
        return ease is { } value ? (int)Math.Round(Math.Clamp(value, 0, 100)) : null;
    }

    private static List<string[]> SentencesOf(string text) => [.. text.Split(['.', '!', '?', '؟', '…', ';', '؛', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(s => s.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => w.Any(char.IsLetterOrDigit)).ToArray()).Where(s => s.Length > 0)];

    /// <summary>Groups of vowels; at least one. A final silent e is not counted.</summary>
    private static int SyllablesOf(string word)
    {
        var letters = word.ToLowerInvariant().Where(char.IsLetter).ToArray();
        var (count, before) = (0, false);
        for (var i = 0; i < letters.Length; i++)
        {
            var vowel = "aeiouyàâäáãåéèêëíîïìóôöòõúùûüœæ".Contains(letters[i], StringComparison.Ordinal);
            var silent = letters[i] == 'e' && i == letters.Length - 1 && count > 0;
            if (vowel && !before && !silent)
                count++;
            before = vowel;
        }

        return Math.Max(1, count);
    }
}
