namespace Amana.Features.Texts;

/// <summary>Plural categories by the rules of Unicode CLDR (release 46, cardinals) for the four languages.</summary>
public static class Plural
{
    /// <summary>The suffixes that a key may carry, in the order of CLDR.</summary>
    public static IReadOnlyList<string> Categories { get; } = ["zero", "one", "two", "few", "many", "other"];

    /// <summary>
    /// The categories that a language cannot do without. French and Spanish also know <c>many</c> (whole millions) and every language may
    /// have its own <c>zero</c>; both are optional here.
    /// </summary>
    public static IReadOnlyList<string> Required(Language language) =>
        language == Language.Arabic ? Categories : ["one", "other"];

    /// <summary>The category of a number in a language.</summary>
    public static string Of(Language language, decimal number)
    {
        var n = Math.Abs(number);
        var whole = decimal.Truncate(n);
        var isWhole = whole == n;
        return language.Code switch
        {
            "ar" => isWhole ? Arabic(n) : "other",
            "fr" when whole <= 1 => "one",
            "fr" or "es" when isWhole && n != 0 && n % 1_000_000 == 0 => "many",
            "es" when n == 1 => "one",
            "en" when n == 1 && number.Scale == 0 => "one",
            _ => "other",
        };
    }

    private static string Arabic(decimal n) => n switch
    {
        0 => "zero",
        1 => "one",
        2 => "two",
        _ => (n % 100) switch
        {
            >= 3 and <= 10 => "few",
            >= 11 => "many",
            _ => "other",
        },
    };
}
