using System.Runtime.InteropServices;

namespace Amana.Linkage;

/// <summary>
/// The records of one or two files made ready: prepared values, blocking keys as numbers, frequencies. With one file, pairs run over i &lt; j.
/// </summary>
internal sealed class PairSource
{
    private readonly IReadOnlyList<Comparison> comparisons;
    private readonly ComparedValue?[][] left;
    private readonly ComparedValue?[][] right;
    private readonly int[][] leftKeys;
    private readonly int[][] rightKeys;
    private readonly Dictionary<string, double>[] frequencyBits;

    internal PairSource(LinkageModel model, IReadOnlyList<LinkRecord> leftRecords, IReadOnlyList<LinkRecord>? rightRecords)
    {
        comparisons = model.Comparisons;
        OneFile = rightRecords is null;
        left = Prepare(leftRecords);
        right = rightRecords is null ? left : Prepare(rightRecords);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        leftKeys = [.. model.Rules.Select(r => Keys(r, leftRecords, ids))];
        rightKeys = rightRecords is null ? leftKeys : [.. model.Rules.Select(r => Keys(r, rightRecords, ids))];
        frequencyBits = [.. comparisons.Select((c, i) => c.FrequencyCounts ? Frequencies(i) : [])];
    }

    internal bool OneFile { get; }

    internal long AllPairs => OneFile ? (long)left[0].Length * (left[0].Length - 1) / 2 : (long)left[0].Length * right[0].Length;

    internal int LeftCount => left[0].Length;

    internal int RightCount => right[0].Length;

    /// <summary>The levels of a pair, four bits each; 15 stands for missing.</summary>
    internal ulong Levels(int a, int b)
    {
        var packed = 0UL;
        for (var i = comparisons.Count - 1; i >= 0; i--)
            packed = (packed << 4) | ((uint)comparisons[i].Compare(left[i][a], right[i][b]) & 15);
        return packed;
    }

    internal static int Level(ulong packed, int comparison)
    {
        var level = (int)(packed >> (4 * comparison)) & 15;
        return level == 15 ? Comparison.Missing : level;
    }

    /// <summary>
    /// How many bits more than on average equality in this record's value weighs: log2 of mean to own frequency. Mean and own come from the same
    /// counts, so that true duplicates, which double every count, cancel out.
    /// </summary>
    internal double FrequencyBits(int comparison, int a) =>
        comparisons[comparison].FrequencyCounts && left[comparison][a] is { } value ? frequencyBits[comparison][value.Text] : 0;

    /// <summary>The pairs that a rule brings together.</summary>
    internal List<(int A, int B)> Pairs(int rule, long largestBlock, Action<long>? leftOut)
    {
        var blocks = new Dictionary<int, List<int>>();
        for (var b = 0; b < rightKeys[rule].Length; b++)
        {
            if (rightKeys[rule][b] < 0)
                continue;
            ref var block = ref CollectionsMarshal.GetValueRefOrAddDefault(blocks, rightKeys[rule][b], out _);
            (block ??= []).Add(b);
        }

        var pairs = new List<(int, int)>();
        foreach (var group in leftKeys[rule].Select((key, a) => (key, a)).Where(x => x.key >= 0 && blocks.ContainsKey(x.key)).GroupBy(x => x.key, x => x.a))
        {
            var members = group.ToList();
            var partners = blocks[group.Key];
            var count = OneFile ? (long)members.Count * (members.Count - 1) / 2 : (long)members.Count * partners.Count;
            if (count > largestBlock)
                leftOut?.Invoke(count);
            else
                pairs.AddRange(from a in members from b in partners where !OneFile || a < b select (a, b));
        }

        return pairs;
    }

    /// <summary>Whether an earlier rule has already brought the pair together.</summary>
    internal bool SeenBefore(int rule, int a, int b)
    {
        for (var earlier = 0; earlier < rule; earlier++)
        {
            if (leftKeys[earlier][a] >= 0 && leftKeys[earlier][a] == rightKeys[earlier][b])
                return true;
        }

        return false;
    }

    private ComparedValue?[][] Prepare(IReadOnlyList<LinkRecord> records) => [.. comparisons.Select(c => records.Select(c.Prepare).ToArray())];

    private static int[] Keys(BlockingRule rule, IReadOnlyList<LinkRecord> records, Dictionary<string, int> ids) =>
        [.. records.Select(r =>
        {
            if (rule.Key(r) is not { } key)
                return -1;
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, key, out var known);
            return known ? id : id = ids.Count;
        })];

    private Dictionary<string, double> Frequencies(int comparison)
    {
        var values = (OneFile ? left[comparison] : left[comparison].Concat(right[comparison])).OfType<ComparedValue>().ToList();
        var shares = values.CountBy(v => v.Text, StringComparer.Ordinal).ToDictionary(v => v.Key, v => (double)v.Value / values.Count, StringComparer.Ordinal);
        var mean = shares.Values.Sum(f => f * f);
        return shares.ToDictionary(f => f.Key, f => Math.Log2(mean / f.Value), StringComparer.Ordinal);
    }
}
