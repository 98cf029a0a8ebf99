using System.Globalization;

namespace Amana.Domain.Principles;

/// <summary>Numbers and dates as arguments of refusals: invariant, so that each language writes them its own way.</summary>
internal static class Text
{
    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
