using Amana.XForms.Workbooks;

namespace Amana.XForms.Reading;

/// <summary>The lists of choices while the form is being read; or_other adds to them.</summary>
internal sealed class ChoicesDraft
{
    private readonly List<string> order = [];
    private readonly Dictionary<string, List<Choice>> lists = new(StringComparer.Ordinal);

    public Table? Table { get; set; }

    public bool IsEmpty => lists.Count == 0;

    public List<Choice>? this[string? name] => name is null ? null : lists.GetValueOrDefault(name);

    public IEnumerable<string> Names => order;

    /// <summary>Lists that some question fills with search().</summary>
    public HashSet<string> Searched { get; } = new(StringComparer.Ordinal);

    public void Add(string list, Choice choice)
    {
        if (!lists.TryGetValue(list, out var choices))
        {
            lists[list] = choices = [];
            order.Add(list);
        }

        choices.Add(choice);
    }

    public IReadOnlyList<ChoiceList> Finished() =>
        [.. order.Select(name => new ChoiceList { Name = name, Choices = lists[name], IsSearched = Searched.Contains(name) })];
}

/// <summary>Reads the sheets of lists: choices, external_choices and osm.</summary>
internal static class ChoicesReader
{
    public static ChoicesDraft Read(Workbook workbook, SettingsDraft settings, ProblemLog log)
    {
        var draft = new ChoicesDraft();
        if (workbook["choices"] is not { Rows.Count: > 0 } sheet)
            return draft;
        var table = draft.Table = Table.Of(sheet, Columns.Choices, settings.Settings.DefaultLanguage, singleSpaces: false, log);
        if (!table.HasColumn("name"))
        {
            log.Error("heading.missing", "The sheet has no column 'name'. Add it: each choice needs the value that is stored.", new FormPlace(sheet.Name, 1));
            return draft;
        }

        var columns = ExtraColumns(table, settings.Settings, log);
        var seen = new HashSet<(string, string)>();
        foreach (var row in table.Rows)
        {
            if (row.Value("list name") is { } list && One(row, columns, table, log) is { } choice)
            {
                if (!settings.AllowsDuplicateChoices && !seen.Add((list, choice.Name)))
                    log.Error("choice.twice", $"The list '{list}' has the choice '{choice.Name}' twice. Rename or remove one; if it is meant, set allow_choice_duplicates to yes on the settings sheet.", table.Place(row, "name"));
                draft.Add(list, choice);
            }
        }

        return draft;
    }

    /// <summary>The external_choices sheet: its lists by name for checking, and its rows as they go into itemsets.csv.</summary>
    public static (IReadOnlySet<string> Lists, ExternalChoices Rows)? External(Workbook workbook, SettingsDraft settings, ProblemLog log)
    {
        if (workbook["external_choices"] is not { Rows.Count: > 0 } sheet)
            return null;
        var table = Table.Of(sheet, Columns.ExternalChoices, settings.Settings.DefaultLanguage, singleSpaces: false, log);
        var lists = table.Rows.Select(r => r.Value("list name")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var kept = Enumerable.Range(0, sheet.Headings.Count).Where(i => sheet.Headings[i] is not null).ToList();
        var rows = sheet.Rows.Select(r => (IReadOnlyList<string>)[.. kept.Select(i => i < r.Cells.Count ? r.Cells[i] ?? string.Empty : string.Empty)]).ToList();
        return (lists, new ExternalChoices([.. kept.Select(i => sheet.Headings[i]!)], rows));
    }

    /// <summary>The tags of OpenStreetMap questions, by list.</summary>
    public static ILookup<string, FormTag> Tags(Workbook workbook, SettingsDraft settings, ProblemLog log)
    {
        var rows = workbook["osm"] is { Rows.Count: > 0 } sheet
            ? Table.Of(sheet, Columns.Osm, settings.Settings.DefaultLanguage, singleSpaces: false, log).Rows
            : [];
        return rows.Where(r => r.Has("list name") && r.Has("name")).ToLookup(r => r.Value("list name")!, r => new FormTag(r.Value("name")!, r.Text("label")), StringComparer.Ordinal);
    }

    private static HashSet<string> ExtraColumns(Table table, FormSettings settings, ProblemLog log)
    {
        var extra = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in table.Headings.DistinctBy(h => h?.Column))
        {
            if (heading is null || heading.Column is "name" or "label" or "list name" or "media")
                continue;
            if (NamePrefixes.AreKnown(heading.Column, settings))
                extra.Add(heading.Column);
            else
                log.Warn("heading.not-a-name", $"The column '{heading.Written}' is left out: a heading on this sheet must be a name without blanks.", new FormPlace(table.Sheet.Name, 1, heading.Written));
        }

        return extra;
    }

    private static Choice? One(TableRow row, HashSet<string> columns, Table table, ProblemLog log)
    {
        if (row.Value("name") is not { } name)
        {
            log.Error("choice.no-name", "The choice has no name. Write the value that is stored when it is chosen.", table.Place(row, "name"));
            return null;
        }

        if (!row.Has("label"))
            log.Warn("choice.no-label", $"The choice '{name}' has no label, so people see nothing to choose.", table.Place(row, "label"));
        return new Choice
        {
            Name = name,
            Row = row.Number,
            Label = row.Text("label"),
            Media = [.. row.Bundle("media").Select(m => new FormMedia(m.Name, m.Text))],
            Columns = [.. row.Texts.Where(t => columns.Contains(t.Key)).Select(t => new FormAttribute(t.Key, t.Value.Texts[0].Text))],
        };
    }
}
