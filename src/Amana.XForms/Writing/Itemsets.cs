using Amana.XForms.Reading;

namespace Amana.XForms.Writing;

/// <summary>Writes where the choices of a question come from: a list, a file, or earlier answers; filtered and shuffled as asked.</summary>
internal sealed class Itemsets(FormModel form, XmlOut xml, Expressions expressions, Places places)
{
    private readonly Dictionary<string, ChoiceList> lists = form.ChoiceLists.ToDictionary(l => l.Name, StringComparer.Ordinal);
    private readonly HashSet<string> lookedUp = form.ChoiceLists.Where(l => l.NeedsTranslations).Select(l => l.Name).ToHashSet(StringComparer.Ordinal);

    private sealed record Source(string Nodeset, string Value, string Label, string? Filter);

    public void Write(FormQuestion question)
    {
        if (question.ChoicesFrom is not { } from)
            return;
        if (question.Control == "range")
        {
            Write(FromList(from));
            return;
        }

        if (SearchedLists.IsSearch(question))
        {
            Items(question);
            return;
        }

        var byReference = References.AnyIn(from);
        var source = FromFile(question, from) ?? (byReference ? FromAnswers(question, from) : FromList(from));
        var filter = source.Filter;
        if (question.ChoiceFilter is { } written)
        {
            filter = expressions.Expand(written, places[question], useCurrent: true, fromParent: byReference);
            if (byReference)
                filter = filter.Replace($"current()/{source.Nodeset}", ".", StringComparison.Ordinal).Replace(source.Nodeset, ".", StringComparison.Ordinal);
        }

        var nodeset = filter is null ? source.Nodeset : $"{source.Nodeset}[{filter}]";
        Write(source with { Nodeset = Shuffled(question, nodeset) });
    }

    /// <summary>What a question looks through in itemsets.csv.</summary>
    public string Query(FormQuestion question)
    {
        var items = $"instance('{question.ExternalList}')/root/item";
        return question.ChoiceFilter is { } filter ? $"{items}[{expressions.Expand(filter, places[question], useCurrent: true)}]" : items;
    }

    private static Source? FromFile(FormQuestion question, string from)
    {
        var extension = Path.GetExtension(from);
        if (extension is not (".csv" or ".xml" or ".geojson"))
            return null;
        var isMap = extension == ".geojson";
        return new Source(
            $"instance('{from[..^extension.Length]}')/root/item",
            question.Parameter("value") ?? (isMap ? "id" : "name"),
            question.Parameter("label") ?? (isMap ? "title" : "label"),
            null);
    }

    private Source FromAnswers(FormQuestion question, string from)
    {
        var path = expressions.Expand(from, places[question], fromParent: true).Trim();
        if (question.Control == "input")
            return new Source(path, "geometry", "geometry", "./geometry != ''");
        var slash = path.LastIndexOf('/');
        var name = path[(slash + 1)..];
        return new Source(slash < 0 ? string.Empty : path[..slash], name, name, $"./{name} != ''");
    }

    private Source FromList(string name) =>
        new($"instance('{name}')/root/item", "name", lookedUp.Contains(name) ? "jr:itext(itextId)" : "label", null);

    private string Shuffled(FormQuestion question, string nodeset)
    {
        if (question.Parameter("randomize") != "true")
            return nodeset;
        return question.Parameter("seed") is { } seed
            ? $"randomize({nodeset}, {expressions.Expand(seed, places[question]).Trim()})"
            : $"randomize({nodeset})";
    }

    private void Write(Source source)
    {
        xml.Start("itemset");
        xml.Attribute("nodeset", source.Nodeset);
        xml.Element("value", null, new FormAttribute("ref", source.Value));
        xml.Element("label", null, new FormAttribute("ref", source.Label));
        xml.End();
    }

    private void Items(FormQuestion question)
    {
        if (!lists.TryGetValue(question.ChoicesFrom!, out var list))
            return;
        for (var i = 0; i < list.Choices.Count; i++)
        {
            var choice = list.Choices[i];
            xml.Start("item");
            xml.Start("label");
            if (lookedUp.Contains(list.Name))
                xml.Attribute("ref", $"jr:itext('{Translations.ChoiceId(list, i)}')");
            else if (question.Label is not null && choice.Label?.PlainText is { } label)
                expressions.WriteText(xml, label, null);
            xml.End();
            xml.Element("value", choice.Name);
            xml.End();
        }
    }
}
