using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Amana.XForms.Tests.Fuzzing;

/// <summary>Random workbooks: forms of every kind with cells, lines, parts or bytes changed, as CSV, xlsx and xls.</summary>
internal sealed class RandomWorkbooks
{
    private static readonly string[] Cells =
    [
        "", "text", "integer", "select_one l", "select_multiple l or_other", "rank l", "range", "calculate", "note", "begin repeat", "end repeat", "begin group", "end group", "begin loop over l", "end loop", "audit",
        "image", "background-geopoint", "csv-external", "select_one ${a}", "select_one_from_file x.csv", "select_one_external l", "a", "b", "${a}", "${last-saved#b}", "${", "$a", "yes", "no", "now()", "start=1 end=9 step=2",
        "randomize=true seed=${a}", "search('x')", "table-list", "indexed-repeat(${a}, ${b}, 2)", "pulldata('x', 'a', 'b', ${c})", "instance('l')/root/item[name = ${a}]/label", "l#p", "%(name)s", "x:y", "9e99", "\u0001", "😀", "meta", "name",
    ];

    private static readonly string[] Headings =
    [
        "type", "name", "label", "label::fr", "hint::fr (fr)", "calculation", "relevant", "default", "trigger", "appearance", "parameters", "choice_filter", "repeat_count", "save_to", "bind::x", "body::y:z", "media::image::fr", "list_name", "value", "", "::", "a b",
    ];

    private static readonly string[] PartPieces =
    [
        "r=\"A1048577\"", "r=\"XFE1\"", "r=\"ZZZZZZ99999999999\"", "t=\"s\"", "t=\"b\"", "t=\"e\"", "<v>999999999</v>", "<v>-1</v>", "<c/>", "<row r=\"2147483647\"/>", "<row>", "</row>", "<is><t>", "<dimension ref=\"A1:XFD1048576\"/>", "spans=\"1:99999\"",
        "<mergeCell ref=\"A1:Z9\"/>", "<!DOCTYPE x>", "&amp;", "&", "<f>1+1</f>", "s=\"99\"", "<sheet name=\"choices\" sheetId=\"9\" r:id=\"rId9\"/>",
    ];

    private readonly List<string> forms = [.. SmallForms.All.Select(f => f.Csv)];
    private readonly List<byte[]> olds = Olds();

    public byte[] Next(Random random) => random.Next(20) switch
    {
        < 14 => Encoding.UTF8.GetBytes(Csv(random)),
        < 19 => Package(random),
        _ when olds.Count > 0 => Bytes((byte[])RandomTexts.Of(olds, random).Clone(), random),
        _ => Bytes([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[2000]], random),
    };

    private string Csv(Random random)
    {
        var lines = RandomTexts.Of(forms, random).Split('\n').ToList();
        if (random.Next(4) == 0)
            lines.AddRange(RandomTexts.Of(forms, random).Split('\n'));
        for (var i = random.Next(1, 6); i > 0; i--)
            Change(lines, random);
        var text = string.Join('\n', lines);
        return random.Next(8) == 0 ? RandomTexts.Changed(text, random) : text;
    }

    private static void Change(List<string> lines, Random random)
    {
        var at = random.Next(lines.Count);
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveAt(at);
                lines.Add(",");
                break;
            case 1:
                lines.Insert(random.Next(lines.Count), lines[at]);
                break;
            default:
                var cells = lines[at].Split(',');
                cells[random.Next(cells.Length)] = RandomTexts.Of(lines[at].StartsWith(",type", StringComparison.Ordinal) ? Headings : Cells, random);
                lines[at] = string.Join(',', cells) + (random.Next(6) == 0 ? "," + RandomTexts.Of(Cells, random) : "");
                break;
        }
    }

    private byte[] Package(Random random)
    {
        var parts = Parts(Csv(random));
        if (random.Next(3) > 0)
        {
            var which = random.Next(parts.Count);
            var (name, text) = parts[which];
            var at = random.Next(text.Length);
            parts[which] = (name, random.Next(2) == 0 ? text[..at] + RandomTexts.Of(PartPieces, random) + text[at..] : RandomTexts.Changed(text, random));
        }

        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return random.Next(4) == 0 ? Bytes(file.ToArray(), random) : file.ToArray();
    }

    private static List<(string Name, string Text)> Parts(string csv)
    {
        const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var sheets = Sheets(csv);
        var names = string.Concat(sheets.Select((s, i) => FormattableString.Invariant($"<sheet name=\"{SecurityElement.Escape(s.Name)}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>")));
        var links = string.Concat(sheets.Select((_, i) => FormattableString.Invariant($"<Relationship Id=\"rId{i + 1}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>")));
        return
        [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("xl/workbook.xml", $"<workbook {Main} xmlns:r=\"{Office}\"><sheets>{names}</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>"),
            .. sheets.Select((s, i) => (FormattableString.Invariant($"xl/worksheets/sheet{i + 1}.xml"), $"<worksheet {Main}><sheetData>{string.Concat(s.Rows.Select(Row))}</sheetData></worksheet>")),
        ];
    }

    private static string Row(string[] cells, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"<row r=\"{number + 1}\">{string.Concat(cells.Select((c, i) => Cell(c, i, number + 1)))}</row>");

    private static string Cell(string text, int column, int row)
    {
        var place = FormattableString.Invariant($"{(char)('A' + (column % 26))}{row}");
        return double.TryParse(text, CultureInfo.InvariantCulture, out _) ? $"<c r=\"{place}\"><v>{text}</v></c>" : $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";
    }

    private static List<(string Name, List<string[]> Rows)> Sheets(string csv)
    {
        var sheets = new List<(string Name, List<string[]> Rows)> { ("notes", []) };
        foreach (var line in csv.Split('\n').Where(l => l.Length > 0))
        {
            if (line[0] == ',' && sheets.Count > 1)
                sheets[^1].Rows.Add(line[1..].Split(','));
            else if (sheets.Count < 8)
                sheets.Add((line, []));
        }

        return sheets;
    }

    private static byte[] Bytes(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 12); i > 0; i--)
            bytes[random.Next(2) == 0 ? random.Next(Math.Min(1536, bytes.Length)) : random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(10) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static List<byte[]> Olds()
    {
        var folder = SharedFolder.Find("data", "xlsform");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "input.xls", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(b => b.Length < 60_000)]
            : [];
    }
}
