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
    private readonly int[] _leaf;
    private readonly int[][][] _group;
    private readonly double[][][] _share;
    private readonly double[][] _shareSum;
    private readonly double[][] _entropy;
    private readonly int[] _leafCount;
    private readonly ulong[] _packed;
    private readonly int[] _sizes;
    private readonly int[] _first;

    public LatticeTable(KeyClasses classes, ImmutableArray<Hierarchy> hierarchies, RecodingGoal goal)
    {
        (_classes, _goal) = (classes, goal);
        Levels = [.. hierarchies.Select(h => h.Levels)];
        _leafCount = [.. hierarchies.Select(h => h.LeafCount)];
        _leaf = new int[classes.Count * Levels.Length];
        (_group, _share) = (new int[Levels.Length][][], new double[Levels.Length][][]);
        (_shareSum, _entropy) = (new double[Levels.Length][], new double[Levels.Length][]);
        _packed = new ulong[classes.Count];
        _sizes = new int[classes.Count];
        _first = new int[classes.Count];
        for (var a = 0; a < Levels.Length; a++)
            Take(a, hierarchies[a]);
    }

    /// <summary>Number of levels of each key.</summary>
    public ImmutableArray<int> Levels { get; }

    private int Rows => _classes.RowClasses.Length;

    public bool IsWithinLimit(int suppressed) => suppressed <= Math.Floor((_goal.SuppressionLimit * Rows) + 1e-9);

    /// <summary>The objective for a choice of levels, with what suppression adds per key.</summary>
    public double Cost(ReadOnlySpan<int> levels, ReadOnlySpan<double> suppressionCost)
    {
        var (product, bits) = (1.0, 0.0);
        for (var a = 0; a < levels.Length; a++)
        {
            bits += _entropy[a][levels[a]];
            var least = (double)Rows / _leafCount[a];
            var loss = Rows > least ? (_shareSum[a][levels[a]] + suppressionCost[a] - least) / (Rows - least) : 0;
            // Cut to ten decimals, so that what differs by the order of addition only compares as equal.
            product *= Math.Max(0, Math.Floor(loss * 1e10) / 1e10) + 1;
        }

        return _goal.Objective == RecodingObjective.Entropy ? bits : Math.Pow(product, 1.0 / levels.Length) - 1;
    }

    public LatticeCount Count(ReadOnlySpan<int> levels)
    {
        var groups = GroupAll(levels, out _);
        var (suppressed, classes) = (0, 0);
        var cost = new double[Levels.Length];
        for (var g = 0; g < groups; g++)
        {
            if (_sizes[g] >= _goal.K)
            {
                classes++;
                continue;
            }

            suppressed += _sizes[g];
            for (var a = 0; a < cost.Length; a++)
                cost[a] += _sizes[g] * (1 - _share[a][levels[a]][_leaf[(_first[g] * Levels.Length) + a]]);
        }

        return new LatticeCount(suppressed, classes, cost);
    }

    public ImmutableArray<int> SuppressedRows(ReadOnlySpan<int> levels)
    {
        GroupAll(levels, out var groupOf);
        var rows = ImmutableArray.CreateBuilder<int>();
        for (var row = 0; row < Rows; row++)
        {
            if (_sizes[groupOf[_classes.RowClasses[row]]] < _goal.K)
                rows.Add(row);
        }

        return rows.ToImmutable();
    }

    /// <summary>Numbers the groups; sizes and a first class of each are left in the work arrays.</summary>
    private int GroupAll(ReadOnlySpan<int> levels, out int[] groupOf)
    {
        Pack(levels);
        var index = new NumberIndex(Math.Min(_packed.Length, 4096));
        groupOf = new int[_packed.Length];
        for (var c = 0; c < _packed.Length; c++)
        {
            var before = index.Count;
            var g = index.IdOf(_packed[c]);
            groupOf[c] = g;
            if (g == before)
                (_first[g], _sizes[g]) = (c, 0);
            _sizes[g] += _classes.SizeArray[c];
        }

        return index.Count;
    }

    private void Pack(ReadOnlySpan<int> levels)
    {
        var m = Levels.Length;
        Array.Clear(_packed);
        var range = 1UL;
        for (var a = 0; a < m; a++)
        {
            var groups = _group[a][levels[a]];
            var radix = (ulong)_leafCount[a] + 1;
            if (range > ulong.MaxValue / radix)
                range = KeyClasses.Renumber(_packed);
            for (int c = 0, at = a; c < _packed.Length; c++, at += m)
                _packed[c] = (_packed[c] * radix) + (ulong)groups[_leaf[at]];
            range *= radix;
        }
    }

    private void Take(int a, Hierarchy hierarchy)
    {
        var leafOf = hierarchy.Leaves(_classes.Keys[a])!;
        var rowsOf = new double[hierarchy.LeafCount + 1];
        for (var c = 0; c < _classes.Count; c++)
        {
            var code = _classes.Code(a, c);
            // A missing value gets a leaf of its own, after the others, and is as good as suppressed.
            var leaf = code == Column.Missing ? hierarchy.LeafCount : leafOf[code];
            _leaf[(c * Levels.Length) + a] = leaf;
            rowsOf[leaf] += _classes.SizeArray[c];
        }

        _group[a] = new int[hierarchy.Levels][];
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
        var group = new int[n + 1];
        var share = new double[n + 1];
        (group[n], share[n]) = (n, 1);
        var sum = rowsOf[n];
        var bits = 0.0;
        for (var leaf = 0; leaf < n; leaf++)
        {
            group[leaf] = hierarchy.Group(level, leaf);
            share[leaf] = (double)under[group[leaf]] / n;
            sum += rowsOf[leaf] * share[leaf];
            bits -= rowsOf[leaf] == 0 ? 0 : rowsOf[leaf] * Math.Log2(rowsOf[leaf] / rowsUnder[group[leaf]]);
        }

        (_group[a][level], _share[a][level], _shareSum[a][level], _entropy[a][level]) = (group, share, sum, bits);
    }
}
