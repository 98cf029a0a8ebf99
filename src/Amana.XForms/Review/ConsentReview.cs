namespace Amana.XForms.Review;

/// <summary>Consent comes first, can be refused, and binds what follows.</summary>
internal static class ConsentReview
{
    /// <summary>A choice that asks for agreement. What is said of consent afterwards (who gave it, by what means, in which language) asks for none.</summary>
    public static bool IsConsent(ReviewedQuestion question) =>
        question.Kind is QuestionKind.SelectOne or QuestionKind.SelectMultiple or QuestionKind.Acknowledge
        && question.Both.Has(Terms.Consent)
        && !question.Both.Has(["given by", "means", "language", "why", "reason*", "pourquoi", "motivo", "لماذا"]);

    public static IEnumerable<FormFinding> Of(ReviewedForm form)
    {
        if (form.Consent is null)
        {
            if (form.FirstPersonal is { } personal)
                yield return personal.Finding(ReviewRules.ConsentMissing, FindingSeverity.Serious, "type",
                    $"The form asks for personal data ('{personal.Question.Name}') but no question asks for consent. Add a question that people can answer with no, before this one.", personal.Question.Name);
            yield break;
        }

        foreach (var early in form.Asked.Where(q => q.Identifies is not null && q.Order < form.Consent.Order).Take(1))
            yield return early.Finding(ReviewRules.ConsentTooLate, FindingSeverity.Serious, "type",
                $"'{early.Question.Name}' asks for personal data before consent is asked ('{form.Consent.Question.Name}', row {form.Consent.Question.Row}). Move the consent question before it.", form.Consent.Question.Name);
        foreach (var consent in form.Asked.Where(q => q.AsksConsent))
        {
            if (!string.IsNullOrWhiteSpace(consent.Question.Default))
                yield return consent.Finding(ReviewRules.ConsentPrefilled, FindingSeverity.Serious, "default", "Consent is answered before anybody has asked. Remove the default.");
            if (!CanBeRefused(consent))
                yield return consent.Finding(ReviewRules.ConsentWithoutNo, FindingSeverity.Serious, "type", "Nobody can say no to this consent question. Use select_one with a yes and a no.");
        }

        if (Unbound(form) is { } unbound)
            yield return unbound.Finding(ReviewRules.ConsentNotBinding, FindingSeverity.Concern, "relevant",
                $"'{unbound.Question.Name}' is asked even of those who said no to '{form.Consent.Question.Name}'. Put what follows into a group that is relevant only after a yes.", form.Consent.Question.Name);
    }

    private static bool CanBeRefused(ReviewedQuestion consent)
    {
        if (consent.Kind == QuestionKind.Acknowledge)
            return false;
        return consent.Choices.Count == 0 || consent.Choices.Any(IsNo); // choices from a file are not known here
    }

    private static bool IsNo(Choice choice) => Wording.Of(choice).Has(Terms.No);

    /// <summary>The first personal question after consent that no relevance of its own or around it ties to the consent.</summary>
    private static ReviewedQuestion? Unbound(ReviewedForm form)
    {
        var consent = form.Consent!;
        var refers = "${" + consent.Question.Name + "}";
        return form.Asked.FirstOrDefault(q => q.Order > consent.Order && q is { Identifies: not null, AsksConsent: false }
            && !q.Within.Select(s => s.Relevant).Append(q.Question.Relevant).Any(r => r is not null && (r.Contains(refers, StringComparison.Ordinal) || r.Contains("consent", StringComparison.OrdinalIgnoreCase))));
    }
}
