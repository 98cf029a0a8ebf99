using Amana.Domain.Forms;

namespace Amana.Domain.Impartiality;

/// <summary>What may make a question lead: nothing for those who do not know or do not want to say, an answer that is forced, a label too long to be heard, two questions in one.</summary>
public enum NeutralityConcern { NoWayOut, ForcedSensitive, LongLabel, TwoInOne }

/// <summary>One thing to look at in one question; the language where it is about words.</summary>
public sealed record NeutralityHint(string Path, string Name, NeutralityConcern Concern, string? Language = null);

/// <summary>Looks for signs of questions that are not neutral (IMP-2). It finds signs in form and wording only; a person judges.</summary>
public static class NeutralityReading
{
    /// <summary>Words read aloud beyond this number are hard to keep in mind; this product's own measure, no standard.</summary>
    public const int LongestLabel = 30;

    private static readonly HashSet<string> CodesOfNoAnswer = new(StringComparer.OrdinalIgnoreCase)
    {
        "dk", "dnk", "dont_know", "do_not_know", "dontknow", "unknown", "na", "n_a", "no_answer", "noanswer", "refused", "refuse", "decline", "declined", "pnta", "pns", "prefer_not", "prefer_not_to_answer",
        "prefer_not_to_say", "prefer_not_say", "nsp", "ne_sait_pas", "no_sabe", "88", "98", "99", "97", "998", "999", "-77", "-88", "-98", "-99",
    };

    private static readonly string[] WordsOfNoAnswer =
    [
        "know", "prefer not", "rather not", "no answer", "not to answer", "decline", "unsure", "not sure",
        "ne sait pas", "ne sais pas", "préfère ne pas", "préfèrent ne pas", "sans réponse", "pas de réponse", "ne souhaite pas",
        "no sabe", "no sé", "no lo sé", "prefiere no", "prefiero no", "no responde", "sin respuesta",
        "لا أعرف", "لا أعلم", "لا يعرف", "لا تعرف", "لا أدري", "أفضل عدم", "يفضل عدم", "لا جواب", "لا إجابة", "دون إجابة", "رفض الإجابة",
    ];

    private static readonly string[] TwoInOneWords = ["and/or", "et/ou", "y/o", "و/أو", "e/ou", "та/або", "na/au"];

    /// <summary>The signs found, question by question. Consents and questions about the interview itself are left out.</summary>
    /// <param name="form">The form.</param>
    /// <param name="isForced">Whether the form demands an answer to the question at a path.</param>
    public static IReadOnlyList<NeutralityHint> Of(FormVersion form, Func<string, bool> isForced) =>
        [.. form.Elements.Where(IsAskedOfPeople).SelectMany(e => Of(e, isForced(e.Path)))];

    private static IEnumerable<NeutralityHint> Of(Element element, bool forced)
    {
        var wayOut = element.Choices.Any(IsNoAnswer);
        if (element.IsCoded && !wayOut)
            yield return new NeutralityHint(element.Path, element.Name, NeutralityConcern.NoWayOut);
        if (forced && !wayOut && (element.Sensitivity is Sensitivity.Sensitive or Sensitivity.Identifier || element.Special is not null))
            yield return new NeutralityHint(element.Path, element.Name, NeutralityConcern.ForcedSensitive);
        foreach (var (language, words) in element.Label.ByLanguage)
        {
            if (words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > LongestLabel)
                yield return new NeutralityHint(element.Path, element.Name, NeutralityConcern.LongLabel, language);
            if (IsTwoInOne(words))
                yield return new NeutralityHint(element.Path, element.Name, NeutralityConcern.TwoInOne, language);
        }
    }

    internal static bool IsAskedOfPeople(Element element) => !element.Computed && element.Ask is null
        && element.Role is not (ElementRole.NoticeLanguage or ElementRole.ConsentGivenBy or ElementRole.ConsentMeans or ElementRole.ReceiptCode or ElementRole.Interviewer or ElementRole.InterviewDate or ElementRole.Place);

    internal static bool IsNoAnswer(ElementChoice choice) => CodesOfNoAnswer.Contains(choice.Code)
        || choice.Label.ByLanguage.Values.Any(words => WordsOfNoAnswer.Any(w => words.Contains(w, StringComparison.OrdinalIgnoreCase)));

    private static bool IsTwoInOne(string words) =>
        TwoInOneWords.Any(w => words.Contains(w, StringComparison.OrdinalIgnoreCase)) || words.Count(c => c is '?' or '؟') > 1;
}
