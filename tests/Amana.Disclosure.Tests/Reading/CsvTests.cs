using System.Globalization;
using System.Text;
using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class A_delimited_file
{
    [Theory]
    [InlineData("a,b\r\n1,2\r\n", ',')]
    [InlineData("a;b\n1,5;2,5\n3,5;4,5\n", ';')]
    [InlineData("a\tb\n1\t2\n", '\t')]
    [InlineData("a|b\n1|2\n", '|')]
    [InlineData("\"x;y\",b\n\"1;2\",3\n", ',')]
    [InlineData("only\none\n", ',')]
    public void Tells_its_separator(string text, char separator) => Assert.Equal(separator, CsvForm.Of(Bytes(text)).Separator);

    [Theory]
    [InlineData(45.5, "45,5", "18")]
    [InlineData(1234.0, "1234", "18,25")]
    [InlineData(0.125, "0,125", "2,5")]
    [InlineData(null, "1,234", "18")] // may be thousands
    [InlineData(null, "1.234,5", "18")]
    public void Numbers_may_have_a_decimal_comma_where_it_can_mean_nothing_else(double? expected, string first, string second)
    {
        var numbers = Column.FromValues("w", [first, second, null]).Numbers();
        Assert.Equal(expected, numbers is Answer<double[]>.Given { Value: var given } ? given[0] : null);
    }

    [Fact]
    public void Is_read_in_windows_1252_when_it_is_not_utf8()
    {
        var bytes = Encoding.Latin1.GetBytes("name,n\nZoë,1\n");

        var read = CsvMicrodata.Read(new MemoryStream(bytes)).OrThrow();

        Assert.Equal("Zoë", read["name"][0]);
    }

    [Fact]
    public void Is_read_in_utf16_by_its_mark()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("name;n\nليلى;1\n")];

        var read = CsvMicrodata.Read(new MemoryStream(bytes)).OrThrow();

        Assert.Equal("ليلى", read["name"][0]);
        Assert.Equal("1", read["n"][0]);
    }

    [Fact]
    public void Keeps_what_stands_in_quotes()
    {
        var read = CsvMicrodata.Read(Bytes("a,b\n\"x, \"\"y\"\"\nz\",2\n,3\n")).OrThrow();

        Assert.Equal("x, \"y\"\nz", read["a"][0]);
        Assert.Null(read["a"][1]);
        Assert.Equal(2, read.RowCount);
    }

    [Theory]
    [InlineData("", "csv.empty", 0)]
    [InlineData("a,b\n1,2\n3\n", "csv.uneven-row", 3)]
    [InlineData("a,b\n\"1,2\n", "csv.unclosed-quote", 2)]
    [InlineData("a,\n1,2\n", "csv.unnamed-column", 1)]
    [InlineData("a,a\n1,2\n", "csv.column-named-twice", 1)]
    public void Is_refused_with_the_line_when_it_is_faulty(string text, string slug, int line)
    {
        var refused = Assert.IsType<Answer<Microdata>.Refused>(CsvMicrodata.Read(Bytes(text)));

        Assert.Equal((slug, line), (refused.Fault.Slug, refused.Fault.Line));
    }

    [Fact]
    public void Gives_only_the_wished_columns_and_marks_what_is_missing()
    {
        var wishes = new CsvWishes { Columns = ["b"], MissingMarks = ["n/a"] };

        var read = CsvMicrodata.Read(Bytes("a,b,c\n1,n/a,3\n4,5,6\n"), wishes).OrThrow();

        Assert.Equal(["b"], read.Columns.Select(c => c.Name));
        Assert.Equal([Column.Missing, 0], read["b"].Codes.ToArray());
    }

    [Fact]
    public void Comes_back_as_it_was_written()
    {
        var field = Gen.String[Gen.Char["ab \"\n\r,;|\té"], 0, 6];
        Gen.Select(field.Array[3].Array[1, 20], Gen.Char[",;|\t"]).Sample((rows, separator) =>
        {
            var text = new StringBuilder().AppendJoin(separator, "x", "y", "z").Append("\r\n");
            foreach (var row in rows)
                text.AppendJoin(separator, row.Select(f => $"\"{f.Replace("\"", "\"\"")}\"")).Append("\r\n");

            var read = CsvMicrodata.Read(Bytes(text.ToString()), new CsvWishes { Form = new CsvForm(separator, Encoding.UTF8) }).OrThrow();

            Assert.Equal(rows.Select(r => string.Join('\u0001', r)), Enumerable.Range(0, read.RowCount).Select(r => string.Join('\u0001', "xyz".Select(n => read[n.ToString()][r] ?? ""))));
        });
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}

public sealed class A_column
{
    [Fact]
    public void Sorts_its_categories_as_numbers_when_all_are_numbers() =>
        Assert.Equal(["2", "9", "10"], Column.FromValues("age", ["10", "9", "2", "9"]).Categories);

    [Fact]
    public void Refuses_to_be_a_weight_when_a_value_is_not_above_zero()
    {
        var refused = Assert.IsType<Answer<Microdata>.Refused>(Data.Of("a,w", "1,2", "1,0").WeightedBy("w"));

        Assert.Equal(("weight.not-positive", 2, "w"), (refused.Fault.Slug, refused.Fault.Line, refused.Fault.Subject));
    }

    [Fact]
    public void Gives_back_every_value() =>
        Gen.Int[-5, 5].Array.Sample(values =>
        {
            var texts = values.Select(v => v == 0 ? null : v.ToString(CultureInfo.InvariantCulture)).ToArray();
            var column = Column.FromValues("x", texts);
            Assert.Equal(texts, Enumerable.Range(0, texts.Length).Select(i => column[i]));
        });
}
