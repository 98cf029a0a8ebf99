using System.Globalization;

namespace Amana.XForms.Workbooks;

/// <summary>
/// Turns a cell's value into the text that the reference converter sees: whole numbers without ".0", TRUE and FALSE, dates as
/// yyyy-MM-dd HH:mm:ss, blanks at the ends cut, no-break spaces as spaces. Characters that XML cannot hold are left out.
/// </summary>
internal static class CellText
{
    public static string? Of(object? value)
    {
        var text = value switch
        {
            null => null,
            string s => s.Trim().Replace('\u00a0', ' '),
            bool b => b ? "TRUE" : "FALSE",
            double d => Number(d),
            DateTime t => Date(t),
            TimeSpan t => Duration(t),
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
        if (text is null)
            return null;
        text = XmlNames.WithoutForbidden(text);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static string Number(double value)
    {
        if (double.IsInteger(value) && Math.Abs(value) < 1e300)
            return value == 0 ? "0" : value.ToString("F0", CultureInfo.InvariantCulture);
        return value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
    }

    private static string Date(DateTime value)
    {
        var fraction = value.Ticks % TimeSpan.TicksPerSecond == 0 ? string.Empty : ".ffffff";
        var pattern = value < new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Unspecified) ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss";
        return value.ToString(pattern + fraction, CultureInfo.InvariantCulture);
    }

    /// <summary>A span of time to the millisecond, as "1 day, 2:43:00".</summary>
    private static string Duration(TimeSpan value)
    {
        value = TimeSpan.FromMilliseconds(Math.Round(value.TotalMilliseconds));
        var days = (int)Math.Floor(value.TotalDays);
        value -= TimeSpan.FromDays(days);
        var prefix = days == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{days} day{(Math.Abs(days) == 1 ? string.Empty : "s")}, ");
        var fraction = value.Milliseconds == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $".{value.Milliseconds:000}000");
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{value.Hours}:{value.Minutes:00}:{value.Seconds:00}{fraction}");
    }
}
