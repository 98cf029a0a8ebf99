using Amana.XForms.Writing;

namespace Amana.XForms.Reading;

/// <summary>Checks that need the whole form: that shown questions say something, names are unique, instances do not clash.</summary>
internal static class FormChecks
{
    public static void CheckNodes(IReadOnlyList<FormNode> nodes, SurveyContext context)
    {
        CheckSiblings(nodes, context);
        foreach (var node in FormTree.All(nodes))
        {
            if (node is FormSection section)
                CheckSiblings(section.Children, context);
            if (node is FormQuestion { IsShown: true } question)
                CheckShown(question, context);
            foreach (var media in node.Media.Where(m => m.Kind is not ("image" or "big-image" or "audio" or "video")))
                Error(node, "media", "media.unknown", $"'{media.Kind}' is no kind of media; image, big-image, audio and video are.", context);
        }
    }

    public static void CheckForm(FormModel form, SurveyContext context)
    {
        ExpressionChecks.Check(form.Children, context);
        if (!context.Log.HasErrors)
            CycleChecks.Check(form, context);
        CheckAttributeNames(form, context);
        var byName = form.Nodes.Where(n => n is FormQuestion or FormSection).ToLookup(n => n.Name, StringComparer.Ordinal);
        foreach (var question in form.Nodes.OfType<FormQuestion>())
        {
            foreach (var name in References.WellWrittenIn(question.ChoicesFrom).Where(n => byName[n].Count() != 1))
                Error(question, "type", "reference.unknown", $"The choices are to come from the answers to '{name}', but there is no single question of that name.", context);
            foreach (var trigger in question.Triggers)
            {
                if (byName[question.Name].Count() > 1)
                    Error(question, "trigger", "reference.ambiguous", $"Several questions are named '{question.Name}', so none of them can have a trigger. Give them different names.", context);
                if (byName[trigger].OfType<FormQuestion>().Any(q => q.IsHiddenCalculation))
                    Error(question, "trigger", "trigger.unseen", $"'{trigger}' is not shown to anybody, so it cannot trigger this question.", context);
            }
        }

        var repeatNames = new HashSet<string>(StringComparer.Ordinal);
        foreach (var repeat in form.Nodes.OfType<FormRepeat>())
        {
            if (!repeatNames.Add(repeat.Name) && !context.Log.HasSaid("name.repeat-twice", repeat.Row))
                Error(repeat, "name", "name.repeat-twice", $"The repeat '{repeat.Name}' stands in a loop, which would make it again for each choice. Take the repeat out of the loop.", context);
            if (References.IsOne(repeat.Count) && byName[References.Match(repeat.Count!, 0)!.Value.Name].Count() > 1)
                Error(repeat, "control", "reference.ambiguous", $"Several questions are named as the count of '{repeat.Name}' is. Give them different names.", context);
        }

        foreach (var clash in SecondaryInstances.Of(form).Clashes)
            context.Log.Error("instance.clash", clash, new FormPlace(context.Table.Sheet.Name));
    }

    private static void CheckAttributeNames(FormModel form, SurveyContext context)
    {
        // What is wrong with properties of entities has been told already where the form has faults.
        var isFaulty = context.Log.HasErrors;
        foreach (var attribute in form.Settings.RootAttributes.Where(a => !NamePrefixes.AreKnown(a.Name, form.Settings)))
            context.Log.Error("attribute.name", AttributeFault(attribute.Name), new FormPlace("settings", 2, $"attribute::{attribute.Name}"));
        foreach (var node in form.Nodes)
        {
            foreach (var attribute in node.Bind.Concat(node.Body).Concat(node.Instance).Where(a => (a.Name != "entities:saveto" || !(isFaulty || form.EntitiesVersion is not null)) && !NamePrefixes.AreKnown(a.Name, form.Settings)))
                Error(node, attribute.Name, "attribute.name", AttributeFault(attribute.Name), context);
        }
    }

    private static string AttributeFault(string name) =>
        $"'{name}' cannot name an attribute. It must be a name without blanks, and a prefix before a colon must be declared in the settings: namespaces, such as esri=\"http://esri.com/xforms\".";

    private static void CheckSiblings(IReadOnlyList<FormNode> siblings, SurveyContext context)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in siblings)
        {
            if (!seen.Add(node.Name) && node is not FormGroup { IsMeta: true })
                Error(node, "name", "name.twice", $"The name '{node.Name}' is taken twice in the same group or repeat (one may have been made from another question's or repeat's name). Choose another.", context);
        }
    }

    private static void CheckShown(FormQuestion question, SurveyContext context)
    {
        var hasLabel = question.Label is not null || question.Media.Count > 0;
        if (!hasLabel && question.Hint is null)
            Error(question, "label", "question.no-label", $"The question '{question.Name}' has no label and no hint, so there is nothing to read. Write a label.", context);
        if (question.Media.Any(m => m.Kind == "big-image") && question.Media.All(m => m.Kind != "image"))
            Error(question, "media", "media.big-image", $"'{question.Name}' has a big-image, which needs an image as well.", context);
    }

    private static void Error(FormNode node, string column, string code, string message, SurveyContext context) =>
        context.Log.Error(code, message, new FormPlace(context.Table.Sheet.Name, node.Row, context.Table.Written(column)));
}

/// <summary>The prefixes of names: those that every XForm declares, and those that the settings declare.</summary>
internal static class NamePrefixes
{
    private static readonly HashSet<string> Always = ["h", "ev", "xsd", "jr", "orx", "odk", "xml"];

    /// <summary>True for a well-formed name whose prefix, if any, is declared.</summary>
    public static bool AreKnown(string name, FormSettings settings)
    {
        if (!XmlNames.IsElementName(name) || name == "xmlns")
            return false;
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || Always.Contains(name[..colon]) || settings.Namespaces.Any(n => n.Name == name[..colon]);
    }
}
