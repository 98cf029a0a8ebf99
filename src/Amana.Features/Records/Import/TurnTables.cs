using System.Globalization;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.XForms.Tables;

namespace Amana.Features.Records.Import;

/// <summary>A table of turns beside the records: which repeat it fills, with which columns.</summary>
/// <param name="Name">The sheet or file.</param>
/// <param name="Repeat">The repeat's path.</param>
/// <param name="Columns">What becomes of each column; those that only lead to parents are not among them.</param>
/// <param name="Rows">How many turns.</param>
public sealed record MappedTurns(string Name, string Repeat, IReadOnlyList<MappedColumn> Columns, int Rows);

/// <summary>
/// Puts the turns of repeats into their records, from the tables that other tools write beside the one of the records: ODK Central by <c>KEY</c> and <c>PARENT_KEY</c>, KoboToolbox by
/// <c>_index</c> and <c>_parent_index</c>. Nothing is guessed: a table that fits no repeat, or two, is left out and named; a turn without its parent stops the import.
/// </summary>
internal sealed class TurnTables
{
    private readonly FormVersion _form;
    private readonly IReadOnlyCollection<string> _repeats;
    private readonly List<(MappedTurns Mapped, ILookup<string, (string? Key, FilledRow Row)> ByParent)> _tables = [];

