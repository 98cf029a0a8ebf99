namespace Amana.XForms.Reading;

/// <summary>Warns of languages that have a column for some texts and none for others.</summary>
internal static class LanguageColumns
{
    private static readonly HashSet<string> Survey = ["label", "hint", "guidance_hint", "image", "big-image", "audio", "video", "jr:constraintMsg", "jr:requiredMsg"];
    private static readonly HashSet<string> Choices = ["label", "image", "big-image", "audio", "video"];

    /// <summary>ISO 639-1:2002, as in the IANA registry of language subtags.</summary>
    private static readonly HashSet<string> TwoLetterCodes =
    [
        .. ("aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy "
            + "ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky "
            + "la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw "
            + "sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu").Split(' '),
    ];

    public static void Check(SurveyContext context)
    {
        var translated = Check(context.Table, Survey, context);
        if (context.Choices.Table is { } choices)
            translated |= Check(choices, Choices, context);
        if (context.UsesOrOther && translated)
            context.Log.Warn("select.other-untranslated", "or_other adds a choice and a question in English only. In a form with translations, add the choice 'other' and a text question yourself.", new FormPlace(context.Table.Sheet.Name));
    }

    /// <summary>Warns of languages without a code in brackets (IETF BCP 47), by which devices choose theirs.</summary>
    public static void CheckCodes(IReadOnlyList<string> languages, SurveyContext context)
    {
        foreach (var language in languages.Where(l => l != "default" && !HasCode(l)))
            context.Log.Warn("language.no-code", $"The language '{language}' has no code that devices know. Write it in brackets, as in 'English (en)', everywhere in the form.", new FormPlace(context.Table.Sheet.Name, 1));
    }

    /// <summary>A name of one or two letters is a code itself. Two letters in brackets must be a code of ISO 639-1.</summary>
    private static bool HasCode(string language)
    {
        if (language.Length < 3)
            return true;
        var open = language.LastIndexOf('(');
        if (open < 0 || !language.EndsWith(')'))
            return false;
        var code = language[(open + 1)..^1].Split('-');
        return (code[0].Length == 3 || (code[0].Length == 2 && TwoLetterCodes.Contains(code[0])))
            && Array.TrueForAll(code, part => part.Length is > 0 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }

    private static bool Check(Table table, HashSet<string> translatable, SurveyContext context)
    {
        var seen = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var columns = new List<string>();
        foreach (var heading in table.Headings)
        {
            if (heading is null)
                continue;
            var parts = heading.Parts.Count > 1 && heading.Column is "media" or "bind" ? heading.Parts.Skip(1).ToList() : heading.Parts;
            if (parts.Count is 0 or > 2 || !translatable.Contains(parts[0]))
                continue;
            var language = parts.Count == 2 ? parts[1] : "default";
            if (!seen.TryGetValue(language, out var its))
                seen[language] = its = new HashSet<string>(StringComparer.Ordinal);
            its.Add(parts[0]);
            if (!columns.Contains(parts[0], StringComparer.Ordinal))
                columns.Add(parts[0]);
        }

        if (seen.Count == 0 || (seen.Count == 1 && seen.ContainsKey("default")))
            return false;
        foreach (var (language, its) in seen)
        {
            foreach (var column in columns.Where(c => !its.Contains(c)))
                context.Log.Warn("language.column-missing", $"The language '{language}' has no column for {Name(column)} on this sheet.", new FormPlace(table.Sheet.Name, 1, $"{Name(column)}::{language}"));
        }

        return true;
    }

    private static string Name(string column) => column switch { "jr:constraintMsg" => "constraint_message", "jr:requiredMsg" => "required_message", _ => column };
}
