using System.Globalization;

namespace Amana.XForms.Evaluation;

/// <summary>Languages as forms name them: <c>French (fr)</c>, <c>fr</c>, or a bare name.</summary>
internal static class Languages
{
    public static CultureInfo CultureOf(string? language)
    {
        if (language is null)
            return CultureInfo.InvariantCulture;
        var open = language.LastIndexOf('(');
        var code = open >= 0 && language.EndsWith(')') ? language[(open + 1)..^1].Trim() : language.Trim();
        if (code.Length is < 2 or > 11)
            return CultureInfo.InvariantCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.GetCultureInfo(code, predefinedOnly: true).Clone();
            // The Gregorian calendar is the one in which answers are given.
            culture.DateTimeFormat.Calendar = new GregorianCalendar();
            return culture;
        }
        catch (Exception e) when (e is CultureNotFoundException or ArgumentOutOfRangeException)
        {
            return CultureInfo.InvariantCulture;
        }
    }
}
