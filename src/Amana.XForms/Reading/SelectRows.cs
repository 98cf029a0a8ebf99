using System.Globalization;

namespace Amana.XForms.Reading;

/// <summary>The parts of a type such as "select_one district or_other".</summary>
internal sealed record SelectType(string Command, string Type, string List, bool HasOther)
{
    private static readonly (string Command, string Type)[] Commands =
    [
        ("add select one prompt using", "select one"),
        ("add select multiple prompt using", "select all that apply"),
        ("select all that apply from", "select all that apply"),
        ("select one from", "select one"),
        ("select1", "select one"),
        ("select_one", "select one"),
        ("select one", "select one"),
        ("select_multiple", "select all that apply"),
        ("select all that apply", "select all that apply"),
        ("select_one_external", "select one external"),
        ("select_one_from_file", "select one"),
        ("select_multiple_from_file", "select all that apply"),
        ("select one from file", "select one"),
        ("select multiple from file", "select all that apply"),
        ("rank", "rank"),
    ];

    private static readonly string[] Others = ["or specify other", "or_other", "or other"];

    public bool IsFromFile => Command.EndsWith("file", StringComparison.Ordinal);

    public string Extension => System.IO.Path.GetExtension(List);

    public bool ListIsFile => Extension is ".csv" or ".xml" or ".geojson";

    public static SelectType? Of(string type)
    {
        foreach (var (command, canonical) in Commands)
        {
            if (!type.StartsWith(command, StringComparison.Ordinal) || type.Length <= command.Length + 1 || type[command.Length] != ' ')
                continue;
            var rest = type[(command.Length + 1)..];
            var blank = rest.IndexOf(' ', StringComparison.Ordinal);
            if (blank < 0)
                return new SelectType(command, canonical, rest, false);
            if (blank > 0 && Others.Contains(rest[(blank + 1)..], StringComparer.Ordinal))
                return new SelectType(command, canonical, rest[..blank], true);
        }

        return null;
    }
}

/// <summary>Rows with choices: select one, select multiple, rank, from a list, a file or earlier answers.</summary>
internal static class SelectRows
{
    public static void Read(TableRow row, SelectType select, RowFacts facts, SurveyContext context)
    {
        if (!ListIsThere(row, select, context) || !ParametersAreGood(row, select, facts.Parameters, context))
            return;
        var draft = QuestionRows.Draft(select.Type, row, facts);
        if (select.Type == "select one external")
            draft.ExternalList = select.List;
        else
            draft.ChoicesFrom = select.List;
        if (select.HasOther && !Other(row, select, context))
            return;
        if (context.Draft.AddsNone && select.Type == "select all that apply" && !AddNone(draft, row, select, facts.Parameters, context))
            return;
        if (context.TableList is not null && !InTableList(draft, row, select, context))
            return;
        QuestionRows.Add(draft, context);
        if (select.HasOther)
            Specify(draft.Name, context);
    }

    private static bool ListIsThere(TableRow row, SelectType select, SurveyContext context)
    {
        if (select.IsFromFile && (!select.ListIsFile || select.List.Count(c => c == '.') != 1))
        {
            context.Error("select.file", $"'{select.List}' is not a file that choices are read from. Its name must end in .csv, .xml or .geojson.", row, "type");
            return false;
        }

        if (select.Type == "select one external")
            return ExternalListIsThere(row, select, context);
        context.InstanceNames.Add(System.IO.Path.GetFileNameWithoutExtension(select.List));
        if (select.ListIsFile || (References.AnyIn(select.List) && select.Type != "select all that apply"))
            return true;
        if (context.Choices[select.List] is not { } choices)
        {
            context.Error("select.no-list", NoList(select.List, "choices", context.Workbook["choices"] is null, context.Choices.Names, context), row, "type");
            return false;
        }

        if (select.Type != "select all that apply" || choices.Find(c => c.Name.Contains(' ', StringComparison.Ordinal)) is not { } spaced)
            return true;
        context.Log.Error("choice.blank-in-name", $"The choice '{spaced.Name}' of the list '{select.List}' has a blank in its name, but the list is used where several can be chosen, and blanks separate them. Rename it.", context.Choices.Table!.Place(new TableRow(spaced.Row), "name"));
        return false;
    }

    private static bool ExternalListIsThere(TableRow row, SelectType select, SurveyContext context)
    {
        if (row.Value("choice_filter") is null)
            context.Log.Warn("select.external-unfiltered", "select_one_external is meant for choices with a choice_filter; use select_one_from_file for others.", context.Table.Place(row, "choice_filter"));
        if (context.ExternalLists?.Contains(select.List) == true)
            return true;
        context.Error("select.no-list", NoList(select.List, "external_choices", context.ExternalLists is null, context.ExternalLists ?? new HashSet<string>(), context), row, "type");
        return false;
    }

