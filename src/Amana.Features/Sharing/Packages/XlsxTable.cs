using System.Globalization;
using Amana.Domain.Forms;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Amana.Features.Sharing.Packages;

/// <summary>Writes a workbook (ECMA-376) row by row: numbers as numbers, days as days, everything else as text. No cell is a formula; text that a spreadsheet would take for one
/// when it is typed again is marked as quoted.</summary>
internal static class XlsxTable
{
    private const uint Plain = 0;
    private const uint Quoted = 1;
    private const uint Day = 2;
    private const uint Head = 3;
    private static readonly DateOnly FirstDay = new(1899, 12, 30);

    /// <summary>A sheet of a workbook: its name, its heading rows, and what it holds.</summary>
    public sealed record Sheet(string Name, IReadOnlyList<IReadOnlyList<string>> Heads, IReadOnlyList<ColumnKind> Kinds, IEnumerable<IReadOnlyList<string?>> Rows);

    public static byte[] Write(params IReadOnlyList<Sheet> sheets)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = Styles();
            var list = new Sheets();
            foreach (var (sheet, index) in sheets.Select((s, i) => (s, i)))
            {
                var id = "sheet" + (index + 1).ToString(CultureInfo.InvariantCulture);
                WriteSheet(workbook.AddNewPart<WorksheetPart>(id), sheet);
                list.Append(new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = id, SheetId = (uint)index + 1, Name = sheet.Name });
            }

            workbook.Workbook = new Workbook(list);
        }

        return stream.ToArray();
    }

    private static void WriteSheet(WorksheetPart part, Sheet sheet)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(new Pane
        {
            VerticalSplit = sheet.Heads.Count, TopLeftCell = "A" + (sheet.Heads.Count + 1).ToString(CultureInfo.InvariantCulture), ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen,
        }) { WorkbookViewId = 0 }));
        writer.WriteStartElement(new SheetData());
        foreach (var head in sheet.Heads)
            WriteRow(writer, head, _ => ColumnKind.Text, Head);
        foreach (var row in sheet.Rows)
            WriteRow(writer, row, i => sheet.Kinds[i], Plain);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, IReadOnlyList<string?> cells, Func<int, ColumnKind> kindOf, uint style)
    {
        writer.WriteStartElement(new Row());
        for (var i = 0; i < cells.Count; i++)
            writer.WriteElement(CellOf(cells[i], kindOf(i), style));
        writer.WriteEndElement();
    }

    private static Cell CellOf(string? value, ColumnKind kind, uint style)
    {
        if (string.IsNullOrEmpty(value))
            return new Cell();
        if (kind is ColumnKind.Whole or ColumnKind.Decimal)
            return new Cell { DataType = CellValues.Number, CellValue = new CellValue(value) };
        if (kind == ColumnKind.Day && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new Cell { StyleIndex = Day, CellValue = new CellValue((day.DayNumber - FirstDay.DayNumber).ToString(CultureInfo.InvariantCulture)) };
        var shown = style == Plain && value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? Quoted : style;
        return new Cell { DataType = CellValues.InlineString, StyleIndex = shown, InlineString = new InlineString(new Text(Clean(value)) { Space = SpaceProcessingModeValues.Preserve }) };
    }

    /// <summary>Without the characters that XML 1.0 has no place for.</summary>
    private static string Clean(string value) => string.Concat(value.Where(c => c is '\t' or '\n' or '\r' or >= ' ' and not ('\uFFFE' or '\uFFFF')));

    private static Stylesheet Styles() => new(
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellFormats(new CellFormat(), new CellFormat { QuotePrefix = true }, new CellFormat { NumberFormatId = 14, ApplyNumberFormat = true }, new CellFormat { FontId = 1, ApplyFont = true }));
}

/// <summary>Columns, codes and their words as a table: the codebook of a release.</summary>
internal static class Codebook
{
    public static IReadOnlyList<string> Head { get; } = ["column", "label", "type", "hxl", "known_beforehand", "code", "code_label"];

    public static IEnumerable<IReadOnlyList<string?>> Lines(IReadOnlyList<PackedColumn> columns, string language)
    {
        yield return ["row", "", "text", HxlTags.Row, "no", "", ""];
        foreach (var column in columns)
        {
            IReadOnlyList<ElementChoice> choices = column.Choices.Count > 0 ? column.Choices : [new ElementChoice("", Domain.Shared.LocalText.Empty)];
            foreach (var choice in choices)
                yield return [column.Name, column.Label.In(language), Word(column.Kind), column.Hxl, column.IsKey ? "yes" : "no", choice.Code, choice.Label.In(language)];
        }
    }

    private static string Word(ColumnKind kind) => kind switch
    {
        ColumnKind.Whole => "integer", ColumnKind.Decimal => "number", ColumnKind.Day => "date", ColumnKind.Choice => "code", _ => "text",
    };
}
