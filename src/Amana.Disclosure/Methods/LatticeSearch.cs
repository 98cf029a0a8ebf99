namespace Amana.Disclosure;

/// <summary>
/// Finds the best choice of levels. Two facts spare most of the counting: going up a level never suppresses more rows, and never costs
/// less before suppression. So what a choice costs at least is known from what the choices above it suppress. The search first climbs
/// down to a good choice, then goes through all choices from the top and counts only those that could be better.
/// </summary>
internal sealed class LatticeSearch(LatticeTable table, IProgress<double>? progress, CancellationToken cancellation)
{
    private readonly int[] _stride = Strides(table);
    private readonly Dictionary<int, LatticeCount> _counted = [];
    private readonly double[] _noCost = new double[table.Levels.Length];
    private double[]?[] _leastCost = [];
    private bool[] _outOfReach = [];
    private (double Cost, int Node) _best = (double.PositiveInfinity, -1);

    /// <summary>Number of choices that were counted out.</summary>
    public int Evaluated => _counted.Count;

    private int NodeCount => _stride[^1] * table.Levels[^1];

    public LatticeFind? Run()
    {
        (_leastCost, _outOfReach) = (new double[NodeCount][], new bool[NodeCount]);
        if (!Consider(NodeCount - 1))
            return null;
        ClimbDown();
        Sweep();
        var levels = LevelsOf(_best.Node);
        var count = table.Count(levels, alwaysCost: true);
        return new LatticeFind([.. levels], _best.Cost, count.Classes, table.SuppressedRows(levels))
        {
            Loss = table.Loss(levels, count.SuppressionCost), Entropy = table.Entropy(levels),
        };
    }

    private static int[] Strides(LatticeTable table)
    {
        var stride = new int[table.Levels.Length];
        long product = 1;
        for (var a = 0; a < stride.Length; a++)
        {
            stride[a] = (int)product;
            product *= table.Levels[a];
            if (product > 1 << 26)
                throw new ArgumentException("The hierarchies have too many levels together.", nameof(table));
        }

        return stride;
    }

    private int[] LevelsOf(int node)
    {
        var levels = new int[_stride.Length];
        for (var a = 0; a < levels.Length; a++)
            levels[a] = node / _stride[a] % table.Levels[a];
        return levels;
    }

    /// <summary>Counts a choice out and keeps it when it is the best so far (of equals, the one with the lowest number). False when it is out of reach.</summary>
    private bool Consider(int node)
    {
        cancellation.ThrowIfCancellationRequested();
        var levels = LevelsOf(node);
        if (!_counted.TryGetValue(node, out var count))
            _counted[node] = count = table.Count(levels);
        if (!table.IsWithinLimit(count.Suppressed))
        {
            _outOfReach[node] = true;
            return false;
        }

        var cost = table.Cost(levels, count.SuppressionCost);
        if (cost < _best.Cost || (cost == _best.Cost && node < _best.Node))
            _best = (cost, node);
        return true;
    }

    private void ClimbDown()
    {
        for (var at = -1; at != _best.Node;)
        {
            at = _best.Node;
            var levels = LevelsOf(at);
            for (var a = 0; a < levels.Length; a++)
            {
                if (levels[a] > 0)
                    Consider(at - _stride[a]);
            }
        }
    }

    private void Sweep()
    {
        var height = new int[NodeCount];
        var free = new double[NodeCount];
        for (var node = 0; node < height.Length; node++)
        {
            var levels = LevelsOf(node);
            (height[node], free[node]) = (levels.Sum(), table.Cost(levels, _noCost));
        }

        var done = 0;
        foreach (var node in Enumerable.Range(0, NodeCount).OrderByDescending(n => height[n]).ThenBy(n => free[n]).ThenBy(n => n))
        {
            Decide(node);
            if (++done % 256 == 0)
                progress?.Report((double)done / NodeCount);
        }
    }

    private void Decide(int node)
    {
        var levels = LevelsOf(node);
        var least = _noCost;
        for (var a = 0; a < levels.Length; a++)
        {
            if (levels[a] + 1 == table.Levels[a])
                continue;
            var above = node + _stride[a];
            _outOfReach[node] |= _outOfReach[above];
            least = Larger(least, _leastCost[above]!);
        }

        _leastCost[node] = least;
        if (_outOfReach[node])
            return;
        if (!_counted.ContainsKey(node) && table.Cost(levels, least) > _best.Cost)
            return;
        Consider(node);
        _leastCost[node] = Larger(least, _counted[node].SuppressionCost);
    }

    private static double[] Larger(double[] a, double[] b)
    {
        if (ReferenceEquals(a, b))
            return a;
        var larger = new double[a.Length];
        for (var i = 0; i < larger.Length; i++)
            larger[i] = Math.Max(a[i], b[i]);
        return larger;
    }
}
