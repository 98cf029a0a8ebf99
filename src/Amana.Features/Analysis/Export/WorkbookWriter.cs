using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Amana.Features.Analysis.Export;

/// <summary>How a spreadsheet takes a cell.</summary>
internal enum CellKind { Text, Number, Day }

/// <summary>Writes a workbook (ECMA-376, Office Open XML) row by row into a stream that need not go back, so that its size costs no memory. Numbers are numbers, days days, everything else is
/// text. No cell is a formula; text that a spreadsheet would take for one when it is typed again is marked as quoted. A sheet that is full goes on in another.</summary>
internal sealed class WorkbookWriter : IDisposable
{
    private const int MostRows = 1_048_576;
    private const int MostLetters = 32_767;
    private const string Quoted = "1", Day = "2", Bold = "3";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";
    private const string Content = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private static readonly DateOnly FirstDay = new(1899, 12, 30);

    private readonly ZipArchive _zip;
    private readonly List<string> _sheets = [];
    private (string Name, IReadOnlyList<IReadOnlyList<string>> Heads, IReadOnlyList<CellKind> Kinds) _sheet;
    private StreamWriter? _text;
    private int _rows;

    public WorkbookWriter(Stream output) => _zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Begins a sheet with its heading rows.</summary>
    public void Begin(string name, IReadOnlyList<IReadOnlyList<string>> heads, IReadOnlyList<CellKind> kinds)
    {
        End();
        _sheet = (name, heads, kinds);
        _sheets.Add(SheetName(name));
        _text = Part(string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{_sheets.Count}.xml"));
        _text.Write(string.Create(CultureInfo.InvariantCulture, $"""<worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="{heads.Count}" topLeftCell="A{heads.Count + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"""));
        _rows = heads.Count;
        foreach (var head in heads)
            Write(head, null);
    }

    public void Row(IReadOnlyList<string?> cells)
    {
        if (_rows == MostRows)
            Begin(_sheet.Name, _sheet.Heads, _sheet.Kinds);
        _rows++;
        Write(cells, _sheet.Kinds);
    }

    /// <summary>Ends the workbook with its list of sheets.</summary>
    public void Dispose()
    {
        End();
        using (var text = Part("xl/styles.xml"))
            text.Write($"""<styleSheet xmlns="{Main}"><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellXfs count="4"><xf/><xf quotePrefix="1"/><xf numFmtId="14" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>""");
        using (var text = Part("xl/workbook.xml"))
            text.Write($"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets>{Each((name, n) => $"<sheet name=\"{Escape(name)}\" sheetId=\"{n}\" r:id=\"sheet{n}\"/>")}</sheets></workbook>""");
        using (var text = Part("xl/_rels/workbook.xml.rels"))
            text.Write($"""<Relationships xmlns="{Packages}/relationships">{Each((_, n) => $"<Relationship Id=\"sheet{n}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>")}<Relationship Id="styles" Type="{Relations}/styles" Target="styles.xml"/></Relationships>""");
        using (var text = Part("_rels/.rels"))
            text.Write($"""<Relationships xmlns="{Packages}/relationships"><Relationship Id="workbook" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        using (var text = Part("[Content_Types].xml"))
            text.Write($"""<Types xmlns="{Packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Content}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Content}.styles+xml"/>{Each((_, n) => $"<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{Content}.worksheet+xml\"/>")}</Types>""");
        _zip.Dispose();
    }

    private string Each(Func<string, string, string> line) => string.Concat(_sheets.Select((name, i) => line(name, (i + 1).ToString(CultureInfo.InvariantCulture))));

    private StreamWriter Part(string name)
    {
        var text = new StreamWriter(_zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 32 * 1024);
        text.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        return text;
    }

    private void End()
    {
        _text?.Write("</sheetData></worksheet>");
        _text?.Dispose();
        _text = null;
    }

    private void Write(IReadOnlyList<string?> cells, IReadOnlyList<CellKind>? kinds)
    {
        _text!.Write("<row>");
        for (var i = 0; i < cells.Count; i++)
            Write(cells[i], kinds?[i]);
        _text.Write("</row>");
    }

    private void Write(string? value, CellKind? kind)
    {
        var text = _text!;
        if (string.IsNullOrEmpty(value))
        {
            text.Write("<c/>");
            return;
        }

        if (kind == CellKind.Number && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            text.Write("<c><v>");
            text.Write(number.ToString("R", CultureInfo.InvariantCulture));
            text.Write("</v></c>");
            return;
        }

        if (kind == CellKind.Day && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day > FirstDay)
        {
            text.Write("<c s=\"" + Day + "\"><v>");
            text.Write((day.DayNumber - FirstDay.DayNumber).ToString(CultureInfo.InvariantCulture));
            text.Write("</v></c>");
            return;
        }

        text.Write(kind is null ? "<c t=\"inlineStr\" s=\"" + Bold + "\">" : value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "<c t=\"inlineStr\" s=\"" + Quoted + "\">" : "<c t=\"inlineStr\">");
        text.Write("<is><t xml:space=\"preserve\">");
        text.Write(Escape(value.Length > MostLetters ? value[..MostLetters] : value));
        text.Write("</t></is></c>");
    }

    private string SheetName(string name)
    {
        var clean = string.Concat(name.Select(c => c is ':' or '\\' or '/' or '?' or '*' or '[' or ']' or '\'' || char.IsControl(c) ? '_' : c));
        var unique = clean.Length > 31 ? clean[..31] : clean;
        for (var n = 2; _sheets.Contains(unique, StringComparer.OrdinalIgnoreCase); n++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $" ({n})");
            unique = clean[..Math.Min(clean.Length, 31 - ending.Length)] + ending;
        }

        return unique;
    }

    /// <summary>For XML 1.0, without the characters that it has no place for.</summary>
    private static string Escape(string value)
    {
        if (value.AsSpan().IndexOfAny(Special) < 0 && !value.AsSpan().ContainsAnyInRange('\0', '\x1F') && !value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return value;
        var escaped = new StringBuilder(value.Length + 16);
        for (var i = 0; i < value.Length; i++)
            _ = value[i] switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\r' => escaped.Append("&#13;"),
                '\t' or '\n' => escaped.Append(value[i]),
                < ' ' or '\uFFFE' or '\uFFFF' => escaped,
                var c when char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]) => escaped.Append(c).Append(value[++i]),
                var c when char.IsSurrogate(c) => escaped,
                var c => escaped.Append(c),
            };
        return escaped.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("&<>\"\uFFFE\uFFFF");
}
