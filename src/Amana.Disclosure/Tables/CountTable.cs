using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>
/// Counts of people by one or two variables, before protection: what must not leave. <see cref="SafeTable.Protect"/> makes of it
/// what may. Margins are always the sums of the cells.
/// </summary>
public sealed class CountTable
{
    private readonly long[] _cells;

    private CountTable(ImmutableArray<string> rows, ImmutableArray<string> columns, long[] cells)
    {
        RowLabels = rows;
        ColumnLabels = columns;
        _cells = cells;
    }

    public ImmutableArray<string> RowLabels { get; }

    /// <summary>Empty for a table of one dimension.</summary>
    public ImmutableArray<string> ColumnLabels { get; }

    public bool IsOneWay => ColumnLabels.IsEmpty;

    internal int Width => Math.Max(1, ColumnLabels.Length);

    internal long this[int row, int column] => _cells[(row * Width) + column];

    /// <summary>A table of one dimension. Refuses (throws on) counts below 0.</summary>
    public static CountTable OneWay(IEnumerable<string> labels, IEnumerable<long> counts) => Checked([.. labels], [], [.. counts]);

    /// <summary>A table of two dimensions, counts row by row. Refuses (throws on) counts below 0 and on another number of counts.</summary>
    public static CountTable TwoWay(IEnumerable<string> rowLabels, IEnumerable<string> columnLabels, IEnumerable<long> counts)
    {
        ImmutableArray<string> columns = [.. columnLabels];
        return columns.IsEmpty ? throw new ArgumentException("A table of two dimensions has columns.", nameof(columnLabels)) : Checked([.. rowLabels], columns, [.. counts]);
    }

    /// <summary>
    /// Counts the rows of microdata (unweighted) in every category, those that nobody is in included. A row in which a variable is
    /// missing is counted under <paramref name="missingLabel"/>; where that is null it is not in the table.
    /// </summary>
    public static CountTable Of(Microdata microdata, string rows, string? columns = null, string? missingLabel = null)
    {
        var down = microdata[rows];
        var across = columns is null ? null : microdata[columns];
        var rowLabels = Labels(down, missingLabel);
        var columnLabels = across is null ? [] : Labels(across, missingLabel);
        var width = Math.Max(1, columnLabels.Length);
        var cells = new long[rowLabels.Length * width];
        for (var i = 0; i < microdata.RowCount; i++)
        {
            var r = down.CodeArray[i] == Column.Missing ? down.Categories.Length : down.CodeArray[i];
            var c = across is null ? 0 : across.CodeArray[i] == Column.Missing ? across.Categories.Length : across.CodeArray[i];
            if (r < rowLabels.Length && c < width)
                cells[(r * width) + c]++;
        }

        return new CountTable(rowLabels, columnLabels, cells);
    }

    private static ImmutableArray<string> Labels(Column column, string? missingLabel) =>
        missingLabel is not null && column.Codes.Contains(Column.Missing) ? column.Categories.Add(missingLabel) : column.Categories;

    private static CountTable Checked(ImmutableArray<string> rows, ImmutableArray<string> columns, long[] cells)
    {
        if (cells.Length != rows.Length * Math.Max(1, columns.Length))
            throw new ArgumentException("There must be one count for each cell.", nameof(cells));
        return cells.Any(c => c < 0) ? throw new ArgumentException("A count is not below 0.", nameof(cells)) : new CountTable(rows, columns, cells);
    }
}
