using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Amana.XForms.Workbooks;

/// <summary>A sheet to write: its name and its rows of cells, the first row bold. Cells are text unless they are numbers; null leaves one empty.</summary>
/// <param name="Name">At most 31 characters; characters that spreadsheets forbid in names are left out.</param>
/// <param name="Rows">Texts, numbers (<see cref="int"/>, <see cref="long"/>, <see cref="decimal"/>, <see cref="double"/>) or null.</param>
/// <param name="RightToLeft">The sheet is read from the right.</param>
public sealed record SheetToWrite(string Name, IReadOnlyList<IReadOnlyList<object?>> Rows, bool RightToLeft = false);

/// <summary>
/// Writes Office Open XML workbooks (ECMA-376) with nothing in them but sheets of text and numbers: no formulas, so a cell that begins like one
/// stays text; no macros, no links, no author. The same sheets give the same bytes with the same runtime.
/// </summary>
public static class SpreadsheetWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>The whole workbook.</summary>
    public static byte[] Write(params IReadOnlyList<SheetToWrite> sheets)
    {
        ArgumentNullException.ThrowIfNull(sheets);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml", x => ContentTypes(x, sheets.Count));
            Part(zip, "_rels/.rels", x => Relations(x, [("rId1", Office + "/officeDocument", "xl/workbook.xml")]));
            Part(zip, "xl/workbook.xml", x => Workbook(x, sheets));
            Part(zip, "xl/_rels/workbook.xml.rels", x => Relations(x,
                [.. sheets.Select((_, i) => ($"rId{Text(i + 1)}", Office + "/worksheet", $"worksheets/sheet{Text(i + 1)}.xml")), ($"rId{Text(sheets.Count + 1)}", Office + "/styles", "styles.xml")]));
            Part(zip, "xl/styles.xml", Styles);
            for (var i = 0; i < sheets.Count; i++)
            {
                var sheet = sheets[i];
                Part(zip, $"xl/worksheets/sheet{Text(i + 1)}.xml", x => Sheet(x, sheet));
            }
        }

        return bytes.ToArray();
    }

    private static void Part(ZipArchive zip, string name, Action<XmlWriter> write)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // no date of making: a file should not tell when a team sat down to it
        using var stream = entry.Open();
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = true });
        xml.WriteStartDocument(standalone: true);
        write(xml);
        xml.WriteEndDocument();
    }

    private static void ContentTypes(XmlWriter x, int sheets)
    {
        x.WriteStartElement("Types", Package + "content-types");
        Empty(x, "Default", ("Extension", "rels"), ("ContentType", "application/vnd.openxmlformats-package.relationships+xml"));
        Empty(x, "Default", ("Extension", "xml"), ("ContentType", "application/xml"));
        Empty(x, "Override", ("PartName", "/xl/workbook.xml"), ("ContentType", Type + "sheet.main+xml"));
        Empty(x, "Override", ("PartName", "/xl/styles.xml"), ("ContentType", Type + "styles+xml"));
        for (var i = 1; i <= sheets; i++)
            Empty(x, "Override", ("PartName", $"/xl/worksheets/sheet{Text(i)}.xml"), ("ContentType", Type + "worksheet+xml"));
        x.WriteEndElement();
    }

    private static void Relations(XmlWriter x, IReadOnlyList<(string Id, string Type, string Target)> relations)
    {
        x.WriteStartElement("Relationships", Package + "relationships");
        foreach (var (id, type, target) in relations)
            Empty(x, "Relationship", ("Id", id), ("Type", type), ("Target", target));
        x.WriteEndElement();
    }

    private static void Workbook(XmlWriter x, IReadOnlyList<SheetToWrite> sheets)
    {
        x.WriteStartElement("workbook", Main);
        x.WriteAttributeString("xmlns", "r", null, Office);
        x.WriteStartElement("sheets", Main);
        for (var i = 0; i < sheets.Count; i++)
        {
            x.WriteStartElement("sheet", Main);
            x.WriteAttributeString("name", NameOf(sheets[i].Name));
            x.WriteAttributeString("sheetId", Text(i + 1));
            x.WriteAttributeString("r", "id", Office, "rId" + Text(i + 1));
            x.WriteEndElement();
        }

        x.WriteEndElement();
        x.WriteEndElement();
    }

    private static void Styles(XmlWriter x)
    {
        x.WriteStartElement("styleSheet", Main);
        x.WriteRaw("<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
            + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
            + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
            + "<cellXfs count=\"2\"><xf xfId=\"0\"/><xf xfId=\"0\" fontId=\"1\" applyFont=\"1\"/></cellXfs>");
        x.WriteEndElement();
    }

    private static void Sheet(XmlWriter x, SheetToWrite sheet)
    {
        x.WriteStartElement("worksheet", Main);
        x.WriteStartElement("sheetViews", Main);
        x.WriteStartElement("sheetView", Main);
        if (sheet.RightToLeft)
            x.WriteAttributeString("rightToLeft", "1");
        x.WriteAttributeString("workbookViewId", "0");
        if (sheet.Rows.Count > 1)
            Empty(x, "pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        x.WriteEndElement();
        x.WriteEndElement();
        x.WriteStartElement("sheetData", Main);
        for (var row = 0; row < sheet.Rows.Count; row++)
        {
            x.WriteStartElement("row", Main);
            x.WriteAttributeString("r", Text(row + 1));
            for (var column = 0; column < sheet.Rows[row].Count; column++)
                Cell(x, ColumnName(column) + Text(row + 1), sheet.Rows[row][column], row == 0);
            x.WriteEndElement();
        }

        x.WriteEndElement();
        x.WriteEndElement();
    }

    private static void Cell(XmlWriter x, string reference, object? value, bool heading)
    {
        if (value is null or "")
            return;
        x.WriteStartElement("c", Main);
        x.WriteAttributeString("r", reference);
        if (heading)
            x.WriteAttributeString("s", "1");
        if (value is int or long or decimal or double)
        {
            x.WriteElementString("v", Main, Convert.ToString(value, CultureInfo.InvariantCulture));
        }
        else
        {
            x.WriteAttributeString("t", "inlineStr");
            x.WriteStartElement("is", Main);
            x.WriteStartElement("t", Main);
            x.WriteAttributeString("xml", "space", null, "preserve");
            x.WriteString(Readable(value.ToString() ?? ""));
            x.WriteEndElement();
            x.WriteEndElement();
        }

        x.WriteEndElement();
    }

    private static void Empty(XmlWriter x, string name, params IReadOnlyList<(string Name, string Value)> attributes)
    {
        x.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
            x.WriteAttributeString(attribute, value);
        x.WriteEndElement();
    }

    /// <summary>A, B, …, Z, AA, AB, …</summary>
    internal static string ColumnName(int column)
    {
        var name = "";
        for (var n = column + 1; n > 0; n = (n - 1) / 26)
            name = (char)('A' + ((n - 1) % 26)) + name;
        return name;
    }

    private const int LongestCell = 32_767;

    /// <summary>What XML can hold, cut at the longest text that spreadsheets take.</summary>
    private static string Readable(string text)
    {
        var cut = text.Length > LongestCell ? text[..LongestCell] : text;
        var kept = new StringBuilder(cut.Length);
        for (var i = 0; i < cut.Length; i++)
        {
            if (i + 1 < cut.Length && XmlConvert.IsXmlSurrogatePair(cut[i + 1], cut[i]))
                kept.Append(cut[i]).Append(cut[++i]);
            else if (XmlConvert.IsXmlChar(cut[i]))
                kept.Append(cut[i]);
        }

        return kept.ToString();
    }

    private static string NameOf(string name)
    {
        var allowed = new string([.. name.Where(c => !"[]:*?/\\'".Contains(c, StringComparison.Ordinal))]).Trim();
        return allowed.Length == 0 ? "Sheet" : allowed.Length > 31 ? allowed[..31] : allowed;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
