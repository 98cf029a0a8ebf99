namespace Amana.TransparencyLog.Tests;

public class A_tile
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(1, 5, 17, "tile/1/005.p/17")]
    [InlineData(0, 1067, 5, "tile/0/x001/067.p/5")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    public void Has_the_path_that_the_specification_gives(int level, long index, int width, string path) =>
        Assert.Equal(path, new Tile(level, index, width).Path);

    [Fact]
    public void Count_of_a_tree_of_70000_is_as_the_specification_says()
    {
        var tiles = Tile.Of(70_000).ToList();
        Assert.Equal(273, tiles.Count(t => t is { Level: 0, IsFull: true }));
        Assert.Equal([new(0, 273, 112), new(1, 1, 17), new(2, 0, 1)], tiles.Where(t => !t.IsFull));
        Assert.Single(tiles, t => t is { Level: 1, IsFull: true });
        Assert.Equal([new(0, 0, 256), new(1, 0, 1)], Tile.Of(256));
    }
}

public sealed class A_tile_folder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tiles-").FullName;

    [Fact]
    public void Filled_in_steps_holds_every_tile_of_the_tree_and_gives_the_same_proofs()
    {
        const int size = 66_000;
        var tree = new MerkleTree();
        var tiles = new TileFolder(folder);
        var random = new Random(5);
        while (tree.Size < size)
        {
            var from = tree.Size;
            var step = Enumerable.Range(0, (int)Math.Min(size - from, 1 + random.Next(6000))).Select(i => TreeHash.OfLeaf(Vectors.Entry(from + i))).ToList();
            step.ForEach(h => tree.Append(h));
            Assert.True(tiles.TryAppend(from, step, out var problem), problem);
        }

        Assert.All(Tile.Of(size), t => Assert.NotNull(tiles.Read(t)));
        var read = tiles.At(size);
        Assert.Equal(tree.Root(), read.Root());
        for (var i = 0; i < 200; i++)
        {
            var at = 1 + random.NextInt64(size);
            var index = random.NextInt64(at);
            Assert.Equal(tree.Root(at), read.Root(at));
            Assert.Equal(tree.InclusionProof(index, at), read.InclusionProof(index, at));
            Assert.Equal(tree.ConsistencyProof(index, at), read.ConsistencyProof(index, at));
        }
    }

    [Fact]
    public void Keeps_the_partial_tiles_of_checkpoints_until_the_full_one_is_there()
    {
        var tiles = new TileFolder(folder);
        var leaves = Enumerable.Range(0, 300).Select(i => TreeHash.OfLeaf(Vectors.Entry(i))).ToList();
        Assert.True(tiles.TryAppend(0, leaves[..5], out _));
        Assert.True(tiles.TryAppend(5, leaves[5..9], out _));
        Assert.True(File.Exists(Path.Combine(folder, "tile/0/000.p/5")) && File.Exists(Path.Combine(folder, "tile/0/000.p/9")));
        Assert.True(tiles.TryAppend(9, leaves[9..], out _));
        Assert.False(Directory.Exists(Path.Combine(folder, "tile/0/000.p")));
        Assert.Equal(CompactRange.RootOf(leaves.Take(5)), tiles.At(5).Root());
    }

    [Fact]
    public void Refuses_a_rewritten_log_and_stays_as_it_was()
    {
        var tiles = new TileFolder(folder);
        var leaves = Enumerable.Range(0, 300).Select(i => TreeHash.OfLeaf(Vectors.Entry(i))).ToList();
        Assert.True(tiles.TryAppend(0, leaves, out _));
        Assert.True(tiles.TryAppend(0, leaves, out _));
        Assert.True(tiles.TryAppend(0, leaves[..280], out _));
        var other = new List<TreeHash>(leaves) { [290] = TreeHash.OfLeaf([1]) };
        Assert.False(tiles.TryAppend(0, other, out var problem));
        Assert.Contains("290", problem, StringComparison.Ordinal);
        Assert.False(tiles.TryAppend(299, [TreeHash.OfLeaf([1])], out _));
        Assert.Equal(CompactRange.RootOf(leaves), tiles.At(300).Root());
    }

    [Fact]
    public void Refuses_to_leave_a_hole()
    {
        Assert.False(new TileFolder(folder).TryAppend(7, [TreeHash.EmptyTree], out var problem));
        Assert.Contains("missing", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_every_checkpoint_ever_dropped_even_contradicting_ones()
    {
        using var key = Vectors.Signer("ledger.example", 1);
        var checkpoints = new CheckpointFolder(folder);
        Assert.Null(checkpoints.ReadLatest());
        checkpoints.Write(new Checkpoint("ledger.example", 5, TreeHash.OfLeaf([1])).SignedBy(key));
        checkpoints.Write(new Checkpoint("ledger.example", 5, TreeHash.OfLeaf([2])).SignedBy(key));
        checkpoints.Write(new Checkpoint("ledger.example", 4, TreeHash.OfLeaf([3])).SignedBy(key));
        Assert.Equal(3, checkpoints.ReadAll().Count);
        Assert.Equal(checkpoints.ReadAll()[0], checkpoints.ReadLatest());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

public class A_proof_file
{
    [Fact]
    public void Proves_an_entry_without_the_log()
    {
        using var log = new HonestLog(100, 77);
        Assert.True(SignedCheckpoint.TryParse(log.Checkpoints[0], out var checkpoint, out _));
        for (var index = 0; index < 77; index++)
        {
            var json = ProofFile.Of(HonestLog.EntryOf(index), index, log.Tree, checkpoint).ToJson();
            Assert.True(ProofFile.TryParse(json, out var proof, out var problem), problem);
            Assert.True(proof.Holds([log.Key.Verifier], out problem, HonestLog.Origin), problem);
            Assert.Equal(HonestLog.EntryOf(index), proof.Entry);
        }
    }

    [Fact]
    public void Fails_for_another_entry_place_key_or_log()
    {
        using var log = new HonestLog(100, 77);
        using var stranger = Vectors.Signer("stranger.example", 5);
        Assert.True(SignedCheckpoint.TryParse(log.Checkpoints[0], out var checkpoint, out _));
        var path = log.Tree.InclusionProof(12, 77);
        Assert.True(new ProofFile(HonestLog.EntryOf(12), 12, path, checkpoint).Holds([log.Key.Verifier], out _));
        Assert.False(new ProofFile(HonestLog.EntryOf(13), 12, path, checkpoint).Holds([log.Key.Verifier], out _));
        Assert.False(new ProofFile(HonestLog.EntryOf(12), 13, path, checkpoint).Holds([log.Key.Verifier], out _));
        Assert.False(new ProofFile(HonestLog.EntryOf(12), 12, path, checkpoint).Holds([stranger.Verifier], out _));
        Assert.False(new ProofFile(HonestLog.EntryOf(12), 12, path, checkpoint).Holds([log.Key.Verifier], out var problem, "other.example"));
        Assert.Equal("The checkpoint is of another log.", problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\":\"other\"}")]
    [InlineData("{\"format\":\"transparency-log-proof/1\",\"entry\":5,\"index\":\"x\",\"size\":0,\"path\":{},\"checkpoint\":null}")]
    public void Out_of_form_is_refused(string json) => Assert.False(ProofFile.TryParse(json, out _, out _));

    [Fact]
    public void Changed_in_any_character_is_refused_or_fails_or_still_says_the_same()
    {
        using var log = new HonestLog(20, 20);
        Assert.True(SignedCheckpoint.TryParse(log.Checkpoints[0], out var checkpoint, out _));
        var json = ProofFile.Of(HonestLog.EntryOf(7), 7, log.Tree, checkpoint).ToJson();
        var random = new Random(11);
        for (var run = 0; run < 2000; run++)
        {
            var text = json.ToCharArray();
            text[random.Next(text.Length)] = (char)(' ' + random.Next(95));
            if (ProofFile.TryParse(new string(text), out var proof, out _) && proof.Holds([log.Key.Verifier], out _))
                Assert.Equal((7L, 20L, Convert.ToHexString(HonestLog.EntryOf(7))), (proof.Index, proof.Size, Convert.ToHexString(proof.Entry)));
        }
    }
}
