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
    private readonly int[] _reachedBy;
    private readonly Queue<int> _open = new();

    private SecondarySuppression(TableNetwork network)
    {
        _network = network;
        _reachedBy = new int[network.NodeCount];
    }

    /// <summary>Runs, starting from a network in which everything that may be withheld is. False where even that gives a small cell away.</summary>
    public static bool Run(TableNetwork network, CancellationToken cancellation)
    {
        var run = new SecondarySuppression(network);
        var arcs = Enumerable.Range(0, network.ArcCount).ToArray();
        foreach (var small in arcs.Where(a => network.StateOf(a) == CellState.Small))
        {
            cancellation.ThrowIfCancellationRequested();
            if (run.Search(small) is not { } cycle)
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
            if (Search(small) is not { } cycle)
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
    private int[]? Search(int arc) =>
        (_network.CouldBeMore(arc) ? Path(_network.To(arc), _network.From(arc), arc) : null)
        ?? (_network.CouldBeLess(arc) ? Path(_network.From(arc), _network.To(arc), arc) : null);

    private int[]? Path(int start, int goal, int without)
    {
        Array.Fill(_reachedBy, -1);
        _open.Clear();
        _open.Enqueue(start);
        while (_open.TryDequeue(out var node))
        {
            foreach (var arc in _network.ArcsAt[node])
            {
                var forward = _network.From(arc) == node;
                var next = forward ? _network.To(arc) : _network.From(arc);
                if (arc == without || next == start || _reachedBy[next] >= 0 || !(forward ? _network.CouldBeMore(arc) : _network.CouldBeLess(arc)))
                    continue;
                _reachedBy[next] = arc;
                if (next == goal)
                    return Back(start, goal);
                _open.Enqueue(next);
            }
        }

        return null;
    }

    private int[] Back(int start, int goal)
    {
        var path = new List<int>();
        for (var node = goal; node != start;)
        {
            var arc = _reachedBy[node];
            path.Add(arc);
            node = _network.From(arc) == node ? _network.To(arc) : _network.From(arc);
        }

        return [.. path];
    }
}
