using System.Globalization;

namespace Amana.Linkage;

/// <summary>How two dates of one event agree, from strongest to weakest.</summary>
public enum DateAgreement
{
    /// <summary>Year, month and day are the same.</summary>
    Equal,

    /// <summary>Day and month changed places.</summary>
    Swapped,

    /// <summary>One slip of a key: one digit wrong, missing, added, or two neighbours swapped.</summary>
    OneSlip,

    /// <summary>All that both know is the same, at least the year, but one of them is incomplete.</summary>
    PartsAgree,

    /// <summary>Two of year, month and day are the same.</summary>
    TwoOfThree,

    /// <summary>The years are at most one apart.</summary>
    NearYear,

    Different,
}

/// <summary>A date of which month and day may be unknown; it is never filled up with a made-up first of January.</summary>
public readonly record struct DateValue(int Year, int? Month, int? Day)
{
    /// <summary>
    /// Reads year-month-day with any separators, yyyymmdd, year-month, a year alone, or day/month/year when the year stands last. A month above 12
    /// beside a day up to 12 is read as swapped. Null for anything else: such a value counts as missing.
    /// </summary>
    public static DateValue? Parse(string? text)
    {
        if (NameText.Normalise(text) is not { } normal)
            return null;
        var parts = normal.Split(' ');
        if (parts.Length == 1 && parts[0].Length == 8)
            parts = [parts[0][..4], parts[0][4..6], parts[0][6..]];
        if (parts.Length > 3 || !parts.All(p => p.Length <= 4 && p.All(char.IsAsciiDigit)))
            return null;
        var numbers = parts.Select(p => int.Parse(p, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        if (parts[0].Length == 4)
            return Make(numbers[0], parts.Length > 1 ? numbers[1] : null, parts.Length > 2 ? numbers[2] : null);
        return parts[^1].Length == 4 && parts.Length == 3 ? Make(numbers[2], numbers[1], numbers[0]) : null;
    }

    /// <summary>Compares two dates; symmetric.</summary>
    public DateAgreement Compare(DateValue other)
    {
        if (this == other)
            return Day is null ? DateAgreement.PartsAgree : DateAgreement.Equal;
        if (Day is null || other.Day is null)
        {
            if (Year == other.Year && (Month is null || other.Month is null || Month == other.Month))
                return DateAgreement.PartsAgree;
            return Math.Abs(Year - other.Year) <= 1 ? DateAgreement.NearYear : DateAgreement.Different;
        }

        if (Year == other.Year && Month == other.Day && Day == other.Month)
            return DateAgreement.Swapped;
        if (OneSlipFrom(other))
            return DateAgreement.OneSlip;
        var same = (Year == other.Year ? 1 : 0) + (Month == other.Month ? 1 : 0) + (Day == other.Day ? 1 : 0);
        if (same == 2)
            return DateAgreement.TwoOfThree;
        return Math.Abs(Year - other.Year) <= 1 ? DateAgreement.NearYear : DateAgreement.Different;
    }

    private static DateValue? Make(int year, int? month, int? day)
    {
        if (month > 12 && day is >= 1 and <= 12)
            (month, day) = (day, month);
        if (year == 0 || month > 12 || day > 31)
            return null;
        return new DateValue(year, month is 0 ? null : month, month is 0 or null || day is 0 ? null : day);
    }

    private bool OneSlipFrom(DateValue other)
    {
        Span<char> mine = stackalloc char[8];
        Span<char> theirs = stackalloc char[8];
        Digits(mine);
        other.Digits(theirs);
        return Similarity.Edits(mine, theirs, swaps: true) == 1;
    }

    private void Digits(Span<char> digits) =>
        digits.TryWrite(CultureInfo.InvariantCulture, $"{Year:D4}{Month!.Value:D2}{Day!.Value:D2}", out _);
}
