namespace Amana.TransparencyLog;

/// <summary>
/// The Merkle tree of RFC 6962 §2.1 kept whole in memory: every complete subtree's hash, about 64 bytes an entry.
/// Append, then ask for the root, an inclusion proof or a consistency proof at any size reached (<see cref="TreeNodes"/>).
/// </summary>
public sealed class MerkleTree : ITreeNodes
{
    private readonly List<List<TreeHash>> levels = [[]];

    /// <summary>Starts an empty tree.</summary>
    public MerkleTree()
    {
    }

    /// <summary>Starts with these leaf hashes.</summary>
    public MerkleTree(IEnumerable<TreeHash> leaves)
    {
        foreach (var leaf in leaves)
            Append(leaf);
    }

    public long Size => levels[0].Count;

    /// <summary>Adds a leaf hash and returns its position.</summary>
    public long Append(TreeHash leaf)
    {
        var position = Size;
        levels[0].Add(leaf);
        for (var level = 0; levels[level].Count % 2 == 0; level++)
        {
            if (levels.Count == level + 1)
                levels.Add([]);
            levels[level + 1].Add(TreeHash.OfNode(levels[level][^2], levels[level][^1]));
        }

        return position;
    }

    /// <summary>Hashes an entry, adds it and returns its position.</summary>
    public long AppendEntry(ReadOnlySpan<byte> entry) => Append(TreeHash.OfLeaf(entry));

    /// <summary>The root over everything appended.</summary>
    public TreeHash Root() => this.Root(Size);

    public TreeHash Node(int level, long index) => levels[level][checked((int)index)];
}
