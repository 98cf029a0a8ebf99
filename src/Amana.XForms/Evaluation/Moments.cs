using System.Globalization;
using System.Text;

namespace Amana.XForms.Evaluation;

/// <summary>Dates and times as forms write them (ISO 8601, as ODK XForms names its types date, time and dateTime).</summary>
internal static class Moments
{
    private static readonly DateOnly s_epoch = new(1970, 1, 1);

    /// <summary>Whole days of the moment's own calendar day since 1970-01-01.</summary>
    public static double Day(DateTimeOffset moment) => DateOnly.FromDateTime(moment.DateTime).DayNumber - s_epoch.DayNumber;

    /// <summary>Days and fraction of a day since 1970-01-01T00:00Z.</summary>
    public static double Days(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).TotalDays;

    /// <summary>The calendar day as yyyy-mm-dd: a moment becomes text as its day.</summary>
    public static string Print(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The whole moment with milliseconds and offset, as an answer of type dateTime is written.</summary>
    public static string PrintWhole(DateTimeOffset moment) => moment.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + Offset(moment);

    /// <summary>The time of day, as an answer of type time is written.</summary>
    public static string PrintTime(DateTimeOffset moment) => moment.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) + Offset(moment);

    private static string Offset(DateTimeOffset moment) => moment.Offset == TimeSpan.Zero ? "Z" : moment.ToString("zzz", CultureInfo.InvariantCulture);

    /// <summary>Reads a date or a dateTime. Without an offset of its own the moment takes <paramref name="offset"/>, with one it is moved there.</summary>
    public static bool TryRead(string text, TimeSpan offset, out DateTimeOffset moment)
    {
        moment = default;
        var at = text.IndexOf('T', StringComparison.Ordinal);
        if (!TryReadDay(at < 0 ? text.AsSpan().Trim() : text.AsSpan(0, at).Trim(), out var day))
            return false;
        var time = TimeSpan.Zero;
        TimeSpan? own = null;
        if (at >= 0 && !TryReadTime(text.AsSpan(at + 1).Trim(), out time, out own))
            return false;
        return TryPlace(day, time, own, offset, out moment);
    }

    /// <summary>The offset that a dateTime names itself, or null.</summary>
    public static TimeSpan? OwnOffset(string text)
    {
        var at = text.IndexOf('T', StringComparison.Ordinal);
        return at >= 0 && TryReadTime(text.AsSpan(at + 1).Trim(), out _, out var own) ? own : null;
    }

    /// <summary>Reads a time of day; its day is 1970-01-01.</summary>
    public static bool TryReadTimeOfDay(string text, TimeSpan offset, out DateTimeOffset moment)
    {
        moment = default;
        return TryReadTime(text.AsSpan().Trim(), out var time, out _) && TryPlace(s_epoch, time, null, offset, out moment);
    }

    private static bool TryPlace(DateOnly day, TimeSpan time, TimeSpan? own, TimeSpan offset, out DateTimeOffset moment)
    {
        moment = default;
        // The first and last day of the calendar cannot be moved between offsets.
        if (day.Year is < 2 or > 9998)
            return false;
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        moment = own is { } said ? new DateTimeOffset(local, said).ToOffset(offset) : new DateTimeOffset(local, offset);
        return true;
    }

    private static bool TryReadDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        var first = text.IndexOf('-');
        var last = text.LastIndexOf('-');
        if (first < 1 || last <= first + 1 || !Digits(text[..first], 4, out var year) || !Digits(text[(first + 1)..last], 2, out var month)
            || !Digits(text[(last + 1)..], 2, out var date))
        {
            return false;
        }

        if (year is < 1 or > 9999 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
            return false;
        day = new DateOnly(year, month, date);
        return true;
    }

    private static bool TryReadTime(ReadOnlySpan<char> text, out TimeSpan time, out TimeSpan? offset)
    {
        offset = null;
        time = default;
        if (text.EndsWith("Z"))
        {
            offset = TimeSpan.Zero;
            text = text[..^1];
        }
        else if (text.LastIndexOfAny('+', '-') is var at and > 0)
        {
            var sign = text[at] == '-' ? -1 : 1;
            if (!TryReadClock(text[(at + 1)..], minutesNeeded: false, out var ahead) || ahead > TimeSpan.FromHours(14))
                return false;
            offset = sign * ahead;
            text = text[..at];
        }

        return TryReadClock(text, minutesNeeded: true, out time);
    }

    private static bool TryReadClock(ReadOnlySpan<char> text, bool minutesNeeded, out TimeSpan time)
    {
        time = default;
        Span<Range> parts = stackalloc Range[4];
        var count = text.Split(parts, ':');
        if (count is 0 or > 3 || (minutesNeeded && count < 2) || !Digits(text[parts[0]], 2, out var hours) || hours > 23)
            return false;
        var minutes = 0;
        var seconds = 0d;
        if (count > 1 && (!Digits(text[parts[1]], 2, out minutes) || minutes > 59))
            return false;
        if (count > 2 && (!double.TryParse(text[parts[2]], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) || seconds >= 60))
            return false;
        time = new TimeSpan(0, hours, minutes, 0) + TimeSpan.FromMilliseconds(Math.Floor((seconds * 1000) + 1e-6));
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, int most, out int number)
    {
        number = 0;
        return text.Length > 0 && text.Length <= most && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Prints a moment by a pattern of <c>format-date-time</c>; a letter that it does not know gives null.</summary>
    public static string? Format(DateTimeOffset moment, string pattern, CultureInfo culture)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%')
                text.Append(pattern[i]);
            else if (++i >= pattern.Length || Part(moment, pattern[i], culture) is not { } part)
                return null;
            else
                text.Append(part);
        }

        return text.ToString();
    }

    private static string? Part(DateTimeOffset moment, char letter, CultureInfo culture) => letter switch
    {
        '%' => "%",
        'Y' => moment.Year.ToString("0000", CultureInfo.InvariantCulture),
        'y' => (moment.Year % 100).ToString("00", CultureInfo.InvariantCulture),
        'm' => moment.Month.ToString("00", CultureInfo.InvariantCulture),
        'n' => moment.Month.ToString(CultureInfo.InvariantCulture),
        'b' => moment.ToString("MMM", culture),
        'B' => moment.ToString("MMMM", culture),
        'd' => moment.Day.ToString("00", CultureInfo.InvariantCulture),
        'e' => moment.Day.ToString(CultureInfo.InvariantCulture),
        'H' => moment.Hour.ToString("00", CultureInfo.InvariantCulture),
        'h' => moment.Hour.ToString(CultureInfo.InvariantCulture),
        'M' => moment.Minute.ToString("00", CultureInfo.InvariantCulture),
        'S' => moment.Second.ToString("00", CultureInfo.InvariantCulture),
        '3' => moment.Millisecond.ToString("000", CultureInfo.InvariantCulture),
        'a' => moment.ToString("ddd", culture),
        'A' => moment.ToString("dddd", culture),
        'W' => ISOWeek.GetWeekOfYear(moment.DateTime).ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
