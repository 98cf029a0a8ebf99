namespace Amana.Linkage;

/// <summary>What is compared, which pairs are looked at, and, once estimated, what each level of agreement weighs.</summary>
public sealed record LinkageModel(IReadOnlyList<Comparison> Comparisons, IReadOnlyList<BlockingRule> Rules, LinkageWeights? Weights = null)
{
    /// <summary>Most comparisons in a model: levels are packed four bits each.</summary>
    public const int MostComparisons = 15;
}

/// <summary>
/// The parameters of Fellegi and Sunter's model: for each comparison and level, how often it occurs among pairs of the same person (m) and
/// of different people (u), and how probable it is that any two records are of one person (prior).
/// </summary>
public sealed record LinkageWeights(IReadOnlyList<double[]> M, IReadOnlyList<double[]> U, double Prior, IReadOnlyList<string> Notes)
{
    /// <summary>log2 of m/u: the evidence of one level, in bits. Missing weighs nothing.</summary>
    public double Bits(int comparison, int level) =>
        level == Comparison.Missing ? 0 : Math.Log2(M[comparison][level] / U[comparison][level]);

    /// <summary>The weight before anything was compared, in bits.</summary>
    public double PriorBits => Math.Log2(Prior / (1 - Prior));

    /// <summary>The probability that belongs to a weight in bits.</summary>
    public static double Probability(double bits) => 1 / (1 + Math.Pow(2, -bits));
}

/// <summary>
/// Two records and how much speaks for their being one person: bits of evidence (with the prior) and the probability that they mean.
/// <see cref="Because"/> gives the evidence comparison by comparison, for the person who has to decide.
/// </summary>
public sealed record ScoredPair(string Left, string Right, double Bits, IReadOnlyList<Agreement> Because)
{
    public double Probability => LinkageWeights.Probability(Bits);
}

/// <summary>One comparison's level in a pair and its weight in bits, adjusted for the value's frequency where that counts.</summary>
public readonly record struct Agreement(string Field, string Level, double Bits);

/// <summary>How a run is done. The defaults link only what is nearly certain and keep doubtful pairs for a person to review.</summary>
public sealed record LinkOptions
{
    /// <summary>Pairs at least this probable are linked.</summary>
    public double LinkFrom { get; init; } = 0.9;

    /// <summary>Pairs at least this probable are reported; those below <see cref="LinkFrom"/> are for review.</summary>
    public double ReviewFrom { get; init; } = 0.1;

    /// <summary>In linking two files: whether a record has at most one partner.</summary>
    public bool OneToOne { get; init; } = true;

    /// <summary>A block of more pairs than this is left out, and the notes say so.</summary>
    public long LargestBlock { get; init; } = 2_000_000;

    /// <summary>Random pairs from which u is estimated.</summary>
    public int Sample { get; init; } = 500_000;

    /// <summary>The same seed gives the same result.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>The outcome of a run. Links are what the threshold and the one-to-one rule left; nothing has been merged.</summary>
/// <param name="Pairs">All pairs from <see cref="LinkOptions.ReviewFrom"/> on, heaviest first.</param>
/// <param name="Links">The pairs taken for the same person.</param>
/// <param name="Clusters">Groups of ids that links join, of two or more. In linking two files left ids come first in their groups.</param>
/// <param name="Model">The model with its weights, to be kept and used again.</param>
/// <param name="Candidates">Pairs compared.</param>
/// <param name="Notes">What a reader must know: blocks left out, weights that could not be learnt.</param>
public sealed record LinkResult(
    IReadOnlyList<ScoredPair> Pairs,
    IReadOnlyList<ScoredPair> Links,
    IReadOnlyList<IReadOnlyList<string>> Clusters,
    LinkageModel Model,
    long Candidates,
    IReadOnlyList<string> Notes);
