using System.Text;

namespace Amana.XForms.Workbooks;

/// <summary>
/// Reads a form kept in one CSV file: a line with a sheet's name in its first field starts a sheet, the next line holds the headings
/// from the second field on, and the lines after it the rows.
/// </summary>
internal static class CsvWorkbook
{
    public static Workbook? Read(string text, XlsFormLimits limits, ProblemLog log)
    {
        var names = new List<string>();
        var sheets = new Dictionary<string, Sheet>(StringComparer.Ordinal);
        Draft? draft = null;
        foreach (var record in Records(text, limits.Columns + 2))
        {
            var name = record.Count > 1 ? record[0].Trim() : record[0];
            if (name.Length > 0)
            {
                names.Add(name);
                Close(draft, sheets);
                draft = new Draft(name, name.ToLowerInvariant());
            }

            if (Excess(draft, names.Count, record.Count, limits) is { } excess)
            {
                log.Error(excess.Code, excess.Message, new FormPlace(draft?.Name));
                return null;
            }

            var content = record.Skip(1).Select(field => XmlNames.WithoutForbidden(field.Trim())).ToList();
            if (draft is null || content.All(field => field.Length == 0))
                continue;
            if (draft.Headings is null)
                draft.Headings = content;
            else
                draft.Rows.Add(new SheetRow(draft.Rows.Count + 2, Aligned(content, draft.Headings.Count)));
        }

        Close(draft, sheets);
        return new Workbook(names, sheets);
    }

    private static (string Code, string Message)? Excess(Draft? draft, int sheets, int fields, XlsFormLimits limits)
    {
        if (sheets > limits.Parts)
            return ("file.too-many-parts", $"The file has more than {limits.Parts} sheets, which is the most that is read. The lines below a sheet's name begin with a comma.");
        if (fields > limits.Columns + 1)
            return ("file.too-many-columns", $"The sheet has more than {limits.Columns} columns, which is the most that is read.");
        return draft?.Rows.Count > limits.Rows
            ? ("file.too-many-rows", $"The sheet has more than {limits.Rows} rows, which is the most that is read. Move long lists into a CSV file that goes with the form.")
            : null;
    }

    private static string?[] Aligned(List<string> content, int count)
    {
        var cells = new string?[count];
        for (var i = 0; i < Math.Min(count, content.Count); i++)
            cells[i] = content[i].Length == 0 ? null : content[i];
        return cells;
    }

    private static void Close(Draft? draft, Dictionary<string, Sheet> sheets)
    {
        if (draft is not null)
            sheets[draft.Key] = new Sheet(draft.Name, draft.Headings ?? [], draft.Rows);
    }

    /// <summary>The lines as fields; those beyond the most are left out when they are empty, and counted once when they are not.</summary>
    private static IEnumerable<List<string>> Records(string text, int most)
    {
        var record = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[++i]);
            else if (c == '"' && (quoted || field.Length == 0))
                quoted = !quoted;
            else if (!quoted && c == ',')
                Next(record, field, most);
            else if (!quoted && c is '\n' or '\r' && !quoted)
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                    i++;
                Next(record, field, most);
                yield return record;
                record = [];
            }
            else
                field.Append(c);
        }

        if (field.Length == 0 && record.Count == 0)
            yield break;
        Next(record, field, most);
        yield return record;
    }

    private static void Next(List<string> record, StringBuilder field, int most)
    {
        if (record.Count < most - 1 || (record.Count < most && field.Length > 0))
            record.Add(field.ToString());
        field.Clear();
    }

    private sealed class Draft(string name, string key)
    {
        public string Name { get; } = name;

        public string Key { get; } = key;

        public List<string>? Headings { get; set; }

        public List<SheetRow> Rows { get; } = [];
    }
}
