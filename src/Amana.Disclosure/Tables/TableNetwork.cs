using System.Collections.Immutable;

namespace Amana.Disclosure;

internal enum CellState
{
    Shown,
    Small,
    ToProtect,
}

/// <summary>
/// A table with its margins as a circulation: a node per row and per column, an arc per cell (from its row to its column), per row
/// margin (from the source), per column margin (to the sink) and for the total (from sink to source). What flows in flows out at each
/// node exactly when the margins add up, so every table that fits what is shown is a circulation, and two of them differ by cycles.
/// </summary>
internal sealed class TableNetwork
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly bool _oneWay;
    private readonly TableRule _rule;
    private readonly long[] _value;
    private readonly int[] _from;
    private readonly int[] _to;
    private readonly CellState[] _state;

    public TableNetwork(CountTable table, TableRule rule)
    {
        (_rows, _columns, _oneWay, _rule) = (table.RowLabels.Length, table.Width, table.IsOneWay, rule);
        var cells = _rows * _columns;
        var arcs = cells + (_oneWay ? 0 : _rows + _columns) + 1;
        (_value, _from, _to, _state) = (new long[arcs], new int[arcs], new int[arcs], new CellState[arcs]);
        for (var r = 0; r < _rows; r++)
        {
            for (var c = 0; c < _columns; c++)
                Lay(table, r, c);
        }

        (_from[TotalArc], _to[TotalArc]) = (Sink, Source);
        for (var arc = 0; arc < arcs; arc++)
            _state[arc] = FirstState(arc);
        ArcsAt = ByNode();
    }

    public int ArcCount => _value.Length;

    public int TotalArc => _value.Length - 1;

    public int NodeCount => _oneWay ? 2 : _rows + _columns + 2;

    /// <summary>The arcs that start or end at each node.</summary>
    public int[][] ArcsAt { get; }

    private int Source => NodeCount - 2;

    private int Sink => NodeCount - 1;

    public int CellArc(int row, int column) => (row * _columns) + column;

    public int RowArc(int row) => (_rows * _columns) + row;

    public int ColumnArc(int column) => (_rows * _columns) + _rows + column;

    public bool IsMargin(int arc) => arc >= _rows * _columns;

    public long ValueOf(int arc) => _value[arc];

    public CellState StateOf(int arc) => _state[arc];

    public int From(int arc) => _from[arc];

    public int To(int arc) => _to[arc];

    public void Show(int arc) => _state[arc] = CellState.Shown;

    public void Withhold(int arc) => _state[arc] = CellState.ToProtect;

    public void WithholdAll()
    {
        Array.Fill(_state, CellState.ToProtect);
        if (_rule.TotalIsKnown)
            Show(TotalArc);
    }

    /// <summary>Whether somebody who knows the rule must still reckon with one person more in this cell.</summary>
    public bool CouldBeMore(int arc) => _state[arc] switch
    {
        CellState.Shown => false,
        CellState.Small => _value[arc] < _rule.Minimum - 1,
        _ => true,
    };

    /// <summary>Whether somebody who knows the rule must still reckon with one person less in this cell.</summary>
    public bool CouldBeLess(int arc) => _state[arc] switch
    {
        CellState.Shown => false,
        CellState.Small => _value[arc] > (_rule.Zeros == ZeroCells.Published ? 1 : 0),
        _ => _value[arc] > _rule.Minimum,
    };

    /// <summary>How dear a cell is: margins before cells, then large counts, then those in large rows and columns, then the first.</summary>
    public (bool Margin, long Count, long Weight, int Place) Dearness(int arc)
    {
        if (IsMargin(arc) || _oneWay)
            return (IsMargin(arc), _value[arc], 0, -arc);
        return (false, _value[arc], _value[RowArc(arc / _columns)] + _value[ColumnArc(arc % _columns)], -arc);
    }

    /// <summary>The records counted in each arc. A row of microdata with a variable missing is in none.</summary>
    public RecordSet[] RecordsOf(Column rows, Column? columns, ImmutableArray<int> recordNumbers)
    {
        var sets = Enumerable.Range(0, ArcCount).Select(_ => new RecordSet()).ToArray();
        for (var i = 0; i < recordNumbers.Length; i++)
        {
            var (r, c) = (rows.CodeArray[i], columns is null ? 0 : columns.CodeArray[i]);
            if (r == Column.Missing || c == Column.Missing)
                continue;
            sets[CellArc(r, c)].Add(recordNumbers[i]);
            sets[TotalArc].Add(recordNumbers[i]);
            if (_oneWay)
                continue;
            sets[RowArc(r)].Add(recordNumbers[i]);
            sets[ColumnArc(c)].Add(recordNumbers[i]);
        }

        return sets;
    }

    private void Lay(CountTable table, int r, int c)
    {
        var (arc, count) = (CellArc(r, c), table[r, c]);
        _value[arc] = count;
        _value[TotalArc] += count;
        (_from[arc], _to[arc]) = _oneWay ? (Source, Sink) : (r, _rows + c);
        if (_oneWay)
            return;
        _value[RowArc(r)] += count;
        _value[ColumnArc(c)] += count;
        (_from[RowArc(r)], _to[RowArc(r)]) = (Source, r);
        (_from[ColumnArc(c)], _to[ColumnArc(c)]) = (_rows + c, Sink);
    }

    private CellState FirstState(int arc)
    {
        if (arc == TotalArc && _rule.TotalIsKnown)
            return CellState.Shown;
        if (_value[arc] == 0)
            return _rule.Zeros == ZeroCells.Published ? CellState.Shown : CellState.Small;
        return _value[arc] < _rule.Minimum ? CellState.Small : CellState.ToProtect;
    }

    private int[][] ByNode()
    {
        var lists = Enumerable.Range(0, NodeCount).Select(_ => new List<int>()).ToArray();
        for (var arc = 0; arc < ArcCount; arc++)
        {
            lists[_from[arc]].Add(arc);
            lists[_to[arc]].Add(arc);
        }

        return [.. lists.Select(l => l.ToArray())];
    }
}
