namespace Amana.Linkage;

/// <summary>A value made ready for comparing: the normalised text, whose frequency counts, and what the comparator needs besides.</summary>
public sealed record ComparedValue(string Text, object? Extra = null);

/// <summary>
/// How one property of two people is compared: into a few levels, strongest first, the last being "different". If either value is missing
/// the comparison says nothing and weighs nothing. The levels' weights are estimated from the data (Fellegi and Sunter 1969).
/// </summary>
public sealed class Comparison
{
    /// <summary>Most levels that a comparison may have.</summary>
    public const int MostLevels = 15;

    internal const int Missing = -1;
    private readonly Func<LinkRecord, ComparedValue?> prepare;
    private readonly Func<ComparedValue, ComparedValue, int> compare;

    /// <summary>A comparison of one's own: <paramref name="compare"/> must be symmetric and give the index of a level.</summary>
    public Comparison(string field, IReadOnlyList<string> levels, Func<LinkRecord, ComparedValue?> prepare, Func<ComparedValue, ComparedValue, int> compare)
    {
        if (levels.Count is < 2 or > MostLevels)
            throw new ArgumentOutOfRangeException(nameof(levels), $"A comparison has 2 to {MostLevels} levels.");
        Field = field;
        Levels = levels;
        this.prepare = prepare;
        this.compare = compare;
    }

    /// <summary>The field that it is about; blocking rules on the same field teach nothing about it.</summary>
    public string Field { get; }

    /// <summary>The levels' names, strongest first.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>Whether equality in a rare value weighs more than in a common one (Newcombe 1959; Winkler 1989).</summary>
    public bool FrequencyCounts { get; init; }

    /// <summary>
    /// A given name or surname. With <paramref name="otherName"/>, a name that stands in the other's place has a level of its own.
    /// "Near" is Jaro–Winkler at least 0.92, "alike" at least 0.8 or the same <see cref="NameSkeleton"/>.
    /// </summary>
    public static Comparison Name(string field, string? otherName = null) => new(
        field,
        otherName is null ? ["equal", "near", "alike", "different"] : ["equal", "near", "alike", "in the other's place", "different"],
        record => NameText.Normalise(record[field]) is { } name
            ? new ComparedValue(name, new NameParts(otherName is null ? null : NameText.Normalise(record[otherName]), NameSkeleton.Of(name)))
            : null,
        (a, b) => CompareNames(a, b, otherName is not null)) { FrequencyCounts = true };

    /// <summary>A place, address or any words in any order: equal, near (0.9), alike (0.75 by Jaro–Winkler or by words), different.</summary>
    public static Comparison Text(string field) => new(
        field,
        ["equal", "near", "alike", "different"],
        record => NameText.Normalise(record[field]) is { } text ? new ComparedValue(text, text.Split(' ')) : null,
        CompareTexts) { FrequencyCounts = true };

    /// <summary>A date, complete or partial, with the levels of <see cref="DateAgreement"/>.</summary>
    public static Comparison Date(string field) => new(
        field,
        Enum.GetNames<DateAgreement>(),
        record => DateValue.Parse(record[field]) is { } date ? new ComparedValue(date.ToString(), date) : null,
        (a, b) => (int)((DateValue)a.Extra!).Compare((DateValue)b.Extra!)) { FrequencyCounts = true };

    /// <summary>A number or code: equal, one slip of a key, two slips (from five characters on), different.</summary>
    public static Comparison Code(string field) => new(
        field,
        ["equal", "one slip", "two slips", "different"],
        record => NameText.NormaliseCode(record[field]) is { } code ? new ComparedValue(code) : null,
        (a, b) => string.Equals(a.Text, b.Text, StringComparison.Ordinal) ? 0
            : Math.Min(a.Text.Length, b.Text.Length) < 3 ? 3
            : Similarity.DamerauLevenshtein(a.Text, b.Text, 2) switch { 1 => 1, 2 when a.Text.Length > 4 && b.Text.Length > 4 => 2, _ => 3 })
    { FrequencyCounts = true };

    /// <summary>An e-mail address: equal, equal before the at sign, near (Jaro–Winkler at least 0.9), different.</summary>
    public static Comparison Email(string field) => new(
        field,
        ["equal", "same before @", "near", "different"],
        record => record[field]?.Trim().ToLowerInvariant() is { } mail ? new ComparedValue(mail, mail.Split('@')[0]) : null,
        (a, b) => string.Equals(a.Text, b.Text, StringComparison.Ordinal) ? 0
            : string.Equals((string)a.Extra!, (string)b.Extra!, StringComparison.Ordinal) ? 1
            : Similarity.JaroWinkler(a.Text, b.Text, 0.9) >= 0.9 ? 2 : 3)
    { FrequencyCounts = true };

    /// <summary>Equal after normalising, or different: sex, nationality, a short code.</summary>
    public static Comparison Exact(string field) => new(
        field,
        ["equal", "different"],
        record => NameText.Normalise(record[field]) is { } text ? new ComparedValue(text) : null,
        (a, b) => string.Equals(a.Text, b.Text, StringComparison.Ordinal) ? 0 : 1);

    internal ComparedValue? Prepare(LinkRecord record) => prepare(record);

    internal int Compare(ComparedValue? a, ComparedValue? b) => a is null || b is null ? Missing : compare(a, b);

    private static int CompareNames(ComparedValue a, ComparedValue b, bool mayBeSwapped)
    {
        if (string.Equals(a.Text, b.Text, StringComparison.Ordinal))
            return 0;
        var alike = Similarity.JaroWinkler(a.Text, b.Text, 0.8);
        if (alike >= 0.92)
            return 1;
        var (partsA, partsB) = ((NameParts)a.Extra!, (NameParts)b.Extra!);
        if (mayBeSwapped && (Stands(a.Text, partsB.Other) || Stands(b.Text, partsA.Other)))
            return 3;
        if (alike >= 0.8 || (partsA.Skeleton is { Length: > 2 } key && string.Equals(key, partsB.Skeleton, StringComparison.Ordinal)))
            return 2;
        return mayBeSwapped ? 4 : 3;
    }

    private static bool Stands(string name, string? other) => other is not null && Similarity.JaroWinkler(name, other, 0.92) >= 0.92;

    private static int CompareTexts(ComparedValue a, ComparedValue b)
    {
        if (string.Equals(a.Text, b.Text, StringComparison.Ordinal))
            return 0;
        var alike = Similarity.JaroWinkler(a.Text, b.Text, 0.75);
        if (alike < 0.9)
            alike = Math.Max(alike, Similarity.TokenSet((string[])a.Extra!, (string[])b.Extra!));
        return alike >= 0.9 ? 1 : alike >= 0.75 ? 2 : 3;
    }

    private sealed record NameParts(string? Other, string? Skeleton);
}
