using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Amana.TransparencyLog.Tests;

[CollectionDefinition(nameof(The_speed), DisableParallelization = true)]
public class Measured_alone;

/// <summary>Measured in processor time of this process, so that a busy machine does not falsify it.</summary>
[Collection(nameof(The_speed))]
public class The_speed
{
    private static readonly int Entries = int.Parse(Environment.GetEnvironmentVariable("AMANA_LOG_ENTRIES") ?? "200000", CultureInfo.InvariantCulture);
    private static readonly byte[] Rest = Encoding.UTF8.GetBytes(new string('x', 142));

    /// <summary>The bounds are those promised; a build machine does many times as many.</summary>
    [Fact]
    public void Of_integrating_and_verifying_keeps_what_is_promised_for_a_million_entries()
    {
        using var key = Vectors.Signer("ledger.example", 1);
        var folder = Directory.CreateTempSubdirectory("tiles-").FullName;
        var tiles = new TileFolder(folder);
        var checkpoints = new CheckpointFolder(folder);
        var range = new CompactRange();
        var start = Used();
        while (range.Size < Entries)
        {
            var batch = Enumerable.Range((int)range.Size, 10_000).Select(i => TreeHash.OfLeaf(Entry(i))).ToList();
            Assert.True(tiles.TryAppend(range.Size, batch, out _));
            batch.ForEach(range.Append);
            checkpoints.Write(new Checkpoint("ledger.example", range.Size, range.Root()).SignedBy(key));
        }

        var integrating = Used() - start;
        start = Used();
        var stored = Enumerable.Range(0, Entries).Select(i => HonestLog.Stored(i, Entry(i)));
        var verdict = LogVerifier.Verify(stored, new Evidence(checkpoints.ReadAll(), [key.Verifier], TileFolder: folder));
        var verifying = Used() - start;
        Directory.Delete(folder, recursive: true);

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"integrated with tiles and checkpoints: {Entries / integrating.TotalSeconds:N0}/s; verified {Entries:N0} in {verifying.TotalSeconds:N1} s (the making of their bytes and stored hashes included)");
        Assert.Equal(range.Root(), Assert.IsType<Verdict.Verified>(verdict).Root);
        Assert.True(Entries / integrating.TotalSeconds > 5_000);
        Assert.True(verifying.TotalSeconds * 1_000_000 / Entries < 20);
    }

    private static TimeSpan Used()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static byte[] Entry(int position)
    {
        var entry = new byte[8 + Rest.Length];
        BitConverter.TryWriteBytes(entry, (long)position);
        Rest.CopyTo(entry, 8);
        return entry;
    }
}
