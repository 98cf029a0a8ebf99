using System.Globalization;

namespace Amana.TransparencyLog.Tests;

public class A_tampered_log
{
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("AMANA_TAMPERINGS") ?? (Environment.GetEnvironmentVariable("AMANA_LONG") is "1" ? "20000" : "4000"), CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Is_always_found_and_the_first_bad_entry_named(bool withTiles)
    {
        var random = new Random(20260101);
        for (var run = 0; run < Runs / 2; run++)
        {
            if (run % 200 == 0)
                Honest(random, out log);
            var tampering = Tampering.Make(log!, run % Tampering.Kinds, random);
            var verdict = LogVerifier.Verify(tampering.Entries, log!.Evidence(withTiles));
            var broken = Assert.IsType<Verdict.Broken>(verdict);
            Assert.InRange(tampering.First, broken.FirstBadPosition, broken.LastSuspectPosition);
            if (withTiles)
            {
                Assert.True(broken.IsExact, broken.Explanation);
                Assert.Contains(broken.What, tampering.Names);
            }
        }

        log!.Dispose();
    }

    /// <summary>A forger who does several things at once is found all the same, and the reported range holds the first of them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_several_places_is_found_too_and_the_first_is_in_the_range(bool withTiles)
    {
        var random = new Random(20260102);
        for (var run = 0; run < Runs / 4; run++)
        {
            if (run % 200 == 0)
                Honest(random, out log);
            var entries = new List<StoredEntry>(log!.Entries);
            var kinds = Enumerable.Range(0, 2 + random.Next(2)).Select(_ => random.Next(4)).ToList();
            var first = kinds.Min(kind => Spoil(entries, random.Next(log.SignedSizes[^1] - 1), kind, random));
            var gap = random.Next(3) == 0 ? random.Next(log.SignedSizes[^1] - 1) : entries.Count;
            if (gap < entries.Count)
                entries.RemoveAt(gap);
            var broken = Assert.IsType<Verdict.Broken>(LogVerifier.Verify(entries, log.Evidence(withTiles)));
            Assert.InRange(Math.Min(first, gap), broken.FirstBadPosition, broken.LastSuspectPosition);
            Assert.True(broken.IsExact || !withTiles, broken.Explanation);
        }

        log!.Dispose();
    }

    /// <summary>Appends a marker rather than flipping a bit, so that no second act can undo the first.</summary>
    private static long Spoil(List<StoredEntry> entries, int at, int kind, Random random)
    {
        byte[] other = [.. entries[at].Entry.Span, (byte)random.Next(256)];
        byte[] hash = [.. entries[at].LeafHash.Span[..31], (byte)(entries[at].LeafHash.Span[31] + 1)];
        entries[at] = kind switch
        {
            0 => entries[at] with { Entry = other },
            1 => entries[at] with { LeafHash = hash },
            2 => HonestLog.Stored(entries[at].Position, other),
            _ => entries[at] with { Entry = other, LeafHash = hash },
        };
        return at;
    }

    private HonestLog? log;

    private static void Honest(Random random, out HonestLog log)
    {
        var size = 2 + random.Next(random.Next(3) == 0 ? 700 : 120);
        var sizes = Enumerable.Range(0, random.Next(6)).Select(_ => 1 + random.Next(size - 1)).Append(1 + random.Next(size / 2)).Append(size).Distinct().ToArray();
        log = new HonestLog(size, sizes);
    }
}

