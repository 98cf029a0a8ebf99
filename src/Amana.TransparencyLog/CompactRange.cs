using System.Buffers.Binary;
using System.Numerics;

namespace Amana.TransparencyLog;

/// <summary>
/// The frontier of a growing tree: the roots of its complete subtrees, largest first, at most one per bit of the size.
/// It is all that a sequencer must store to go on appending and to know the root; the leaves are not needed.
/// </summary>
public sealed class CompactRange
{
    private readonly List<TreeHash> roots;

    /// <summary>Starts an empty tree.</summary>
    public CompactRange() => roots = [];

    private CompactRange(long size, List<TreeHash> roots)
    {
        Size = size;
        this.roots = roots;
    }

    /// <summary>Entries integrated so far.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the complete subtrees, largest (oldest) first.</summary>
    public IReadOnlyList<TreeHash> Hashes => roots;

    /// <summary>Goes on from stored state; the number of hashes must fit the size.</summary>
    public static CompactRange From(long size, IEnumerable<TreeHash> hashes)
    {
        var frontier = hashes.ToList();
        if (size < 0 || frontier.Count != BitOperations.PopCount((ulong)size))
            throw new ArgumentException($"A tree of {size} entries does not have {frontier.Count} complete subtrees.", nameof(hashes));
        return new CompactRange(size, frontier);
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote: size as 8 bytes big-endian, then the hashes.</summary>
    public static CompactRange FromBytes(ReadOnlySpan<byte> state)
    {
        if (state.Length < 8 || (state.Length - 8) % TreeHash.Length != 0)
            throw new ArgumentException("The stored frontier has an impossible length.", nameof(state));
        var hashes = new List<TreeHash>();
        for (var at = 8; at < state.Length; at += TreeHash.Length)
            hashes.Add(new TreeHash(state.Slice(at, TreeHash.Length)));
        return From(BinaryPrimitives.ReadInt64BigEndian(state), hashes);
    }

    public byte[] ToBytes()
    {
        var state = new byte[8 + (roots.Count * TreeHash.Length)];
        BinaryPrimitives.WriteInt64BigEndian(state, Size);
        for (var i = 0; i < roots.Count; i++)
            roots[i].CopyTo(state.AsSpan(8 + (i * TreeHash.Length)));
        return state;
    }

    /// <summary>Adds the next leaf hash at position <see cref="Size"/>.</summary>
    public void Append(TreeHash leaf)
    {
        var hash = leaf;
        for (var carry = Size; (carry & 1) == 1; carry >>= 1)
        {
            hash = TreeHash.OfNode(roots[^1], hash);
            roots.RemoveAt(roots.Count - 1);
        }

        roots.Add(hash);
        Size++;
    }

    /// <summary>The root of the tree at <see cref="Size"/> (RFC 6962 §2.1).</summary>
    public TreeHash Root()
    {
        if (roots.Count == 0)
            return TreeHash.EmptyTree;
        var root = roots[^1];
        for (var i = roots.Count - 2; i >= 0; i--)
            root = TreeHash.OfNode(roots[i], root);
        return root;
    }

    /// <summary>The root over a stream of leaf hashes, holding no more than the frontier in memory.</summary>
    public static TreeHash RootOf(IEnumerable<TreeHash> leaves)
    {
        var range = new CompactRange();
        foreach (var leaf in leaves)
            range.Append(leaf);
        return range.Root();
    }
}
