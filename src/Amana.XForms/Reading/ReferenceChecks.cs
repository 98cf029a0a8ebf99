using Amana.XForms.Workbooks;

namespace Amana.XForms.Reading;

/// <summary>Checks every ${reference} of the workbook: that it is well written, and that there is exactly one question of that name.</summary>
internal static class ReferenceChecks
{
    private static readonly HashSet<string> NotChecked = ["type", "name", "trigger"];

    public static void Check(SurveyContext context, IReadOnlyList<FormNode> nodes)
    {
        if (!context.Settings.OmitInstanceId)
            context.NameCounts["instanceID"] = context.NameCounts.GetValueOrDefault("instanceID") + 1;
        var inForm = Counts(nodes);
        CheckSheet(context.Workbook["settings"], _ => true, context, inForm);
        CheckSheet(context.Workbook["entities"], i => context.Workbook["entities"]!.Headings[i] is not ("list_name" or "list name" or "repeat"), context, inForm);
        CheckSheet(context.Table.Sheet, i => context.Table.Headings[i] is { } h && !NotChecked.Contains(h.Column), context, inForm);
        if (context.Choices.Table is { } choices)
        {
            var hasLabels = choices.HasColumn("label");
            CheckSheet(choices.Sheet, i => choices.Headings[i] is { } h && (!hasLabels || h.Column is "label" or "media"), context, inForm);
        }

        foreach (var (name, place) in context.Triggers.Where(t => !context.QuestionNames.Contains(t.Name)))
            context.Log.Error("reference.unknown", $"There is no question '{name}' that could trigger this one.", place);
    }

    private static void CheckSheet(Sheet? sheet, Func<int, bool> isChecked, SurveyContext context, Dictionary<string, int> inForm)
    {
        if (sheet is null)
            return;
        var columns = Enumerable.Range(0, sheet.Headings.Count).Where(i => sheet.Headings[i] is not null && isChecked(i)).ToList();
        foreach (var row in sheet.Rows)
        {
            foreach (var i in columns)
            {
                if (i < row.Cells.Count && row.Cells[i] is { } cell && cell.Contains("${", StringComparison.Ordinal))
                    CheckCell(cell, new FormPlace(sheet.Name, row.Number, sheet.Headings[i]), context, inForm);
            }
        }
    }

    private static void CheckCell(string cell, FormPlace place, SurveyContext context, Dictionary<string, int> inForm)
    {
        if (!References.TryAll(cell, out var references))
        {
            context.Log.Error("reference.misspelt", "A reference to a question is misspelt. Write ${name}: a dollar sign, and the question's name between braces, without blanks.", place);
            return;
        }

        foreach (var name in references.Select(r => r.Name).Distinct(StringComparer.Ordinal))
        {
            var count = context.NameCounts.GetValueOrDefault(name);
            var isUnused = place.Sheet == context.Table.Sheet.Name && context.DataFileRows.Contains(place.Row);
            var total = isUnused ? count : inForm.GetValueOrDefault(name);
            if (context.Log.IsFull && (count != 1 || total != 1))
                context.Log.Error("reference.unknown", string.Empty, place);
            else if (total == 0 && context.DataFileNames.Contains(name))
                context.Log.Error("reference.data-file", $"'{name}' is a data file and not a question, so ${{{name}}} has no answer. Read the file with instance('{name}') or pulldata('{name}', …).", place);
            else if (count == 0 || total == 0)
                context.Log.Error("reference.unknown", $"There is no question '{name}'.{(Misspellings.Nearest(name, context.NameCounts.Keys) is { } near && near != name ? $" Did you mean '{near}'?" : " Check the spelling, capital letters included.")}", place);
            else if (count > 1 || total > 1)
                context.Log.Error("reference.ambiguous", $"There are several questions or groups named '{name}', so ${{{name}}} could mean any of them. Give them different names.", place);
        }
    }

    private static Dictionary<string, int> Counts(IReadOnlyList<FormNode> nodes)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in FormTree.All(nodes))
        {
            if (node is FormQuestion or FormSection)
                counts[node.Name] = counts.GetValueOrDefault(node.Name) + 1;
        }

        return counts;
    }
}

/// <summary>Goes through nodes from top to bottom.</summary>
internal static class FormTree
{
    public static IEnumerable<FormNode> All(IEnumerable<FormNode> nodes)
    {
        foreach (var node in nodes)
        {
            yield return node;
            if (node is not FormSection section)
                continue;
            foreach (var inner in All(section.Children))
                yield return inner;
        }
    }
}
