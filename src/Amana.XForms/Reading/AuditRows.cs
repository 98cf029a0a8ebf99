using System.Globalization;

namespace Amana.XForms.Reading;

/// <summary>Rows of the type audit: what the device notes of how the form was filled.</summary>
internal static class AuditRows
{
    private static readonly string[] Location = ["location-priority", "location-min-interval", "location-max-age"];

    public static void Read(TableRow row, RowFacts facts, SurveyContext context)
    {
        if (row.Value("name") is not (null or "audit"))
            context.Error("audit.name", "An audit is always named 'audit'. Leave its name empty.", row, "name");
        row.Put(["name"], "audit", "default");
        var draft = QuestionRows.Draft("audit", row, facts);
        var parameters = facts.Parameters;
        var place = context.Table.Place(row, "parameters");
        if (!parameters.OnlyHas(context.Log, place, [.. Location, "identify-user", "track-changes", "track-changes-reasons"]))
            return;
        Copy(draft, parameters, "track-changes", parameters.IsOneOf("track-changes", context.Log, place, "true", "false"));
        Copy(draft, parameters, "track-changes-reasons", parameters.IsOneOf("track-changes-reasons", context.Log, place, "on-form-edit"));
        Copy(draft, parameters, "identify-user", parameters.IsOneOf("identify-user", context.Log, place, "true", "false"));
        if (Array.Exists(Location, parameters.Has))
            Places(draft, parameters, row, context);
        context.Meta.Add(draft.Finished($"/{context.Draft.RootName}/meta/audit", QuestionTypes.Find("audit")!));
    }

    private static void Places(QuestionDraft draft, Parameters parameters, TableRow row, SurveyContext context)
    {
        if (!Array.TrueForAll(Location, parameters.Has))
        {
            context.Error("audit.location", "To note places, an audit needs location-priority, location-min-interval and location-max-age together.", row, "parameters");
            return;
        }

        if (!parameters.IsOneOf("location-priority", context.Log, context.Table.Place(row, "parameters"), "no-power", "low-power", "balanced", "high-accuracy"))
            return;
        var interval = Seconds("location-min-interval", parameters, row, context);
        var age = Seconds("location-max-age", parameters, row, context);
        if (age < interval)
            context.Error("audit.location", "location-max-age must not be smaller than location-min-interval.", row, "parameters");
        foreach (var key in Location)
            Copy(draft, parameters, key, true);
    }

    private static int? Seconds(string key, Parameters parameters, TableRow row, SurveyContext context)
    {
        if (int.TryParse(parameters[key], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0)
            return seconds;
        context.Error("parameters.value", $"The parameter {key} must be a whole number of seconds, 0 or more.", row, "parameters");
        return null;
    }

    private static void Copy(QuestionDraft draft, Parameters parameters, string key, bool isGood)
    {
        if (isGood && parameters[key] is { } value)
            draft.Bind($"odk:{key}", value);
    }
}
