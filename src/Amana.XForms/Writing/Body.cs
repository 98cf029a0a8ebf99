namespace Amana.XForms.Writing;

/// <summary>Writes what people see: groups, repeats and controls with their labels and hints.</summary>
internal sealed class Body(FormModel form, XmlOut xml, Expressions expressions, Places places)
{
    private readonly Binds binds = new(form, xml, expressions, places);
    private readonly Itemsets itemsets = new(form, xml, expressions, places);
    private readonly ILookup<string, FormQuestion> triggered =
        form.Nodes.OfType<FormQuestion>().SelectMany(q => q.Triggers.Select(t => (Trigger: t, Question: q))).ToLookup(p => p.Trigger, p => p.Question, StringComparer.Ordinal);

    public void Write()
    {
        xml.Start("h:body");
        xml.Attribute("class", form.Settings.Style);
        Controls(form.Children);
        xml.End();
    }

    private void Controls(IReadOnlyList<FormNode> nodes)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case FormGroup { IsMeta: false } group:
                    Group(group);
                    break;
                case FormRepeat repeat:
                    Repeat(repeat);
                    break;
                case FormQuestion { IsShown: true } question:
                    Question(question);
                    break;
                default:
                    break;
            }
        }
    }

    private void Group(FormGroup group)
    {
        xml.Start("group");
        foreach (var attribute in group.Body)
            xml.Attribute(attribute.Name, attribute.Name == "appearance" ? attribute.Value : expressions.Expand(attribute.Value, places[group]));
        if (!group.IsFlat)
            xml.Attribute("ref", group.Path);
        if (group.Label is not null)
            Label(group);
        Controls(group.Children);
        xml.End();
    }

    private void Repeat(FormRepeat repeat)
    {
        xml.Start("group");
        xml.Attribute("ref", repeat.Path);
        Label(repeat);
        xml.Start("repeat");
        xml.Attribute("nodeset", repeat.Path);
        foreach (var attribute in repeat.Body)
            xml.Attribute(attribute.Name, expressions.Expand(attribute.Value, places[repeat]));
        Controls(repeat.Children);
        NewTurn(repeat);
        xml.End();
        xml.End();
    }

    private void NewTurn(FormSection section)
    {
        foreach (var node in section.Children)
        {
            binds.Actions(node, inRepeat: true);
            if (node is FormGroup group)
                NewTurn(group);
        }
    }

    private void Question(FormQuestion question)
    {
        xml.Start(question.Control!);
        xml.Attribute("ref", question.Path);
        foreach (var attribute in question.Body)
            xml.Attribute(attribute.Name, expressions.Expand(attribute.Value, places[question]));
        if (question.ExternalList is not null)
            xml.Attribute("query", itemsets.Query(question));
        Label(question);
        if (question.Hint is not null || question.GuidanceHint is not null)
            Hint(question);
        itemsets.Write(question);
        foreach (var tag in question.Tags)
            Tag(tag);
        foreach (var target in triggered[question.Name])
            Triggered(question, target);
        xml.End();
    }

    private void Triggered(FormQuestion trigger, FormQuestion target)
    {
        var isGeopoint = target.Type == "background-geopoint";
        var calculation = isGeopoint ? null : FormNode.Value(target.Bind, "calculate");
        var value = calculation is null ? null : expressions.Expand(calculation, places[trigger]);
        binds.Action(isGeopoint ? "odk:setgeopoint" : "setvalue", target.Path, "xforms-value-changed", value, null);
    }

    private void Label(FormNode node)
    {
        xml.Start("label");
        if (Translations.LooksUpLabel(node))
            xml.Attribute("ref", $"jr:itext('{node.Path}:label')");
        else if (node.Label?.PlainText is { } text)
            expressions.WriteText(xml, text, places[node]);
        xml.End();
    }

    private void Hint(FormQuestion question)
    {
        xml.Start("hint");
        if (question.GuidanceHint is not null || question.Hint is { IsTranslated: true })
            xml.Attribute("ref", $"jr:itext('{question.Path}:hint')");
        else if (question.Hint?.PlainText is { } text)
            expressions.WriteText(xml, text, places[question]);
        xml.End();
    }

    private void Tag(FormTag tag)
    {
        xml.Start("tag");
        xml.Attribute("key", tag.Key);
        xml.Element("label", tag.Label?.Texts[0].Text);
        xml.End();
    }
}
