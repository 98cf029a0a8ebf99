using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Amana.Features.Texts;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace Amana.Web.Tests;

public class A_text
{
    private static readonly Texts Texts = new([TextFile.Parse("test", Encoding.UTF8.GetBytes("""
        {
          "hello": { "en": "Hello {name}", "ar": "مرحبًا {name}" },
          "n.zero": { "ar": "صفر" },
          "n.one": { "en": "{count} record", "fr": "{count} fiche", "es": "{count} registro", "ar": "واحد" },
          "n.two": { "ar": "اثنان" },
          "n.few": { "ar": "{count} قليل" },
          "n.many": { "ar": "{count} كثير", "es": "{count} de registros" },
          "n.other": { "en": "{count} records", "fr": "{count} fiches", "es": "{count} registros", "ar": "{count} غير ذلك" }
        }
        """))]);

    [Fact]
    public void Shows_a_missing_key() => Assert.Equal("⟦no.such⟧", Texts.Get(Language.French, "no.such"));

    [Fact]
    public void Falls_back_to_English() => Assert.Equal("Hello Mariam", Texts.Get(Language.French, "hello", new { name = "Mariam" }));

    [Fact]
    public void Shows_a_placeholder_without_value() => Assert.Equal("Hello ⟦name⟧", Texts.Get(Language.English, "hello"));

    [Fact]
    public void Takes_a_dictionary_too() =>
        Assert.Equal("Hello Omar", Texts.Get(Language.English, "hello", new Dictionary<string, object?> { ["name"] = "Omar" }));

    [Theory]
    [InlineData("en", 0, "0 records")]
    [InlineData("en", 1, "1 record")]
    [InlineData("en", 2, "2 records")]
    [InlineData("fr", 0, "0 fiche")]
    [InlineData("fr", 1, "1 fiche")]
    [InlineData("fr", 2, "2 fiches")]
    [InlineData("es", 1, "1 registro")]
    [InlineData("es", 2000000, "2.000.000 de registros")]
    [InlineData("ar", 0, "صفر")]
    [InlineData("ar", 1, "واحد")]
    [InlineData("ar", 2, "اثنان")]
    [InlineData("ar", 3, "3 قليل")]
    [InlineData("ar", 103, "103 قليل")]
    [InlineData("ar", 11, "11 كثير")]
    [InlineData("ar", 99, "99 كثير")]
    [InlineData("ar", 100, "100 غير ذلك")]
    [InlineData("ar", 102, "102 غير ذلك")]
    public void Chooses_the_plural_of_its_language(string code, int count, string expected) =>
        Assert.Equal(expected, Texts.Get(Language.Find(code)!, "n", new { count }));

    [Fact]
    public void Isolates_words_of_the_other_direction()
    {
        Assert.Equal("Hello \u2068مريم\u2069", Texts.Get(Language.English, "hello", new { name = "مريم" }));
        Assert.Equal("مرحبًا \u2068AM-7F\u2069", Texts.Get(Language.Arabic, "hello", new { name = "AM-7F" }));
        Assert.Equal("مرحبًا مريم", Texts.Get(Language.Arabic, "hello", new { name = "مريم" }));
    }

    [Fact]
    public void Is_encoded_in_pages_and_its_values_stand_apart()
    {
        var page = new PageTexts(Texts, new HttpContextAccessor());
        Assert.Equal("Hello <bdi>&lt;b&gt;</bdi>", Html(page["hello", new { name = "<b>" }]));
        Assert.Equal("Hello <a>x</a>", Html(page["hello", new { name = new HtmlString("<a>x</a>") }]));
    }

    [Fact]
    public void Is_refused_when_said_twice()
    {
        var file = TextFile.Parse("a", """{ "a.b": { "en": "x" } }"""u8);
        Assert.Throws<InvalidDataException>(() => new Texts([file, file with { Name = "b" }]));
        Assert.Throws<InvalidDataException>(() => TextFile.Parse("a", """{ "a.b": { "en": "x" }, "a.b": { "en": "y" } }"""u8));
        Assert.Throws<InvalidDataException>(() => TextFile.Parse("a", """{ "a.b": { "de": "x" } }"""u8));
    }

