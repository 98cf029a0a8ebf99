using System.Globalization;

namespace Amana.XForms.Evaluation;

/// <summary>How answers of each type are written (ODK XForms specification, "data types").</summary>
internal static class AnswerFormat
{
    /// <summary>The text that is stored for a value: true is 1, a number without fraction has no point, a moment has the type's form.</summary>
    public static string Write(in XPathValue value, AnswerType type) => value.Kind switch
    {
        ValueKind.Boolean => value.AsBoolean() ? "1" : "0",
        ValueKind.Number when double.IsNaN(value.AsNumber()) => "",
        ValueKind.Number when type == AnswerType.Int => XPathValue.Print(Numbers.Whole(value.AsNumber())),
        ValueKind.Date => type switch
        {
            AnswerType.Date => Moments.Print(value.Moment),
            AnswerType.Time => Moments.PrintTime(value.Moment),
            _ => Moments.PrintWhole(value.Moment),
        },
        _ => value.AsText(),
    };

    /// <summary>What is wrong with an answer of a type, in plain words; null when nothing is.</summary>
    public static string? Fault(string text, AnswerType type) => type switch
    {
        AnswerType.Int => IsInt(text) ? null : "This is not a whole number.",
        AnswerType.Decimal => IsDecimal(text) ? null : "This is not a number.",
        AnswerType.Boolean => text is "0" or "1" or "true" or "false" ? null : "This is neither true nor false.",
        AnswerType.Date => Moments.TryRead(text, TimeSpan.Zero, out _) ? null : "This is not a date (year-month-day).",
        AnswerType.Time => Moments.TryReadTimeOfDay(text, TimeSpan.Zero, out _) ? null : "This is not a time of day (hours:minutes).",
        AnswerType.DateTime => Moments.TryRead(text, TimeSpan.Zero, out _) ? null : "This is not a date with a time.",
        AnswerType.GeoPoint => GeoPoint.TryRead(text, out _) ? null : "This is not a place (latitude longitude altitude accuracy).",
        AnswerType.GeoTrace => LineFault(text, closed: false),
        AnswerType.GeoShape => LineFault(text, closed: true),
        _ => null,
    };

    private static bool IsInt(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsDecimal(string text) =>
        text.Length < 400 && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    private static string? LineFault(string text, bool closed)
    {
        var points = new List<GeoPoint>();
        if (!GeoPoint.TryReadLine(text, points))
            return "One of these points is not a place (latitude longitude altitude accuracy).";
        if (!closed)
            return points.Count >= 2 ? null : "A line needs at least two points.";
        var same = points.Count > 0 && points[0].Latitude.Equals(points[^1].Latitude) && points[0].Longitude.Equals(points[^1].Longitude);
        return points.Count >= 4 && same ? null : "An area needs at least three corners and must end where it begins.";
    }

    /// <summary>Whether two stored texts mean the same answer: numbers by value, moments by instant, all else by text.</summary>
    public static bool Same(string left, string right)
    {
        if (string.Equals(left, right, StringComparison.Ordinal))
            return true;
        if (left.Length == 0 || right.Length == 0)
            return false;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(left, style, CultureInfo.InvariantCulture, out var a) && double.TryParse(right, style, CultureInfo.InvariantCulture, out var b))
            return Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));
        if (Moments.TryRead(left, TimeSpan.Zero, out var first) && Moments.TryRead(right, TimeSpan.Zero, out var second))
            return first == second;
        return string.Equals(left.Trim(), right.Trim(), StringComparison.Ordinal);
    }
}
