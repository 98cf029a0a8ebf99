namespace Amana.XForms.Writing;

/// <summary>A further instance of the form: a file beside it, the last saved record, or one of its own lists.</summary>
internal sealed record SecondaryInstance(string Id, string? Source, ChoiceList? List);

/// <summary>Gathers the instances that a form needs: attached files, pulldata(), choices from files, ${last-saved#…}, lists.</summary>
internal sealed class SecondaryInstances
{
    private readonly List<SecondaryInstance> instances = [];
    private readonly Dictionary<string, SecondaryInstance> byId = new(StringComparer.Ordinal);
    private readonly List<string> clashes = [];

    public IReadOnlyList<SecondaryInstance> All => instances;

    /// <summary>Instances of one name that would have to be two different things, in words.</summary>
    public IReadOnlyList<string> Clashes => clashes;

    public static SecondaryInstances Of(FormModel form)
    {
        var found = new SecondaryInstances();
        var usesLastSaved = false;
        foreach (var node in form.Nodes)
        {
            if (node is FormDataFile file)
                found.AddFile(file);
            foreach (var expression in Expressions(node).Where(e => e.Contains("pulldata(", StringComparison.Ordinal)))
                found.AddPullData(expression);
            if (node is not FormQuestion question)
                continue;
            if (question.Control is "select1" or "select" or "odk:rank" && question.ChoicesFrom is { } source)
                found.AddChoicesFile(source);
            usesLastSaved |= Expressions(node).Any(References.AnyLastSavedIn);
        }

        if (usesLastSaved)
            found.Add(new SecondaryInstance("__last-saved", "jr://instance/last-saved", null));
        foreach (var list in form.ChoiceLists.Where(l => !l.IsSearched))
            found.Add(new SecondaryInstance(list.Name, null, list));
        return found;
    }

    public void Write(XmlOut xml)
    {
        foreach (var instance in instances)
        {
            xml.Start("instance");
            xml.Attribute("id", instance.Id);
            xml.Attribute("src", instance.Source);
            if (instance.List is not null)
                WriteList(xml, instance.List);
            xml.End();
        }
    }

    private static void WriteList(XmlOut xml, ChoiceList list)
    {
        var looksUp = list.NeedsTranslations;
        xml.Start("root");
        for (var i = 0; i < list.Choices.Count; i++)
        {
            var choice = list.Choices[i];
            xml.Start("item");
            if (looksUp)
                xml.Element("itextId", Translations.ChoiceId(list, i));
            xml.Element("name", choice.Name);
            if (!looksUp && choice.Label?.PlainText is { } label)
                xml.Element("label", label);
            foreach (var column in choice.Columns)
                xml.Element(column.Name, column.Value);
            xml.End();
        }

        xml.End();
    }

    private static IEnumerable<string> Expressions(FormNode node)
    {
        foreach (var name in new[] { "calculate", "constraint", "readonly", "required", "relevant" })
        {
            if (FormNode.Value(node.Bind, name) is { } expression)
                yield return expression;
        }

        if (node is not FormQuestion question)
            yield break;
        if (question.ChoiceFilter is not null)
            yield return question.ChoiceFilter;
        if (question.Default is not null)
            yield return question.Default;
    }

    private void AddFile(FormDataFile file)
    {
        var folder = file.Extension == "csv" ? "file-csv" : "file";
        if (byId.ContainsKey(file.Name))
            clashes.Add($"Two data files of the form are named '{file.Name}'. Names of attached files must differ, wherever they stand.");
        Add(new SecondaryInstance(file.Name, $"jr://{folder}/{file.Name}.{file.Extension}", null));
    }

    private void AddPullData(string expression)
    {
        for (var at = expression.IndexOf("pulldata", StringComparison.Ordinal); at >= 0; at = expression.IndexOf("pulldata", at + 8, StringComparison.Ordinal))
        {
            var open = at + 8;
            while (open < expression.Length && char.IsWhiteSpace(expression[open]))
                open++;
            if (open == expression.Length || expression[open] != '(')
                continue;
            var comma = expression.IndexOf(',', open);
            if (comma < 0)
                return;
            var name = expression[(open + 1)..comma].Replace("'", string.Empty, StringComparison.Ordinal).Replace("\"", string.Empty, StringComparison.Ordinal).Trim();
            Add(new SecondaryInstance(name, $"jr://file-csv/{name}.csv", null));
        }
    }

    private void AddChoicesFile(string source)
    {
        var extension = Path.GetExtension(source);
        if (extension is ".csv" or ".xml" or ".geojson")
            Add(new SecondaryInstance(source[..^extension.Length], $"jr://{(extension == ".csv" ? "file-csv" : "file")}/{source}", null));
    }

    private void Add(SecondaryInstance instance)
    {
        if (byId.TryAdd(instance.Id, instance))
            instances.Add(instance);
        else if (byId[instance.Id] is var known && known.Source != instance.Source)
            clashes.Add($"'{instance.Id}' would name two different things: {known.Source ?? "a list of the choices sheet"} and {instance.Source ?? "a list of the choices sheet"}. Rename one of them.");
    }
}
