using System.Globalization;

namespace Amana.XForms.Review;

/// <summary>Everybody hears the same question, in their language.</summary>
internal static class LanguageReview
{
    /// <summary>A language that lacks more texts than these is said to be unwritten, in one finding.</summary>
    private const int MostNamed = 25;

    public static IEnumerable<FormFinding> Of(ReviewedForm form)
    {
        if (form.Form.Languages.Count < 2)
            yield break;
        var missing = form.Form.MissingTexts().Where(m => m.Language is not null && m.Row > 0).ToList();
        var unwritten = missing.GroupBy(m => m.Language!, StringComparer.Ordinal).Where(g => g.Count() > MostNamed).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        foreach (var (language, count) in unwritten)
            yield return ReviewedForm.Finding(ReviewRules.LanguageGap, FindingSeverity.Concern, $"{count.ToString(CultureInfo.InvariantCulture)} texts are lacking in {language}. Translate the form whole, or take the language out.", language);
        var gaps = missing.Where(m => !unwritten.ContainsKey(m.Language!)).GroupBy(m => (m.Path, m.List, m.Row)).OrderBy(g => g.Key.Row);
        foreach (var gap in gaps)
        {
            var languages = string.Join(", ", gap.Select(m => m.Language!).Distinct(StringComparer.Ordinal));
            var elements = string.Join(", ", gap.Select(m => m.Element).Distinct(StringComparer.Ordinal));
            yield return new FormFinding(ReviewRules.LanguageGap, FindingSeverity.Concern, gap.Key.Path ?? "", new FormPlace(gap.Key.Path is null ? "choices" : "survey", gap.Key.Row, elements),
                $"This has no {elements} in {languages}. Those who speak it hear another language, or nothing.", languages);
        }
    }
}
