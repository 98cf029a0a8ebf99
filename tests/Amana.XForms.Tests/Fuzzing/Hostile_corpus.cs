using System.Text;
using Amana.XForms.Evaluation;
using Amana.XForms.Tests.Evaluation;
using Amana.XForms.Tests.Reading;

namespace Amana.XForms.Tests.Fuzzing;

/// <summary>Files made to harm, made here: each must be refused within a second, in plain words, without setting aside much memory.</summary>
public class A_hostile_file
{
    private const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    public static TheoryData<string> Names() => [.. Files.Keys];

    private static readonly Dictionary<string, Func<byte[]>> Files = new(StringComparer.Ordinal)
    {
        ["a bomb in one part"] = () => Package.Workbook(("xl/worksheets/sheet1.xml", new string(' ', 120_000_000))),
        ["a bomb in many parts"] = () => Package.Workbook([.. Enumerable.Range(0, 900).Select(i => ($"xl/media/{i}.txt", new string('x', 200_000)))]),
        ["bombs within a bomb"] = () => Nested(3),
        ["a part that claims to be small"] = () => Lying(Package.Workbook(("xl/worksheets/sheet1.xml", new string(' ', 60_000_000)))),
        ["a billion laughs"] = () => Package.Workbook(("xl/sharedStrings.xml", Laughs)),
        ["a file of the server as an entity"] = () => Package.Workbook(("xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><workbook>&b;</workbook>")),
        ["a type definition in the sheet"] = () => Package.Workbook(("xl/worksheets/sheet1.xml", $"<!DOCTYPE worksheet [<!ENTITY a \"{new string('a', 10_000)}\">]><worksheet {Main}><sheetData/></worksheet>")),
        ["sheets within sheets"] = () => Package.Workbook(("xl/worksheets/sheet1.xml", Repeated($"<worksheet {Main}>", "<sheetData>", 100_000, ""))),
        ["rows within rows"] = () => Package.Workbook(("xl/worksheets/sheet1.xml", Repeated($"<worksheet {Main}><sheetData>", "<row><c>", 100_000, ""))),
        ["giant shared strings"] = () => Package.Workbook(("xl/sharedStrings.xml", $"<sst {Main} count=\"2147483647\" uniqueCount=\"2147483647\">{string.Concat(Enumerable.Repeat("<si><t>x</t></si>", 4_000_000))}</sst>")),
        ["a billion cells"] = () => Package.Workbook(("xl/worksheets/sheet1.xml", $"<worksheet {Main}><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>")),
        ["more rows than there are"] = () => Package.Workbook(("xl/worksheets/sheet1.xml", $"<worksheet {Main}><sheetData><row r=\"2147483647\"><c r=\"A2147483647\"><v>1</v></c></row></sheetData></worksheet>")),
        ["a cell beyond all columns"] = () => Package.Workbook(("xl/worksheets/sheet1.xml", $"<worksheet {Main}><sheetData><row r=\"1\"><c r=\"ZZZZZZZ1\"><v>1</v></c></row></sheetData></worksheet>")),
        ["macros and nothing else"] = () => Package.Of(("xl/vbaProject.bin", new string('\0', 1_000_000))),
        ["a path out of the archive"] = () => Package.Of(("../../xl/workbook.xml", "<workbook/>"), ("/etc/passwd", "x")),
        ["an encrypted workbook"] = () => Compound("EncryptedPackage"),
        ["an old workbook with a password"] = () => Compound("Workbook"),
        ["a workbook cut off"] = () => Package.Workbook()[..400],
        ["an old workbook cut off"] = () => Compound("Workbook")[..700],
        ["nothing but zeros"] = () => new byte[19_000_000],
        ["a text without end of line"] = () => Encoding.UTF8.GetBytes("survey\n,type,name,label\n,text,a," + new string('x', 19_000_000) + ",,,,\n,txt,b,B"),
        ["a text of quotes"] = () => Encoding.UTF8.GetBytes("survey\n,type,name,label\n" + new string('"', 5_000_000)),
        ["a million commas"] = () => Encoding.UTF8.GetBytes("survey\n,type,name,label\n" + string.Concat(Enumerable.Repeat(",x", 5_000_000))),
        ["a million sheets"] = () => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("x,,,,\n", 1_000_000))),
        ["a thousand columns"] = () => Encoding.UTF8.GetBytes("survey\n,type," + string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"c{i}")) + "\n,txt,a\n"),
        ["references without end"] = () => Encoding.UTF8.GetBytes("survey\n,type,name,label\n,note,a," + string.Concat(Enumerable.Repeat("${", 5_000_000)) + "\n"),
        ["a hundred thousand groups"] = () => Encoding.UTF8.GetBytes("survey\n,type,name,label\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $",begin group,g{i},G\n"))),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused_at_once_in_plain_words(string name)
    {
        var file = Files[name]();
        var (fastest, bytes, errors) = (TimeSpan.MaxValue, long.MaxValue, new List<FormProblem>());
        for (var i = 0; i < 3 && (i == 0 || fastest > TimeSpan.FromSeconds(1)); i++)
        {
            var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), WorkTime.Now);
            errors = [.. XlsForm.Read(new MemoryStream(file), "form.xlsx").Errors];
            fastest = new[] { fastest, WorkTime.Now - start }.Min();
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.NotEmpty(errors);
        Assert.All(errors, e => Assert.True(e.Message.Length is > 20 and < 1_000 && (e.Message[^1] is '.' or '?') && !e.Message.Contains("Exception", StringComparison.Ordinal), e.Message));
        Assert.True(fastest < TimeSpan.FromSeconds(1) && bytes < 256_000_000, FormattableString.Invariant($"{name}: {fastest.TotalMilliseconds:0} ms, {bytes / 1_000_000} MB, {errors[0]}"));
    }

    [Fact]
    public void With_a_password_is_told_so() =>
        Assert.All(["EncryptedPackage", "Workbook"], stream => Assert.Equal("file.password", XlsForm.Read(new MemoryStream(Compound(stream)), "form.xls").Errors.Single().Code));

    private static string Laughs => "<!DOCTYPE l [<!ENTITY a0 \"ha\">" + string.Concat(Enumerable.Range(1, 30).Select(i => $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">")) + "]><sst>&a30;</sst>";

    private static string Repeated(string start, string piece, int times, string end) => start + string.Concat(Enumerable.Repeat(piece, times)) + end;

    private static byte[] Nested(int depth)
    {
        var inner = Encoding.ASCII.GetString(new byte[100_000]);
        for (var i = 0; i < depth; i++)
            inner = Convert.ToBase64String(Package.Of([.. Enumerable.Range(0, 10).Select(n => ($"{n}.zip", inner))]));
        return Package.Of(("a.zip", inner));
    }

    /// <summary>The sizes that the archive's directory names are set to a few bytes.</summary>
    private static byte[] Lying(byte[] zip)
    {
        for (var i = 0; i + 46 < zip.Length; i++)
        {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2 && BitConverter.ToUInt32(zip, i + 24) > 1_000_000)
                BitConverter.TryWriteBytes(zip.AsSpan(i + 24), 100u);
        }

        return zip;
    }

    /// <summary>A compound file ([MS-CFB]) with one stream of noise under that name, as encrypted workbooks have it.</summary>
    private static byte[] Compound(string stream)
    {
        var file = new byte[512 * 12];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(file, 0);
        foreach (var (at, value) in new (int At, int Value)[] { (0x18, 0x0003003E), (0x1C, 0x0009FFFE), (0x20, 6), (0x2C, 1), (0x30, 1), (0x38, 4096), (0x3C, -2), (0x44, -2), (0x4C, 0) })
            BitConverter.TryWriteBytes(file.AsSpan(at), value);
        file.AsSpan(0x50, 512 - 0x50).Fill(0xFF);
        file.AsSpan(512, 512).Fill(0xFF);
        BitConverter.TryWriteBytes(file.AsSpan(512), -3);
        BitConverter.TryWriteBytes(file.AsSpan(516), -2);
        for (var sector = 2; sector < 10; sector++)
            BitConverter.TryWriteBytes(file.AsSpan(512 + (sector * 4)), sector == 9 ? -2 : sector + 1);
        Entry(file.AsSpan(1024), "Root Entry", 5, -2, 0, 1);
        Entry(file.AsSpan(1152), stream, 2, 2, 4096, -1);
        new Random(1).NextBytes(file.AsSpan(1536, 4096));
        byte[] password = [0x09, 0x08, 0x10, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x2F, 0, 6, 0, 0, 0, 1, 2, 3, 4];
        if (stream == "Workbook")
            password.CopyTo(file, 1536);
        return file;
    }

    private static void Entry(Span<byte> entry, string name, byte kind, int start, int size, int child)
    {
        Encoding.Unicode.GetBytes(name, entry);
        BitConverter.TryWriteBytes(entry[64..], (short)((name.Length * 2) + 2));
        (entry[66], entry[67]) = (kind, 1);
        BitConverter.TryWriteBytes(entry[68..], -1);
        BitConverter.TryWriteBytes(entry[72..], -1);
        BitConverter.TryWriteBytes(entry[76..], child);
        BitConverter.TryWriteBytes(entry[116..], start);
        BitConverter.TryWriteBytes(entry[120..], size);
    }
}

