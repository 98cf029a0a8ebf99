using System.Text;

namespace Amana.TransparencyLog.Tests;

/// <summary>What a forger left behind, where the first bad entry truly is, and what a verifier with tiles must call it.</summary>
internal sealed record Tampering(List<StoredEntry> Entries, long First, Damage[] Names, IReadOnlyList<string>? Checkpoints = null)
{
    internal const int Kinds = 13;

    internal static Tampering Make(HonestLog log, int kind, Random random)
    {
        var e = new List<StoredEntry>(log.Entries);
        var signed = log.SignedSizes[^1];
        var p = random.Next(signed);
        return kind switch
        {
            0 => Replace(e, p, e[p] with { Entry = Flip(e[p].Entry, random) }, Damage.EntryAltered),
            1 => Replace(e, p, e[p] with { LeafHash = Flip(e[p].LeafHash, random) }, Damage.LeafHashAltered),
            2 => Replace(e, p, HonestLog.Stored(p, Flip(e[p].Entry, random)), Damage.EntryAltered),
            3 => Replace(e, p, e[p] with { LeafHash = Array.Empty<byte>() }, Damage.LeafHashAltered),
            4 => Gap(e, p, random),
            5 => Drop(log, e, p, random),
            6 => Insert(e, p, random),
            7 => Twice(e, p),
            8 => Swap(e, p, random.Next(signed), bytesOnly: false),
            9 => Swap(e, p, random.Next(signed), bytesOnly: true),
            10 => Cut(log, e, p),
            11 => Cut(log, e, log.SignedSizes[random.Next(log.SignedSizes.Length - 1)]),
            _ => Regrow(log, e, random),
        };
    }

    internal static byte[] Flip(ReadOnlyMemory<byte> bytes, Random random)
    {
        var copy = bytes.ToArray();
        copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    internal static List<StoredEntry> Renumber(List<StoredEntry> entries) => [.. entries.Select((x, i) => x with { Position = i })];

    private static Tampering Replace(List<StoredEntry> e, int p, StoredEntry by, Damage what)
    {
        e[p] = by;
        return new(e, p, [what]);
    }

    private static Tampering Gap(List<StoredEntry> e, int p, Random random)
    {
        var count = 1 + random.Next(Math.Min(5, e.Count - p));
        e.RemoveRange(p, count);
        return new(e, p, [Damage.Dropped, Damage.Truncated, Damage.RolledBack]);
    }

    private static Tampering Drop(HonestLog log, List<StoredEntry> e, int p, Random random)
    {
        var count = 1 + random.Next(Math.Min(5, e.Count - p));
        e.RemoveRange(p, count);
        return new(Renumber(e), p, p == e.Count ? Ends(log, p) : [Damage.Dropped]);
    }

    private static Tampering Insert(List<StoredEntry> e, int p, Random random)
    {
        var count = 1 + random.Next(4);
        e.InsertRange(p, Enumerable.Range(0, count).Select(i => HonestLog.Stored(0, Encoding.UTF8.GetBytes($"never logged {i} {random.Next()}"))));
        return new(Renumber(e), p, [Damage.Inserted]);
    }

    private static Tampering Twice(List<StoredEntry> e, int p)
    {
        e.Insert(p + 1, e[p]);
        return new(e, p, [Damage.Inserted]);
    }

    private static Tampering Swap(List<StoredEntry> e, int p, int q, bool bytesOnly)
    {
        if (p == q)
            q = (p + 1) % e.Count;
        (p, q) = (Math.Min(p, q), Math.Max(p, q));
        var (a, b) = (e[p], e[q]);
        e[p] = bytesOnly ? a with { Entry = b.Entry } : b with { Position = p };
        e[q] = bytesOnly ? b with { Entry = a.Entry } : a with { Position = q };
        return new(e, p, [Damage.Swapped]);
    }

    private static Tampering Cut(HonestLog log, List<StoredEntry> e, int size)
    {
        e.RemoveRange(size, e.Count - size);
        return new(e, size, Ends(log, size));
    }

    private static Tampering Regrow(HonestLog log, List<StoredEntry> e, Random random)
    {
        var (size, back) = (e.Count, random.Next(log.SignedSizes[^1]));
        e.RemoveRange(back, size - back);
        for (var i = back; i < size + random.Next(3); i++)
            e.Add(HonestLog.Stored(i, Encoding.UTF8.GetBytes($"another history {i}")));
        return new(e, back, [Damage.EntryAltered]);
    }

    private static Damage[] Ends(HonestLog log, int size) =>
        log.SignedSizes.Contains(size) || size == 0 ? [Damage.RolledBack] : [Damage.Truncated];
}
