using System.Globalization;

namespace Amana.XForms.Reading;

/// <summary>Rows that hold a question: finds out the type, and lets the reader of that type add what is particular to it.</summary>
internal static class QuestionRows
{
    public static void Read(TableRow row, RowFacts facts, SurveyContext context)
    {
        var name = row.Value("name")!;
        context.QuestionNames.Add(name);
        if (facts.Type is "csv-external" or "xml-external")
        {
            DataFile(row, facts.Type, name, context);
            return;
        }

        if (SelectType.Of(facts.Type) is { } select)
        {
            SelectRows.Read(row, select, facts, context);
            return;
        }

        if (Osm(facts.Type) is { } tags)
        {
            var osm = Draft("osm", row, facts);
            osm.Tags = [.. context.Tags[tags]];
            Add(osm, context);
            return;
        }

        if (QuestionTypes.Find(facts.Type) is not { } type)
        {
            Unknown(row, facts.Type, context);
            return;
        }

        if (type.Control is "select1" or "select" or "odk:rank")
        {
            context.Error("select.no-list-named", $"'{facts.Type}' does not say where its choices are. Write the name of a list of the choices sheet behind it, as in 'select_one yes_no'.", row, "type");
            return;
        }

        var question = Draft(facts.Type, row, facts);
        if (Particular(question, row, facts, context))
            Add(question, context);
    }

    public static QuestionDraft Draft(string type, TableRow row, RowFacts facts)
    {
        var draft = new QuestionDraft(type, row.Value("name")!, row)
        {
            DefaultIsComputed = facts.DefaultIsComputed,
            Triggers = facts.Triggers,
            Parameters = facts.Parameters.Attributes,
        };
        if (!facts.DefaultIsComputed)
            return draft;
        draft.Actions.Add(new FormAction("setvalue", "odk-instance-first-load"));
        if (facts.IsInRepeat)
            draft.Actions.Add(new FormAction("setvalue", "odk-new-repeat"));
        return draft;
    }

    public static void Add(QuestionDraft draft, SurveyContext context) =>
        context.Add(draft.Finished(context.PathOf(draft.Name), QuestionTypes.Find(draft.Type)!));

    private static bool Particular(QuestionDraft question, TableRow row, RowFacts facts, SurveyContext context)
    {
        switch (facts.Type)
        {
            case "calculate" when row.Value("bind", "calculate") is null && !facts.DefaultIsComputed:
                context.Error("calculate.empty", "The calculation is missing. Write an expression, or use the type hidden for a value that stays.", row, "bind", "calculate");
                return false;
            case "range":
                return RangeRows.Read(question, row, facts, context);
            case "text":
                return Text(question, row, facts, context);
            case "photo":
                return Photo(question, row, facts, context);
            case "audio":
                return Audio(question, row, facts, context);
            case "background-audio":
                return BackgroundAudio(question, row, facts, context);
            case "geopoint" or "geoshape" or "geotrace":
                return GeoRows.Read(question, row, facts, context);
            case "start-geopoint":
                question.Actions.Add(new FormAction("odk:setgeopoint", "odk-instance-first-load"));
                return true;
            case "background-geopoint":
                return BackgroundGeopoint(row, context);
            default:
                return true;
        }
    }

    private static bool Text(QuestionDraft question, TableRow row, RowFacts facts, SurveyContext context)
    {
        if (!facts.Parameters.OnlyHas(context.Log, context.Table.Place(row, "parameters"), "rows"))
            return false;
        if (facts.Parameters["rows"] is { } rows && Whole(rows, "rows", row, context))
            question.Body("rows", rows);
        return true;
    }

