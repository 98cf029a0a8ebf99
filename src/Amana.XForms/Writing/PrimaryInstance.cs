namespace Amana.XForms.Writing;

/// <summary>Writes the empty record that clients fill: elements for all nodes, defaults, and a template before each repeat's first turn.</summary>
internal sealed class PrimaryInstance(FormModel form, XmlOut xml, Expressions expressions, Places places)
{
    public void Write()
    {
        var settings = form.Settings;
        var attributes = new List<FormAttribute>(settings.RootAttributes.Where(a => !IsSetBy(settings, a.Name)))
        {
            new("id", settings.FormId),
        };
        if (settings.InstanceNamespace is not null)
            attributes.Add(new FormAttribute("xmlns", settings.InstanceNamespace));
        if (settings.Version.Length > 0)
            attributes.Add(new FormAttribute("version", settings.Version));
        if (settings.CompactPrefix is not null)
            attributes.Add(new FormAttribute("odk:prefix", settings.CompactPrefix));
        if (settings.CompactDelimiter is not null)
            attributes.Add(new FormAttribute("odk:delimiter", settings.CompactDelimiter));
        xml.Start("instance");
        xml.Start(form.RootName);
        xml.Attributes(attributes);
        Children(form.Children, isInTurn: false);
        xml.End();
        xml.End();
    }

    /// <summary>The settings of a name of their own count before an attribute column.</summary>
    private static bool IsSetBy(FormSettings settings, string name) => name switch
    {
        "id" or "xmlns" => true,
        "version" => settings.Version.Length > 0,
        "odk:prefix" => settings.CompactPrefix is not null,
        "odk:delimiter" => settings.CompactDelimiter is not null,
        _ => false,
    };

    private void Children(IReadOnlyList<FormNode> nodes, bool isInTurn)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case FormSection { IsFlat: true } flat:
                    Children(flat.Children, isInTurn: false);
                    break;
                case FormRepeat repeat when !isInTurn:
                    Template(repeat);
                    Section(repeat, isInTurn: true);
                    break;
                case FormSection section:
                    Section(section, isInTurn);
                    break;
                default:
                    Leaf(node);
                    break;
            }
        }
    }

    private void Section(FormSection section, bool isInTurn)
    {
        xml.Start(section.Name);
        Instance(section);
        Children(section.Children, isInTurn);
        xml.End();
    }

    private void Template(FormRepeat repeat)
    {
        xml.Start(repeat.Name);
        xml.Attribute("jr:template", string.Empty);
        foreach (var child in repeat.Children)
        {
            if (child is FormRepeat inner)
                Template(inner);
            else if (child is FormSection section)
                Section(section, isInTurn: false);
            else
                Leaf(child);
        }

        xml.End();
    }

    private void Leaf(FormNode node)
    {
        if (node is FormQuestion question)
        {
            xml.Start(question.Name);
            Instance(question);
            if (question.Default is { } value && !question.DefaultIsComputed)
                xml.Text(value);
            xml.End();
        }
        else if (node is FormEntity entity)
        {
            xml.Start(entity.Name);
            foreach (var attribute in EntityParts.Of(entity).Where(p => p.IsAttribute))
                xml.Attribute(attribute.Name, attribute.Value);
            if (entity.LabelExpression is not null)
                xml.Element("label");
            xml.End();
        }
    }

    private void Instance(FormNode node)
    {
        foreach (var attribute in node.Instance)
            xml.Attribute(attribute.Name, expressions.Expand(attribute.Value, places[node]));
    }
}
