using Amana.Disclosure;
using Amana.Domain.Forms;

namespace Amana.Features.Analysis;

/// <summary>Categories and protected counts, before they are put together as figures.</summary>
internal sealed record Counted(
    IReadOnlyList<Category> Rows, IReadOnlyList<IReadOnlyList<PublishedCell>> Cells, IReadOnlyList<PublishedCell> RowTotals, IReadOnlyList<PublishedCell> ColumnTotals);

/// <summary>Counts records by a question and a breakdown. Whoever gave no answer is a category too, so that nobody can be worked out from what is missing. Every table is shown through the
/// activity's memory of what was shown before.</summary>
/// <param name="records">The records that are counted.</param>
/// <param name="codes">Their codes in the memory, in the same order.</param>
/// <param name="by">The breakdown; none for totals alone.</param>
/// <param name="showing">The memory.</param>
internal sealed class Counting(IReadOnlyList<CodedRecord> records, IReadOnlyList<string> codes, Variable? by, Showing showing)
{
    private int Width => by?.Categories.Count ?? 0;

    /// <summary>A question with one answer: rows are its choices, and the whole table is protected at once.</summary>
    public Counted OneAnswer(Variable question, CancellationToken cancellationToken)
    {
        var table = Publish(question.IndexOf, cancellationToken);
        var rows = Enumerable.Range(0, question.Categories.Count).ToList();
        return new Counted(question.Categories, [.. rows.Select(row => Row(table, row))], [.. rows.Select(table.RowTotal)], ColumnTotals(table));
    }

    /// <summary>A question with several answers: each choice is a table of its own (chose it, did not, gave no answer), each protected with the others in mind.
    /// Of these only who chose it is shown; what the tables have in common is shown only where every one of them may show it.</summary>
    public Counted ManyAnswers(Element question, CancellationToken cancellationToken)
    {
        var anyMissing = records.Any(r => !r.Answers.ContainsKey(question.Path));
        var tables = question.Choices.Select(choice => Publish(r => StateOf(r, question, choice.Code), cancellationToken)).ToList();
        var rows = RowsOf(question, anyMissing);
        var cells = tables.Select(t => Row(t, 0)).ToList();
        var totals = tables.Select(t => t.RowTotal(0)).ToList();
        if (anyMissing)
        {
            cells.Add([.. Enumerable.Range(0, Width).Select(column => InAll(tables.Select(t => t.Cell(2, column))))]);
            totals.Add(InAll(tables.Select(t => t.RowTotal(2))));
        }

        return new Counted(rows, cells, totals, [.. Enumerable.Range(0, Width).Select(column => InAll(tables.Select(t => t.ColumnTotal(column))))]);
    }

    /// <summary>The rows of a question with several answers.</summary>
    public static IReadOnlyList<Category> RowsOf(Element question, bool anyMissing) =>
        [.. question.Choices.Select(c => new Category(CategoryKind.Choice, c.Code, c.Label)), .. anyMissing ? [Category.NoAnswer] : Array.Empty<Category>()];

    private static int StateOf(CodedRecord record, Element question, string code) =>
        !record.Answers.TryGetValue(question.Path, out var answer) ? 2 : answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(code, StringComparer.Ordinal) ? 0 : 1;

    private ShownCounts Publish(Func<CodedRecord, int> row, CancellationToken cancellationToken) =>
        showing.Publish(codes, [.. records.Select(row)], by is null ? null : [.. records.Select(by.IndexOf)], cancellationToken);

    private List<PublishedCell> Row(ShownCounts table, int row) => [.. Enumerable.Range(0, Width).Select(column => table.Cell(row, column))];

    private List<PublishedCell> ColumnTotals(ShownCounts table) => [.. Enumerable.Range(0, Width).Select(table.ColumnTotal)];

    private static PublishedCell InAll(IEnumerable<PublishedCell> cells)
    {
        var all = cells.ToList();
        return all.FirstOrDefault(c => c is not PublishedCell.Published) ?? all[0];
    }
}
