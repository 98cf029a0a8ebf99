using Amana.XForms.Workbooks;

namespace Amana.XForms.Reading;

/// <summary>A row by its columns: single texts (perhaps in several languages) and bundles of them.</summary>
internal sealed class TableRow(int number)
{
    private readonly Dictionary<string, FormText> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Name, FormText Text)>> bundles = new(StringComparer.Ordinal);

    public int Number { get; } = number;

    public bool IsEmpty => texts.Count == 0 && bundles.Count == 0;

    /// <summary>Single columns in the order in which they were met.</summary>
    public IEnumerable<KeyValuePair<string, FormText>> Texts => texts;

    public bool Has(string column) => texts.ContainsKey(column) || bundles.ContainsKey(column);

    public FormText? Text(string column) => texts.GetValueOrDefault(column);

    public string? Value(string column) => texts.GetValueOrDefault(column)?.Texts[0].Text;

    public IReadOnlyList<(string Name, FormText Text)> Bundle(string column) => bundles.TryGetValue(column, out var bundle) ? bundle : [];

    public FormText? Text(string bundle, string name) => Bundle(bundle).FirstOrDefault(e => e.Name == name).Text;

    public string? Value(string bundle, string name) => Text(bundle, name)?.Texts[0].Text;

    public void Remove(string column) => texts.Remove(column);

    /// <summary>Replaces a text of a bundle by another without a language.</summary>
    public void Replace(string bundle, string name, string value)
    {
        var at = bundles[bundle].FindIndex(e => e.Name == name);
        bundles[bundle][at] = (name, FormText.Plain(value));
    }

    public void Put(IReadOnlyList<string> parts, string value, string defaultLanguage)
    {
        if (parts.Count > 1 && Columns.IsBundle(parts[0]))
            PutInBundle(parts, value, defaultLanguage);
        else if (parts.Count == 1)
            texts[parts[0]] = FormText.Plain(value);
        else
            texts[parts[0]] = Add(texts.GetValueOrDefault(parts[0]), parts[1], value, defaultLanguage);
    }

    private void PutInBundle(IReadOnlyList<string> parts, string value, string defaultLanguage)
    {
        if (!bundles.TryGetValue(parts[0], out var bundle))
            bundles[parts[0]] = bundle = [];
        var at = bundle.FindIndex(e => e.Name == parts[1]);
        var text = Add(at < 0 ? null : bundle[at].Text, parts.Count > 2 ? parts[2] : null, value, defaultLanguage);
        if (at < 0)
            bundle.Add((parts[1], text));
        else
            bundle[at] = (parts[1], text);
    }

    private static FormText Add(FormText? known, string? language, string value, string defaultLanguage) =>
        known is null ? new FormText([new LanguageText(language, value)]) : known.With(language, value, defaultLanguage);
}

/// <summary>A sheet whose headings are understood.</summary>
internal sealed record Table(Sheet Sheet, IReadOnlyList<Heading?> Headings, IReadOnlyList<TableRow> Rows)
{
    public static Table Of(Sheet sheet, Columns columns, string defaultLanguage, bool singleSpaces, ProblemLog log)
    {
        var headings = Reading.Headings.Of(sheet, columns, log);
        var rows = new List<TableRow>(sheet.Rows.Count);
        foreach (var source in sheet.Rows)
        {
            var row = new TableRow(source.Number);
            for (var i = 0; i < headings.Count && i < source.Cells.Count; i++)
            {
                if (headings[i] is { } heading && source.Cells[i] is { } cell)
                    row.Put(heading.Parts, Cleaned(cell, singleSpaces), defaultLanguage);
            }

            rows.Add(row);
        }

        return new Table(sheet, headings, rows);
    }

    public bool HasColumn(string column) => Headings.Any(h => h?.Column == column);

    /// <summary>The heading as written over the column of that meaning, for messages; the meaning itself when there is none.</summary>
    public string Written(string column) => (Headings.FirstOrDefault(h => h?.Column == column) ?? Headings.FirstOrDefault(h => h?.Parts[^1] == column))?.Written ?? column;

    /// <summary>The place of a cell, for messages.</summary>
    public FormPlace Place(TableRow row, string column) => new(Sheet.Name, row.Number, Written(column));

    /// <summary>The place of a cell of a bundle, such as bind and relevant, for messages.</summary>
    public FormPlace Place(TableRow row, string bundle, string name)
    {
        var heading = Headings.FirstOrDefault(h => h is { Parts.Count: > 1 } && h.Parts[0] == bundle && h.Parts[1] == name);
        return new FormPlace(Sheet.Name, row.Number, heading?.Written ?? (name == "calculate" ? "calculation" : name));
    }

    private static string Cleaned(string cell, bool singleSpaces)
    {
        var text = singleSpaces ? Spaces.Single(cell) : cell;
        return text.AsSpan().IndexOfAny('\u2018', '\u2019') < 0 && text.AsSpan().IndexOfAny('\u201c', '\u201d') < 0
            ? text
            : text.Replace('\u2018', '\'').Replace('\u2019', '\'').Replace('\u201c', '"').Replace('\u201d', '"');
    }
}
