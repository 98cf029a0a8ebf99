using System.Collections.Immutable;
using System.Numerics;

namespace Amana.Disclosure;

/// <summary>
/// Special uniques (SUDA2; Manning, Haglin &amp; Keane 2008). A minimal sample unique is a set of key values that only one record has
/// while every part of it is shared; the smaller the set, the easier the record is found. A set of s among m keys scores (m − s)!,
/// a record the sum over its sets. A missing value singles nobody out, and is not a match for a value either.
/// </summary>
public sealed class Suda
{
    private readonly KeyClasses _classes;
    private readonly double[] _score;
    private readonly double[][] _share;

    private Suda(KeyClasses classes, double[] score, double[][] share)
    {
        _classes = classes;
        _score = score;
        _share = share;
    }

    /// <summary>Highest score of any record.</summary>
    public double Highest => _score.Length == 0 ? 0 : _score.Max();

    /// <summary>
    /// Looks for the sets of up to <paramref name="largestSet"/> keys (all of them by default). Time is linear in sets × classes.
    /// Refuses (throws on) more than 20 keys.
    /// </summary>
    public static Suda Measure(
        Microdata microdata, IEnumerable<string> keys, int? largestSet = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var classes = KeyClasses.Of(microdata, keys);
        if (classes.Keys.Length > 20)
            throw new ArgumentException("At most 20 keys: the sets of keys double with each.", nameof(keys));
        var search = new MinimalUniques(classes);
        search.Run(Math.Min(largestSet ?? classes.Keys.Length, classes.Keys.Length), progress, cancellation);
        return new Suda(classes, search.Score, search.Share);
    }

    /// <summary>Score of a row; 0 for a record that no set of keys singles out.</summary>
    public double Score(int row) => _score[_classes.ClassOfRow[row]];

    /// <summary>How much each key contributes to the score of a row: the share of the score that comes from sets with this key, in [0,1].</summary>
    public ImmutableArray<double> Contributions(int row)
    {
        var c = _classes.ClassOfRow[row];
        return [.. _share.Select(of => _score[c] == 0 ? 0 : of[c] / _score[c])];
    }

    /// <summary>The same over the whole file.</summary>
    public ImmutableArray<double> Contributions()
    {
        var total = _score.Sum();
        return [.. _share.Select(of => total == 0 ? 0 : of.Sum() / total)];
    }

    /// <summary>
    /// DIS-SUDA: the probability that a match with the record is right (Elliot 2000), spread over the records by their scores;
    /// per row in [0,1]. φ is the sampling fraction in (0,1]. In a full census (φ = 1) every record that scores has 1.
    /// </summary>
    public double[] IntrusionScores(double samplingFraction)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplingFraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samplingFraction, 1);
        var sizes = _classes.SizeArray;
        double uniques = sizes.Count(s => s == 1);
        double inPairs = sizes.Count(s => s == 2) * 2;
        var dis = uniques * samplingFraction / ((uniques * samplingFraction) + (inPairs * (1 - samplingFraction)));
        var q = 1 + ((8 - _classes.Keys.Length) / 20.0);
        var inverse = _score.Where(s => s > 0).Sum(s => Math.Pow(s, -q));
        var ofClass = _score.Select(s => s > 0 ? 1 / (1 + (((uniques / dis) - uniques) / (Math.Pow(s, q) * inverse))) : 0).ToArray();
        return [.. _classes.RowClasses.Select(c => ofClass[c])];
    }
}

/// <summary>Goes through the sets of keys by size; a record unique on a set is minimal there when it is unique on none of the sets with one key less.</summary>
internal sealed class MinimalUniques
{
    private readonly KeyClasses _classes;
    private readonly int[][] _codes;
    private readonly int[] _candidates;
    private readonly int[] _missing;

