using System.Globalization;

namespace Amana.Features.Texts;

/// <summary>Dates, numbers and lists as a language writes them. Digits are Western in every language; dates are Gregorian and in words.</summary>
public static class Written
{
    /// <summary>A day: "20 November 2026", "1er décembre 2026", "20 de noviembre de 2026", "20 نوفمبر 2026".</summary>
    public static string Date(this Texts texts, Language language, DateOnly day) =>
        texts.Get(language, day.Day == 1 ? "date.first" : "date.day", new { day = Plain(day.Day), month = Month(texts, language, day.Month), year = Plain(day.Year) });

    /// <summary>A month of a year: "November 2026".</summary>
    public static string MonthOf(this Texts texts, Language language, DateOnly day) =>
        texts.Get(language, "date.month", new { month = Month(texts, language, day.Month), year = Plain(day.Year) });

    /// <summary>From one day to another: "1 September 2026 – 28 February 2027".</summary>
    public static string Period(this Texts texts, Language language, DateOnly from, DateOnly to) =>
        texts.Get(language, "date.period", new { from = new Verbatim(Date(texts, language, from)), to = new Verbatim(Date(texts, language, to)) });

    /// <summary>A moment, in UTC and said so: "20 November 2026, 14:05 UTC".</summary>
    public static string Moment(this Texts texts, Language language, DateTimeOffset moment)
    {
        var utc = moment.ToUniversalTime();
        var day = new Verbatim(Date(texts, language, DateOnly.FromDateTime(utc.DateTime)));
        return texts.Get(language, "date.moment", new { day, time = new Verbatim(utc.ToString("HH:mm", CultureInfo.InvariantCulture)) });
    }

    /// <summary>A day seen from another: "today", "in 9 days", "2 days ago".</summary>
    public static string Away(this Texts texts, Language language, DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => texts.Get(language, "date.today"),
        > 0 and var ahead => texts.Get(language, "date.ahead", new { count = ahead }),
        var behind => texts.Get(language, "date.ago", new { count = -behind }),
    };

    /// <summary>A number with the language's marks: "1,248", "1 248", "12.480", at most two decimals.</summary>
    public static string Number(this Texts texts, Language language, decimal number)
    {
        // Spanish groups from five digits on (Ortografía de la lengua española, 2010).
        var format = language.Code == "es" && Math.Abs(number) < 10_000 ? "0.##" : "#,0.##";
        return number.ToString(format, Marks(language));
    }

    /// <summary>A share as a whole percentage: "92%", "92 %". <paramref name="share"/> is 0 … 1.</summary>
    public static string Percent(this Texts texts, Language language, decimal share) =>
        texts.Get(language, "number.percent", new { number = Math.Round(share * 100, MidpointRounding.AwayFromZero) });

    /// <summary>Words in a row: "A, B and C".</summary>
    public static string List(this Texts texts, Language language, IReadOnlyList<string> words)
    {
        if (words.Count == 0) return "";
        var last = Isolation.Of(language, words[^1]);
        if (words.Count == 1) return last;
        var first = string.Join(texts.Get(language, "list.comma"), words.Take(words.Count - 1).Select(w => Isolation.Of(language, w)));
        return texts.Get(language, "list.and", new { first = new Verbatim(first), last = new Verbatim(last) });
    }

    private static Verbatim Month(Texts texts, Language language, int month) => new(texts.Get(language, "date.months").Split('|')[month - 1]);

    private static Verbatim Plain(int number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static NumberFormatInfo Marks(Language language) => language.Code switch
    {
        "fr" => French,
        "es" => Spanish,
        _ => CultureInfo.InvariantCulture.NumberFormat,
    };

    private static readonly NumberFormatInfo French = new() { NumberGroupSeparator = "\u202F", NumberDecimalSeparator = "," };
    private static readonly NumberFormatInfo Spanish = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };
}

/// <summary>A word of the sentence's own language, or one already isolated: it goes in as it stands.</summary>
public readonly record struct Verbatim(string Word)
{
    public override string ToString() => Word;
}
