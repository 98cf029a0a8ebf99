namespace Amana.XForms.Reading;

/// <summary>What a type of question is made of.</summary>
internal sealed record QuestionType(string? Control, string? MediaType, IReadOnlyList<FormAttribute> Bind, string? Hint = null);

/// <summary>
/// The types that XLSForms use, with the old spellings that the reference converter still takes (xlsform.org/en/ref-table and its
/// dictionary of types), and what each becomes in the XForm.
/// </summary>
internal static class QuestionTypes
{
    private static readonly Dictionary<string, QuestionType> Types = All();

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["imei"] = "deviceid",
        ["image"] = "photo",
        ["add image prompt"] = "photo",
        ["add photo prompt"] = "photo",
        ["add audio prompt"] = "audio",
        ["add video prompt"] = "video",
        ["add file prompt"] = "file",
    };

    public static QuestionType? Find(string name) => Types.GetValueOrDefault(name);

    public static string OneName(string name) => OtherNames.GetValueOrDefault(name, name);

    /// <summary>The known type nearest in spelling, for messages; null when none is near.</summary>
    public static string? Nearest(string name) => Misspellings.Nearest(name, Types.Keys);

    private static Dictionary<string, QuestionType> All()
    {
        var types = new Dictionary<string, QuestionType>(StringComparer.Ordinal);
        Inputs(types);
        Uploads(types);
        Selects(types);
        Device(types);
        Unseen(types);
        return types;
    }

    private static void Inputs(Dictionary<string, QuestionType> types)
    {
        Add(types, "input", "string", "text", "string", "q string", "add text prompt", "select one external");
        Add(types, "input", "int", "integer", "int", "q int", "add integer prompt");
        Add(types, "input", "decimal", "decimal", "q decimal", "add decimal prompt");
        Add(types, "input", "date", "date", "q date", "add date prompt");
        Add(types, "input", "time", "time");
        Add(types, "input", "dateTime", "dateTime", "datetime", "date time", "q date time", "q dateTime", "add date time prompt", "add dateTime prompt");
        Add(types, "input", "geopoint", "geopoint", "location", "gps", "q geopoint", "q location", "add location prompt");
        Add(types, "input", "geoshape", "geoshape", "q geoshape");
        Add(types, "input", "geotrace", "geotrace", "q geotrace");
        Add(types, "input", "barcode", "barcode", "q barcode", "add barcode prompt");
        Add(types, "trigger", "string", "acknowledge", "q acknowledge", "add acknowledge prompt");
        Add(types, "trigger", "geopoint", "background-geopoint");
        Add(types, "range", "int", "range");
        types["trigger"] = new QuestionType("trigger", null, []);
        foreach (var note in new[] { "note", "q note", "add note prompt" })
            types[note] = new QuestionType("input", null, [new FormAttribute("readonly", "true()"), new FormAttribute("type", "string")]);
        Bounded(types, "percentage", "0 <= . and . <= 100", null);
        Bounded(types, "number of days in last month", "0 <= . and . <= 31", "Enter a number 0-31.");
        Bounded(types, "number of days in last six months", "0 <= . and . <= 183", "Enter a number 0-183.");
        Bounded(types, "number of days in last year", "0 <= . and . <= 365", "Enter a number 0-365.");
        types["phone number"] = new QuestionType(
            "input", null, [new FormAttribute("type", "string"), new FormAttribute("constraint", "regex(., '^\\d*$')")], "Enter numbers only.");
    }

    private static void Uploads(Dictionary<string, QuestionType> types)
    {
        Upload(types, "image/*", "photo", "image", "q picture", "q image", "add image prompt");
        Upload(types, "audio/*", "audio", "q audio", "add audio prompt");
        Upload(types, "video/*", "video", "q video", "add video prompt");
        Upload(types, "application/*", "file", "add file prompt");
        Upload(types, "osm/*", "osm");
    }

    private static void Selects(Dictionary<string, QuestionType> types)
    {
        Add(types, "select1", "string", "select one", "select one using", "q select1", "add select one prompt using");
        Add(types, "select", "string", "select all that apply", "select all that apply from", "select multiple from", "select multiple using", "q select", "add select multiple prompt using");
        Add(types, "odk:rank", "odk:rank", "rank");
    }

    private static void Device(Dictionary<string, QuestionType> types)
    {
        Preload(types, "timestamp", "start", "dateTime", "start", "start time", "get start time");
        Preload(types, "timestamp", "end", "dateTime", "end", "end time", "get end time");
        Preload(types, "date", "today", "date", "today", "get today");
        Preload(types, "property", "deviceid", "string", "deviceid", "imei", "device id", "get device id");
        Preload(types, "property", "phonenumber", "string", "phonenumber", "get phone number");
        Preload(types, "property", "simserial", "string", "simserial", "sim id", "get sim id");
        Preload(types, "property", "subscriberid", "string", "subscriberid", "subscriber id", "get subscriber id");
        Preload(types, "property", "username", "string", "username");
        Preload(types, "property", "email", "string", "email");
        foreach (var property in new[] { "subscriberid", "phonenumber", "simserial", "deviceid", "username", "email" })
            Preload(types, "property", $"uri:{property}", "string", $"uri:{property}");
    }

    private static void Unseen(Dictionary<string, QuestionType> types)
    {
        Add(types, null, "string", "calculate", "q calculate", "add calculate prompt", "hidden");
        Add(types, null, "binary", "audit", "background-audio");
        Add(types, null, "geopoint", "start-geopoint");
    }

    private static void Add(Dictionary<string, QuestionType> types, string? control, string data, params string[] names)
    {
        foreach (var name in names)
            types[name] = new QuestionType(control, null, [new FormAttribute("type", data)]);
    }

    private static void Upload(Dictionary<string, QuestionType> types, string media, params string[] names)
    {
        foreach (var name in names)
            types[name] = new QuestionType("upload", media, [new FormAttribute("type", "binary")]);
    }

    private static void Bounded(Dictionary<string, QuestionType> types, string name, string constraint, string? hint) =>
        types[name] = new QuestionType("input", null, [new FormAttribute("type", "int"), new FormAttribute("constraint", constraint)], hint);

    private static void Preload(Dictionary<string, QuestionType> types, string preload, string parameter, string data, params string[] names)
    {
        foreach (var name in names)
        {
            types[name] = new QuestionType(
                null, null, [new FormAttribute("jr:preload", preload), new FormAttribute("type", data), new FormAttribute("jr:preloadParams", parameter)]);
        }
    }
}