    public MinimalUniques(KeyClasses classes)
    {
        _classes = classes;
        _codes = [.. Enumerable.Range(0, classes.Keys.Length).Select(classes.CodesOf)];
        _candidates = [.. Enumerable.Range(0, classes.Count).Where(c => classes.SizeArray[c] == 1)];
        _missing = new int[classes.Count];
        for (var j = 0; j < _codes.Length; j++)
        {
            for (var c = 0; c < _missing.Length; c++)
                _missing[c] |= _codes[j][c] == Column.Missing ? 1 << j : 0;
        }

        Score = new double[classes.Count];
        Share = [.. _codes.Select(_ => new double[classes.Count])];
    }

    public double[] Score { get; }

    /// <summary>Per key, per class: the part of the score from sets with this key.</summary>
    public double[][] Share { get; }

    public void Run(int largestSet, IProgress<double>? progress, CancellationToken cancellation)
    {
        var m = _codes.Length;
        var below = new Dictionary<int, ulong[]>();
        var sets = Enumerable.Range(1, (1 << m) - 1).Where(s => BitOperations.PopCount((uint)s) <= largestSet).ToLookup(s => BitOperations.PopCount((uint)s));
        double done = 0, all = sets.Sum(g => g.Count());
        for (var size = 1; size <= largestSet; size++)
        {
            var here = new Dictionary<int, ulong[]>();
            foreach (var set in sets[size])
            {
                cancellation.ThrowIfCancellationRequested();
                here[set] = UniqueOn(set);
                Note(set, size, here[set], below);
                progress?.Report(++done / all);
            }

            below = here;
        }
    }

    /// <summary>The candidates (as bits) that no other record shares these keys with.</summary>
    private ulong[] UniqueOn(int set)
    {
        var packed = Project(set);
        var index = new NumberIndex(1024);
        var ids = new int[packed.Length];
        var rows = new List<int>(1024);
        for (var c = 0; c < packed.Length; c++)
        {
            ids[c] = index.IdOf(packed[c]);
            if (ids[c] == rows.Count)
                rows.Add(0);
            rows[ids[c]] += _classes.SizeArray[c];
        }

        var unique = new ulong[(_candidates.Length + 63) / 64];
        for (var i = 0; i < _candidates.Length; i++)
        {
            var c = _candidates[i];
            if (rows[ids[c]] == 1 && (_missing[c] & set) == 0)
                unique[i >> 6] |= 1UL << (i & 63);
        }

        return unique;
    }

    private ulong[] Project(int set)
    {
        var packed = new ulong[_classes.Count];
        var range = 1UL;
        for (var j = 0; j < _codes.Length; j++)
        {
            if ((set & (1 << j)) == 0)
                continue;
            var radix = (ulong)_classes.Keys[j].Categories.Length + 1;
            if (range > ulong.MaxValue / radix)
                range = KeyClasses.Renumber(packed);
            for (var c = 0; c < packed.Length; c++)
                packed[c] = (packed[c] * radix) + (ulong)(_codes[j][c] + 1);
            range *= radix;
        }

        return packed;
    }

    private void Note(int set, int size, ulong[] unique, Dictionary<int, ulong[]> below)
    {
        var score = 1.0;
        for (var i = 2; i <= _codes.Length - size; i++)
            score *= i;
        for (var word = 0; word < unique.Length; word++)
        {
            var minimal = unique[word];
            for (var left = set; left != 0 && minimal != 0; left &= left - 1)
                minimal &= below.TryGetValue(set & ~(left & -left), out var smaller) ? ~smaller[word] : ulong.MaxValue;
            for (; minimal != 0; minimal &= minimal - 1)
                Add(_candidates[(word << 6) + BitOperations.TrailingZeroCount(minimal)], set, score);
        }
    }

    private void Add(int @class, int set, double score)
    {
        Score[@class] += score;
        for (var j = 0; j < Share.Length; j++)
            Share[j][@class] += (set & (1 << j)) != 0 ? score : 0;
    }
}
