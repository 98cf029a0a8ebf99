using System.Numerics;

namespace Amana.TransparencyLog;

/// <summary>
/// Checks proofs with nothing but hashes in hand, by the algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2 (the hashes are those of RFC 6962).
/// Any input that no honest tree could have produced is answered with false.
/// </summary>
public static class Proof
{
    /// <summary>Whether <paramref name="leaf"/> stands at <paramref name="index"/> in the tree of <paramref name="size"/> entries with this root.</summary>
    public static bool IncludesLeaf(TreeHash leaf, long index, long size, IReadOnlyList<TreeHash> path, TreeHash root)
    {
        if (index < 0 || index >= size)
            return false;
        var (at, last) = (index, size - 1);
        var hash = leaf;
        foreach (var sibling in path)
        {
            if (last == 0)
                return false;
            if ((at & 1) == 1 || at == last)
            {
                hash = TreeHash.OfNode(sibling, hash);
                SkipLoneLevels(ref at, ref last);
            }
            else
            {
                hash = TreeHash.OfNode(hash, sibling);
            }

            at >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>Whether <paramref name="entry"/> stands at <paramref name="index"/> in the tree of <paramref name="size"/> entries with this root.</summary>
    public static bool IncludesEntry(ReadOnlySpan<byte> entry, long index, long size, IReadOnlyList<TreeHash> path, TreeHash root) =>
        IncludesLeaf(TreeHash.OfLeaf(entry), index, size, path, root);

    /// <summary>Whether the later tree holds everything that the earlier one held, in the same order, and only added to it.</summary>
    public static bool IsConsistent(long earlier, TreeHash earlierRoot, long later, TreeHash laterRoot, IReadOnlyList<TreeHash> path)
    {
        if (earlier < 0 || earlier > later)
            return false;
        if (earlier == later)
            return path.Count == 0 && earlierRoot == laterRoot;
        if (earlier == 0)
            return path.Count == 0 && earlierRoot == TreeHash.EmptyTree;
        return BitOperations.IsPow2(earlier)
            ? Climb(earlier, earlierRoot, later, laterRoot, [earlierRoot, .. path])
            : Climb(earlier, earlierRoot, later, laterRoot, path);
    }

    private static bool Climb(long earlier, TreeHash earlierRoot, long later, TreeHash laterRoot, IReadOnlyList<TreeHash> path)
    {
        if (path.Count == 0)
            return false;
        var (at, last) = (earlier - 1, later - 1);
        while ((at & 1) == 1)
        {
            at >>= 1;
            last >>= 1;
        }

        var (first, second) = (path[0], path[0]);
        foreach (var sibling in path.Skip(1))
        {
            if (last == 0)
                return false;
            if ((at & 1) == 1 || at == last)
            {
                first = TreeHash.OfNode(sibling, first);
                second = TreeHash.OfNode(sibling, second);
                SkipLoneLevels(ref at, ref last);
            }
            else
            {
                second = TreeHash.OfNode(second, sibling);
            }

            at >>= 1;
            last >>= 1;
        }

        return last == 0 && first == earlierRoot && second == laterRoot;
    }

    /// <summary>On the right edge of an incomplete tree a node has no sibling at some levels and rises through them unhashed.</summary>
    private static void SkipLoneLevels(ref long at, ref long last)
    {
        while ((at & 1) == 0 && at != 0)
        {
            at >>= 1;
            last >>= 1;
        }
    }
}
