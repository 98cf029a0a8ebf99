using System.Text.RegularExpressions;

namespace Amana.XForms.Review;

/// <summary>What figures need so that nobody stays unseen: age, sex, disability, and places that other data knows by the same code.</summary>
internal static partial class CoverageReview
{
    private const int FewestPlaces = 3;

    public static IEnumerable<FormFinding> Of(ReviewedForm form) => [.. People(form), .. form.Asked.Select(Place).OfType<FormFinding>()];

    private static IEnumerable<FormFinding> People(ReviewedForm form)
    {
        if (!form.Asked.Any(q => q.Both.Has(Terms.Age)))
            yield return ReviewedForm.Finding(ReviewRules.AgeMissing, FindingSeverity.Concern, "The form asks for no age. Without it nobody can tell what children or older people face. Ask for age in years or for an age group.");
        if (!form.Asked.Any(q => q.Both.Has(Terms.Sex) || (q.IsSelect && q.Choices.Any(c => Wording.Of([c.Name]).Has(Terms.SexChoices)))))
            yield return ReviewedForm.Finding(ReviewRules.SexMissing, FindingSeverity.Concern, "The form does not ask for sex. Without it nobody can tell what women, men, girls and boys face.");
        var lacking = Terms.Functioning.Where(f => !form.Asked.Any(q => q.Both.Has(f.Words))).Select(f => f.Domain).ToList();
        var begun = Terms.Functioning.Length - lacking.Count > 1; // one word alone may be about something else
        if (lacking.Count > 0)
            yield return ReviewedForm.Finding(ReviewRules.DisabilitySet, FindingSeverity.Concern,
                !begun
                    ? "The form does not ask the six questions of the Washington Group Short Set, so people with disabilities cannot be counted."
                    : $"The Washington Group Short Set works only whole. Lacking: {string.Join(", ", lacking)}.", string.Join(", ", lacking));
    }

    private static FormFinding? Place(ReviewedQuestion question)
    {
        if (!question.Name.Has(Terms.Places) && !(question.Label.Words <= 12 && question.Label.Has(Terms.Places)))
            return null;
        if (question.Kind == QuestionKind.Text && question.Name.Has(Terms.Places) && !question.Both.Has(["other*", "autre*", "otro*", "specify"]))
            return question.Finding(ReviewRules.PlaceCodes, FindingSeverity.Note, "type", "A place as free text is spelt in many ways and can tell where somebody sleeps. Offer a list with P-codes.");
        if (question.Kind != QuestionKind.SelectOne || question.Choices.Count < FewestPlaces || !question.Name.Has(Terms.Places))
            return null;
        var coded = question.Choices.Count(c => PCode().IsMatch(c.Name) || c.Columns.Any(a => a.Name.Contains("code", StringComparison.OrdinalIgnoreCase) && PCode().IsMatch(a.Value)));
        return coded * 2 >= question.Choices.Count ? null
            : question.Finding(ReviewRules.PlaceCodes, FindingSeverity.Note, "type", $"The places of the list '{question.Question.ChoicesFrom}' have no P-codes, so figures cannot be laid beside those of others. Use the P-code as the choice's name or in a column pcode.", question.Question.ChoicesFrom ?? "");
    }

    /// <summary>A country's two or three letters, then digits, as the common operational datasets write P-codes.</summary>
    [GeneratedRegex("^[A-Za-z]{2,3}[0-9]{1,12}$", RegexOptions.NonBacktracking)]
    private static partial Regex PCode();
}
