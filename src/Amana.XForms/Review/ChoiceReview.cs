namespace Amana.XForms.Review;

/// <summary>Choices that let people not know, not say, and lean either way.</summary>
internal static class ChoiceReview
{
    /// <summary>About the interview itself: the interviewer answers these, and knows.</summary>
    private static readonly string[] Interview = ["consent*", "language", "enumerator*", "interviewer*", "langue", "idioma"];

    public static IEnumerable<FormFinding> Of(ReviewedForm form)
    {
        var scales = new HashSet<string>(StringComparer.Ordinal);
        foreach (var question in form.Asked.Where(q => q.IsSelect && q.Choices.Count > 1))
        {
            if (question.IsRequired && !question.AsksConsent && !question.Name.Has(Interview) && !question.Choices.Any(IsWayOut))
                yield return question.Finding(ReviewRules.NoWayOut, IsDelicate(question) ? FindingSeverity.Serious : FindingSeverity.Note, "required",
                    "An answer is required, but nobody can say 'don't know' or 'prefer not to answer'. Add such choices, or do not require an answer.", question.Question.ChoicesFrom ?? "");
            if (Lean(question.Choices) is { } lean && scales.Add(question.Question.ChoicesFrom ?? ""))
                yield return new FormFinding(ReviewRules.UnbalancedScale, FindingSeverity.Concern, question.Question.Path, new FormPlace("choices", question.Choices[0].Row, "label"),
                    $"The scale '{question.Question.ChoicesFrom}' has {lean.Good} answers on the good side and {lean.Bad} on the bad side. Give both the same number.", question.Question.ChoicesFrom ?? "");
        }
    }

    private static bool IsDelicate(ReviewedQuestion question) => Terms.SpecialCategories.Any(t => question.Both.Has(t.Words));

    private static bool IsWayOut(Choice choice) => Terms.WayOutCodes.Contains(choice.Name.TrimStart('-'), StringComparer.Ordinal) || Wording.Of(choice).Has(Terms.WayOut);

    /// <summary>How many choices lean to each side; null where the list is no scale, or the sides weigh the same.</summary>
    private static (int Good, int Bad)? Lean(IReadOnlyList<Choice> choices)
    {
        var (good, bad) = (0, 0);
        foreach (var text in choices.Where(c => !IsWayOut(c)).Select(Wording.Of))
        {
            if (text.Has(Terms.Bad))
                bad++; // first, because "not satisfied" holds "satisfied" too
            else if (text.Has(Terms.Good))
                good++;
        }

        return good + bad >= 3 && good > 0 && bad > 0 && good != bad && (good + bad) * 2 > choices.Count ? (good, bad) : null;
    }
}
