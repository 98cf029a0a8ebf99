using System.Collections.Immutable;

namespace Amana.Disclosure;

/// <summary>How easily people are found in a release, in four figures.</summary>
/// <param name="SmallestGroup">Records that match the record easiest to find (its own included).</param>
/// <param name="BelowK">Records in groups below k.</param>
/// <param name="Uniques">Records that match nobody else.</param>
/// <param name="GlobalRisk">Expected re-identifications per record, in [0,1].</param>
public sealed record ReleaseFigures(double SmallestGroup, int BelowK, int Uniques, double GlobalRisk);

/// <summary>How much one key variable has to do with people being found.</summary>
/// <param name="Key">The variable.</param>
/// <param name="Resolved">Records below k that would not be without it.</param>
/// <param name="ShareOfUniqueness">Its share in the special-uniques score of the file, in [0,1].</param>
public sealed record KeyContribution(string Key, int Resolved, double ShareOfUniqueness);

/// <summary>One change to a release, and where it leads.</summary>
/// <param name="After">The figures after it.</param>
/// <param name="ReachesK">Whether it is enough by itself.</param>
/// <param name="Loss">Detail of the key variables that is lost, in [0,1], on average over the keys: 1 is all of it.</param>
public abstract record ReleaseChange(ReleaseFigures After, bool ReachesK, double Loss)
{
    /// <summary>Leave a key out: "Without village, the smallest group is 6."</summary>
    public sealed record DropKey(string Key, ReleaseFigures After, bool ReachesK, double Loss) : ReleaseChange(After, ReachesK, Loss);

    /// <summary>Show a key at a coarser level: "With age in tens of years, …". The lowest level that reaches k, or the coarsest one that still tells something.</summary>
    public sealed record CoarsenKey(string Key, int Level, ReleaseFigures After, bool ReachesK, double Loss) : ReleaseChange(After, ReachesK, Loss);

    /// <summary>Take single values out: "With 12 values left out (9 of them villages), …".</summary>
    public sealed record SuppressCells(ImmutableArray<(string Key, int Cells)> Cells, ReleaseFigures After, bool ReachesK, double Loss)
        : ReleaseChange(After, ReachesK, Loss)
    {
        /// <summary>Number of values left out.</summary>
        public int Count => Cells.Sum(c => c.Cells);
    }
}

/// <summary>What a release comes to, which keys make people findable in it, and which single changes would mend it.</summary>
public sealed class ReleaseAdvice
{
    private const int KeysForAllSets = 10;
    private const int LargestSetBeyond = 3;

    private readonly Microdata _microdata;
    private readonly ImmutableArray<string> _keys;
    private readonly int _k;

    private ReleaseAdvice(Microdata microdata, ImmutableArray<string> keys, int k)
    {
        (_microdata, _keys, _k) = (microdata, keys, k);
        Now = Figures(microdata, keys);
    }

    /// <summary>The figures as it stands.</summary>
    public ReleaseFigures Now { get; }

    /// <summary>Whether every group is large enough as it stands.</summary>
    public bool HoldsAlready => Now.BelowK == 0;

    /// <summary>Keys, the one that makes most people findable first.</summary>
    public ImmutableArray<KeyContribution> Contributions { get; private set; } = [];

    /// <summary>Changes; those that reach k first, of these the one that loses least first. Empty where k holds already.</summary>
    public ImmutableArray<ReleaseChange> Changes { get; private set; } = [];

