using System.Globalization;

namespace Amana.XForms.Evaluation;

/// <summary>Numbers as forms write them.</summary>
internal static class Numbers
{
    /// <summary>
    /// Reads a number: digits, point (or comma, as some keyboards give it) and minus, no exponent. A date counts the days since 1970-01-01.
    /// Anything else is NaN.
    /// </summary>
    public static double Read(string text)
    {
        var digits = text.AsSpan().Trim();
        if (digits.IsEmpty || digits.Length > 400)
            return double.NaN;
        foreach (var c in digits)
        {
            if (c is not ('-' or '.' or ',' or (>= '0' and <= '9')))
                return Moments.TryRead(text, TimeSpan.Zero, out var moment) ? Moments.Day(moment) : double.NaN;
        }

        if (double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number;
        if (digits.Contains(',')
            && double.TryParse(text.Trim().Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number))
        {
            return number;
        }

        return Moments.TryRead(text, TimeSpan.Zero, out var day) ? Moments.Day(day) : double.NaN;
    }

    /// <summary>Whole number nearer to zero, with NaN and infinities as they are.</summary>
    public static double Whole(double number) => double.IsFinite(number) ? Math.Truncate(number) : number;

    /// <summary>A number as an index; whatever is none gives <paramref name="otherwise"/>.</summary>
    public static int Index(double number, int otherwise) => number is > int.MinValue and < int.MaxValue ? (int)number : otherwise;

    /// <summary>A number as a count within a limit; whatever is none counts nothing.</summary>
    public static int Count(double number, int most) => double.IsNaN(number) ? 0 : (int)Math.Clamp(Math.Truncate(number), 0, most);

    /// <summary>Rounds half up, for negative numbers half towards zero (XPath 1.0 <c>round</c>), to a number of decimal places (negative: tens, hundreds…).</summary>
    public static double Round(double number, int places)
    {
        if (!double.IsFinite(number))
            return number;
        if (places is > 30 or < -30)
            return double.NaN;
        if (places >= 0 && Math.Abs(number) < 1e15 && places <= 12)
        {
            var exact = (decimal)number;
            var scaled = places == 0 ? exact : decimal.Round(exact, Math.Min(28, places + 13));
            var rounded = decimal.Round(scaled, places, MidpointRounding.AwayFromZero);
            var isHalf = Math.Abs(scaled - decimal.Round(scaled, places, MidpointRounding.ToZero)) * 2 * Ten(places) == 1;
            return (double)(number < 0 && isHalf ? decimal.Round(scaled, places, MidpointRounding.ToZero) : rounded);
        }

        if (places >= 0)
            return number;
        var scale = Math.Pow(10, -places);
        return Math.Floor((number / scale) + 0.5) * scale;
    }

    private static decimal Ten(int power)
    {
        var ten = 1m;
        for (var i = 0; i < power; i++)
            ten *= 10;
        return ten;
    }
}
