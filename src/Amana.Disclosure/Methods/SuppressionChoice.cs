using System.Numerics;

namespace Amana.Disclosure;

/// <summary>Decides which values of which classes are taken out. Only counts rows; which of several identical rows is meant is left open.</summary>
internal sealed class SuppressionChoice
{
    private readonly KeyClasses _classes;
    private readonly int _k;
    private readonly KeyPatterns _patterns;
    private readonly UInt128[] _packed;
    private readonly ISuppressionMatches _matches;
    private readonly int[] _left;
    private readonly int[] _sets;
    private readonly double[] _weight;

    public SuppressionChoice(KeyClasses classes, LocalSuppressionGoal goal, bool byTables)
    {
        (_classes, _k) = (classes, goal.K);
        _patterns = new KeyPatterns(classes.Keys);
        _packed = _patterns.PackAll(classes);
        _matches = byTables ? new IndexedMatches(classes, _patterns, _packed, _k) : new ScannedMatches(classes, _patterns, _packed, _k);
        _left = [.. classes.SizeArray];
        _weight = WeightOfSets(classes, goal);
        _sets = [.. Enumerable.Range(1, _weight.Length - 1).OrderBy(s => _weight[s]).ThenBy(s => s)];
    }

    /// <summary>
    /// Tables over the keys that are left grow with the sets of keys, comparing with every class grows with the square of the classes:
    /// which costs less was measured, on files of few and of many different people.
    /// </summary>
    public static bool TablesCostLess(KeyClasses classes) => classes.Keys.Length <= 8 || (classes.Keys.Length <= 10 && classes.Count > 40_000);

    /// <summary>Rows of a class that lose the keys of a mask.</summary>
    public List<(int Class, int Count, int Mask)> Taken { get; } = [];

    public void Run(IProgress<double>? progress, CancellationToken cancellation)
    {
        var frequency = KAnonymity.Measure(_classes).ClassFrequencies;
        var small = new List<int>();
        for (var c = 0; c < frequency.Length; c++)
        {
            if (frequency[c] < _k)
                small.Add(c);
        }

        small.Sort((a, b) => _left[a] != _left[b] ? _left[a].CompareTo(_left[b]) : _packed[a].CompareTo(_packed[b]));
        for (var i = 0; i < small.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_left[small[i]] > 0)
                Resolve(small[i]);
            if (i % 1024 == 0)
                progress?.Report((double)i / small.Count);
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

    private void Resolve(int c)
    {
        _matches.TurnTo(c);
        var want = _k - _matches.With(0);
        if (want <= 0)
            return;
        var missing = _patterns.MissingOf(_packed[c]);
        var (bestCost, bestSet, bestDonor) = (double.PositiveInfinity, 0, -1);
        foreach (var set in _sets)
        {
            if (Math.Min(want, _left[c]) * _weight[set] >= bestCost)
                break;
            if ((set & missing) != 0)
                continue;
            if (_left[c] * _weight[set] < bestCost && _matches.With(set) >= _k)
                (bestCost, bestSet, bestDonor) = (_left[c] * _weight[set], set, -1);
            if (missing == 0 && want * _weight[set] < bestCost && Donor(set, want) is { } donor)
                (bestCost, bestSet, bestDonor) = (want * _weight[set], set, donor);
        }

        if (bestSet == 0)
            throw new InvalidOperationException("A file of k rows and more can always be suppressed to k.");
        if (bestDonor < 0)
            Take(c, _left[c], bestSet);
        else
            Take(bestDonor, want, bestSet);
    }

    /// <summary>A large class that differs in the keys of the set and has rows to spare: taking them out there harms nobody and makes them match.</summary>
    private int? Donor(int set, int want) => _matches.LargeNeighbour(set) is >= 0 and var donor && _left[donor] > want ? donor : null;

    private void Take(int c, int rows, int set)
    {
        _matches.Take(c, rows, set);
        _left[c] -= rows;
        Taken.Add((c, rows, set));
    }
}
