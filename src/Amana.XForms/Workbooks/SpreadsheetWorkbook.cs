using ExcelDataReader;

namespace Amana.XForms.Workbooks;

/// <summary>Reads .xlsx, .xlsm and .xls. It stops at long runs of empty columns and rows, as the reference converter does.</summary>
internal static class SpreadsheetWorkbook
{
    private const int MostEmptyColumns = 20;
    private const int MostEmptyRows = 60;

    public static Workbook? Read(Stream file, bool isZip, XlsFormLimits limits, ProblemLog log)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        using var reader = isZip
            ? ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true })
            : ExcelReaderFactory.CreateBinaryReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
        var names = new List<string>();
        var sheets = new Dictionary<string, Sheet>(StringComparer.Ordinal);
        do
        {
            var name = reader.Name ?? string.Empty;
            names.Add(name);
            var known = Workbook.KnownSheets.Contains(name.ToLowerInvariant(), StringComparer.Ordinal);
            if (!known && reader.ResultsCount > 1)
                continue;
            if (ReadSheet(reader, name, isZip, limits, log) is not { } sheet)
                return null;
            sheets[known ? name.ToLowerInvariant() : "survey"] = sheet;
        }
        while (reader.NextResult());
        return new Workbook(names, sheets);
    }

    private static Sheet? ReadSheet(IExcelDataReader reader, string name, bool isZip, XlsFormLimits limits, ProblemLog log)
    {
        if (reader.RowCount > (isZip ? 1_048_576 : 65_536) || reader.FieldCount > (isZip ? 16_384 : 256))
        {
            log.Error("file.damaged", "The sheet says that it has more rows or columns than a sheet can have; the file is damaged. Open it in your spreadsheet program and save it again as .xlsx.", new FormPlace(name));
            return null;
        }

        if (!reader.Read())
            return new Sheet(name, [], []);
        if (Headings(reader, name, limits, log) is not { } headings)
            return null;
        var rows = new List<SheetRow>();
        var empty = 0;
        for (var number = 2; reader.Read(); number++)
        {
            var cells = Cells(reader, headings);
            if (cells is null && ++empty > MostEmptyRows)
                break;
            if (cells is null)
                continue;
            empty = 0;
            rows.Add(new SheetRow(number, cells));
            if (rows.Count > limits.Rows)
            {
                log.Error("file.too-many-rows", $"The sheet has more than {limits.Rows} rows, which is the most that is read. Move long lists into a CSV file that goes with the form.", new FormPlace(name));
                return null;
            }
        }

        return new Sheet(name, headings, rows);
    }

    private static List<string?>? Headings(IExcelDataReader reader, string name, XlsFormLimits limits, ProblemLog log)
    {
        var headings = new List<string?>();
        var empty = 0;
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var heading = CellText.Of(reader.GetValue(i));
            if (heading is null)
            {
                headings.Add(null);
                if (empty++ == MostEmptyColumns)
                    break;
                continue;
            }

            empty = 0;
            if (headings.Count > limits.Columns)
            {
                log.Error("file.too-many-columns", $"The sheet has more than {limits.Columns} columns, which is the most that is read.", new FormPlace(name, 1));
                return null;
            }

            heading = Spaces.Single(heading);
            if (headings.Contains(heading))
            {
                log.Error("heading.twice", $"The heading '{heading}' stands over two columns. Rename or remove one of them.", new FormPlace(name, 1, heading));
                return null;
            }

            headings.Add(heading);
        }

        while (headings.Count > 0 && headings[^1] is null)
            headings.RemoveAt(headings.Count - 1);
        return headings;
    }

    private static string?[]? Cells(IExcelDataReader reader, List<string?> headings)
    {
        string?[]? cells = null;
        var count = Math.Min(headings.Count, reader.FieldCount);
        for (var i = 0; i < count; i++)
        {
            if (headings[i] is null || CellText.Of(reader.GetValue(i)) is not { } text)
                continue;
            cells ??= new string?[headings.Count];
            cells[i] = text;
        }

        return cells;
    }
}
