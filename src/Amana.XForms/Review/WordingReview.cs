namespace Amana.XForms.Review;

/// <summary>Questions that suggest their answer, and two questions in one.</summary>
internal static class WordingReview
{
    public static IEnumerable<FormFinding> Of(ReviewedForm form)
    {
        foreach (var question in form.Asked)
        {
            if (question.Label.Find(Terms.Leading) is { } word)
                yield return question.Finding(ReviewRules.LeadingWording, FindingSeverity.Concern, "label", $"'{word}' suggests an answer. Ask openly.", word);
            if (question.Question.Label?.Texts.FirstOrDefault(t => IsTwo(question, t.Text)) is { } two)
                yield return question.Finding(ReviewRules.DoubleBarrelled, FindingSeverity.Note, "label", "This may be two questions in one; a person who would say yes to one and no to the other cannot answer. Ask one at a time.", two.Language ?? "");
        }
    }

    /// <summary>Two question marks, or one answer to two things joined by "and". What stands in brackets explains and does not ask.</summary>
    private static bool IsTwo(ReviewedQuestion question, string text)
    {
        var open = WithoutBrackets(text);
        if (open.Count(c => c is '?' or '؟') > 1)
            return true;
        if (question.Kind != QuestionKind.SelectOne || question.AsksConsent || !open.TrimEnd().EndsWith('?') || !IsYesNoOrScale(question.Choices))
            return false;
        var words = Wording.Of(open);
        return words.Words is > 4 and <= 30 && !words.Has(Terms.NotTwo) && words.Has(Terms.And);
    }

    private static bool IsYesNoOrScale(IReadOnlyList<Choice> choices)
    {
        var texts = choices.Select(Wording.Of).ToList();
        return (texts.Any(t => t.Has(Terms.Yes)) && texts.Any(t => t.Has(Terms.No))) || (texts.Any(t => t.Has(Terms.Good)) && texts.Any(t => t.Has(Terms.Bad)));
    }

    private static string WithoutBrackets(string text)
    {
        var depth = 0;
        return string.Concat(text.Where(c =>
        {
            depth += c is '(' or '[' ? 1 : 0;
            var inside = depth > 0;
            depth -= c is ')' or ']' && depth > 0 ? 1 : 0;
            return !inside;
        }));
    }
}
