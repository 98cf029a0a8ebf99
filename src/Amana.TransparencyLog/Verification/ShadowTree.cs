using System.Security.Cryptography;

namespace Amana.TransparencyLog.Verification;

/// <summary>The verifier's own Merkle tree: hashes by itself and shares no code with the side that appends.</summary>
internal sealed class ShadowTree
{
    private readonly TreeHash[] peaks;

    internal ShadowTree() => peaks = new TreeHash[63];

    private ShadowTree(ShadowTree other)
    {
        peaks = [.. other.peaks];
        Count = other.Count;
    }

    internal long Count { get; private set; }

    internal static TreeHash Leaf(ReadOnlySpan<byte> entry)
    {
        const int room = 1024;
        Span<byte> digest = stackalloc byte[32];
        var length = entry.Length + 1;
        var buffer = length <= room ? stackalloc byte[room] : new byte[length];
        buffer[0] = 0x00;
        entry.CopyTo(buffer[1..]);
        SHA256.HashData(buffer[..length], digest);
        return new TreeHash(digest);
    }

    internal ShadowTree Copy() => new(this);

    internal void Append(TreeHash leaf)
    {
        var level = 0;
        while ((Count >> level & 1) != 0)
            leaf = Join(peaks[level++], leaf);
        peaks[level] = leaf;
        Count++;
    }

    internal TreeHash Root()
    {
        TreeHash? root = null;
        for (var level = 0; level < peaks.Length; level++)
        {
            if ((Count >> level & 1) != 0)
                root = root is { } right ? Join(peaks[level], right) : peaks[level];
        }

        return root ?? new TreeHash(SHA256.HashData([]));
    }

    private static TreeHash Join(TreeHash left, TreeHash right)
    {
        Span<byte> buffer = stackalloc byte[65];
        buffer[0] = 0x01;
        left.CopyTo(buffer[1..33]);
        right.CopyTo(buffer[33..65]);
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(buffer, digest);
        return new TreeHash(digest);
    }
}
