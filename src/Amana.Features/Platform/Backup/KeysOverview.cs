using Amana.Domain.Principles;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Backup;

/// <summary>How the house's own keys stand. Nothing in it opens anything.</summary>
public sealed record KeysState(string Root, int Epoch, bool Interrupted, int DataKeys, int Tombstones, string LedgerKey, int FormerLedgerKeys)
{
    public SplitRoot? Split { get; init; }

    /// <summary>How near to the data the root key lies.</summary>
    public KeyPlace Place { get; init; }

    public IReadOnlyList<KeyCopyState> Targets { get; init; } = [];

    /// <summary>When a drill last passed, as the ledger has it.</summary>
    public DateTimeOffset? DrilledAt { get; init; }

    /// <summary>When the data was last backed up, as the ledger has it.</summary>
    public DateTimeOffset? BackedUpAt { get; init; }
}

/// <summary>A place for copies, and which epoch its copy was seen to hold.</summary>
public sealed record KeyCopyState(string Name, string Directory, bool Current, int? Epoch, DateTimeOffset? At);

/// <summary>Reads how the keys stand, for the command line and the page.</summary>
public sealed class KeysOverview(AmanaDb db, Keyring keyring, KeyStoreCopies copies, Store store)
{
    public async Task<KeysState> Read(CancellationToken cancellationToken)
    {
        keyring.Refresh();
        var file = keyring.Content;
        return new KeysState(file.Root.Form, await StoreEpoch.Of(db, cancellationToken), keyring.HasEarlierEpochs, await db.Set<DataKey>().CountAsync(cancellationToken),
            await db.Set<Tombstone>().CountAsync(cancellationToken), keyring.LedgerSigner.Verifier.ToString(), file.FormerVerifiers.Count)
        {
            Split = file.Split, Place = KeyPlaces.Of(store, keyring),
            Targets = [.. (await copies.Read(cancellationToken)).Select(t => new KeyCopyState(t.Target.Name, t.Target.Directory, t.Current, t.Target.ConfirmedEpoch, t.Target.ConfirmedAt))],
            DrilledAt = await Last("KeyDrillHeld", "\"x-passed\":\"yes\"", cancellationToken), BackedUpAt = await Last("HouseBackedUp", "", cancellationToken),
        };
    }

    private async Task<DateTimeOffset?> Last(string kind, string with, CancellationToken cancellationToken) =>
        await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.Kind == kind && e.Canonical.Contains(with)).OrderByDescending(e => e.At).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(cancellationToken);
}
