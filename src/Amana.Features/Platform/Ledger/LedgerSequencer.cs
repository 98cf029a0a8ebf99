using Amana.Features.Platform.Vault;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

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

    /// <summary>The same checkpoint with a witness's signature under it.</summary>
    internal void Cosign(string text) => Text = text;
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
    private const int BatchSize = 500; // on SQLite nobody else writes meanwhile
    private static readonly SemaphoreSlim OneWitness = new(1, 1);

    /// <summary>Integrates all that waits. With <paramref name="sign"/>, ends with a checkpoint of the whole tree.</summary>
    public async Task<long> Integrate(bool sign, CancellationToken cancellationToken)
    {
        while (true)
        {
            var batch = new Integrated(0, [], null, 0);
            await writer.Write(async ct => batch = await IntegrateBatch(sign, ct), cancellationToken);
            await Witness(batch, cancellationToken); // others may write again meanwhile
            if (batch.Placed.Count < BatchSize)
                return batch.Size;
        }
    }

    private async Task Witness(Integrated batch, CancellationToken cancellationToken)
    {
        await OneWitness.WaitAsync(cancellationToken);
        try
        {
            await WitnessFolder.Append(db, store, batch.First, batch.Placed, cancellationToken);
            if (batch.Signed is { } signed)
                await WitnessFolder.Drop(store, signed, cancellationToken);
        }
        finally
        {
            OneWitness.Release();
        }
    }

    private async Task<Integrated> IntegrateBatch(bool sign, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (store.Kind == StoreKind.PostgreSql) // one sequencer at a time over all nodes, for this transaction
            await db.Database.ExecuteSqlRawAsync("select pg_advisory_xact_lock(72623859790382856)", cancellationToken);
        var frontier = await db.Set<LedgerFrontier>().SingleOrDefaultAsync(cancellationToken);
        if (frontier is null)
            db.Add(frontier = new LedgerFrontier(1));
        var range = CompactRange.FromBytes(frontier.Range);
        var first = range.Size;
        var waiting = await db.Set<LedgerEntry>().Where(e => e.Position == null).OrderBy(e => e.Id).Take(BatchSize).Select(e => new { e.Id, e.LeafHash }).ToListAsync(cancellationToken);
        await PlacedEntries.Write(transaction.GetDbTransaction(), [.. waiting.Select(e => e.Id)], first, cancellationToken);
        List<TreeHash> placed = [.. waiting.Select(e => new TreeHash(e.LeafHash))];
        placed.ForEach(range.Append);

        frontier.MoveTo(range);
        var last = await db.Set<LedgerCheckpoint>().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellationToken);
        SignedCheckpoint? signed = null;
        if (IsDue(sign, range.Size, last))
        {
            signed = new Checkpoint(keyring.LedgerOrigin, range.Size, range.Root()).SignedBy(keyring.LedgerSigner);
            db.Add(new LedgerCheckpoint(range.Size, signed.ToString(), clock.Now()));
        }

        if (waiting.Count == 0 && signed is null)
            return new Integrated(first, [], null, range.Size);
        await db.SaveWithLedger(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Integrated(first, placed, signed, range.Size);
    }

    private bool IsDue(bool sign, long size, LedgerCheckpoint? last)
    {
        var since = size - (last?.Size ?? 0);
        return since > 0 && (sign || since >= CheckpointEvery || clock.Now() - (last?.At ?? DateTimeOffset.MinValue) >= CheckpointAfter);
    }

    private sealed record Integrated(long First, IReadOnlyList<TreeHash> Placed, SignedCheckpoint? Signed, long Size);
}
