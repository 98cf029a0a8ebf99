using System.Runtime.InteropServices;

namespace Amana.Linkage;

/// <summary>
/// Learns the weights without knowing the truth. u comes from random pairs (nearly all of which are different people); m from expectation
/// maximisation (Dempster, Laird and Rubin 1977) over the pairs of each blocking rule in turn, leaving out the comparisons on that rule's
/// own fields, because those agree by construction; the turns' m are averaged by their expected number of matches.
/// </summary>
internal sealed class Estimation(LinkageModel model, PairSource source, LinkOptions options)
{
    private const int Rounds = 200;
    private const double Smoothing = 0.5;
    private readonly List<string> notes = [];
    private readonly double[][] m = [.. model.Comparisons.Select(FirstGuess)];
    private double[][] u = [.. model.Comparisons.Select(c => new double[c.Levels.Count])];
    private double prior = 0.001;

    internal LinkageWeights Run()
    {
        var sample = Sample();
        var turns = model.Rules.Select((_, rule) => Patterns(source.Pairs(rule, options.LargestBlock, null))).ToList();
        var candidates = Candidates();
        for (var round = 0; round < 3; round++)
        {
            LearnU(sample, refine: round > 0);
            LearnM(turns, last: round == 2);
            LearnPrior(candidates);
        }

        return new LinkageWeights(m, u, prior, notes);
    }

    private static double[] FirstGuess(Comparison comparison)
    {
        var guess = new double[comparison.Levels.Count];
        Array.Fill(guess, 0.2 / (guess.Length - 1));
        guess[0] = 0.8;
        return guess;
    }

    private Dictionary<ulong, double> Sample()
    {
        var patterns = new Dictionary<ulong, double>();
        void Count(int a, int b) => CollectionsMarshal.GetValueRefOrAddDefault(patterns, source.Levels(a, b), out _)++;
        if (source.AllPairs <= options.Sample)
        {
            for (var a = 0; a < source.LeftCount; a++)
                for (var b = source.OneFile ? a + 1 : 0; b < source.RightCount; b++)
                    Count(a, b);
            return patterns;
        }

        var random = new Random(options.Seed);
        for (var i = 0; i < options.Sample; i++)
        {
            var (a, b) = (random.Next(source.LeftCount), random.Next(source.RightCount));
            if (!source.OneFile || a < b)
                Count(a, b);
        }

        return patterns;
    }

    private Dictionary<ulong, double> Patterns(IEnumerable<(int A, int B)> pairs)
    {
        var patterns = new Dictionary<ulong, double>();
        foreach (var (a, b) in pairs)
            CollectionsMarshal.GetValueRefOrAddDefault(patterns, source.Levels(a, b), out _)++;
        return patterns;
    }

    private Dictionary<ulong, double> Candidates() =>
        Patterns(Enumerable.Range(0, model.Rules.Count)
            .SelectMany(rule => source.Pairs(rule, options.LargestBlock, null).Where(p => !source.SeenBefore(rule, p.A, p.B))));

    /// <summary>A random sample of a small population holds true matches; from the second round on they are weighed out.</summary>
    private void LearnU(Dictionary<ulong, double> sample, bool refine)
    {
        var counts = model.Comparisons.Select(c => new double[c.Levels.Count]).ToArray();
        foreach (var (pattern, count) in sample)
        {
            var different = refine ? 1 - Posterior(pattern, prior, _ => true) : 1;
            Add(counts, pattern, count * different, _ => true);
        }

        u = Shares(counts);
    }

    private void LearnM(List<Dictionary<ulong, double>> turns, bool last)
    {
        var total = model.Comparisons.Select(c => new double[c.Levels.Count]).ToArray();
        for (var rule = 0; rule < turns.Count; rule++)
        {
            var fields = model.Rules[rule].Fields;
            bool Taught(int i) => !fields.Contains(model.Comparisons[i].Field, StringComparer.Ordinal);
            var counts = Turn(turns[rule], Taught);
            for (var i = 0; i < total.Length; i++)
                for (var level = 0; level < total[i].Length; level++)
                    total[i][level] += counts[i][level];
        }

        var shares = Shares(total);
        for (var i = 0; i < m.Length; i++)
        {
            if (total[i].Sum() > 1)
                m[i] = shares[i];
            else if (last)
                notes.Add($"The weights of {model.Comparisons[i].Field} could not be learnt: no blocking rule without it found matches. A guess stands in their place.");
        }
    }

    /// <summary>Expectation maximisation over one rule's pairs with u fixed; gives the expected level counts among matches.</summary>
    private double[][] Turn(Dictionary<ulong, double> patterns, Func<int, bool> taught)
    {
        var own = m.Select(x => (double[])x.Clone()).ToArray();
        var pairs = patterns.Values.Sum();
        var share = 0.2;
        var counts = Empty();
        for (var round = 0; round < Rounds && pairs > 0; round++)
        {
            counts = Empty();
            var matches = 0d;
            foreach (var (pattern, count) in patterns)
            {
                var expected = count * Posterior(pattern, share, taught, own);
                matches += expected;
                Add(counts, pattern, expected, taught);
            }

            var shares = Shares(counts);
            for (var i = 0; i < own.Length; i++)
                own[i] = taught(i) ? shares[i] : own[i];
            var next = Math.Clamp(matches / pairs, 1e-9, 1 - 1e-6);
            var change = Math.Abs(next - share);
            share = next;
            if (change < 1e-6)
                break;
        }

        return counts;

        double[][] Empty() => [.. model.Comparisons.Select(c => new double[c.Levels.Count])];
    }

    private void LearnPrior(Dictionary<ulong, double> candidates)
    {
        for (var round = 0; round < 50; round++)
        {
            var matches = candidates.Sum(p => p.Value * Posterior(p.Key, prior, _ => true));
            prior = Math.Clamp(matches / source.AllPairs, 0.1 / source.AllPairs, 0.5);
        }
    }

    private double Posterior(ulong pattern, double share, Func<int, bool> taught, double[][]? own = null)
    {
        var odds = share / (1 - share);
        for (var i = 0; i < u.Length; i++)
        {
            var level = PairSource.Level(pattern, i);
            if (level != Comparison.Missing && taught(i))
                odds *= (own ?? m)[i][level] / u[i][level];
        }

        return odds / (1 + odds);
    }

    private static void Add(double[][] counts, ulong pattern, double weight, Func<int, bool> taught)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            var level = PairSource.Level(pattern, i);
            if (level != Comparison.Missing && taught(i))
                counts[i][level] += weight;
        }
    }

    /// <summary>No level is ever impossible: each gets a little more than was seen.</summary>
    private static double[][] Shares(double[][] counts) =>
        [.. counts.Select(c => c.Select(x => (x + Smoothing) / (c.Sum() + (Smoothing * c.Length))).ToArray())];
}
