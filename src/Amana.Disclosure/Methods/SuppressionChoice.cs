using System.Numerics;

namespace Amana.Disclosure;

/// <summary>Decides which values of which classes are taken out. Only counts rows; which of several identical rows is meant is left open.</summary>
internal sealed class SuppressionChoice
{
    private readonly KeyClasses _classes;
    private readonly int _k;
    private readonly KeyPatterns _patterns;
    private readonly UInt128[] _packed;
    private readonly UInt128[] _keeping;
    private readonly WildcardIndex _index;
    private readonly int[] _left;
    private readonly int[] _sets;
    private readonly double[] _weight;
    private readonly Dictionary<int, Dictionary<UInt128, int>> _largest = [];

    public SuppressionChoice(KeyClasses classes, LocalSuppressionGoal goal)
    {
        (_classes, _k) = (classes, goal.K);
        _patterns = new KeyPatterns(classes.Keys);
        _packed = _patterns.PackAll(classes);
        _index = new WildcardIndex(_patterns);
        for (var c = 0; c < _packed.Length; c++)
            _index.Add(_packed[c], new Tally(classes.SizeArray[c], 0));
        _left = [.. classes.SizeArray];
        var m = classes.Keys.Length;
        _keeping = [.. Enumerable.Range(0, 1 << m).Select(_patterns.Keeping)];
        _weight = WeightOfSets(classes, goal);
        _sets = [.. Enumerable.Range(1, (1 << m) - 1).OrderBy(s => _weight[s]).ThenBy(s => s)];
    }

    /// <summary>Rows of a class that lose the keys of a mask.</summary>
    public List<(int Class, int Count, int Mask)> Taken { get; } = [];

    public void Run(IProgress<double>? progress, CancellationToken cancellation)
    {
        var small = Enumerable.Range(0, _packed.Length).Where(c => Matches(_packed[c]) < _k).ToArray();
        Array.Sort(small, (a, b) => _left[a] != _left[b] ? _left[a].CompareTo(_left[b]) : _packed[a].CompareTo(_packed[b]));
        for (var i = 0; i < small.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_left[small[i]] > 0 && Matches(_packed[small[i]]) < _k)
                Resolve(small[i]);
            if (i % 1024 == 0)
                progress?.Report((double)i / small.Length);
        }
    }

    /// <summary>Equal weights differ by a trifle in favour of taking out of the key with most categories.</summary>
    private static double[] WeightOfSets(KeyClasses classes, LocalSuppressionGoal goal)
    {
        var m = classes.Keys.Length;
        var rank = new int[m];
        var order = Enumerable.Range(0, m).OrderByDescending(j => classes.Keys[j].Categories.Length).ThenBy(j => j).ToArray();
        for (var i = 0; i < m; i++)
            rank[order[i]] = i;
        var weights = new double[1 << m];
        for (var set = 1; set < weights.Length; set++)
        {
            var j = BitOperations.TrailingZeroCount(set);
            var own = (goal.Weights.IsDefaultOrEmpty ? 1 : goal.Weights[j]) * (1 + (rank[j] * 1e-6));
            weights[set] = weights[set & (set - 1)] + own;
        }

        return weights;
    }

    private int Matches(UInt128 pattern) => (int)_index.Matches(pattern).Rows;

    private void Resolve(int c)
    {
        var want = _k - Matches(_packed[c]);
        var missing = _patterns.MissingOf(_packed[c]);
        var (bestCost, bestSet, bestDonor) = (double.PositiveInfinity, 0, -1);
        foreach (var set in _sets)
        {
            if (Math.Min(want, _left[c]) * _weight[set] >= bestCost)
                break;
            if ((set & missing) != 0)
                continue;
            if (_left[c] * _weight[set] < bestCost && Matches(_packed[c] & _keeping[set]) >= _k)
                (bestCost, bestSet, bestDonor) = (_left[c] * _weight[set], set, -1);
            if (want * _weight[set] < bestCost && Donor(c, set, missing, want) is { } donor)
                (bestCost, bestSet, bestDonor) = (want * _weight[set], set, donor);
        }

        if (bestSet == 0)
            throw new InvalidOperationException("A file of k rows and more can always be suppressed to k.");
        if (bestDonor < 0)
            Take(c, _left[c], bestSet);
        else
            Take(bestDonor, want, bestSet);
    }

    /// <summary>A class that differs from c in the keys of the set only and has rows to spare, so that taking them there harms nobody.</summary>
    private int? Donor(int c, int set, int missing, int want)
    {
        if (missing != 0)
            return null;
        if (!_largest.TryGetValue(set, out var largest))
        {
            _largest[set] = largest = [];
            for (var d = 0; d < _packed.Length; d++)
            {
                if (_classes.SizeArray[d] < _k || _patterns.MissingOf(_packed[d]) != 0)
                    continue;
                var key = _packed[d] & _keeping[set];
                if (!largest.TryGetValue(key, out var other) || Before(d, other))
                    largest[key] = d;
            }
        }

        return largest.TryGetValue(_packed[c] & _keeping[set], out var donor) && _left[donor] > want ? donor : null;
    }

    private bool Before(int a, int b) => _classes.SizeArray[a] != _classes.SizeArray[b] ? _classes.SizeArray[a] > _classes.SizeArray[b] : _packed[a] < _packed[b];

    private void Take(int c, int rows, int set)
    {
        _index.Remove(_packed[c], new Tally(rows, 0));
        _index.Add(_packed[c] & _keeping[set], new Tally(rows, 0));
        _left[c] -= rows;
        Taken.Add((c, rows, set));
    }
}
