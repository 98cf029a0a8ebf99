using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Amana.Web.Ui.Tags;

/// <summary>
/// <c>&lt;a-date for="Ends" label="…"&gt;</c>: day, month and year in three boxes, bound to a <see cref="DateParts"/>; no picker to fight with,
/// nothing filled in beforehand, and an impossible date keeps what was typed.
/// </summary>
[HtmlTargetElement("a-date", Attributes = "for")]
public sealed class DateTag(PageTexts texts) : FieldTag(texts)
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (For.Model is not null and not DateParts) throw new InvalidOperationException($"{For.Name} must be of type DateParts.");
        var parts = For.Model as DateParts;
        WriteGroup(output, Markup.Of(
            $"<div class=\"date\">{Part("Day", "date.field.day", parts?.Day)}{Part("Month", "date.field.month", parts?.Month)}{Part("Year", "date.field.year", parts?.Year)}</div>"));
    }

    private IHtmlContent Part(string part, string key, string? value)
    {
        var name = $"{Name}.{part}";
        var id = FieldId(name);
        var year = part == "Year";
        return Markup.Of(
            $"<div{Markup.When(year, $" class=\"year\"")}><label for=\"{id}\">{Texts[key]}</label><input id=\"{id}\" name=\"{name}\" value=\"{value}\" type=\"text\" inputmode=\"numeric\" dir=\"ltr\" maxlength=\"{(year ? 4 : 2)}\" autocomplete=\"off\"></div>");
    }
}

/// <summary>A day as it was typed. Arabic-Indic digits are read as well (U+0660 … U+0669, U+06F0 … U+06F9).</summary>
public sealed class DateParts
{
    public string? Day { get; set; }

    public string? Month { get; set; }

    public string? Year { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(Month) && string.IsNullOrWhiteSpace(Year);

    /// <summary>The day meant; null when nothing, too little or no real day was typed.</summary>
    public DateOnly? ToDate()
    {
        if (Read(Year) is not { } year || Read(Month) is not { } month || Read(Day) is not { } day) return null;
        if (year is < 1000 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        return new DateOnly(year, month, day);
    }

    public static DateParts Of(DateOnly? day) => day is { } d
        ? new DateParts { Day = Text(d.Day), Month = Text(d.Month), Year = Text(d.Year) }
        : new DateParts();

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static int? Read(string? typed)
    {
        var text = typed?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > 4) return null;
        var number = 0;
        foreach (var c in text)
        {
            if (!char.IsDigit(c)) return null;
            number = (number * 10) + (int)char.GetNumericValue(c);
        }
        return number;
    }
}