public class An_honest_log
{
    [Fact]
    public void Raises_no_false_alarm()
    {
        var random = new Random(7);
        for (var run = 0; run < 60; run++)
        {
            var size = random.Next(600);
            using var log = new HonestLog(size, [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(size + 1)).Distinct()]);
            for (var tiles = 0; tiles < 2; tiles++)
            {
                var verified = Assert.IsType<Verdict.Verified>(LogVerifier.Verify(log.Entries, log.Evidence(tiles == 1)));
                Assert.Equal(size, verified.Size);
                Assert.Equal(log.Tree.Root(), verified.Root);
                Assert.Equal(log.SignedSizes.LastOrDefault(), verified.SignedSize);
            }
        }
    }

    [Fact]
    public void That_grew_after_the_verifier_was_made_raises_no_false_alarm()
    {
        using var log = new HonestLog(300, 256);
        var verifier = new LogVerifier(log.Evidence());
        var entry = HonestLog.EntryOf(300);
        Assert.True(new TileFolder(log.Folder).TryAppend(300, [TreeHash.OfLeaf(entry)], out _));
        foreach (var e in log.Entries)
            Assert.True(verifier.Take(e.Position, e.Entry.Span, e.LeafHash.Span));
        Assert.True(verifier.Take(300, entry, TreeHash.OfLeaf(entry).ToArray()));
        Assert.IsType<Verdict.Verified>(verifier.Finish());
    }

    [Fact]
    public void Without_any_checkpoint_says_that_nobody_signed_for_it()
    {
        using var log = new HonestLog(10);
        Assert.Equal(0, Assert.IsType<Verdict.Verified>(LogVerifier.Verify(log.Entries, log.Evidence())).SignedSize);
    }

    [Fact]
    public async Task Is_verified_from_an_asynchronous_stream_too()
    {
        using var log = new HonestLog(40, 20, 40);
        Assert.IsType<Verdict.Verified>(await LogVerifier.VerifyAsync(log.Entries.ToAsyncEnumerable(), log.Evidence()));
    }
}

public class A_verdict
{
    [Theory]
    [InlineData(40, Damage.RolledBack)]
    [InlineData(41, Damage.Truncated)]
    public void Tells_a_roll_back_from_a_cut(int size, Damage what)
    {
        using var log = new HonestLog(60, 20, 40, 60);
        var broken = Assert.IsType<Verdict.Broken>(LogVerifier.Verify(log.Entries.Take(size), log.Evidence()));
        Assert.Equal((what, (long)size, true), (broken.What, broken.FirstBadPosition, broken.IsExact));
    }

