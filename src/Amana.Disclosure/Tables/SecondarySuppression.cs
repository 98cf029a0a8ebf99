namespace Amana.Disclosure;

/// <summary>
/// Shows as much of a table as leaves every small cell undetermined. For each small cell a witness is kept: a cycle of withheld cells
/// through it along which one person can be moved, which is another table that fits everything shown. Only a cell on a witness needs
/// a new search before it is shown.
/// </summary>
internal sealed class SecondarySuppression
{
    private readonly TableNetwork _network;
    private readonly Dictionary<int, HashSet<int>> _guarded = [];
    private readonly Dictionary<int, int[]> _witness = [];
    private readonly (int Search, int Arc)[] _reachedBy;
    private readonly (int Search, int Arc)[] _lastStep;
    private readonly Queue<int> _open = new();
    private int _search;

    private SecondarySuppression(TableNetwork network)
    {
        _network = network;
        _reachedBy = new (int, int)[network.NodeCount];
        _lastStep = new (int, int)[network.NodeCount];
    }

    /// <summary>Runs, starting from a network in which everything that may be withheld is. False where even that gives a small cell away.</summary>
    public static bool Run(TableNetwork network, CancellationToken cancellation)
    {
        var run = new SecondarySuppression(network);
        var arcs = Enumerable.Range(0, network.ArcCount).ToArray();
        foreach (var small in arcs.Where(a => network.StateOf(a) == CellState.Small))
        {
            cancellation.ThrowIfCancellationRequested();
            // A witness of small cells alone stands whatever is shown later.
            if ((run.Search(small, onlySmall: true) ?? run.Search(small, onlySmall: false)) is not { } cycle)
                return false;
            run.Keep(small, cycle);
        }

        foreach (var arc in arcs.Where(a => network.StateOf(a) == CellState.ToProtect).OrderByDescending(network.Dearness))
        {
            cancellation.ThrowIfCancellationRequested();
            run.ShowIfHarmless(arc);
        }

        return true;
    }

    private void ShowIfHarmless(int arc)
    {
        _network.Show(arc);
        if (!_guarded.TryGetValue(arc, out var guarded))
            return;
        var found = new List<(int Small, int[] Cycle)>();
        foreach (var small in guarded.Order())
        {
            if (Search(small, onlySmall: false) is not { } cycle)
            {
                _network.Withhold(arc);
                return;
            }

            found.Add((small, cycle));
        }

        foreach (var (small, cycle) in found)
            Keep(small, cycle);
    }

    private void Keep(int small, int[] cycle)
    {
        foreach (var old in _witness.GetValueOrDefault(small, []))
            _guarded[old].Remove(small);
        _witness[small] = cycle;
        foreach (var arc in cycle)
        {
            if (!_guarded.TryGetValue(arc, out var guarded))
                _guarded[arc] = guarded = [];
            guarded.Add(small);
        }
    }

    /// <summary>The other arcs of a cycle that adds one person to this cell, or takes one away; null where there is neither.</summary>
    private int[]? Search(int arc, bool onlySmall) =>
        (_network.CouldBeMore(arc) ? Path(_network.To(arc), _network.From(arc), arc, onlySmall) : null)
        ?? (_network.CouldBeLess(arc) ? Path(_network.From(arc), _network.To(arc), arc, onlySmall) : null);

    /// <summary>Breadth first, with the nodes one step before the goal marked beforehand: most paths are three steps long.</summary>
    private int[]? Path(int start, int goal, int without, bool onlySmall)
    {
        _search++;
        foreach (var arc in _network.ArcsAt[goal])
        {
            var before = Other(arc, goal);
            if (arc != without && IsOpen(arc, before, onlySmall))
                _lastStep[before] = (_search, arc);
        }

        _open.Clear();
        _open.Enqueue(start);
        _reachedBy[start] = (_search, -1);
        while (_open.TryDequeue(out var node))
        {
            if (_lastStep[node].Search == _search)
                return Back(start, node, _lastStep[node].Arc);
            foreach (var arc in _network.ArcsAt[node])
            {
                var next = Other(arc, node);
                if (arc == without || _reachedBy[next].Search == _search || !IsOpen(arc, node, onlySmall))
                    continue;
                _reachedBy[next] = (_search, arc);
                if (_lastStep[next].Search == _search)
                    return Back(start, next, _lastStep[next].Arc);
                _open.Enqueue(next);
            }
        }

        return null;
    }

    private int Other(int arc, int node) => _network.From(arc) == node ? _network.To(arc) : _network.From(arc);

    /// <summary>Whether one person can be moved along an arc from this end of it.</summary>
    private bool IsOpen(int arc, int from, bool onlySmall) =>
        (!onlySmall || _network.StateOf(arc) == CellState.Small)
        && (_network.From(arc) == from ? _network.CouldBeMore(arc) : _network.CouldBeLess(arc));

    private int[] Back(int start, int last, int lastArc)
    {
        var path = new List<int> { lastArc };
        for (var node = last; node != start;)
        {
            var arc = _reachedBy[node].Arc;
            path.Add(arc);
            node = Other(arc, node);
        }

        return [.. path];
    }
}
