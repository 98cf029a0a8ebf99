namespace Amana.XForms.Reading;

/// <summary>Reads the survey sheet row by row into a tree, noting every problem on the way.</summary>
internal static class SurveyReader
{
    public static IReadOnlyList<FormNode> Read(SurveyContext context)
    {
        var root = new Frame("survey", context.Draft.RootName, $"/{context.Draft.RootName}", null);
        context.Frames.Push(root);
        foreach (var row in context.Table.Rows.TakeWhile(_ => context.Frames.Count <= context.Limits.Depth))
            ReadRow(row, context);
        while (context.Frames.Count > 1)
        {
            var open = context.Frames.Pop();
            context.Error("section.not-ended", $"The {open.Kind} '{open.Name}' begins here and never ends. Add a row with 'end {open.Kind}' below its last question.", open.Row!, "type");
        }

        return root.Children;
    }

    private static void ReadRow(TableRow row, SurveyContext context)
    {
        if (IsDisabled(row, context) || row.IsEmpty)
            return;
        if (row.Value("type") is not { } written)
        {
            NoType(row, context);
            return;
        }

        var type = QuestionTypes.OneName(written);
        var facts = RowFacts.Of(row, type, context);
        if (type == "audit")
        {
            AuditRows.Read(row, facts, context);
            return;
        }

        if (type is "subscriberid" or "simserial")
            context.Log.Warn("type.no-longer-supported", $"'{type}' is no longer given by most devices (Android 11 and later).", context.Table.Place(row, "type"));
        if (Setting(type, row, context))
            return;
        var end = SectionRows.End(type);
        if (end is null && !HasGoodName(row, type, context))
            return;
        var begin = end is null ? SectionRows.Begin(type) : null;
        context.Entities.NoteRow(row, begin is not null || end is not null, end is not null, context);
        if (end is not null)
            SectionRows.Close(end, row, context);
        else if (begin is { } section)
            SectionRows.Open(section.Kind, section.List, row, context);
        else
            QuestionRows.Read(row, facts, context);
    }

    private static bool IsDisabled(TableRow row, SurveyContext context)
    {
        if (row.Value("disabled") is not { } disabled)
            return false;
        context.Log.Warn("row.disabled", "The column 'disabled' is not part of XLSForm; use relevant instead.", context.Table.Place(row, "disabled"));
        row.Remove("disabled");
        return BindWords.YesNo(disabled) == true;
    }

    private static void NoType(TableRow row, SurveyContext context)
    {
        if (row.Has("name") || row.Has("label"))
            context.Error("row.no-type", "The question has no type. Write one, such as text, integer or note.", row, "type");
        else
            context.Log.Warn("row.skipped", "The row has neither type, name nor label and is skipped.", context.Table.Place(row, "type"));
    }

    private static bool Setting(string type, TableRow row, SurveyContext context)
    {
        var value = row.Value("name") ?? string.Empty;
        switch (type)
        {
            case "form_title" or "set_form_title":
                context.Settings = context.Settings with { Title = value };
                return true;
            case "form_id" or "set_form_id":
                context.Settings = context.Settings with { FormId = value };
                return true;
            case "prefix":
                context.Settings = context.Settings with { CompactPrefix = value };
                return true;
            default:
                return false;
        }
    }

    private static bool HasGoodName(TableRow row, string type, SurveyContext context)
    {
        if (row.Value("name") is null && type == "note")
            row.Put(["name"], FormattableString.Invariant($"generated_note_name_{row.Number}"), "default");
        if (row.Value("name") is not { } name)
        {
            if (!ForeignTypes.IsKnown(type))
                QuestionRows.Unknown(row, type, context);
            else
                context.Error("name.missing", "The question or group has no name. Write a short one without blanks.", row, "name");
            return false;
        }

        if (!NamePrefixes.AreKnown(name, context.Settings))
        {
            context.Error("name.not-allowed", $"'{name}' cannot be a name. A name begins with a letter or underscore; letters, digits, underscores, hyphens and full stops may follow.{(InvisibleCharacters.In(name) is { } unseen ? $" It holds {unseen}: delete the name and type it anew." : "")}", row, "name");
            return false;
        }

        context.NameCounts[name] = context.NameCounts.GetValueOrDefault(name) + 1;
        return IsUnique(name, row, context);
    }

    private static bool IsUnique(string name, TableRow row, SurveyContext context)
    {
        if (name == "meta")
        {
            context.Error("name.reserved", "The name 'meta' is reserved for what the form says of itself. Choose another.", row, "name");
            return false;
        }

        if (!context.Current.Names.Add(name))
        {
            context.Error("name.twice", $"The name '{name}' is already taken in the same group or repeat. Choose another.", row, "name");
            return false;
        }

        if (!context.Current.LowerNames.Add(name.ToLowerInvariant()))
            context.Log.Warn("name.differs-in-case-only", $"The name '{name}' differs from another one in capital letters only, which some programs cannot tell apart.", context.Table.Place(row, "name"));
        return true;
    }
}

/// <summary>What several types of rows need to know of a row: its type in one spelling, parameters, triggers, and whether its default is computed.</summary>
internal sealed record RowFacts(string Type, Parameters Parameters, IReadOnlyList<string> Triggers, bool DefaultIsComputed, bool IsInRepeat)
{
    public static RowFacts Of(TableRow row, string type, SurveyContext context) => new(
        type,
        Parameters.Read(row.Value("parameters"), context.Log, context.Table.Place(row, "parameters")),
        ReadTriggers(row, context),
        ExpressionTokens.IsComputed(row.Value("default"), type),
        context.Frames.Any(f => f.Kind == "repeat"));

    private static List<string> ReadTriggers(TableRow row, SurveyContext context)
    {
        var names = new List<string>();
        if (row.Value("trigger") is not { } trigger)
            return names;
        var place = context.Table.Place(row, "trigger");
        foreach (var part in trigger.Split(','))
        {
            if (!References.TryAll(part, out var references) || !trigger.Contains("${", StringComparison.Ordinal))
            {
                context.Log.Error("reference.misspelt", $"'{trigger}' is not a reference to a question. Write ${{name}}, with commas between several.", place);
                return [];
            }

            if (references.Count > 1)
                context.Log.Error("trigger.no-comma", "Put a comma between the references.", place);
            names.AddRange(references.Select(r => r.Name));
        }

        context.Triggers.AddRange(names.Select(n => new PendingReference(n, place)));
        return names;
    }
}
