using System.Numerics;

namespace Amana.TransparencyLog;

/// <summary>
/// A place where the hashes of complete subtrees can be looked up: in memory (<see cref="MerkleTree"/>) or in tiles
/// (a tile folder). Everything provable about the tree follows from it.
/// </summary>
public interface ITreeNodes
{
    /// <summary>Entries covered.</summary>
    long Size { get; }

    /// <summary>
    /// The root of the complete subtree over the entries [index·2^level, (index+1)·2^level), all of which lie below <see cref="Size"/>.
    /// </summary>
    TreeHash Node(int level, long index);
}

/// <summary>Roots and proofs of RFC 6962 §2.1, §2.1.1 and §2.1.2 for any tree whose nodes can be looked up.</summary>
public static class TreeNodes
{
    extension(ITreeNodes nodes)
    {
        /// <summary>The root over the first <paramref name="size"/> entries.</summary>
        public TreeHash Root(long size)
        {
            Within(nodes, size);
            return size == 0 ? TreeHash.EmptyTree : Range(nodes, 0, size);
        }

        /// <summary>The audit path of entry <paramref name="index"/> in the tree of the first <paramref name="size"/> entries, leaf's sibling first.</summary>
        public IReadOnlyList<TreeHash> InclusionProof(long index, long size)
        {
            Within(nodes, size);
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
            var path = new List<TreeHash>();
            var (start, end) = (0L, size);
            while (end - start > 1)
            {
                var middle = start + Split(end - start);
                if (index < middle)
                {
                    path.Add(Range(nodes, middle, end));
                    end = middle;
                }
                else
                {
                    path.Add(Range(nodes, start, middle));
                    start = middle;
                }
            }

            path.Reverse();
            return path;
        }

        /// <summary>
        /// The proof that the tree of the first <paramref name="later"/> entries only added to the tree of the first <paramref name="earlier"/>.
        /// Empty when both sizes are equal or the earlier tree is empty: then there is nothing to prove.
        /// </summary>
        public IReadOnlyList<TreeHash> ConsistencyProof(long earlier, long later)
        {
            Within(nodes, later);
            ArgumentOutOfRangeException.ThrowIfNegative(earlier);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, later);
            var path = new List<TreeHash>();
            if (earlier == 0 || earlier == later)
                return path;
            var (start, end) = (0L, later);
            while (end != earlier)
            {
                var middle = start + Split(end - start);
                if (earlier <= middle)
                {
                    path.Add(Range(nodes, middle, end));
                    end = middle;
                }
                else
                {
                    path.Add(Range(nodes, start, middle));
                    start = middle;
                }
            }

            // The earlier root itself is known to the reader; only a subtree inside it has to be named.
            if (start != 0)
                path.Add(Range(nodes, start, end));
            path.Reverse();
            return path;
        }
    }

    /// <summary>The largest power of two smaller than <paramref name="count"/>, which is at least 2.</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)count - 1);

    private static TreeHash Range(ITreeNodes nodes, long start, long end)
    {
        var count = end - start;
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2((ulong)count);
            return nodes.Node(level, start >> level);
        }

        var middle = start + Split(count);
        return TreeHash.OfNode(Range(nodes, start, middle), Range(nodes, middle, end));
    }

    private static void Within(ITreeNodes nodes, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, nodes.Size);
    }
}
