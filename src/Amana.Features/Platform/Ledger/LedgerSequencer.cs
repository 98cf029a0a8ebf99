using Amana.Features.Platform.Vault;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Ledger;

/// <summary>A signed checkpoint of the ledger, as witnesses receive it.</summary>
public sealed class LedgerCheckpoint
{
    private LedgerCheckpoint() { }

    public LedgerCheckpoint(long size, string text, DateTimeOffset at) => (Size, Text, At) = (size, text, at);

    public long Size { get; private set; }

    /// <summary>C2SP tlog-checkpoint text with its signature.</summary>
    public string Text { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}

/// <summary>Where the tree stands: its size and frontier, so that the sequencer goes on without reading it all again.</summary>
public sealed class LedgerFrontier
{
    private LedgerFrontier() { }

    public LedgerFrontier(int id) => Id = id;

    public int Id { get; private set; }
    public byte[] Range { get; private set; } = new CompactRange().ToBytes();

    internal void MoveTo(CompactRange range) => Range = range.ToBytes();
}

/// <summary>Gives waiting entries their place in the Merkle tree (RFC 6962) in batches, and signs checkpoints: at least every 256 entries or five minutes.
/// Writers never wait for it.</summary>
public sealed class LedgerSequencer(AmanaDb db, Store store, StoreWriter writer, Keyring keyring, TimeProvider clock)
{
    /// <summary>A checkpoint is signed at the latest after so many entries.</summary>
    public const int CheckpointEvery = 256;

    private static readonly TimeSpan CheckpointAfter = TimeSpan.FromMinutes(5);
    private const int BatchSize = 2000;

    /// <summary>Integrates all that waits. With <paramref name="sign"/>, ends with a checkpoint of the whole tree.</summary>
    public async Task<long> Integrate(bool sign, CancellationToken cancellationToken)
    {
        long size = 0;
        var more = true;
        while (more)
            await writer.Write(async ct => (more, size) = await IntegrateBatch(sign, ct), cancellationToken);
        return size;
    }

    private async Task<(bool More, long Size)> IntegrateBatch(bool sign, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (store.Kind == StoreKind.PostgreSql) // one sequencer at a time over all nodes, for this transaction
            await db.Database.ExecuteSqlRawAsync("select pg_advisory_xact_lock(72623859790382856)", cancellationToken);
        var frontier = await db.Set<LedgerFrontier>().SingleOrDefaultAsync(cancellationToken);
        if (frontier is null)
            db.Add(frontier = new LedgerFrontier(1));
        var range = CompactRange.FromBytes(frontier.Range);
        var waiting = await db.Set<LedgerEntry>().Where(e => e.Position == null).OrderBy(e => e.Id).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var entry in waiting)
        {
            entry.PlaceAt(range.Size);
            range.Append(new TreeHash(entry.LeafHash));
        }

        frontier.MoveTo(range);
        var last = await db.Set<LedgerCheckpoint>().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellationToken);
        SignedCheckpoint? signed = null;
        if (IsDue(sign, range.Size, last))
        {
            signed = new Checkpoint(keyring.LedgerOrigin, range.Size, range.Root()).SignedBy(keyring.LedgerSigner);
            db.Add(new LedgerCheckpoint(range.Size, signed.ToString(), clock.Now()));
        }

        if (waiting.Count == 0 && signed is null)
            return (false, range.Size);
        await db.SaveWithLedger(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await WitnessFolder.Append(db, store, waiting, cancellationToken);
        if (signed is not null)
            await WitnessFolder.Drop(store, signed, cancellationToken);
        return (waiting.Count == BatchSize, range.Size);
    }

    private bool IsDue(bool sign, long size, LedgerCheckpoint? last)
    {
        var since = size - (last?.Size ?? 0);
        return since > 0 && (sign || since >= CheckpointEvery || clock.Now() - (last?.At ?? DateTimeOffset.MinValue) >= CheckpointAfter);
    }
}

/// <summary>The file drop: one witness that lies outside the database. Other witnesses copy from here.</summary>
public static class WitnessFolder
{
    /// <summary>Keeps the leaf hashes of newly placed entries in tiles (C2SP tlog-tiles), so that the first bad entry can be named even where the database was rewritten.
    /// A folder that fell behind, after a crash or when it was emptied, is caught up; one that holds another history is left as the witness it is.</summary>
    public static async Task Append(AmanaDb db, Store store, IReadOnlyList<LedgerEntry> placed, CancellationToken cancellationToken)
    {
        if (placed.Count == 0)
            return;
        var tiles = new TileFolder(store.WitnessDirectory);
        if (tiles.TryAppend(placed[0].Position!.Value, [.. placed.Select(e => new TreeHash(e.LeafHash))], out _))
            return;
        var all = await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.Position != null).OrderBy(e => e.Position).Select(e => e.LeafHash).ToListAsync(cancellationToken);
        tiles.TryAppend(0, [.. all.Select(h => new TreeHash(h))], out _);
    }

    public static async Task Drop(Store store, SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(store.WitnessDirectory, "checkpoints");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, checkpoint.Checkpoint.Size.ToString("D12", System.Globalization.CultureInfo.InvariantCulture) + ".txt");
        await File.WriteAllTextAsync(file + ".part", checkpoint.ToString(), cancellationToken);
        File.Move(file + ".part", file, overwrite: true);
    }
}