    [Fact]
    public void Names_a_swap_a_drop_and_an_insertion_when_tiles_tell()
    {
        using var log = new HonestLog(60, 20, 60);
        var swapped = new List<StoredEntry>(log.Entries);
        (swapped[30], swapped[45]) = (swapped[45] with { Position = 30 }, swapped[30] with { Position = 45 });
        Assert.Equal(Damage.Swapped, Assert.IsType<Verdict.Broken>(LogVerifier.Verify(swapped, log.Evidence())).What);

        var dropped = Tampering.Renumber([.. log.Entries.Where(e => e.Position is < 30 or > 32)]);
        var broken = Assert.IsType<Verdict.Broken>(LogVerifier.Verify(dropped, log.Evidence()));
        Assert.Equal((Damage.Dropped, 30L), (broken.What, broken.FirstBadPosition));
        Assert.Contains("3 ", broken.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_tiles_names_the_range_between_two_checkpoints()
    {
        using var log = new HonestLog(60, 20, 40, 60);
        var entries = new List<StoredEntry>(log.Entries) { [33] = HonestLog.Stored(33, [1, 2, 3]) };
        var broken = Assert.IsType<Verdict.Broken>(LogVerifier.Verify(entries, log.Evidence(withTiles: false)));
        Assert.Equal((20L, 39L, Damage.RangeAltered), (broken.FirstBadPosition, broken.LastSuspectPosition, broken.What));
    }

    [Fact]
    public void Without_tiles_names_the_entry_when_its_stored_hash_disagrees()
    {
        using var log = new HonestLog(60, 20, 40, 60);
        var entries = new List<StoredEntry>(log.Entries);
        entries[33] = entries[33] with { Entry = new byte[] { 1, 2, 3 } };
        var broken = Assert.IsType<Verdict.Broken>(LogVerifier.Verify(entries, log.Evidence(withTiles: false)));
        Assert.Equal((33L, true, Damage.EntryAltered), (broken.FirstBadPosition, broken.IsExact, broken.What));
    }

    [Fact]
    public void Says_that_the_tiles_were_altered_when_the_log_was_not()
    {
        using var log = new HonestLog(600, 100, 600);
        var path = Path.Combine(log.Folder, "tile/0/001");
        var bytes = File.ReadAllBytes(path);
        bytes[5 * 32] ^= 1;
        File.WriteAllBytes(path, bytes);
        var broken = Assert.IsType<Verdict.Broken>(LogVerifier.Verify(log.Entries, log.Evidence()));
        Assert.Equal((Damage.TilesAltered, 261L), (broken.What, broken.FirstBadPosition));
        File.Delete(path);
        broken = Assert.IsType<Verdict.Broken>(LogVerifier.Verify(log.Entries, log.Evidence()));
        Assert.Equal((Damage.TilesAltered, 256L), (broken.What, broken.FirstBadPosition));
    }

    [Fact]
    public void Still_names_a_range_when_log_and_tiles_were_rewritten_alike()
    {
        using var log = new HonestLog(60, 20, 60);
        using var other = new HonestLog(60, 20, 60);
        var entries = new List<StoredEntry>(log.Entries) { [33] = HonestLog.Stored(33, [1, 2, 3]) };
        Directory.Delete(Path.Combine(other.Folder, "tile"), recursive: true);
        Assert.True(new TileFolder(other.Folder).TryAppend(0, [.. entries.Select(e => new TreeHash(e.LeafHash.Span))], out _));
        var broken = Assert.IsType<Verdict.Broken>(LogVerifier.Verify(entries, other.Evidence()));
        Assert.Equal((20L, 59L, Damage.RangeAltered), (broken.FirstBadPosition, broken.LastSuspectPosition, broken.What));
    }
}

public class A_forged_checkpoint
{
    [Fact]
    public void Over_a_rewritten_log_is_found()
    {
        using var log = new HonestLog(60, 20, 60);
        using var forger = Vectors.Signer(HonestLog.Origin, 66);
        var entries = new List<StoredEntry>(log.Entries) { [33] = HonestLog.Stored(33, [1, 2, 3]) };
        var forged = new Checkpoint(HonestLog.Origin, 60, CompactRange.RootOf(entries.Select(e => new TreeHash(e.LeafHash.Span)))).SignedBy(forger).ToString();
        var broken = Assert.IsType<Verdict.Broken>(LogVerifier.Verify(entries, log.Evidence(false) with { Checkpoints = [log.Checkpoints[0], forged] }));
        Assert.Equal((Damage.CheckpointForged, 20L, 59L), (broken.What, broken.FirstBadPosition, broken.LastSuspectPosition));
    }

    [Fact]
    public void With_any_byte_changed_is_found()
    {
        using var log = new HonestLog(30, 10, 30);
        var random = new Random(3);
        for (var run = 0; run < 500; run++)
        {
            var text = log.Checkpoints[1].ToCharArray();
            var at = random.Next(text.Length);
            text[at] = (char)(text[at] ^ (1 << random.Next(7)));
            var evidence = log.Evidence(run % 2 == 0) with { Checkpoints = [log.Checkpoints[0], new string(text)] };
            Assert.Equal(Damage.CheckpointForged, Assert.IsType<Verdict.Broken>(LogVerifier.Verify(log.Entries, evidence)).What);
        }
    }

    [Fact]
    public void Of_another_log_proves_nothing()
    {
        using var log = new HonestLog(30, 30);
        var broken = Assert.IsType<Verdict.Broken>(LogVerifier.Verify(log.Entries, log.Evidence() with { Origin = "elsewhere.example" }));
        Assert.Equal(Damage.CheckpointForged, broken.What);
    }

    [Fact]
    public void Truly_signed_but_of_two_faces_is_a_contradiction()
    {
        using var log = new HonestLog(30, 30);
        var second = new Checkpoint(HonestLog.Origin, 30, TreeHash.OfLeaf([1])).SignedBy(log.Key).ToString();
        var broken = Assert.IsType<Verdict.Broken>(LogVerifier.Verify(log.Entries, log.Evidence() with { Checkpoints = [.. log.Checkpoints, second] }));
        Assert.Equal(Damage.CheckpointsContradict, broken.What);
    }
}