    private static string NoList(string list, string sheet, bool sheetIsMissing, IEnumerable<string> lists, SurveyContext context)
    {
        if (!sheetIsMissing)
            return $"The sheet '{sheet}' has no list '{list}'.{(!context.Log.IsFull && Misspellings.Nearest(list, lists) is { } near ? $" Did you mean '{near}'?" : " Add its choices there, each with this name in list_name.")}";
        var similar = Misspellings.OfSheet(sheet, context.Workbook.SheetNames);
        return $"There is no sheet '{sheet}'{(similar is null ? string.Empty : $", but {similar}")}. Add it, with the columns list_name, name and label, and the list '{list}' on it.";
    }

    private static bool ParametersAreGood(TableRow row, SelectType select, Parameters parameters, SurveyContext context)
    {
        var place = context.Table.Place(row, "parameters");
        var names = select.Command is "select_one_from_file" or "select_multiple_from_file" ? new[] { "label", "randomize", "seed", "value" } : ["randomize", "seed"];
        var good = parameters.OnlyHas(context.Log, place, names) && parameters.IsOneOf("randomize", context.Log, place, "true", "false");
        foreach (var key in new[] { "label", "value" })
        {
            if (good && parameters[key] is { } column && !XmlNames.IsElementName(column))
            {
                context.Log.Error("parameters.value", $"The parameter {key} is '{column}', which cannot name a column. Write the column's name: letters, digits, underscores, hyphens and full stops, a letter first.", place);
                good = false;
            }
        }

        if (row.Value("bind", "type") is { } type and not ("string" or "odk:rank"))
        {
            context.Error("select.data-type", $"The answers of a question with choices are text (string); bind::type cannot make them '{type}'. Empty the cell.", row, "bind", "type");
            good = false;
        }

        if (parameters["seed"] is not { } seed)
            return good;
        if (!parameters.Has("randomize"))
            context.Log.Error("parameters.seed", "A seed needs randomize=true beside it.", place);
        else if (!References.IsOne(seed) && !double.TryParse(seed, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            context.Log.Error("parameters.seed", $"The seed '{seed}' must be a number or a reference to another question.", place);
        return good;
    }

    private static bool Other(TableRow row, SelectType select, SurveyContext context)
    {
        context.UsesOrOther = true;
        if (row.Value("choice_filter") is not null)
        {
            context.Error("select.other-filtered", "or_other cannot go with a choice_filter. Add the choice 'other' to the list, and a text question after this one.", row, "choice_filter");
            return false;
        }

        if (context.Choices[select.List] is not { } choices)
        {
            context.Error("select.other-no-list", "or_other needs a list of the choices sheet.", row, "type");
            return false;
        }

        if (choices.Exists(c => c.Name == "other"))
            return true;
        var languages = choices.Where(c => c.Label is { IsTranslated: true }).SelectMany(c => c.Label!.Texts).Select(t => t.Language).Distinct(StringComparer.Ordinal).ToList();
        choices.Add(new Choice
        {
            Name = "other",
            Label = languages.Count == 0 ? FormText.Plain("Other") : new FormText([.. languages.Select(l => new LanguageText(l, "Other"))]),
        });
        return true;
    }

    private static void Specify(string name, SurveyContext context)
    {
        var other = new QuestionDraft("text", $"{name}_other") { Label = FormText.Plain("Specify other.") };
        other.Bind("relevant", $"selected(../{name}, 'other')");
        QuestionRows.Add(other, context);
    }

    /// <summary>The old setting add_none_option: "none" excludes other choices, in the first question of each list (so does the reference converter).</summary>
    private static bool AddNone(QuestionDraft draft, TableRow row, SelectType select, Parameters parameters, SurveyContext context)
    {
        const string None = "(.='none' or not(selected(., 'none')))";
        if (context.Choices[select.List] is null || parameters["randomize"] == "true")
        {
            context.Error("select.none-without-list", "The setting add_none_option needs a list of the choices sheet in its given order. Remove the setting, and add the choice 'none' with a constraint where you want it.", row, "type");
            return false;
        }

        if (context.ListsWithNone.Add(select.List))
            draft.Bind("constraint", row.Value("bind", "constraint") is { } constraint ? $"{constraint} and {None}" : None);
        return true;
    }

    private static bool InTableList(QuestionDraft draft, TableRow row, SelectType select, SurveyContext context)
    {
        if (context.TableList!.Length == 0)
        {
            if (row.Value("choice_filter") is not null)
            {
                context.Error("table-list.filtered", "The questions of a table-list cannot have a choice_filter.", row, "choice_filter");
                return false;
            }

            context.TableList = select.List;
            var header = new QuestionDraft(select.Type, FormattableString.Invariant($"reserved_name_for_field_list_labels_{row.Number}")) { ChoicesFrom = select.List };
            header.Body("appearance", "label");
            QuestionRows.Add(header, context);
        }

        if (context.TableList != select.List)
        {
            context.Error("table-list.lists", $"All questions of a table-list need the same list of choices, '{context.TableList}', but this one has '{select.List}'.", row, "type");
            return false;
        }

        draft.Body("appearance", "list-nolabel");
        return true;
    }
}
