using System.Globalization;

namespace Amana.Linkage;

/// <summary>A part of a blocking rule: what is taken from one field. Null takes the record out of the rule.</summary>
public sealed record BlockKey(string Field, Func<LinkRecord, string?> Of)
{
    /// <summary>The whole value, normalised.</summary>
    public static BlockKey Whole(string field) => new(field, r => NameText.Normalise(r[field]));

    /// <summary>The first letters of the normalised value.</summary>
    public static BlockKey Start(string field, int letters) =>
        new(field, r => NameText.Normalise(r[field]) is { } text ? text[..Math.Min(letters, text.Length)] : null);

    /// <summary>The consonant key over scripts.</summary>
    public static BlockKey Skeleton(string field) => new(field, r => NameSkeleton.Of(r[field]));

    /// <summary>The year of a date.</summary>
    public static BlockKey Year(string field) =>
        new(field, r => DateValue.Parse(r[field]) is { } date ? date.Year.ToString(CultureInfo.InvariantCulture) : null);

    /// <summary>Month and day of a complete date, smaller number first, so that swapped ones meet.</summary>
    public static BlockKey MonthAndDay(string field) =>
        new(field, r => DateValue.Parse(r[field]) is { Month: { } m, Day: { } d } ? string.Create(CultureInfo.InvariantCulture, $"{Math.Min(m, d)}/{Math.Max(m, d)}") : null);

    /// <summary>Two names together in alphabetical order, so that swapped ones meet. It is about the first field.</summary>
    public static BlockKey EitherOrder(string field, string otherField) => new(field, r =>
        NameText.Normalise(r[field]) is { } a && NameText.Normalise(r[otherField]) is { } b
            ? string.CompareOrdinal(a, b) < 0 ? a + "|" + b : b + "|" + a
            : null);
}

/// <summary>
/// Which pairs are compared at all: those that agree in all keys of at least one rule. What no rule brings together can never be found, so use
/// several rules over different fields; each field should be left out by at least one rule, or its weights cannot be learnt.
/// </summary>
public sealed class BlockingRule
{
    private readonly IReadOnlyList<BlockKey> keys;

    private BlockingRule(IReadOnlyList<BlockKey> keys) => this.keys = keys;

    public IReadOnlyList<string> Fields => [.. keys.Select(k => k.Field)];

    public string Name => string.Join(" + ", Fields);

    public static BlockingRule On(params BlockKey[] keys) =>
        keys.Length > 0 ? new(keys) : throw new ArgumentException("A blocking rule needs a key.", nameof(keys));

    internal string? Key(LinkRecord record)
    {
        var parts = new string[keys.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            if (keys[i].Of(record) is not { } part)
                return null;
            parts[i] = part;
        }

        return string.Join('\u001F', parts);
    }
}
