using System.IO.Compression;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Backup;

/// <summary>A registered place for copies of the key store, as it stands.</summary>
/// <param name="Target">The place.</param>
/// <param name="Current">It holds the epoch that the store is under.</param>
/// <param name="Problem">Why the last writing failed, in words; none when it did not, or none was tried.</param>
public sealed record KeyTargetState(KeyTarget Target, bool Current, string? Problem = null);

/// <summary>Keeps the copies of the key store at the registered targets: writes them, reads them back, and notes which epoch each holds.</summary>
public sealed class KeyStoreCopies(AmanaDb db, Keyring keyring, TableDump dump, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>All targets with the epoch they were last seen to hold.</summary>
    public async Task<IReadOnlyList<KeyTargetState>> Read(CancellationToken cancellationToken)
    {
        var epoch = await StoreEpoch.Of(db, cancellationToken);
        return [.. (await db.Set<KeyTarget>().AsNoTracking().OrderBy(t => t.Name).ToListAsync(cancellationToken)).Select(t => new KeyTargetState(t, t.ConfirmedEpoch == epoch))];
    }

    /// <summary>Registers a folder. Refused while a copy there would open everything: a bare root that was not split.</summary>
    public async Task<string?> Register(AccessContext who, string name, string directory, CancellationToken cancellationToken)
    {
        if (Unfit() is { } unfit)
            return unfit;
        if (!Path.IsPathFullyQualified(directory) || !Directory.Exists(directory))
            return $"There is no folder {directory}.";
        if (Path.GetFullPath(directory).StartsWith(Path.GetDirectoryName(Path.GetFullPath(keyring.FileName))!, StringComparison.Ordinal))
            return "A copy beside the keyring is no copy: name another disk or medium.";
        if (await db.Set<KeyTarget>().AnyAsync(t => t.Name == name, cancellationToken))
            return $"There is a target '{name}' already.";
        var target = new KeyTarget(Ids.NewGuid(clock), name, Path.GetFullPath(directory), clock.Now());
        db.Add(target);
        await ledger.Commit(who, cancellationToken, new Happening("KeyTargetRegistered", null, target.Id));
        return null;
    }

    /// <summary>Strikes a target off. What lies there is not touched: it can still be read by whoever has it.</summary>
    public async Task<bool> Remove(AccessContext who, string name, CancellationToken cancellationToken)
    {
        if (await db.Set<KeyTarget>().FirstOrDefaultAsync(t => t.Name == name, cancellationToken) is not { } target)
            return false;
        db.Remove(target);
        await ledger.Commit(who, cancellationToken, new Happening("KeyTargetRemoved", null, target.Id));
        return true;
    }

    /// <summary>Writes the key store to the targets and reads each copy back. One that cannot be reached stays pending.</summary>
    /// <param name="who">Who asked; the house itself after erasure runs.</param>
    /// <param name="pendingOnly">Only those that do not hold the current epoch.</param>
    /// <param name="cancellationToken">Ends the writing between targets.</param>
    public async Task<IReadOnlyList<KeyTargetState>> WriteAll(AccessContext who, bool pendingOnly, CancellationToken cancellationToken)
    {
        var targets = await db.Set<KeyTarget>().OrderBy(t => t.Name).ToListAsync(cancellationToken);
        var epoch = await StoreEpoch.Of(db, cancellationToken);
        if (targets.Count == 0 || (pendingOnly && targets.TrueForAll(t => t.ConfirmedEpoch == epoch)))
            return [.. targets.Select(t => new KeyTargetState(t, true))];
        var (states, happenings) = (new List<KeyTargetState>(), new List<Happening>());
        using (await keyring.Hold(cancellationToken)) // no erasure run meanwhile: each copy is of one epoch, and none is overwritten by an older one
        {
            epoch = await StoreEpoch.Of(db, cancellationToken);
            var content = KeyStore.Of(keyring, epoch, await Held(cancellationToken), clock.Now()).ToBytes();
            foreach (var target in targets)
            {
                if (pendingOnly && target.ConfirmedEpoch == epoch)
                {
                    states.Add(new KeyTargetState(target, true));
                    continue;
                }

                var problem = Unfit() ?? WriteTo(target, content, epoch);
                if (problem is null)
                {
                    target.Confirm(epoch, clock.Now());
                    happenings.Add(new Happening("KeyCopyConfirmed", null, target.Id).With("epoch", epoch));
                }

                states.Add(new KeyTargetState(target, problem is null, problem));
            }
        }

        if (happenings.Count > 0)
            await ledger.Commit(who, cancellationToken, happenings);
        return states;
    }

    /// <summary>Why a copy of this keyring would be a danger or of no use; none when it is fit.</summary>
    public string? Unfit() => keyring.Content.Root.Form == SealedRoot.Bare && keyring.Content.Split is null
        ? "The root key lies bare in the keyring and was not split: a copy without it could not be used, and a copy with it would open everything. Split it first ('amana keys split') or set a passphrase ('amana keys rotate passphrase')."
        : null;

    /// <summary>Keys, tombstones and hashes as the copy holds them.</summary>
    private async Task<byte[]> Held(CancellationToken cancellationToken)
    {
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
            await dump.Write(DumpPart.Keys, zip, null, cancellationToken);
        return packed.ToArray();
    }

    private static string? WriteTo(KeyTarget target, byte[] content, int epoch)
    {
        try
        {
            if (!Directory.Exists(target.Directory))
                return $"The folder {target.Directory} is not there.";
            KeyringFile.Replace(Path.Combine(target.Directory, KeyStore.FileName), content);
            return KeyStore.Read(target.Directory).Epoch == epoch ? null : $"What was written to {target.Directory} reads back differently.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return e.Message;
        }
    }
}
