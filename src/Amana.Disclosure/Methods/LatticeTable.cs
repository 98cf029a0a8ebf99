using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>What one choice of levels comes to.</summary>
/// <param name="Suppressed">Rows in groups below k.</param>
/// <param name="Classes">Groups of k and more.</param>
/// <param name="SuppressionCost">Per key: what suppressing these rows adds to the sum of the shares.</param>
internal sealed record LatticeCount(int Suppressed, int Classes, double[] SuppressionCost);

/// <summary>Counts out choices of levels over the classes of identical keys, and knows what each level costs by itself.</summary>
internal sealed class LatticeTable
{
    private readonly KeyClasses _classes;
    private readonly RecodingGoal _goal;
    private readonly int[][] _leaf;
    private readonly LatticeGroups _groups;
    private readonly double[][][] _share;
    private readonly double[][] _shareSum;
    private readonly double[][] _entropy;
    private readonly int[] _leafCount;
    private readonly int[] _place;

    public LatticeTable(KeyClasses classes, ImmutableArray<Hierarchy> hierarchies, RecodingGoal goal)
    {
        (_classes, _goal) = (classes, goal);
        Levels = [.. hierarchies.Select(h => h.Levels)];
        _leafCount = [.. hierarchies.Select(h => h.LeafCount)];
        _leaf = new int[Levels.Length][];
        _share = new double[Levels.Length][][];
        (_shareSum, _entropy) = (new double[Levels.Length][], new double[Levels.Length][]);
        for (var a = 0; a < Levels.Length; a++)
            Take(a, hierarchies[a]);
        _place = new int[classes.Count];
        _groups = new LatticeGroups(Sorted(), hierarchies, _leaf);
    }

    /// <summary>Number of levels of each key.</summary>
    public ImmutableArray<int> Levels { get; }

    private int Rows => _classes.RowClasses.Length;

    public bool IsWithinLimit(int suppressed) => suppressed <= Math.Floor((_goal.SuppressionLimit * Rows) + 1e-9);

    /// <summary>The objective for a choice of levels, with what suppression adds per key.</summary>
    public double Cost(ReadOnlySpan<int> levels, ReadOnlySpan<double> suppressionCost) =>
        _goal.Objective == RecodingObjective.Entropy ? Entropy(levels) : Loss(levels, suppressionCost);

    public double Entropy(ReadOnlySpan<int> levels)
    {
        var bits = 0.0;
        for (var a = 0; a < levels.Length; a++)
            bits += _entropy[a][levels[a]];
        return bits;
    }

    public double Loss(ReadOnlySpan<int> levels, ReadOnlySpan<double> suppressionCost)
    {
        var product = 1.0;
        for (var a = 0; a < levels.Length; a++)
        {
            var least = (double)Rows / _leafCount[a];
            var loss = Rows > least ? (_shareSum[a][levels[a]] + suppressionCost[a] - least) / (Rows - least) : 0;
            // Cut to ten decimals, so that what differs by the order of addition only compares as equal.
            product *= Math.Max(0, Math.Floor(loss * 1e10) / 1e10) + 1;
        }

        return Math.Pow(product, 1.0 / levels.Length) - 1;
    }

    /// <summary>Counts a choice out; what suppression costs only where the objective asks for it or the caller does.</summary>
    public LatticeCount Count(ReadOnlySpan<int> levels, bool alwaysCost = false)
    {
        var withCost = alwaysCost || _goal.Objective == RecodingObjective.Loss;
        var groups = _groups.Group(levels);
        var (suppressed, classes) = (0, 0);
        var cost = new double[Levels.Length];
        for (var g = 0; g < groups; g++)
        {
            if (_groups.Sizes[g] >= _goal.K)
            {
                classes++;
                continue;
            }

            suppressed += _groups.Sizes[g];
            if (!withCost)
                continue;
            for (var a = 0; a < cost.Length; a++)
                cost[a] += _groups.Sizes[g] * (1 - _share[a][levels[a]][_leaf[a][_groups.First[g]]]);
        }

        return new LatticeCount(suppressed, classes, cost);
    }

    public ImmutableArray<int> SuppressedRows(ReadOnlySpan<int> levels)
    {
        _groups.Group(levels);
        var rows = ImmutableArray.CreateBuilder<int>();
        for (var row = 0; row < Rows; row++)
        {
            if (_groups.Sizes[_groups.GroupOf[_place[_classes.RowClasses[row]]]] < _goal.K)
                rows.Add(row);
        }

        return rows.ToImmutable();
    }

    /// <summary>
    /// Puts the classes in the order of their keys, those with few values first, and says their sizes in it: where the keys with many values
    /// are coarse, classes of one group then follow each other.
    /// </summary>
    private int[] Sorted()
    {
        var (packed, range) = (new ulong[_place.Length], 1UL);
        foreach (var a in Enumerable.Range(0, Levels.Length).OrderBy(a => _leafCount[a]).ThenBy(a => a))
        {
            var radix = (ulong)_leafCount[a] + 1;
            if (range > ulong.MaxValue / radix)
                break;
            range *= radix;
            for (var c = 0; c < packed.Length; c++)
                packed[c] = (packed[c] * radix) + (ulong)_leaf[a][c];
        }

        int[] order = [.. Enumerable.Range(0, packed.Length)];
        Array.Sort(packed, order);
        for (var i = 0; i < order.Length; i++)
            _place[order[i]] = i;
        for (var a = 0; a < _leaf.Length; a++)
            _leaf[a] = Array.ConvertAll(order, c => _leaf[a][c]);
        return Array.ConvertAll(order, c => _classes.SizeArray[c]);
    }

    private void Take(int a, Hierarchy hierarchy)
    {
        var leafOf = hierarchy.Leaves(_classes.Keys[a])!;
        var rowsOf = new double[hierarchy.LeafCount + 1];
        var leaves = _leaf[a] = _classes.CodesOf(a);
        for (var c = 0; c < _classes.Count; c++)
        {
            // A missing value gets a leaf of its own, after the others, and is as good as suppressed.
            var leaf = leaves[c] == Column.Missing ? hierarchy.LeafCount : leafOf[leaves[c]];
            leaves[c] = leaf;
            rowsOf[leaf] += _classes.SizeArray[c];
        }

        _share[a] = new double[hierarchy.Levels][];
        _shareSum[a] = new double[hierarchy.Levels];
        _entropy[a] = new double[hierarchy.Levels];
        for (var level = 0; level < hierarchy.Levels; level++)
            TakeLevel(a, level, hierarchy, rowsOf);
    }

    private void TakeLevel(int a, int level, Hierarchy hierarchy, double[] rowsOf)
    {
        var n = hierarchy.LeafCount;
        var under = hierarchy.LeavesUnder(level);
        var rowsUnder = new double[under.Length];
        for (var leaf = 0; leaf < n; leaf++)
            rowsUnder[hierarchy.Group(level, leaf)] += rowsOf[leaf];
        var share = new double[n + 1];
        share[n] = 1;
        var sum = rowsOf[n];
        var bits = 0.0;
        for (var leaf = 0; leaf < n; leaf++)
        {
            var group = hierarchy.Group(level, leaf);
            share[leaf] = (double)under[group] / n;
            sum += rowsOf[leaf] * share[leaf];
            bits -= rowsOf[leaf] == 0 ? 0 : rowsOf[leaf] * Math.Log2(rowsOf[leaf] / rowsUnder[group]);
        }

        (_share[a][level], _shareSum[a][level], _entropy[a][level]) = (share, sum, bits);
    }
}
