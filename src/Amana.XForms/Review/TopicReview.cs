namespace Amana.XForms.Review;

/// <summary>Names what is especially dangerous to hold: special categories, and whatever tells who a person is.</summary>
internal static class TopicReview
{
    public static IEnumerable<FormFinding> Of(ReviewedForm form)
    {
        foreach (var question in form.Asked)
        {
            foreach (var (topic, words) in Terms.SpecialCategories)
            {
                if (question.Both.Find(words) is { } word)
                    yield return question.Finding(ReviewRules.SensitiveTopic, FindingSeverity.Serious, "label",
                        $"This touches {topic.Replace('-', ' ')} ('{word}'), a category that is asked only with a reason of its own. Leave it out, or say why it is needed.", topic);
            }

            if (question.Identifies is { } what)
                yield return question.Finding(ReviewRules.Identifier, FindingSeverity.Note, "type", $"This tells who a person is ({what}). Ask for it only where an information need cannot do without.", what);
        }
    }

    /// <summary>What of a person the question would tell, by its type or its words; null for nothing.</summary>
    public static string? IdentifierIn(ReviewedQuestion question)
    {
        var byType = question.Kind switch
        {
            QuestionKind.Geopoint or QuestionKind.Geotrace or QuestionKind.Geoshape => "exact location",
            QuestionKind.Image or QuestionKind.Video => "picture",
            QuestionKind.Audio => "voice",
            QuestionKind.Barcode => "document number",
            _ => null,
        };
        if (byType is not null)
            return byType;
        if (question.Kind is not (QuestionKind.Text or QuestionKind.Integer or QuestionKind.Decimal or QuestionKind.Date))
            return null;
        foreach (var (what, words) in Terms.Identifiers)
        {
            if (!question.Both.Has(words) || (what == "birth date") != (question.Kind == QuestionKind.Date))
                continue;
            if (what != "name" || (question.Kind == QuestionKind.Text && !question.Both.Has(Terms.NotPeople)))
                return what;
        }

        var named = question.Kind == QuestionKind.Text && !question.Both.Has(Terms.NotPeople)
            && (question.Name.Has(Terms.Name) || (question.Label.Has(Terms.NameOf) && question.Label.Has(Terms.People)));
        return named ? "name" : null;
    }
}