    private static bool Photo(QuestionDraft question, TableRow row, RowFacts facts, SurveyContext context)
    {
        if (question.Default is { } file && !file.Contains("jr://images/", StringComparison.Ordinal))
            question.Default = $"jr://images/{file}";
        if (!facts.Parameters.OnlyHas(context.Log, context.Table.Place(row, "parameters"), "app", "max-pixels"))
            return false;
        if (facts.Parameters["max-pixels"] is not { } pixels)
            context.Log.Warn("image.no-max-pixels", "Give the parameter max-pixels (such as 1024), so that pictures send faster and show no more than is needed.", context.Table.Place(row, "parameters"));
        else if (Whole(pixels, "max-pixels", row, context))
            question.Bind("orx:max-pixels", pixels);
        if (facts.Parameters["app"] is not { } app || row.Value("control", "appearance") is not (null or "annotate"))
            return true;
        if (AndroidPackage.Fault(app) is { } fault)
            context.Error("image.app", $"The parameter app, '{app}', is not the name of an Android app: {fault}.", row, "parameters");
        question.Body("intent", app);
        return true;
    }

    private static bool Audio(QuestionDraft question, TableRow row, RowFacts facts, SurveyContext context)
    {
        var place = context.Table.Place(row, "parameters");
        if (facts.Parameters.OnlyHas(context.Log, place, "quality")
            && facts.Parameters.IsOneOf("quality", context.Log, place, "voice-only", "low", "normal", "external")
            && facts.Parameters["quality"] is { } quality)
            question.Bind("odk:quality", quality);
        return true;
    }

    private static bool BackgroundAudio(QuestionDraft question, TableRow row, RowFacts facts, SurveyContext context)
    {
        var place = context.Table.Place(row, "parameters");
        var good = facts.Parameters.OnlyHas(context.Log, place, "quality")
            && facts.Parameters.IsOneOf("quality", context.Log, place, "voice-only", "low", "normal");
        question.Actions.Add(new FormAction("odk:recordaudio", "odk-instance-load", good ? facts.Parameters["quality"] : null));
        return true;
    }

    private static bool BackgroundGeopoint(TableRow row, SurveyContext context)
    {
        if (row.Value("trigger") is null)
            context.Error("geopoint.no-trigger", "A background-geopoint needs a trigger: name the question whose answer takes the place.", row, "trigger");
        if (row.Value("bind", "calculate") is not null)
            context.Error("geopoint.calculation", "A background-geopoint cannot have a calculation. Empty the cell.", row, "bind", "calculate");
        return true;
    }

    private static bool Whole(string value, string key, TableRow row, SurveyContext context)
    {
        if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return true;
        context.Error("parameters.value", $"The parameter {key} is '{value}', but must be a whole number.", row, "parameters");
        return false;
    }

    private static void DataFile(TableRow row, string type, string name, SurveyContext context)
    {
        context.DataFileRows.Add(row.Number);
        context.DataFileNames.Add(name);
        context.InstanceNames.Add(System.IO.Path.GetFileNameWithoutExtension(name));
        context.Add(new FormDataFile { Name = name, Path = context.PathOf(name), Row = row.Number, Extension = type[..3] });
    }

    private static string? Osm(string type)
    {
        var at = type.IndexOf("osm ", StringComparison.Ordinal);
        return at >= 0 && at + 4 < type.Length && type[at + 4] != ' ' ? type[(at + 4)..].Split(' ')[0] : null;
    }

    internal static void Unknown(TableRow row, string type, SurveyContext context)
    {
        var message = type == "include"
            ? "Other forms cannot be included. Copy their rows into this sheet."
            : $"There is no type '{type}'. {ForeignTypes.Remedy(type) ?? "The types are listed at xlsform.org."}";
        context.Error("type.unknown", message, row, "type");
    }
}

/// <summary>The rules for names of Android apps (application ids).</summary>
internal static class AndroidPackage
{
    public static string? Fault(string name)
    {
        var parts = name.Split('.');
        if (parts.Length < 2)
            return "it needs at least one full stop, as in org.example.camera";
        if (parts.Any(p => p.Length == 0))
            return "there is nothing between two full stops, or at an end";
        if (parts.Any(p => !char.IsAsciiLetter(p[0])))
            return "each part begins with a letter";
        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_') ? null : "only letters, digits, full stops and underscores may be in it";
    }
}
