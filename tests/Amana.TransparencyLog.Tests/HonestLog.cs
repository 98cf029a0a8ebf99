using System.Text;

namespace Amana.TransparencyLog.Tests;

/// <summary>A log as an honest system leaves it: entries with their hashes, checkpoints at some sizes, tiles in a folder of their own.</summary>
internal sealed class HonestLog : IDisposable
{
    internal const string Origin = "ledger.example/operation";

    internal HonestLog(int size, params int[] checkpointSizes)
    {
        Folder = Directory.CreateTempSubdirectory("tiles-").FullName;
        Key = Vectors.Signer(Origin, 1);
        Tree = new MerkleTree();
        var tiles = new TileFolder(Folder);
        var checkpoints = new CheckpointFolder(Folder);
        foreach (var until in checkpointSizes.Append(size).Distinct().Order())
        {
            var from = Tree.Size;
            var leaves = new List<TreeHash>();
            for (var i = from; i < until; i++)
            {
                var entry = EntryOf(i);
                leaves.Add(TreeHash.OfLeaf(entry));
                Entries.Add(new StoredEntry(i, entry, leaves[^1].ToArray()));
                Tree.Append(leaves[^1]);
            }

            Assert.True(tiles.TryAppend(from, leaves, out var problem), problem);
            if (checkpointSizes.Contains(until))
                checkpoints.Write(new Checkpoint(Origin, until, Tree.Root()).SignedBy(Key));
        }

        Checkpoints = checkpoints.ReadAll();
        SignedSizes = [.. checkpointSizes.Order()];
    }

    internal string Folder { get; }

    internal NoteSigner Key { get; }

    internal MerkleTree Tree { get; }

    internal List<StoredEntry> Entries { get; } = [];

    internal IReadOnlyList<string> Checkpoints { get; }

    internal int[] SignedSizes { get; }

    internal int Size => Entries.Count;

    internal Evidence Evidence(bool withTiles = true) => new(Checkpoints, [Key.Verifier], Origin, withTiles ? Folder : null);

    internal static byte[] EntryOf(long position) => Encoding.UTF8.GetBytes($"{position:x}: someone did something, {position * 7919 % 1000} times");

    internal static StoredEntry Stored(long position, byte[] entry) => new(position, entry, TreeHash.OfLeaf(entry).ToArray());

    public void Dispose()
    {
        Key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
