using System.Text;
using CsCheck;

namespace Amana.XForms.Tests.Reading;

public class Whatever_stands_in_a_file
{
    private static readonly string[] Types =
    [
        "text", "integer", "note", "calculate", "select_one l", "select_multiple l", "rank l", "select_one l or_other", "range", "image", "audio", "audit",
        "begin group", "begin repeat", "end group", "end repeat", "begin loop over l", "end loop", "geopoint", "background-geopoint", "select_one_from_file a.csv",
        "select_one ${a}", "csv-external", "osm l", "begin_group", "hidden", "start", "date", "trigger", "file", "form_id", "select_one_external x", "bogus",
    ];

    private static readonly string[] Cells =
    [
        "", "", "", "a", "b", "c d", "${a}", "${b} + 1", "${last-saved#a}", "${", "${ a }", "indexed-repeat(${a}, ${b}, 1)", "instance('l')/root/item[name = ${a}]/label",
        "yes", "now()", "2020-01-01", "start=1 end=5 step=2", "randomize=true, seed=${a}", "table-list", "search('x')", "pulldata('p', 'q', 'r', ${a})",
        "quality=low", "<b>&\"'", "\u0001\uD800", "a=b=c", "label", "l", "other", "meta", "name#x", "\u0645\u0631\u062d\u0628\u0627", "%(name)s", "x:y", "1e400", "[", "]", "instance(", "current()/.",
    ];

    private static readonly string[] Headings =
    [
        "type", "name", "label", "label::French", "hint", "guidance_hint", "relevant", "constraint", "constraint_message", "required", "calculation", "default", "appearance",
        "parameters", "choice_filter", "repeat_count", "trigger", "image", "media::audio::fr", "save_to", "body::x", "bind::y:z", "instance::w", "body::ref", "intent", "disabled", "media",
    ];

    private static readonly Gen<string> Cell = Gen.OneOf(One(Cells), One(Cells), Gen.String[0, 12]);

    private static readonly Gen<string> Form =
        from headings in One(Headings).Array[2, 9]
        from rows in Gen.Select(One(Types), One("a", "b", "q", "q", "g", "r"), Cell.Array[9]).Array[0, 14]
        from choices in Gen.Select(One("l", "l", "x"), Cell, Cell).Array[0, 5]
        from settings in Cell.Array[4]
        from entities in Gen.Select(Cell, Cell).Array[0, 2]
        select Csv(headings, rows, choices, settings, entities);

    [Fact]
    public void Reading_never_throws_and_what_is_read_is_written_as_sound_xml() =>
        Form.Sample(csv =>
        {
            var reading = Forms.Reading(csv);
            Assert.True(reading.Form is not null || reading.Errors.Any());
            if (reading.Form is null)
                return;
            var xml = XFormWriter.Write(reading.Form);
            Assert.Null(SafeXml.Parse(xml).Problem);
            _ = reading.Form.MissingTexts();
        }, iter: 20_000, print: csv => csv);

    [Fact]
    public void Random_bytes_are_refused_in_words() =>
        Gen.Byte.Array[0, 400].Select(One<byte[]>([], [0x50, 0x4B, 3, 4], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], [.. "survey\n,type,name,label\n"u8])).Sample(pair =>
        {
            var reading = XlsForm.Read(new MemoryStream([.. pair.Item2, .. pair.Item1]), "x");
            Assert.True(reading.Form is not null || reading.Errors.Any());
        }, iter: 5_000);

    [Fact]
    public void A_workbook_with_some_bytes_changed_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var bytes = Package.Workbook();
            foreach (var (at, value) in changes)
                bytes[at % bytes.Length] = value;
            var reading = XlsForm.Read(new MemoryStream(bytes), "x.xlsx");
            Assert.True(reading.Form is not null || reading.Errors.Any());
        }, iter: 2_000);

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Csv(string[] headings, (string Type, string Name, string[] Cells)[] rows, (string List, string Name, string Label)[] choices, string[] settings, (string, string)[] entities)
    {
        var text = new StringBuilder("survey\n");
        Line(text, ["type", "name", .. headings.Skip(2)]);
        var open = new Stack<string>();
        for (var i = 0; i < rows.Length; i++)
        {
            var (type, name, cells) = rows[i];
            Line(text, [type, i % 5 == 4 ? name : $"{name}{i}", .. cells.Take(headings.Length - 2)]);
            if (type.StartsWith("begin", StringComparison.Ordinal))
                open.Push(type.Contains("repeat", StringComparison.Ordinal) ? "end repeat" : type.Contains("loop", StringComparison.Ordinal) ? "end loop" : "end group");
            else if (type.StartsWith("end", StringComparison.Ordinal) && open.Count > 0)
                open.Pop();
        }

        while (open.TryPop(out var end))
            Line(text, [end]);
        text.Append("choices\n,list_name,name,label\n");
        foreach (var (list, name, label) in choices)
            Line(text, [list, name, label]);
        text.Append("settings\n,form_title,version,attribute::k,namespaces\n");
        Line(text, settings);
        if (entities.Length == 0)
            return text.ToString();
        text.Append("entities\n,list_name,label\n");
        foreach (var (list, label) in entities)
            Line(text, [list, label]);
        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.Append(',').AppendJoin(',', cells.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
}
