namespace Amana.Disclosure.Tests;

/// <summary>
/// Somebody who has a published table and works on it with nothing of the library's own reckoning: by enumerating every table of whole
/// numbers that fits, and by Gaussian elimination.
/// </summary>
internal sealed class Attacker
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly (long Low, long High)[] _bounds;
    private readonly long?[] _shown;
    private bool _nothingMoreToFind;

    /// <param name="table">What was published.</param>
    /// <param name="most">No cell inside is larger than this, as far as the attacker knows (it must be large enough not to help).</param>
    public Attacker(SafeTable table, long most)
    {
        (_rows, _columns) = (table.RowLabels.Length, table.ColumnLabels.Length);
        var cells = Cells(table).ToArray();
        _shown = [.. cells.Select(c => c is PublishedCell.Published p ? p.Count : (long?)null)];
        var low = table.IsWithheld || table.Rule.Zeros == ZeroCells.Suppressed ? 0L : 1L;
        _bounds = [.. cells.Select((cell, i) => cell switch
        {
            PublishedCell.Published p => (p.Count, p.Count),
            PublishedCell.SuppressedSmall => (low, table.Rule.Minimum - 1L),
            _ => (table.IsWithheld ? 0L : table.Rule.Minimum, i < _rows * _columns ? most : long.MaxValue),
        })];
    }

    /// <summary>Number of interior cells, then row margins, column margins, total.</summary>
    public int CellCount => _bounds.Length;

    public bool IsShown(int cell) => _shown[cell] is not null;

    /// <summary>For each cell values that it has in tables that fit; a single one means that it is found out.</summary>
    public HashSet<long>[] PossibleValues()
    {
        var found = Enumerable.Range(0, CellCount).Select(_ => new HashSet<long>()).ToArray();
        Fill(new long[_rows * _columns], 0, found);
        return found;
    }

    /// <summary>Cells that are a linear combination of what is shown.</summary>
    public IEnumerable<int> LinearlyDetermined()
    {
        var basis = new List<double[]>();
        foreach (var cell in Enumerable.Range(0, CellCount).Where(IsShown))
        {
            var rest = Reduce(Vector(cell), basis);
            if (rest.Any(x => Math.Abs(x) > 1e-9))
                basis.Add(rest);
        }

        return Enumerable.Range(0, CellCount).Where(c => !IsShown(c) && Reduce(Vector(c), basis).All(x => Math.Abs(x) < 1e-9));
    }

    private static double[] Reduce(double[] vector, List<double[]> basis)
    {
        foreach (var b in basis)
        {
            var lead = Array.FindIndex(b, x => Math.Abs(x) > 1e-9);
            var factor = vector[lead] / b[lead];
            for (var i = 0; i < vector.Length; i++)
                vector[i] -= factor * b[i];
        }

        return vector;
    }

    private IEnumerable<PublishedCell> Cells(SafeTable t) =>
    [
        .. Enumerable.Range(0, _rows * _columns).Select(i => t[i / _columns, i % _columns]),
        .. Enumerable.Range(0, _rows).Select(t.RowTotal),
        .. Enumerable.Range(0, _columns).Select(t.ColumnTotal),
        t.Total,
    ];

    private double[] Vector(int cell)
    {
        var vector = new double[_rows * _columns];
        for (var i = 0; i < vector.Length; i++)
            vector[i] = Contains(cell, i) ? 1 : 0;
        return vector;
    }

    private bool Contains(int cell, int interior)
    {
        var n = _rows * _columns;
        if (cell < n)
            return cell == interior;
        if (cell < n + _rows)
            return interior / _columns == cell - n;
        return cell == CellCount - 1 || interior % _columns == cell - n - _rows;
    }

    private void Fill(long[] cells, int at, HashSet<long>[] found)
    {
        if (_nothingMoreToFind)
            return;
        if (at == cells.Length)
        {
            Note(cells, found);
            return;
        }

        for (var v = _bounds[at].Low; v <= _bounds[at].High; v++)
        {
            cells[at] = v;
            var rowIsFull = (at + 1) % _columns == 0;
            var columnIsFull = at >= cells.Length - _columns;
            if ((!rowIsFull || Within(cells.Length + (at / _columns), cells)) && (!columnIsFull || Within(cells.Length + _rows + (at % _columns), cells)))
                Fill(cells, at + 1, found);
        }

        cells[at] = 0;
    }

    private void Note(long[] cells, HashSet<long>[] found)
    {
        if (!Within(CellCount - 1, cells))
            return;
        var news = false;
        for (var c = 0; c < CellCount; c++)
            news |= found[c].Count < 2 && found[c].Add(Sum(c, cells));
        _nothingMoreToFind = news && Enumerable.Range(0, CellCount).All(c => IsShown(c) || found[c].Count > 1);
    }

    private bool Within(int cell, long[] cells)
    {
        var sum = Sum(cell, cells);
        return sum >= _bounds[cell].Low && sum <= _bounds[cell].High;
    }

    private long Sum(int cell, long[] cells)
    {
        var n = cells.Length;
        if (cell < n)
            return cells[cell];
        var (start, step, end) = cell < n + _rows ? ((cell - n) * _columns, 1, (cell - n + 1) * _columns)
            : cell < CellCount - 1 ? (cell - n - _rows, _columns, n)
            : (0, 1, n);
        var sum = 0L;
        for (var i = start; i < end; i += step)
            sum += cells[i];
        return sum;
    }
}
