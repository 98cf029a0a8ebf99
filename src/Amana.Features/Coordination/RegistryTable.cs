using System.Globalization;
using System.Text;
using Amana.Features.Texts;

namespace Amana.Features.Coordination;

/// <summary>The registry as rows with HXL tags beneath the headings, for CSV and spreadsheets. Figures of people are not in it, only who works where on what.</summary>
public static class RegistryTable
{
    private static readonly string[] Keys = ["organisation", "category", "title", "place-code", "place", "step", "population", "from", "until", "products"];

    /// <summary>HXL hashtags of the columns, in their order.</summary>
    public static IReadOnlyList<string> Tags { get; } =
        ["#org", "#subsector+name", "#activity+name", "#loc+code", "#loc+name", "#status", "#beneficiary", "#date+start", "#date+end", "#output+num"];

    public static IReadOnlyList<IReadOnlyList<object?>> Rows(IReadOnlyList<RegistryLine> lines, Texts.Texts texts, Language language) =>
    [
        [.. Keys.Select(k => (object?)texts.Get(language, "registry." + k))],
        [.. Tags],
        .. lines.Select(l => (IReadOnlyList<object?>)
        [
            l.Organisation, texts.Word(language, "MatrixCategory", l.Activity.Category.ToString()), l.Activity.Title, l.PlaceShown ? l.Activity.Place.Code : "", l.PlaceShown ? l.Activity.Place.Name : "",
            texts.Get(language, "step." + l.Activity.Step), texts.List(language, [.. l.Activity.Population.Select(g => texts.Word(language, "PopulationGroup", g.ToString()))]),
            Day(l.Activity.Period.Start), Day(l.Activity.Period.End), l.Products,
        ]),
    ];

    /// <summary>The rows as CSV for spreadsheets: with a byte order mark, every cell quoted, and a cell that begins like a formula kept a text.</summary>
    public static string Csv(IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        var csv = new StringBuilder("\uFEFF");
        foreach (var row in rows)
            csv.AppendJoin(',', row.Select(Quoted)).Append("\r\n");
        return csv.ToString();
    }

    private static string Quoted(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
