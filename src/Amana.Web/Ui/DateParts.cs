namespace Amana.Web.Ui;

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
