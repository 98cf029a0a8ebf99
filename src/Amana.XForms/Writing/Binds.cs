namespace Amana.XForms.Writing;

/// <summary>Writes the binds: type and logic of every node, and what happens when a form or a turn of a repeat is opened.</summary>
internal sealed class Binds(FormModel form, XmlOut xml, Expressions expressions, Places places)
{
    public void Write()
    {
        foreach (var node in form.Nodes)
        {
            if (node is FormEntity entity)
                Entity(entity);
            else if (node is FormQuestion or FormSection { IsFlat: false })
                Bind(node);
            Actions(node, inRepeat: false);
        }
    }

    /// <summary>The actions of a node: those of a new turn of a repeat, or those of opening the form.</summary>
    public void Actions(FormNode node, bool inRepeat)
    {
        if (node is FormEntity { EntityId: null } entity && (!inRepeat || entity.IsInRepeat))
            Action("setvalue", $"{entity.Path}/@id", inRepeat ? "odk-new-repeat" : "odk-instance-first-load", "uuid()", null);
        if (node is not FormQuestion question)
            return;
        foreach (var action in question.Actions.Where(a => a.Event == "odk-new-repeat" == inRepeat))
        {
            var value = action.Element != "setvalue" || question.Default is null ? null
                : question.DefaultIsComputed ? expressions.Expand(question.Default, places[question]) : question.Default;
            Action(action.Element, question.Path, action.Event, value, action.Quality);
        }
    }

    public void Action(string element, string path, string happening, string? value, string? quality)
    {
        xml.Start(element);
        xml.Attribute("ref", path);
        xml.Attribute("event", happening);
        xml.Attribute("value", string.IsNullOrEmpty(value) ? null : value);
        xml.Attribute("odk:quality", quality);
        xml.End();
    }

    private void Bind(FormNode node)
    {
        if (node.Bind.Count == 0 && node.ConstraintMessage is null && node.RequiredMessage is null && node.NoAppMessage is null)
            return;
        xml.Start("bind");
        xml.Attribute("nodeset", node.Path);
        var isTriggered = node is FormQuestion { Triggers.Count: > 0 };
        foreach (var attribute in node.Bind)
        {
            if (!isTriggered || attribute.Name != "calculate")
                xml.Attribute(attribute.Name, expressions.Expand(BindWords.Expression(attribute.Name, attribute.Value), places[node]));
        }

        Message(node, "jr:constraintMsg", node.ConstraintMessage, looksUpReferences: true);
        Message(node, "jr:requiredMsg", node.RequiredMessage, looksUpReferences: true);
        Message(node, "jr:noAppErrorString", node.NoAppMessage, looksUpReferences: false);
        xml.End();
    }

    private void Message(FormNode node, string name, FormText? message, bool looksUpReferences)
    {
        if (message is null)
            return;
        var looksUp = message.IsTranslated || (looksUpReferences && Translations.LooksUp(message));
        xml.Attribute(name, looksUp ? $"jr:itext('{node.Path}:{name}')" : expressions.Expand(message.PlainText!, places[node]));
    }

    private void Entity(FormEntity entity)
    {
        foreach (var part in EntityParts.Of(entity).Where(p => p.HasBind))
        {
            var place = new Place(part.Step, places[entity], null);
            xml.Start("bind");
            xml.Attribute("nodeset", $"{entity.Path}/{part.Step}");
            xml.Attribute("calculate", part.Calculation is null ? null : expressions.Expand(BindWords.Expression("calculate", part.Calculation), place));
            xml.Attribute("readonly", "true()");
            xml.Attribute("type", "string");
            xml.End();
        }
    }
}
