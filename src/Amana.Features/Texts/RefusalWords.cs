using System.Globalization;
using Amana.Domain.Shared;

namespace Amana.Features.Texts;

/// <summary>Puts a refusal into words of a language: the text of its slug, with codes, dates and numbers written as that language writes them.
/// The page, the API, the phone and the command line all say the same.</summary>
public static class RefusalWords
{
    /// <summary>The refusal in a sentence or two; <c>⟦refusal.slug⟧</c> when its text is missing.</summary>
    public static string Of(this Texts texts, Language language, Refusal refusal)
    {
        var args = refusal.Args.ToDictionary(a => a.Key, a => Value(texts, language, a.Key, a.Value), StringComparer.Ordinal);
        return texts.Get(language, "refusal." + refusal.Slug, args);
    }

    /// <summary>A word of one of the field's vocabularies, such as <c>PopulationGroup.Women</c>; the code itself when it is not one of ours.</summary>
    public static string Word(this Texts texts, Language language, string vocabulary, string code) =>
        texts.Has($"vocabulary.{vocabulary}.{code}") ? texts.Get(language, $"vocabulary.{vocabulary}.{code}") : code;

    private static object? Value(Texts texts, Language language, string name, string value)
    {
        string Of(string vocabulary) => texts.Word(language, vocabulary, value);
        string All(string vocabulary) => texts.List(language, [.. value.Split(", ").Select(v => texts.Word(language, vocabulary, v))]);
        return name switch
        {
            "step" or "from" or "to" => texts.Has("step." + value) ? texts.Get(language, "step." + value) : value,
            "operation" => texts.Has($"operation.{value}.name") ? texts.Get(language, $"operation.{value}.name") : value,
            "group" => Of("PopulationGroup"),
            "role" => Of("TeamRole"),
            "competency" => Of("CompetencyCode"),
            "competencies" => All("CompetencyCode"),
            "stage" => Of("RiskStage"),
            "severity" => Of("IncidentSeverity"),
            "frozen" => Of("FreezeKind"),
            "duty" => Of("Duty"),
            "reason" => Of("ReopeningReason"),
            "ask" => Of("ConsentAsk"),
            "consent" => Of("ConsentState"),
            "use" => Of("TokenUse"),
            "part" => Of("NoticePart"),
            "unsaid" => Of("PassportPart"),
            "notepart" => Of("NotePart"),
            "kind" => Of("SharingDetail"),
            "language" => Of("Language"),
            "languages" => All("Language"),
            _ when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
            "count" or "score" or "tolerance" or "planned" or "max" or "days" or "threshold" or "smallest"
                when decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
            _ => value,
        };
    }
}
