using Amana.Disclosure;
using Amana.Domain.Forms;
using Amana.Domain.Shared;

namespace Amana.Features.Analysis;

/// <summary>Categories and protected counts, before they are put together as figures.</summary>
internal sealed record Counted(
    IReadOnlyList<Category> Rows, IReadOnlyList<IReadOnlyList<PublishedCell>> Cells, IReadOnlyList<PublishedCell> RowTotals, IReadOnlyList<PublishedCell> ColumnTotals);

/// <summary>Counts records by a question and a breakdown. Whoever gave no answer is a category too, so that nobody can be worked out from what is missing.</summary>
internal static class Counting
{
    /// <summary>A question with one answer: rows are its choices, and the whole table is protected at once.</summary>
    public static Counted OneAnswer(IReadOnlyList<CodedRecord> records, Variable question, Variable? by, TableRule rule, CancellationToken cancellationToken)
    {
        var table = Protect(records, question.Categories, r => question.IndexOf(r), by, rule, cancellationToken);
        var rows = Enumerable.Range(0, question.Categories.Count).ToList();
        return new Counted(question.Categories, [.. rows.Select(row => Row(table, row, by))], [.. rows.Select(table.RowTotal)], ColumnTotals(table, by));
    }

    /// <summary>A question with several answers: each choice is a table of its own (chose it, did not, gave no answer), protected by itself.
    /// Of these only who chose it is shown; what the tables have in common is shown only where every one of them may show it.</summary>
    public static Counted ManyAnswers(IReadOnlyList<CodedRecord> records, Element question, Variable? by, TableRule rule, CancellationToken cancellationToken)
    {
        var anyMissing = records.Any(r => !r.Answers.ContainsKey(question.Path));
        Category[] states = [new(CategoryKind.Plain, "chosen", LocalText.Empty), new(CategoryKind.Plain, "not", LocalText.Empty), .. anyMissing ? [Category.NoAnswer] : Array.Empty<Category>()];
        var tables = question.Choices.Select(choice => Protect(records, states, r => StateOf(r, question, choice.Code), by, rule, cancellationToken)).ToList();
        var rows = question.Choices.Select(c => new Category(CategoryKind.Choice, c.Code, c.Label)).ToList();
        var cells = tables.Select(t => Row(t, 0, by)).ToList();
        var totals = tables.Select(t => t.RowTotal(0)).ToList();
        if (anyMissing)
        {
            rows.Add(Category.NoAnswer);
            cells.Add([.. Enumerable.Range(0, by?.Categories.Count ?? 0).Select(column => InAll(tables.Select(t => t[2, column])))]);
            totals.Add(InAll(tables.Select(t => t.RowTotal(2))));
        }

        return new Counted(rows, cells, totals, [.. Enumerable.Range(0, by?.Categories.Count ?? 0).Select(column => InAll(tables.Select(t => t.ColumnTotal(column))))]);
    }

    private static int StateOf(CodedRecord record, Element question, string code) =>
        !record.Answers.TryGetValue(question.Path, out var answer) ? 2 : answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(code, StringComparer.Ordinal) ? 0 : 1;

    private static SafeTable Protect(IReadOnlyList<CodedRecord> records, IReadOnlyList<Category> rows, Func<CodedRecord, int> row, Variable? by, TableRule rule, CancellationToken cancellationToken)
    {
        var width = by?.Categories.Count ?? 1;
        var counts = new long[rows.Count * width];
        foreach (var record in records)
            counts[row(record) * width + (by?.IndexOf(record) ?? 0)]++;
        var labels = rows.Select((_, i) => "r" + i);
        var table = by is null ? CountTable.OneWay(labels, counts) : CountTable.TwoWay(labels, by.Categories.Select((_, i) => "c" + i), counts);
        return SafeTable.Protect(table, rule, cancellationToken);
    }

    private static List<PublishedCell> Row(SafeTable table, int row, Variable? by) => [.. Enumerable.Range(0, by?.Categories.Count ?? 0).Select(column => table[row, column])];

    private static List<PublishedCell> ColumnTotals(SafeTable table, Variable? by) => [.. Enumerable.Range(0, by?.Categories.Count ?? 0).Select(table.ColumnTotal)];

    private static PublishedCell InAll(IEnumerable<PublishedCell> cells)
    {
        var all = cells.ToList();
        return all.FirstOrDefault(c => c is not PublishedCell.Published) ?? all[0];
    }
}