    private static string Html(IHtmlContent content)
    {
        using var writer = new StringWriter();
        content.WriteTo(writer, HtmlEncoder.Create(UnicodeRanges.All));
        return writer.ToString();
    }
}

public class Values_in_words
{
    private static readonly Texts Texts = Texts.Load(typeof(Texts).Assembly, typeof(PageTexts).Assembly);

    [Theory]
    [InlineData("en", "20 November 2026", "1 December 2026")]
    [InlineData("fr", "20 novembre 2026", "1er décembre 2026")]
    [InlineData("es", "20 de noviembre de 2026", "1 de diciembre de 2026")]
    [InlineData("ar", "20 نوفمبر 2026", "1 ديسمبر 2026")]
    public void Say_dates(string code, string day, string first)
    {
        Assert.Equal(day, Texts.Date(Language.Find(code)!, new DateOnly(2026, 11, 20)));
        Assert.Equal(first, Texts.Date(Language.Find(code)!, new DateOnly(2026, 12, 1)));
    }

    [Theory]
    [InlineData("en", "12,480.5", "1,248", "92%")]
    [InlineData("fr", "12\u202F480,5", "1\u202F248", "92\u00A0%")]
    [InlineData("es", "12.480,5", "1248", "92\u00A0%")]
    [InlineData("ar", "12,480.5", "1,248", "92%")]
    public void Write_numbers_with_Western_digits(string code, string large, string small, string percent)
    {
        var language = Language.Find(code)!;
        Assert.Equal(large, Texts.Number(language, 12480.5m));
        Assert.Equal(small, Texts.Number(language, 1248));
        Assert.Equal(percent, Texts.Percent(language, 0.921m));
    }

    [Fact]
    public void Say_how_far_a_day_is()
    {
        var today = new DateOnly(2026, 11, 22);
        Assert.Equal("today", Texts.Away(Language.English, today, today));
        Assert.Equal("in 9 days", Texts.Away(Language.English, today.AddDays(9), today));
        Assert.Equal("hier", Texts.Away(Language.French, today.AddDays(-1), today));
        Assert.Equal("بعد 9 أيام", Texts.Away(Language.Arabic, today.AddDays(9), today));
    }

    [Fact]
    public void Join_lists()
    {
        Assert.Equal("A, B and C", Texts.List(Language.English, ["A", "B", "C"]));
        Assert.Equal("A", Texts.List(Language.Spanish, ["A"]));
        Assert.Equal("نساء، رجال وأطفال", Texts.List(Language.Arabic, ["نساء", "رجال", "أطفال"]));
    }

    [Fact]
    public void Are_loaded_in_a_moment()
    {
        // A moment is said in work and not in time, so that a busy machine says neither yes nor no by itself: what is set aside in memory for each character that is read.
        System.Reflection.Assembly[] assemblies = [typeof(Texts).Assembly, typeof(PageTexts).Assembly];
        var bytes = assemblies.SelectMany(a => a.GetManifestResourceNames().Where(n => n.EndsWith("texts.json", StringComparison.Ordinal)).Select(n => a.GetManifestResourceStream(n)!)).Sum(s =>
        {
            using (s)
                return s.Length;
        });
        Texts.Load(assemblies);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotEmpty(Texts.Load(assemblies).Keys);
        var perByte = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)bytes;
        Assert.True(perByte < 12, $"{perByte:0.0} bytes of memory for each byte of the files");
    }

    [Fact]
    public void Read_back_what_was_typed()
    {
        CsCheck.Check.Sample(CsCheck.Gen.Int[1, 3_000_000], days =>
        {
            var day = DateOnly.FromDayNumber(364_877 + (days % 1_000_000));
            return DateParts.Of(day).ToDate() == day;
        });
        Assert.Null(new DateParts { Day = "31", Month = "2", Year = "2026" }.ToDate());
        Assert.Equal(new DateOnly(2026, 11, 5), new DateParts { Day = "٥", Month = "١١", Year = "٢٠٢٦" }.ToDate());
    }
}
