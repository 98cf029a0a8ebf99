namespace Amana.XForms.Workbooks;

/// <summary>A row below the headings: its number as the spreadsheet counts, and its cells under the headings, null where empty.</summary>
internal sealed record SheetRow(int Number, IReadOnlyList<string?> Cells);

/// <summary>A sheet as text: headings (null where a column has none) and rows.</summary>
internal sealed record Sheet(string Name, IReadOnlyList<string?> Headings, IReadOnlyList<SheetRow> Rows)
{
    public bool HasHeadings => Headings.Any(h => h is not null);
}

/// <summary>The sheets of a workbook that mean something in an XLSForm, by their names in lower case, and the names of all its sheets.</summary>
internal sealed record Workbook(IReadOnlyList<string> SheetNames, IReadOnlyDictionary<string, Sheet> Sheets)
{
    public static readonly IReadOnlyList<string> KnownSheets = ["survey", "choices", "settings", "external_choices", "osm", "entities"];

    public Sheet? this[string name] => Sheets.GetValueOrDefault(name);
}
