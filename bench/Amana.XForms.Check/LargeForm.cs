using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Amana.XForms.Check;

/// <summary>
/// A made-up household survey as an .xlsx of so many rows in three languages: sections, a repeat, choices with filters, calculations, constraints with
/// messages, hints, references in labels; a quarter as many rows of choices.
/// </summary>
internal static class LargeForm
{
    private static readonly string[] Languages = ["English (en)", "French (fr)", "Arabic (ar)"];
    private const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Workbook(int rows)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
            Part(zip, "xl/workbook.xml", $"<workbook {Main} xmlns:r=\"{Office}\"><sheets><sheet name=\"survey\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"choices\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>");
            Part(zip, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{Link(1)}{Link(2)}</Relationships>");
            var texts = new Dictionary<string, int>(StringComparer.Ordinal);
            var (survey, choices) = (Sheet(Survey(rows), texts), Sheet(Choices(rows / 4), texts));
            Part(zip, "xl/worksheets/sheet1.xml", survey);
            Part(zip, "xl/worksheets/sheet2.xml", choices);
            Part(zip, "xl/sharedStrings.xml", $"<sst {Main}>{string.Concat(texts.OrderBy(t => t.Value).Select(t => $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(t.Key)}</t></si>"))}</sst>");
        }

        return file.ToArray();
    }

    private static string Link(int n) => string.Create(CultureInfo.InvariantCulture, $"<Relationship Id=\"rId{n}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>");

    private static IEnumerable<string[]> Survey(int rows)
    {
        yield return ["type", "name", .. Three("label"), .. Three("hint"), "relevant", "constraint", .. Three("constraint_message"), "calculation", "required", "appearance", "choice_filter"];
        for (var i = 0; i < rows; i++)
        {
            var part = i % 30;
            yield return part switch
            {
                0 => Row(i, i % 120 == 0 ? "begin repeat" : "begin group"),
                29 => Row(i, (i - 29) % 120 == 0 ? "end repeat" : "end group"),
                _ => Question(i, part),
            };
        }

        if (rows % 30 != 0)
            yield return Row(rows, (rows - (rows % 30)) % 120 == 0 ? "end repeat" : "end group");
    }

    private static string[] Question(int i, int part) => (part % 7) switch
    {
        0 => Row(i, "integer", constraint: ". >= 0 and . < 120", relevant: Invariant($"${{q{i - part + 2}}} != '' and ${{q{i - 1}}} != ''")),
        1 => Row(i, Invariant($"select_one list{i % 40}"), relevant: part > 2 ? Invariant($"selected(${{q{i - part + 2}}}, 'c1')") : ""),
        2 => Row(i, "text"),
        3 => Row(i, "calculate", calculation: Invariant($"if(${{q{i - 1}}} = '', 0, string-length(${{q{i - part + 2}}})) + 1")),
        4 => Row(i, Invariant($"select_multiple list{i % 40}"), filter: Invariant($"group = ${{q{i - part + 1}}} or true()")),
        5 => Row(i, "decimal", constraint: ". > 0"),
        _ => Row(i, "note"),
    };

    private static string[] Row(int i, string type, string relevant = "", string constraint = "", string calculation = "", string filter = "")
    {
        var isEnd = type.StartsWith("end", StringComparison.Ordinal);
        var isSeen = !isEnd && type != "calculate";
        var refers = type == "note" ? Invariant($" (${{q{i - 1}}})") : "";
        return
        [
            type, isEnd ? "" : Invariant($"q{i}"), .. isSeen ? Three(Invariant($"How is matter number {i} of the household today{refers}, in ")) : ["", "", ""],
            .. isSeen && i % 3 == 0 ? Three(Invariant($"Read it aloud, {i}, in ")) : ["", "", ""], relevant, constraint, .. constraint.Length > 0 ? Three("That cannot be, in ") : ["", "", ""],
            calculation, type is "integer" or "text" ? "yes" : "", type == "begin group" ? "field-list" : "", filter,
        ];
    }

    private static IEnumerable<string[]> Choices(int rows)
    {
        yield return ["list_name", "name", .. Three("label"), "group"];
        for (var i = 0; i < Math.Max(rows, 40); i++)
            yield return [Invariant($"list{i % 40}"), Invariant($"c{i / 40}"), .. Three(Invariant($"Choice {i} in ")), Invariant($"g{i % 5}")];
    }

    private static string[] Three(string text) => [.. Languages.Select(l => text.EndsWith(' ') ? text + l : $"{text}::{l}")];

    private static string Sheet(IEnumerable<string[]> rows, Dictionary<string, int> texts)
    {
        var xml = new StringBuilder($"<worksheet {Main}><sheetData>");
        var number = 0;
        foreach (var row in rows)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{++number}\">");
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i].Length == 0)
                    continue;
                if (!texts.TryGetValue(row[i], out var at))
                    texts[row[i]] = at = texts.Count;
                xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{(char)('A' + i)}{number}\" t=\"s\"><v>{at}</v></c>");
            }

            xml.Append("</row>");
        }

        return xml.Append("</sheetData></worksheet>").ToString();
    }

    private static void Part(ZipArchive zip, string name, string text)
    {
        using var part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
