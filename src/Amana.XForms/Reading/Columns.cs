namespace Amana.XForms.Reading;

/// <summary>
/// The columns of each sheet, and their other names, after the XLSForm reference table (xlsform.org/en/ref-table) and the reference
/// converter. A column that belongs to a bundle (bind, control, media, instance, attribute) has a name of two parts.
/// </summary>
internal sealed record Columns(string Sheet, IReadOnlySet<string> Known, IReadOnlyDictionary<string, string[]> Aliases)
{
    private static readonly Dictionary<string, string[]> MediaAliases = new(StringComparer.Ordinal)
    {
        ["image"] = ["media", "image"],
        ["big-image"] = ["media", "big-image"],
        ["audio"] = ["media", "audio"],
        ["video"] = ["media", "video"],
    };

    public static readonly Columns Survey = new(
        "survey",
        new HashSet<string>(StringComparer.Ordinal)
        {
            "name", "label", "type", "hint", "guidance_hint", "default", "trigger", "choice_filter", "parameters", "bind", "control",
            "instance", "media", "query", "sms_field", "itemset", "choices", "list_name", "actions",
        },
        new Dictionary<string, string[]>(MediaAliases, StringComparer.Ordinal)
        {
            ["compact_tag"] = ["instance", "odk:tag"],
            ["read_only"] = ["bind", "readonly"],
            ["readonly"] = ["bind", "readonly"],
            ["relevant"] = ["bind", "relevant"],
            ["relevance"] = ["bind", "relevant"],
            ["required"] = ["bind", "required"],
            ["constraint"] = ["bind", "constraint"],
            ["calculation"] = ["bind", "calculate"],
            ["calculate"] = ["bind", "calculate"],
            ["constraining_message"] = ["bind", "jr:constraintMsg"],
            ["constraint_message"] = ["bind", "jr:constraintMsg"],
            ["requiredmsg"] = ["bind", "jr:requiredMsg"],
            ["required_message"] = ["bind", "jr:requiredMsg"],
            ["noapperrorstring"] = ["bind", "jr:noAppErrorString"],
            ["no_app_error_string"] = ["bind", "jr:noAppErrorString"],
            ["save_to"] = ["bind", "entities:saveto"],
            ["appearance"] = ["control", "appearance"],
            ["count"] = ["control", "jr:count"],
            ["repeat_count"] = ["control", "jr:count"],
            ["jr:count"] = ["control", "jr:count"],
            ["autoplay"] = ["control", "autoplay"],
            ["rows"] = ["control", "rows"],
            ["body"] = ["control"],
            ["caption"] = ["label"],
            ["command"] = ["type"],
            ["tag"] = ["name"],
            ["value"] = ["name"],
        });

    public static readonly Columns Settings = new(
        "settings",
        new HashSet<string>(StringComparer.Ordinal)
        {
            "title", "id_string", "name", "version", "default_language", "instance_name", "style", "public_key", "submission_url",
            "auto_send", "auto_delete", "client_editable", "instance_xmlns", "namespaces", "omit_instanceID", "instance_id",
            "allow_choice_duplicates", "clean_text_values", "add_none_option", "prefix", "delimiter", "attribute", "flat",
            "sms_keyword", "sms_separator", "sms_allow_media", "sms_date_format", "sms_datetime_format", "sms_response",
        },
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["form_title"] = ["title"],
            ["set_form_title"] = ["title"],
            ["form_id"] = ["id_string"],
            ["set_form_id"] = ["id_string"],
            ["prefix"] = ["prefix"],
        });

    public static readonly Columns Entities = new(
        "entities",
        new HashSet<string>(StringComparer.Ordinal) { "dataset", "entity_id", "create_if", "update_if", "repeat", "label" },
        new Dictionary<string, string[]>(StringComparer.Ordinal) { ["list_name"] = ["dataset"] });

    public static readonly Columns Choices = Lists("choices");

    public static readonly Columns ExternalChoices = Lists("external_choices");

    public static readonly Columns Osm = Lists("osm");

    private static readonly HashSet<string> Bundles = ["bind", "control", "media", "instance", "attribute"];

    public static bool IsBundle(string column) => Bundles.Contains(column);

    private static Columns Lists(string sheet) => new(
        sheet,
        new HashSet<string>(StringComparer.Ordinal) { "name", "label", "media", "sms_option" },
        new Dictionary<string, string[]>(MediaAliases, StringComparer.Ordinal)
        {
            ["caption"] = ["label"],
            ["list_name"] = ["list name"],
            ["value"] = ["name"],
        });
}
