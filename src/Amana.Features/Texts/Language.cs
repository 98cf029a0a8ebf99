namespace Amana.Features.Texts;

/// <summary>A language that the product speaks. Every text exists in all of them.</summary>
/// <param name="Code">BCP 47 primary tag, as in <c>html lang</c>.</param>
/// <param name="OwnName">Its name in itself, shown in the language switch.</param>
/// <param name="IsRightToLeft">Whether pages in it run from right to left.</param>
public sealed record Language(string Code, string OwnName, bool IsRightToLeft)
{
    public static readonly Language English = new("en", "English", false);
    public static readonly Language French = new("fr", "Français", false);
    public static readonly Language Spanish = new("es", "Español", false);
    public static readonly Language Arabic = new("ar", "العربية", true);

    /// <summary>All languages, the fallback first.</summary>
    public static IReadOnlyList<Language> All { get; } = [English, French, Spanish, Arabic];

    /// <summary>The value of <c>html dir</c>.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    /// <summary>The language of a tag such as <c>ar</c> or <c>ar-SY</c>; null when the product does not speak it.</summary>
    public static Language? Find(string? tag)
    {
        if (string.IsNullOrEmpty(tag)) return null;
        var end = tag.AsSpan().IndexOfAny('-', '_');
        var primary = end < 0 ? tag.AsSpan() : tag.AsSpan(0, end);
        foreach (var language in All)
            if (primary.Equals(language.Code, StringComparison.OrdinalIgnoreCase)) return language;
        return null;
    }

    public override string ToString() => Code;
}