    /// <summary>Advises on the release of these keys at k.</summary>
    /// <param name="microdata">What is to be released.</param>
    /// <param name="keys">The key variables in it.</param>
    /// <param name="k">Least number of records in a group.</param>
    /// <param name="hierarchies">How keys can be coarsened; a key without one is not proposed for it, nor one with a value unknown to it.</param>
    public static ReleaseAdvice For(
        Microdata microdata, IEnumerable<string> keys, int k, IEnumerable<Hierarchy>? hierarchies = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        var advice = new ReleaseAdvice(microdata, [.. keys], k);
        if (advice.HoldsAlready)
            return advice;
        var drops = advice._keys.Select(key => advice.Drop(key, cancellation)).ToArray();
        var coarsenings = (hierarchies ?? []).Where(h => advice._keys.Contains(h.Name)).Select(h => advice.Coarsen(h, cancellation)).OfType<ReleaseChange>();
        advice.Contributions = advice.Weigh(drops, cancellation);
        advice.Changes =
        [
            .. drops.Concat(coarsenings).Append(advice.Suppress(cancellation))
                .OrderByDescending(c => c.ReachesK).ThenBy(c => c.ReachesK ? 0 : c.After.BelowK).ThenBy(c => c.Loss),
        ];
        return advice;
    }

    private ImmutableArray<KeyContribution> Weigh(ReleaseChange.DropKey[] drops, CancellationToken cancellation)
    {
        var largestSet = _keys.Length <= KeysForAllSets ? _keys.Length : LargestSetBeyond;
        var shares = Suda.Measure(_microdata, _keys, largestSet, cancellation: cancellation).Contributions();
        return
        [
            .. drops.Select((d, i) => new KeyContribution(d.Key, Now.BelowK - d.After.BelowK, shares[i]))
                .OrderByDescending(c => c.Resolved).ThenByDescending(c => c.ShareOfUniqueness),
        ];
    }

    private ReleaseChange.DropKey Drop(string key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var after = Figures(_microdata, _keys.Remove(key));
        return new ReleaseChange.DropKey(key, after, after.BelowK == 0, 1.0 / _keys.Length);
    }

    private ReleaseChange.CoarsenKey? Coarsen(Hierarchy hierarchy, CancellationToken cancellation)
    {
        ReleaseChange.CoarsenKey? best = null;
        for (var level = 1; level < hierarchy.Levels && hierarchy.Labels[level].Length > 1; level++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (hierarchy.Coarsen(_microdata[hierarchy.Name], level) is not Answer<Column>.Given { Value: var column })
                return null;
            var after = Figures(_microdata.With(column), _keys);
            best = new ReleaseChange.CoarsenKey(hierarchy.Name, level, after, after.BelowK == 0, LossOf(hierarchy, level, column) / _keys.Length);
            if (best.ReachesK)
                break;
        }

        return best;
    }

    private ReleaseChange.SuppressCells Suppress(CancellationToken cancellation)
    {
        var suppression = LocalSuppression.Run(_microdata, _keys, new LocalSuppressionGoal { K = _k }, cancellation: cancellation);
        var cells = _keys.Zip(suppression.Suppressed).Where(c => c.Second > 0).OrderByDescending(c => c.Second).ToImmutableArray();
        var after = Figures(suppression.Result, _keys);
        return new ReleaseChange.SuppressCells(cells, after, after.BelowK == 0, (double)suppression.Suppressed.Sum() / (_microdata.RowCount * _keys.Length));
    }

    /// <summary>Values that share a group with each record's value, out of those that could: 0 for a value by itself, 1 for all values in one.</summary>
    private static double LossOf(Hierarchy hierarchy, int level, Column column)
    {
        var under = hierarchy.LeavesUnder(level);
        var sum = 0.0;
        foreach (var code in column.Codes)
            sum += code == Column.Missing ? 0 : (under[code] - 1.0) / Math.Max(1, hierarchy.LeafCount - 1);
        return column.RowCount == 0 ? 0 : sum / column.RowCount;
    }

    private ReleaseFigures Figures(Microdata microdata, ImmutableArray<string> keys)
    {
        var n = microdata.RowCount;
        if (keys.IsEmpty)
            return new ReleaseFigures(n, n < _k ? n : 0, n == 1 ? 1 : 0, n == 0 ? 0 : 1.0 / n);
        var anonymity = KAnonymity.Measure(microdata, keys);
        var risk = GlobalRisk.Of(IndividualRisk.Measure(anonymity));
        return new ReleaseFigures(anonymity.Smallest, anonymity.ViolatorCount(_k), anonymity.Uniques, risk.Share);
    }
}
