using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Amana.Disclosure;

/// <summary>A question that was answered with noise.</summary>
/// <param name="Question">What was counted, in one agreed form of words.</param>
/// <param name="Epsilon">What it cost.</param>
/// <param name="Answer">What was told; it may be below 0.</param>
public sealed record PrivateCount(string Question, double Epsilon, long Answer);

/// <summary>
/// Counts with differential privacy (Dwork et al. 2006): noise v with P(v) ∝ e^(−ε|v|/Δ), and an account of what was spent. A question is
/// answered once: asked again, the same answer is given and nothing spent, since drawing anew would wear the noise away. The noise comes
/// from a secret and the question, so even a lost account draws the same again. Immutable: each answer gives the next account.
/// </summary>
public sealed record PrivacyLedger
{
    /// <summary>Opens an account of so much ε in all.</summary>
    public PrivacyLedger(double budget)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(budget);
        Budget = budget;
    }

    /// <summary>ε that may be spent in all.</summary>
    public double Budget { get; }

    /// <summary>What was answered, in order.</summary>
    public ImmutableArray<PrivateCount> Entries { get; init; } = [];

    /// <summary>ε spent: that of the answers together, as if all were about the same people.</summary>
    public double Spent => Entries.Sum(e => e.Epsilon);

    /// <summary>Answers, or refuses with <c>privacy.budget-spent</c> where it would cost more than is left.</summary>
    /// <param name="question">What is counted; the same words for the same count.</param>
    /// <param name="count">The true count.</param>
    /// <param name="epsilon">What may be spent on it; the smaller, the more noise.</param>
    /// <param name="secret">Of 16 bytes or more, the same for the life of the account.</param>
    /// <param name="sensitivity">Δ: by how much one person can change the count, 1 or more.</param>
    public Answer<(PrivateCount Count, PrivacyLedger Ledger)> Ask(string question, long count, double epsilon, ReadOnlySpan<byte> secret, int sensitivity = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        ArgumentOutOfRangeException.ThrowIfLessThan(sensitivity, 1);
        if (secret.Length < 16)
            throw new ArgumentException("A secret has 16 bytes or more.", nameof(secret));
        if (Entries.FirstOrDefault(e => string.Equals(e.Question, question, StringComparison.Ordinal)) is { } told)
            return new Answer<(PrivateCount, PrivacyLedger)>.Given((told, this));
        if (Spent + epsilon > Budget * (1 + 1e-12))
            return new Answer<(PrivateCount, PrivacyLedger)>.Refused(new Fault("privacy.budget-spent", 0, question));
        var entry = new PrivateCount(question, epsilon, count + Noise(secret, question, epsilon / sensitivity));
        return new Answer<(PrivateCount, PrivacyLedger)>.Given((entry, this with { Entries = Entries.Add(entry) }));
    }

    /// <summary>The difference of two geometric draws has the two-sided geometric distribution.</summary>
    internal static long Noise(ReadOnlySpan<byte> secret, string question, double rate)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(secret, Pseudonyms.Framed([question]), hash);
        return Geometric(hash, rate) - Geometric(hash[8..], rate);
    }

    private static long Geometric(ReadOnlySpan<byte> bytes, double rate)
    {
        var uniform = ((BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 11) + 0.5) / (1UL << 53);
        return (long)Math.Floor(-Math.Log(uniform) / rate);
    }
}
