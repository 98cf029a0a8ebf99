using System.Text;
using Amana.XForms.Workbooks;
using ExcelDataReader;

namespace Amana.XForms.Tables;

/// <summary>One table of filled records: its headings, and its rows as text. Cells that are empty are null.</summary>
/// <param name="Name">The sheet's name; for a CSV file in a ZIP file the file's; empty for a CSV file by itself.</param>
/// <param name="Headings">In order; empty where a column has none.</param>
/// <param name="Rows">Each as long as the headings; the number is the row in the file, headings being row 1.</param>
public sealed record RecordTable(string Name, IReadOnlyList<string> Headings, IReadOnlyList<(int Number, IReadOnlyList<string?> Cells)> Rows);

/// <summary>The tables of a file, or why there are none.</summary>
public sealed record RecordTablesRead(IReadOnlyList<RecordTable> Tables, FormProblem? Problem);

/// <summary>
/// Reads filled records as KoboToolbox, ODK Central, Ona and people with spreadsheets export them: a workbook (.xlsx, .xls) with one table a sheet, a CSV file whose
/// separator and encoding are found out, or a ZIP file with one CSV file for each table. Files are told apart by their bytes and kept within the limits of form workbooks; whatever goes wrong becomes a problem, never an exception.
/// </summary>
public static class RecordTables
{
    /// <summary>Most columns of a table: as many as a sheet of a spreadsheet program has. One more is refused, since a column left out would be answers lost.</summary>
    public const int MostColumns = 16_384;

    /// <summary>Most cells of a table.</summary>
    public const int MostCells = 20_000_000;

    /// <summary>Reads all tables. A sheet without headings is left out.</summary>
    /// <param name="file">The file, byte for byte.</param>
    /// <param name="limits">Bounds; null takes the usual ones.</param>
    public static RecordTablesRead Read(byte[] file, XlsFormLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        limits ??= new XlsFormLimits();
        if (file.Length > limits.FileBytes)
            return Refused("file.too-large", $"The file is larger than {limits.FileBytes / 1_000_000} MB, which is the most that is read. Import it in parts.");
        try
        {
            System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            using var stream = new MemoryStream(file, writable: false);
            if (file.AsSpan().StartsWith("PK"u8))
                return OfPackage(file, stream, limits);
            if (file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
                return CompoundGuard.IsSound(file) ? Of(ExcelReaderFactory.CreateBinaryReader(stream), limits) : Damaged();
            if (file.AsSpan(0, Math.Min(file.Length, 4096)).Contains((byte)0) && !file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
                return Damaged();
            return Of(Csv(stream), limits, isCsv: true);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Damaged();
        }
    }

    private static RecordTablesRead OfPackage(byte[] file, MemoryStream stream, XlsFormLimits limits)
    {
        using var copy = new MemoryStream();
        copy.Write(file);
        copy.Position = 0;
        if (TableArchive.Is(copy))
            return OfArchive(copy, limits);
        copy.Position = 0;
        return PackageGuard.Refusal(copy, limits) is { } refusal ? Refused(refusal.Code, refusal.Message) : Of(ExcelReaderFactory.CreateOpenXmlReader(stream), limits);
    }

    private static RecordTablesRead OfArchive(MemoryStream file, XlsFormLimits limits)
    {
        var (files, problem) = TableArchive.Read(file, limits);
        if (problem is { } found)
            return Refused(found.Code, found.Message);
        var tables = new List<RecordTable>();
        foreach (var (name, content) in files)
        {
            using var stream = new MemoryStream(content, writable: false);
            var read = Of(Csv(stream), limits, isCsv: true);
            if (read.Problem is not null)
                return read;
            tables.AddRange(read.Tables.Select(t => t with { Name = name }));
        }

        return new RecordTablesRead(tables, null);
    }

    private static IExcelDataReader Csv(Stream stream) => ExcelReaderFactory.CreateCsvReader(stream, new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding(1252) });

    private static RecordTablesRead Of(IExcelDataReader reader, XlsFormLimits limits, bool isCsv = false)
    {
        using var open = reader;
        var tables = new List<RecordTable>();
        do
        {
            var (headings, rows) = (new List<string>(), new List<(int, IReadOnlyList<string?>)>());
            for (var number = 1; reader.Read(); number++)
            {
                if (headings.Count == 0)
                    headings.AddRange(Enumerable.Range(0, Math.Min(reader.FieldCount, MostColumns + 1)).Select(i => CellText.Of(reader.GetValue(i)) ?? ""));
                else if (Row(reader, headings.Count, isCsv) is { } row)
                    rows.Add((number, row));
                if (headings.Count > MostColumns || (long)rows.Count * headings.Count > MostCells)
                    return Refused("file.too-many-cells", $"The table has more than {MostColumns} columns or {MostCells / 1_000_000} million cells, which is the most that is read. Import it in parts.");
                if (rows.Count > limits.Rows)
                    return Refused("file.too-many-rows", $"The table has more than {limits.Rows} rows, which is the most that is read. Import it in parts.");
            }

            if (headings.Exists(h => h.Length > 0))
                tables.Add(new RecordTable(reader.Name ?? "", headings, rows));
        }
        while (reader.NextResult());
        return tables.Count == 0 ? Refused("table.empty", "The file has no row of headings. The first row must name the questions.") : new RecordTablesRead(tables, null);
    }

    private static string?[]? Row(IExcelDataReader reader, int width, bool isCsv)
    {
        var cells = new string?[width];
        var any = false;
        for (var i = 0; i < Math.Min(width, reader.FieldCount); i++)
        {
            cells[i] = isCsv && CellText.Of(reader.GetValue(i)) is { } text ? Unquoted(text) : CellText.Of(reader.GetValue(i));
            any |= cells[i] is not null;
        }

        return any ? cells : null;
    }

    /// <summary>In CSV files an apostrophe before what a spreadsheet program would take for a formula is a mark of whoever wrote the file, ours too, and no part of the answer.</summary>
    private static string Unquoted(string text) => text is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r', ..] ? text[1..] : text;

    private static RecordTablesRead Damaged() => Refused("file.not-a-table", "The file is not a table that can be read. Records are read from .xlsx, .xls and .csv, and from a .zip of .csv files.");

    private static RecordTablesRead Refused(string code, string message) => new([], new FormProblem(FormProblemSeverity.Error, code, message, new FormPlace(null)));
}
