namespace Amana.XForms;

/// <summary>Looks for texts that a language of the form lacks (PC-4: nothing asked in a language that people don't have).</summary>
internal static class MissingTextSearch
{
    public static IReadOnlyList<MissingText> In(FormModel form)
    {
        var missing = new List<MissingText>();
        foreach (var node in form.Nodes)
        {
            foreach (var (element, text) in Texts(node))
                Compare(form, text, language => new MissingText(node.Path, null, null, element, language, node.Row), missing);
        }

        foreach (var list in form.ChoiceLists)
        {
            foreach (var choice in list.Choices)
            {
                foreach (var (element, text) in Texts(choice))
                    Compare(form, text, language => new MissingText(null, list.Name, choice.Name, element, language, choice.Row), missing);
            }
        }

        return missing;
    }

    private static IEnumerable<(string Element, FormText? Text)> Texts(FormNode node)
    {
        if (node is FormQuestion { IsShown: false } or FormGroup { IsMeta: true })
            yield break;
        if (node.Label is not null || (node is FormQuestion && node.Hint is null && node.Media.Count == 0))
            yield return ("label", node.Label);
        if (node.Hint is not null)
            yield return ("hint", node.Hint);
        if (node.GuidanceHint is not null)
            yield return ("guidance_hint", node.GuidanceHint);
        if (node.ConstraintMessage is not null)
            yield return ("constraint_message", node.ConstraintMessage);
        if (node.RequiredMessage is not null)
            yield return ("required_message", node.RequiredMessage);
        foreach (var media in node.Media)
            yield return (media.Kind, media.File);
    }

    private static IEnumerable<(string Element, FormText? Text)> Texts(Choice choice)
    {
        if (choice.Label is not null || choice.Media.Count == 0)
            yield return ("label", choice.Label);
        foreach (var media in choice.Media)
            yield return (media.Kind, media.File);
    }

    private static void Compare(FormModel form, FormText? text, Func<string?, MissingText> name, List<MissingText> missing)
    {
        if (form.Languages.Count == 0)
        {
            if (text is null)
                missing.Add(name(null));
            return;
        }

        foreach (var language in form.Languages)
        {
            if (string.IsNullOrWhiteSpace(text?.In(language, form.Settings.DefaultLanguage)))
                missing.Add(name(language));
        }
    }
}
