using System.Security.Cryptography;
using Amana.Features.Platform.Ledger;
using Amana.TransparencyLog;

namespace Amana.Features.Platform.Vault;

/// <summary>What is done with the house's own keys, each entered in the ledger before it is done: replacing the root, the epoch, the signing key and the backup key, another passphrase, splitting.
/// The index root is not replaced: what stands behind keyed hashes is kept nowhere, so they could not be made anew.</summary>
public sealed class KeyActs(Keyring keyring, LedgerBook ledger, LedgerSequencer sequencer, ErasureRun erasure, TimeProvider clock)
{
    /// <summary>Replaces the root key; everything in the keyring is wrapped anew. Shares made before join to nothing any more.</summary>
    public async Task ReplaceRoot(AccessContext who, string? passphrase, CancellationToken cancellationToken)
    {
        await ledger.Commit(who, cancellationToken, new Happening("RootKeyReplaced"));
        using var hold = await keyring.Hold(cancellationToken);
        hold.ReplaceRoot(passphrase);
    }

    /// <summary>Moves the root to a transit engine; it never comes here again. Replacing the root brings a new one back into the keyring.</summary>
    public async Task MoveRoot(AccessContext who, TransitPlace place, string token, CancellationToken cancellationToken)
    {
        await ledger.Commit(who, cancellationToken, new Happening("RootKeyReplaced").With("kept", "transit"));
        using var hold = await keyring.Hold(cancellationToken);
        hold.MoveRoot(place, token);
    }

    /// <summary>Seals the root under another passphrase; an empty one leaves it bare.</summary>
    public async Task ChangePassphrase(AccessContext who, string? passphrase, CancellationToken cancellationToken)
    {
        await ledger.Commit(who, cancellationToken, new Happening("KeyringPassphraseChanged").With("sealed", passphrase is { Length: > 0 } ? "yes" : "no"));
        using var hold = await keyring.Hold(cancellationToken);
        hold.ChangePassphrase(passphrase);
    }

    /// <summary>Wraps every key of people and activities anew under a new epoch, and destroys the old one. Returns the epoch that ended.</summary>
    public async Task<int> ReplaceEpoch(AccessContext who, CancellationToken cancellationToken) =>
        (await erasure.ReplaceEpoch(who, erased => [LedgerEntry.Of(new Happening("KeyEpochReplaced").With("epoch", erased.EndedEpoch), who, Ids.NewGuid(clock), clock.Now())], cancellationToken)).EndedEpoch;

    /// <summary>Signs the ledger with a new key from now on. The change itself stands under a checkpoint of the old key, and names the new one, so whoever trusts the old key can go on to the new.</summary>
    public async Task<string> ReplaceSigner(AccessContext who, CancellationToken cancellationToken)
    {
        var seed = RandomNumberGenerator.GetBytes(32);
        using var next = NoteSigner.FromSeed(keyring.LedgerOrigin, seed);
        await ledger.Commit(who, cancellationToken, new Happening("LedgerKeyReplaced").With("key", next.Verifier.ToString()).With("former", keyring.LedgerSigner.Verifier.ToString()));
        await sequencer.Integrate(sign: true, cancellationToken);
        using var hold = await keyring.Hold(cancellationToken);
        hold.ReplaceSigner(seed);
        return next.Verifier.ToString();
    }

    /// <summary>Seals backups with a new key from now on; older ones are opened by nobody any more.</summary>
    public async Task ReplaceBackupKey(AccessContext who, CancellationToken cancellationToken)
    {
        await ledger.Commit(who, cancellationToken, new Happening("BackupKeyReplaced"));
        using var hold = await keyring.Hold(cancellationToken);
        hold.ReplaceBackupRoot();
    }

    /// <summary>Splits the root key into shares for custodians.</summary>
    public async Task<IReadOnlyList<RootShare>> Split(AccessContext who, int need, int of, CancellationToken cancellationToken)
    {
        await ledger.Commit(who, cancellationToken, new Happening("RootKeySplit").With("need", need).With("of", of));
        using var hold = await keyring.Hold(cancellationToken);
        return hold.Split(need, of, clock.Now());
    }

    /// <summary>Notes that a drill was held and what it proved.</summary>
    public Task NoteDrill(AccessContext who, int epoch, int keys, bool passed, CancellationToken cancellationToken) =>
        ledger.Commit(who, cancellationToken, new Happening("KeyDrillHeld").With("epoch", epoch).With("keys", keys).With("passed", passed ? "yes" : "no"));
}
