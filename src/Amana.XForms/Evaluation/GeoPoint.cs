using System.Globalization;

namespace Amana.XForms.Evaluation;

/// <summary>A place: latitude and longitude in degrees (WGS 84), altitude and accuracy in metres where they were taken.</summary>
internal readonly record struct GeoPoint(double Latitude, double Longitude, double Altitude, double Accuracy)
{
    /// <summary>Reads "latitude longitude [altitude [accuracy]]".</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out GeoPoint point)
    {
        point = default;
        Span<double> parts = stackalloc double[4];
        var count = 0;
        foreach (var range in text.Split(' '))
        {
            var part = text[range];
            if (part.IsEmpty)
                continue;
            if (count == 4 || !double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out parts[count]) || !double.IsFinite(parts[count]))
                return false;
            count++;
        }

        if (count < 2 || Math.Abs(parts[0]) > 90 || Math.Abs(parts[1]) > 180)
            return false;
        point = new GeoPoint(parts[0], parts[1], parts[2], parts[3]);
        return true;
    }

    /// <summary>Reads points parted by semicolons and adds them; false when one of them is none.</summary>
    public static bool TryReadLine(string text, List<GeoPoint> points)
    {
        foreach (var range in text.AsSpan().Split(';'))
        {
            var part = text.AsSpan()[range].Trim();
            if (part.IsEmpty)
                continue;
            if (!TryRead(part, out var point))
                return false;
            points.Add(point);
        }

        return true;
    }
}