/// <summary>Submissions and expressions made to harm.</summary>
public class A_hostile_submission
{
    public static TheoryData<string> Names() => [.. Texts.Keys];

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["nodes within nodes"] = string.Concat(Enumerable.Repeat("<a>", 100_000)),
        ["a million nodes"] = $"<data id=\"v\">{string.Concat(Enumerable.Repeat("<a/>", 1_000_000))}</data>",
        ["a million attributes"] = $"<data id=\"v\" {string.Concat(Enumerable.Range(0, 300_000).Select(i => $"a{i}='1' "))}/>",
        ["an answer without end"] = $"<data id=\"v\"><a>{new string('x', 11_000_000)}</a></data>",
        ["a billion laughs"] = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><data id=\"v\">&b;</data>",
        ["a file of the server"] = "<!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><data id=\"v\">&a;</data>",
        ["cut off"] = "<data id=\"v\"><a>1</a>",
        ["nothing"] = "",
        ["no XML"] = "id=v&a=1",
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused_at_once_in_plain_words(string name)
    {
        var start = WorkTime.Now;
        var read = SubmissionReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Texts[name])));
        Assert.True(read.Submission is null && read.Problem!.EndsWith('.'), name);
        Assert.True(WorkTime.Now - start < TimeSpan.FromSeconds(1), $"{name}: {(WorkTime.Now - start).TotalMilliseconds:0} ms");
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("not(", ")")]
    [InlineData("-", "")]
    [InlineData("a[", "]")]
    [InlineData("concat(1,", ")")]
    public void Meets_rules_a_hundred_thousand_deep_that_are_refused(string open, string close)
    {
        var start = WorkTime.Now;
        var text = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.Equal(ProblemKind.Limit, Given.Refusal(text).Kind);
        Assert.True(WorkTime.Now - start < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("<x/>", 190_000)]
    [InlineData("<r><b>1</b></r>", 90_000)]
    [InlineData("<a>1</a>", 190_000)]
    [InlineData("<meta><instanceID>uuid:1</instanceID></meta>", 90_000)]
    public void Of_very_many_nodes_is_judged_at_once(string piece, int times)
    {
        var form = Given.Form("<a/><r><b/></r>", "<bind nodeset=\"/data/r/b\" type=\"int\" constraint=\"count(/data/r) &lt; 9\"/>", "<group><repeat nodeset=\"/data/r\"><input ref=\"/data/r/b\"/></repeat></group>");
        var submission = SubmissionReader.Read($"<data id=\"visit\" version=\"3\">{string.Concat(Enumerable.Repeat(piece, times))}</data>").Submission!;
        var start = WorkTime.Now;
        Assert.NotEmpty(SubmissionCheck.Check(submission, form, Given.Context).Findings);
        Assert.True(WorkTime.Now - start < TimeSpan.FromSeconds(2), $"{(WorkTime.Now - start).TotalMilliseconds:0} ms");
    }
}