    public TurnTables(FormVersion form, IReadOnlyCollection<string> repeats, RecordTable records, IEnumerable<RecordTable> others)
    {
        (_form, _repeats) = (form, repeats);
        var keys = records.Rows.Select(r => KeyOf(records, r.Cells)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var waiting = new List<(string Table, int Row, string? Parent)>();
        List<(RecordTable Table, string? Repeat)> found = [.. others.Select(t => (t, RepeatOf(t)))];
        foreach (var (table, of) in found)
        {
            if (of is not { } repeat || _tables.Exists(t => t.Mapped.Repeat == repeat))
            {
                LeftOut.Add(table.Name);
                continue;
            }

            var columns = ColumnMapping.Propose(table.Headings, [.. form.Elements.Where(e => Inner(e.Path) == repeat)], repeat).Where(c => !LinkHeadings.Contains(c.Heading.Trim(), StringComparer.OrdinalIgnoreCase) && !c.IsInstanceId).ToList();
            // The parents stand in the table of the repeat around it: sheets may be called otherwise than _parent_table_name says, where the name is too long for a sheet.
            var parents = Inner(repeat) is { } outer ? found.Find(f => f.Repeat == outer).Table : records;
            var rows = table.Rows.Where(r => !FilledRow.IsTags(r.Cells)).Select(r => (Key: KeyOf(table, r.Cells), Parent: ParentOf(table, parents, r.Cells), Row: FilledRow.Read(r.Number, r.Cells, columns, form))).ToList();
            keys.UnionWith(rows.Select(r => r.Key).OfType<string>());
            waiting.AddRange(rows.Select(r => (table.Name, r.Row.Number, r.Parent)));
            _tables.Add((new MappedTurns(table.Name, repeat, columns, rows.Count), rows.ToLookup(r => r.Parent ?? "", r => (r.Key, r.Row), StringComparer.Ordinal)));
        }

        Orphans = [.. waiting.Where(w => w.Parent is null || !keys.Contains(w.Parent)).Select(w => new RowProblem(w.Row, w.Table, "parent-unknown"))];
    }

    private static string[] LinkHeadings { get; } = ["KEY", "PARENT_KEY", "_index", "_parent_index", "_parent_table_name", "_submission__id", "_submission__uuid"];

    public IReadOnlyList<MappedTurns> Mapped => [.. _tables.Select(t => t.Mapped)];

    /// <summary>Tables that fit no repeat of the form.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Turns whose parent is in no table.</summary>
    public IReadOnlyList<RowProblem> Orphans { get; }

    /// <summary>The record with the turns that belong to it, in the order of their tables.</summary>
    public FilledRow With(RecordTable records, IReadOnlyList<string?> cells, FilledRow row)
    {
        if (_tables.Count == 0 || KeyOf(records, cells) is not { } key)
            return row;
        var (answers, problems) = (new List<KeyValuePair<string, string>>(row.Answers), new List<RowProblem>(row.Problems));
        Add(key, null, "", answers, problems);
        return row with { Answers = answers, Problems = problems };
    }

    /// <summary>Whether a table is one of turns: it names parents.</summary>
    public static bool NamesParents(RecordTable table) => Column(table, "PARENT_KEY") >= 0 || Column(table, "_parent_index") >= 0;

    private void Add(string key, string? repeat, string prefix, List<KeyValuePair<string, string>> answers, List<RowProblem> problems)
    {
        foreach (var (mapped, byParent) in _tables.Where(t => Inner(t.Mapped.Repeat) == repeat))
        {
            var turn = 0;
            foreach (var (own, row) in byParent[key])
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"{prefix}{mapped.Repeat[(repeat?.Length ?? 0)..]}[{++turn}]");
                answers.AddRange(row.Answers.Select(a => KeyValuePair.Create(place + a.Key[mapped.Repeat.Length..], a.Value)));
                problems.AddRange(row.Problems.Select(p => p with { Heading = mapped.Name + ": " + p.Heading }));
                if (own is not null && own != key)
                    Add(own, mapped.Repeat, place, answers, problems);
            }
        }
    }

    /// <summary>The repeat that a table fills: by its own keys, which name the way; else by its name.</summary>
    private string? RepeatOf(RecordTable table)
    {
        if (Column(table, "KEY") is >= 0 and var at && table.Rows.Select(r => r.Cells[at]).FirstOrDefault(k => k is not null) is { } key && key.IndexOf('/', StringComparison.Ordinal) is > 0 and var cut)
        {
            var below = Places.WithoutPositions(key[cut..]);
            if (_repeats.SingleOrDefault(r => r[r.IndexOf('/', 1)..] == below) is { } exact)
                return exact;
        }

        var fit = _repeats.Where(r => Named(r[(r.LastIndexOf('/') + 1)..], table.Name)).ToList();
        return fit.Count == 1 ? fit[0] : null;
    }

    /// <summary>Sheets are called like their repeat, cut where they are too long; files after the form, a dash and the repeat.</summary>
    private static bool Named(string repeat, string table) =>
        IsSheetOf(repeat, table) || table.EndsWith("-" + repeat, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a sheet bears a name that may have been too long for a sheet, or have held letters that sheets may not: cut at 31 letters, by KoboToolbox with three dots at the end
    /// (and a number where two would be alike), and with an underscore for each such letter.</summary>
    private static bool IsSheetOf(string name, string sheet)
    {
        var shown = string.Concat(name.Select(c => "[]:*?/\\".Contains(c, StringComparison.Ordinal) ? '_' : c));
        if (string.Equals(shown, sheet, StringComparison.OrdinalIgnoreCase) || string.Equals(name, sheet, StringComparison.OrdinalIgnoreCase))
            return true;
        var cut = sheet.IndexOf("...", StringComparison.Ordinal);
        return sheet.Length == LongestSheetName && shown.Length > LongestSheetName && shown.StartsWith(cut > 0 ? sheet[..cut] : sheet, StringComparison.OrdinalIgnoreCase);
    }

    private const int LongestSheetName = 31;

    private string? Inner(string path) => _repeats.Where(r => path.Length > r.Length && path[r.Length] == '/' && path.StartsWith(r, StringComparison.Ordinal)).MaxBy(r => r.Length);

    private static string? KeyOf(RecordTable table, IReadOnlyList<string?> cells) =>
        Cell(table, cells, "KEY") ?? (Cell(table, cells, "_index") is { } index ? Of(table.Name, index) : null);

    private static string? ParentOf(RecordTable table, RecordTable? parents, IReadOnlyList<string?> cells) =>
        Cell(table, cells, "PARENT_KEY") ?? (parents is not null && Cell(table, cells, "_parent_index") is { } index ? Of(parents.Name, index) : null);

    private static string Of(string table, string index) => table + "\n" + index;

    private static string? Cell(RecordTable table, IReadOnlyList<string?> cells, string heading) => Column(table, heading) is >= 0 and var at ? cells[at] : null;

    private static int Column(RecordTable table, string heading)
    {
        for (var i = 0; i < table.Headings.Count; i++)
            if (string.Equals(table.Headings[i].Trim(), heading, StringComparison.OrdinalIgnoreCase))
                return i;
        return -1;
    }
}
