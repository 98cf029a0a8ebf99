using System.CommandLine;
using Amana.Disclosure;

namespace Amana.Cli;

/// <summary><c>amana disclose table</c>: a table of counts that gives no small cell away.</summary>
internal static class DiscloseTable
{
    public static Command Make()
    {
        var options = new DiscloseOptions();
        var rows = new Option<string>("--rows") { Description = "Variable of the rows.", Required = true };
        var columns = DiscloseOptions.Column("--columns", "Variable of the columns; without it the table has one dimension.");
        var minimum = new Option<int>("--min") { Description = "Smallest count that may be shown, 3 or more.", DefaultValueFactory = _ => 5 };
        minimum.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 3)
                result.AddError("--min is 3 or more: below it the mark itself would tell the count.");
        });
        var zeros = new Option<bool>("--hide-zeros") { Description = "Withhold cells that nobody is in as well." };
        var missing = DiscloseOptions.Column("--missing", "Count records without a value under this name; without it they are left out.");
        var command = new Command("table", "Count people by one or two variables, and withhold what could give a few of them away.")
        {
            options.File, rows, columns, minimum, zeros, missing, options.NotThere, options.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (down, across) = (parsed.GetValue(rows)!, parsed.GetValue(columns));
            string[] named = across is null ? [down] : [down, across];
            if (down == across)
                throw new RefusedException("--rows and --columns name the same variable.");
            var file = await DiscloseFile.Read(parsed.GetValue(options.File)!, named, parsed.GetValue(options.NotThere)!, cancellation);
            file.Need(named);
            var rule = new TableRule { Minimum = parsed.GetValue(minimum), Zeros = parsed.GetValue(zeros) ? ZeroCells.Suppressed : ZeroCells.Published };
            SafeTable? table = null;
            await Terminal.While("Protecting the table", () => Task.Run(
                () => table = SafeTable.Protect(CountTable.Of(file.Microdata, down, across, parsed.GetValue(missing)), rule, cancellation), cancellation));
            if (parsed.GetValue(options.Json))
                Figures(file, named, table!).Say(json: true);
            else
                DrawnTable.Say(table!);
            return Exit.Done;
        });
        return command;
    }

    private static DiscloseFigures Figures(DiscloseFile file, string[] named, SafeTable table)
    {
        var isOneWay = table.ColumnLabels.IsEmpty;
        var rows = Enumerable.Range(0, table.RowLabels.Length);
        var columns = Enumerable.Range(0, table.ColumnLabels.Length);
        var figures = new DiscloseFigures
        {
            ["file"] = file.Path,
            ["records"] = file.Microdata.RowCount,
            ["rows"] = named[0],
            ["columns"] = isOneWay ? null : named[1],
            ["min"] = table.Rule.Minimum,
            ["rowLabels"] = table.RowLabels,
            ["columnLabels"] = table.ColumnLabels,
            ["cells"] = isOneWay ? rows.Select(r => Cell(table[r])) : rows.Select(r => columns.Select(c => Cell(table[r, c]))),
            ["total"] = Cell(table.Total),
            ["suppressed"] = table.SuppressedCount,
            ["withheld"] = table.IsWithheld,
        };
        if (isOneWay)
            return figures;
        figures["rowTotals"] = rows.Select(r => Cell(table.RowTotal(r)));
        figures["columnTotals"] = columns.Select(c => Cell(table.ColumnTotal(c)));
        return figures;
    }

    /// <summary>The count, or why it is withheld: "small", or "protects" where a small cell could be worked out from it.</summary>
    private static object Cell(PublishedCell cell) => cell switch
    {
        PublishedCell.Published published => published.Count,
        PublishedCell.SuppressedSmall => "small",
        _ => "protects",
    };
}

/// <summary>A protected table in columns of text.</summary>
internal static class DrawnTable
{
    public static void Say(SafeTable table)
    {
        var columns = Enumerable.Range(0, table.ColumnLabels.Length);
        var lines = new List<string[]>();
        if (!table.ColumnLabels.IsEmpty)
            lines.Add(["", .. table.ColumnLabels, "total"]);
        for (var r = 0; r < table.RowLabels.Length; r++)
        {
            lines.Add(table.ColumnLabels.IsEmpty
                ? [table.RowLabels[r], Shown(table[r])]
                : [table.RowLabels[r], .. columns.Select(c => Shown(table[r, c])), Shown(table.RowTotal(r))]);
        }

        lines.Add(["total", .. columns.Select(c => Shown(table.ColumnTotal(c))), Shown(table.Total)]);
        var widths = Enumerable.Range(0, lines[0].Length).Select(i => lines.Max(l => l[i].Length)).ToArray();
        foreach (var line in lines)
            Console.WriteLine(string.Join("  ", line.Select((text, i) => i == 0 ? text.PadRight(widths[0]) : text.PadLeft(widths[i]))).TrimEnd());
        Console.WriteLine($"< is below {table.Rule.Minimum}; · is withheld so that no such cell can be worked out. {table.SuppressedCount} withheld.");
    }

    private static string Shown(PublishedCell cell) => cell switch
    {
        PublishedCell.Published published => published.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        PublishedCell.SuppressedSmall => "<",
        _ => "·",
    };
}
