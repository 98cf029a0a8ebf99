using System.IO.Compression;
using System.Text;
using CsCheck;

namespace Amana.XForms.Tests.Reading;

public class A_file_that_is_no_workbook
{
    private static FormProblem OnlyError(byte[] bytes, XlsFormOptions? options = null)
    {
        var reading = XlsForm.Read(new MemoryStream(bytes), "form.xlsx", options);
        Assert.Null(reading.Form);
        return Assert.Single(reading.Errors);
    }

    [Fact]
    public void Is_refused_when_empty() => Assert.Equal("file.not-a-workbook", OnlyError([]).Code);

    [Fact]
    public void Is_refused_when_it_is_some_other_text() => Assert.Equal("file.not-a-workbook", OnlyError("Dear all"u8.ToArray()).Code);

    [Fact]
    public void Is_refused_when_it_is_text_in_another_encoding() => Assert.Equal("file.not-a-workbook", OnlyError([.. "survey\n,type,name,label\n,text,a,"u8, 0xE9, 0x0A]).Code);

    [Fact]
    public void Is_refused_when_it_is_some_other_zip() => Assert.Equal("file.not-a-workbook", OnlyError(Package.Of(("a.txt", "hello"))).Code);

    [Fact]
    public void Is_refused_when_cut_off()
    {
        var whole = Package.Workbook();
        Assert.Equal("file.damaged", OnlyError(whole[..(whole.Length / 2)]).Code);
    }

    [Fact]
    public void Is_refused_when_it_only_begins_like_an_old_workbook() =>
        Assert.Equal("file.damaged", OnlyError([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]).Code);
}

public class A_workbook_made_to_harm
{
    private static string Code(byte[] bytes) => Assert.Single(XlsForm.Read(new MemoryStream(bytes), "form.xlsx").Errors).Code;

    [Fact]
    public void Is_refused_when_it_unpacks_to_far_more_than_its_size() =>
        Assert.Equal("file.bomb", Code(Package.Workbook(("xl/worksheets/sheet1.xml", new string(' ', 60_000_000)))));

    [Fact]
    public void Is_refused_when_it_has_too_many_parts() =>
        Assert.Equal("file.too-many-parts", Code(Package.Workbook([.. Enumerable.Range(0, 1001).Select(i => ($"xl/media/{i}.txt", "x"))])));

    [Fact]
    public void Is_refused_when_a_part_brings_a_document_type() =>
        Assert.Equal("file.unsafe-xml", Code(Package.Workbook(("xl/sharedStrings.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><sst>&b;</sst>"))));

    [Fact]
    public void Is_refused_when_larger_than_what_is_read_without_reading_it()
    {
        using var endless = new Endless();
        var reading = XlsForm.Read(endless, "form.xlsx");
        Assert.Equal("file.too-large", Assert.Single(reading.Errors).Code);
        Assert.InRange(endless.Given, 20_000_000, 21_000_000);
    }

    [Fact]
    public void Says_the_limit_in_its_message()
    {
        using var sized = new MemoryStream(new byte[1001]);
        var reading = XlsForm.Read(sized, "form.xlsx", new XlsFormOptions { Limits = new XlsFormLimits { FileBytes = 1000 } });
        Assert.Equal(0, sized.Position);
        Assert.Contains("MB", Assert.Single(reading.Errors).Message);
    }

    [Fact]
    public void Is_stopped_when_groups_nest_without_end()
    {
        var rows = string.Concat(Enumerable.Range(0, 5000).Select(i => $",begin group,g{i},G\n"));
        Assert.Contains(Forms.Reading($"survey\n,type,name,label\n{rows}").Errors, e => e.Code == "section.too-deep");
    }

    private sealed class Endless : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

public class A_workbook_with_macros
{
    [Fact]
    public void Is_read_without_its_macros()
    {
        var reading = XlsForm.Read(new MemoryStream(Package.Workbook(("xl/vbaProject.bin", new string('\0', 60_000_000)))), "form.xlsm");
        Assert.Equal("a", Assert.Single(reading.Form!.Questions, q => q.IsShown).Name);
    }
}

/// <summary>Makes zipped packages, sound and unsound.</summary>
internal static class Package
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static byte[] Workbook(params (string Name, string Text)[] others)
    {
        (string Name, string Text)[] parts =
        [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"survey\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
            ("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{Row(1, "type", "name", "label")}{Row(2, "text", "a", "A")}</sheetData></worksheet>"),
        ];
        return Of([.. parts.Where(p => others.All(o => o.Name != p.Name)), .. others]);
    }

    public static byte[] Of(params (string Name, string Text)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }

    private static string Row(int number, params string[] cells) =>
        $"<row r=\"{number}\">{string.Concat(cells.Select((c, i) => $"<c r=\"{(char)('A' + i)}{number}\" t=\"inlineStr\"><is><t>{c}</t></is></c>"))}</row>";
}

public class An_old_workbook_made_to_harm
{
    [Theory]
    [InlineData(0x1E, 30)]
    [InlineData(0x2C, 0x7FFFFFFF)]
    [InlineData(0x40, 0x7FFFFFFF)]
    [InlineData(0x48, 0x7FFFFFFF)]
    public void Is_refused_when_its_header_claims_more_than_the_file_has(int at, int value)
    {
        byte[] header = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[16], 0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0, .. new byte[2000]];
        BitConverter.TryWriteBytes(header.AsSpan(at), value);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("file.damaged", Assert.Single(XlsForm.Read(new MemoryStream(header), "form.xls").Errors).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Costs_little_whatever_is_changed_in_it()
    {
        var files = Directory.GetFiles(SharedFolder.Path("data", "xlsform"), "input.xls", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 12]).Sample((which, changes) =>
        {
            var bytes = (byte[])files[which].Clone();
            foreach (var (at, value) in changes)
                bytes[at % 4 == 0 ? at / 4 % 1536 % bytes.Length : at % bytes.Length] = value;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var reading = XlsForm.Read(new MemoryStream(bytes), "form.xls");
            Assert.True(reading.Form is not null || reading.Errors.Any());
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256_000_000);
        }, iter: 2_000);
    }
}
