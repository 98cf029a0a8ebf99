using System.Globalization;

namespace Amana.Domain.Analysis;

/// <summary>Age groups as UNHCR's population figures have them: 0–4, 5–11, 12–17, 18–59, 60 and over. Written with an en dash, which spreadsheets do not take for a date.</summary>
public static class AgeBrackets
{
    private static readonly (int From, string Code)[] Groups = [(0, "0–4"), (5, "5–11"), (12, "12–17"), (18, "18–59"), (60, "60+")];

    public static IReadOnlyList<string> All { get; } = [.. Groups.Select(g => g.Code)];

    /// <summary>The two groups of <see cref="ChildOrAdult"/>.</summary>
    public static IReadOnlyList<string> ChildAndAdult { get; } = ["0–17", "18+"];

    /// <summary>The group of an age in years; none for what is no age between 0 and 120.</summary>
    public static string? Of(string? years) => Age(years) is { } age ? Groups.Last(g => g.From <= age).Code : null;

    /// <summary>Under 18 or not (Convention on the Rights of the Child, article 1); none for what is no age.</summary>
    public static string? ChildOrAdult(string? years) => Age(years) is { } age ? age < 18 ? "0–17" : "18+" : null;

    private static int? Age(string? years) =>
        decimal.TryParse(years, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var age) && age is >= 0 and <= 120 ? (int)age : null;
}
