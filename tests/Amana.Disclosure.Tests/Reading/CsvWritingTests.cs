using System.Text;
using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class A_written_file
{
    private static readonly string?[] Awkward = ["a", "b\"c", "d;e", "f,g", "h\ni", "j\r\nk", "'l'", " m ", "ñ", "حلب", "p|q", "\t", null];

    private static readonly Gen<string?> Values = Gen.Int[0, Awkward.Length - 1].Select(i => Awkward[i]);

    [Fact]
    public void Is_read_as_it_was() =>
        Gen.Select(Values.Array[3].Array[1, 20], Gen.Int[0, 3].Select(i => ",;\t|"[i]), Gen.Int[0, 1].Select(i => "\"'"[i])).Sample((rows, separator, quote) =>
        {
            var data = Microdata.FromRows(["x", "y z", "w"], rows);
            var form = new CsvForm(separator, new UTF8Encoding(false)) { Quote = quote };
            using var stream = new MemoryStream();
            CsvWriting.Write(data, stream, form);
            stream.Position = 0;

            var read = CsvMicrodata.Read(stream, new CsvWishes { Form = form }).OrThrow();

            Assert.Equal(rows.Length, read.RowCount);
            foreach (var name in new[] { "x", "y z", "w" })
                Assert.Equal(Enumerable.Range(0, rows.Length).Select(i => data[name][i]), Enumerable.Range(0, rows.Length).Select(i => read[name][i]));
        });

    [Fact]
    public void Loses_no_letter_that_its_encoding_lacks()
    {
        var western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        foreach (var (value, found) in new[] { ("é", 1252), ("حلب", 65001) })
        {
            using var stream = new MemoryStream();
            CsvWriting.Write(Microdata.FromRows(["x", "y"], [[value, "ñ"]]), stream, new CsvForm(';', western));
            stream.Position = 0;
            Assert.Equal(found, CsvForm.Of(stream).Encoding.CodePage);
            Assert.Equal(value, CsvMicrodata.Read(stream).OrThrow()["x"][0]);
        }
    }

    [Fact]
    public void Keeps_a_record_of_one_missing_value()
    {
        using var stream = new MemoryStream();
        CsvWriting.Write(Microdata.FromRows(["x"], [["a"], [null], ["b"]]), stream);
        stream.Position = 0;

        Assert.Equal(3, CsvMicrodata.Read(stream).OrThrow().RowCount);
    }
}

public sealed class Bytes_of_any_kind
{
    [Fact]
    public void Are_read_or_refused_but_never_break_the_reader() =>
        Gen.OneOf(Gen.Byte.Array[0, 300], Gen.Int[0, 11].Array[0, 300].Select(v => v.Select(i => (byte)"a1,;\t|\"'\r\n \u00e9"[i]).ToArray())).Sample(
            bytes =>
            {
                using var stream = new MemoryStream(bytes);
                if (CsvMicrodata.Read(stream) is Answer<Microdata>.Refused { Fault: var fault })
                    Assert.StartsWith("csv.", fault.Slug, StringComparison.Ordinal);
                stream.Position = 0;
                Hierarchy.Read("x", stream);
            },
            iter: 2000);
}

public sealed class The_form_of_a_file
{
    [Theory]
    [InlineData(1256, "اسم;مكان\nحلب;حمص\n", 1256)]
    [InlineData(1252, "prénom;région\nAndré;Île-de-France\nNoël;Orléans\n", 1252)]
    [InlineData(1252, "nombre;año\nPeña;España\n", 1252)]
    [InlineData(65001, "اسم;région\nحلب;Orléans\n", 65001)]
    [InlineData(1200, "sex;place\nf;حلب\nm;x\n", 1200)]
    [InlineData(1201, "sex;place\nf;x\nm;x\n", 1201)]
    public void Is_found_out(int written, string text, int found)
    {
        using var stream = new MemoryStream(written switch
        {
            1252 or 1256 => CodePagesEncodingProvider.Instance.GetEncoding(written)!.GetBytes(text),
            1200 => Encoding.Unicode.GetBytes(text),
            1201 => Encoding.BigEndianUnicode.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        });

        var form = CsvForm.Of(stream);

        Assert.Equal((';', '"', found), (form.Separator, form.Quote, form.Encoding.CodePage));
    }

    [Fact]
    public void May_quote_with_single_quotes()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("'name','age'\n'x, y','3'\n'it''s','4'\n"));

        var data = CsvMicrodata.Read(stream).OrThrow();

        Assert.Equal(["it's", "x, y"], data["name"].Categories);
    }

    [Fact]
    public void Does_not_take_an_apostrophe_for_a_quote()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("name,age\n'Abd,3\nO'Neil,4\n"));

        Assert.Equal(["'Abd", "O'Neil"], CsvMicrodata.Read(stream).OrThrow()["name"].Categories);
    }
}
