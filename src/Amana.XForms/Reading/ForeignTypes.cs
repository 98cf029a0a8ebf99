namespace Amana.XForms.Reading;

/// <summary>Types that other tools know, or that people write: what to write instead. None of them becomes part of a form in silence.</summary>
internal static class ForeignTypes
{
    private const string SurveyCtoOnly = "Only SurveyCTO knows this type. Take the row out; ";

    private static readonly (string Begins, string Remedy)[] Known =
    [
        ("begin_rank", KoboRank), ("end_rank", KoboRank), ("rank__level", KoboRank),
        ("begin_score", KoboScore), ("end_score", KoboScore), ("score__row", KoboScore),
        ("begin_kobomatrix", KoboMatrix), ("end_kobomatrix", KoboMatrix),
        ("calculate_here", "This is SurveyCTO's own. Write 'calculate', and where the moment counts put the question before it into the column trigger."),
        ("caseid", "This is SurveyCTO's own. People who are visited again are kept in an entity list: write the sheet 'entities' instead."),
        ("text_audit", "This is SurveyCTO's own. Write the type 'audit' with the name 'audit' instead."),
        ("audio_audit", "This is SurveyCTO's own. Write the type 'background-audio' instead, and ask for consent to be recorded first."),
        ("speed_violations", SurveyCtoOnly + "the type 'audit' records how long each question took."),
        ("sensor_", SurveyCtoOnly + "nothing takes its place."),
        ("comments", SurveyCtoOnly + "a 'text' question at the end takes its place."),
        ("number", "Write 'integer' for whole numbers or 'decimal' for others."),
        ("gps", "Write 'geopoint'."), ("picture", "Write 'image'."), ("signature", "Write 'image' with the appearance 'signature'."),
        ("heading", "Write 'note'."), ("longtext", "Write 'text' with the appearance 'multiline'."), ("textarea", "Write 'text' with the appearance 'multiline'."),
        ("checkbox", "Write 'select_multiple' and the name of a list."), ("radio", "Write 'select_one' and the name of a list."), ("dropdown", "Write 'select_one' and the name of a list, with the appearance 'minimal'."),
        ("boolean", "Write 'select_one' and the name of a list with yes and no."), ("yesno", "Write 'select_one' and the name of a list with yes and no."), ("yes_no", "Write 'select_one' and the name of a list with yes and no."),
    ];

    private const string KoboRank = "This is Kobo's own way of ranking. Write one row 'rank LIST' instead, with the things to rank as a list on the choices sheet.";
    private const string KoboScore = "This is Kobo's own rating table. Write 'begin group' with the appearance 'table-list', one row 'select_one LIST' for each line, and 'end group'.";
    private const string KoboMatrix = "This is Kobo's own matrix. Write a group for each line of it, with a question for each column.";

    public static bool IsKnown(string type) => QuestionTypes.Find(type) is not null || SelectType.Of(type) is not null || SectionRows.Begin(type) is not null || type.StartsWith("osm", StringComparison.Ordinal)
        || type is "csv-external" or "xml-external" or "audit" or "include";

    /// <summary>What to write instead, in a sentence; null where nothing is near.</summary>
    public static string? Remedy(string type)
    {
        var plain = string.Join(' ', InvisibleCharacters.Without(type).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (Meant(plain) is { } meant)
            return $"Did you mean '{meant}'?";
        var key = plain.ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        return Known.FirstOrDefault(k => key.StartsWith(k.Begins, StringComparison.Ordinal)).Remedy
            ?? (QuestionTypes.Nearest(type) is { } near ? $"Did you mean '{near}'?" : null);
    }

    /// <summary>The type in the letters and words that are known: small ones, "or_other" behind a list, no word "list" before its name.</summary>
    private static string? Meant(string plain)
    {
        var small = plain.ToLowerInvariant();
        if (IsKnown(small) && SelectType.Of(small) is null)
            return small;
        if (SectionRows.End(small) is not null)
            return small;
        var words = plain.Split(' ');
        for (var command = 1; command < words.Length; command++)
        {
            var rest = words[command..].Where((w, i) => i > 0 || w is not "list").ToList();
            if (rest.Count is 0 or > 4)
                continue;
            var other = rest.Count > 1 ? " or_other" : "";
            if (rest.Count > 1 && !rest.Skip(1).Any(w => w.Contains("other", StringComparison.OrdinalIgnoreCase)))
                continue;
            var tried = $"{string.Join(' ', words[..command]).ToLowerInvariant()} {rest[0]}{other}";
            if (tried != plain && SelectType.Of(tried) is not null)
                return tried;
        }

        return null;
    }
}
