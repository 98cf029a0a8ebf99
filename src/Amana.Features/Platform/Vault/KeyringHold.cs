using System.Security.Cryptography;

namespace Amana.Features.Platform.Vault;

/// <summary>The keyring, held for changing it by one task of one process; the operating system lets go when the process ends, however it ends.
/// Every change reads the file first and replaces it whole, so two programs that erase or rotate never undo each other.</summary>
public sealed class KeyringHold : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly Keyring _keyring;
    private readonly FileStream _lock;

    private KeyringHold(Keyring keyring, FileStream held) => (_keyring, _lock) = (keyring, held);

    internal static async Task<KeyringHold> Take(Keyring keyring, CancellationToken cancellationToken)
    {
        var file = keyring.FileName + ".lock";
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
                keyring.Refresh();
                return new KeyringHold(keyring, held);
            }
            catch (IOException) when (File.Exists(file) && waited < Longest)
            {
                await Task.Delay(Pause, cancellationToken);
            }
            catch (IOException) when (File.Exists(file))
            {
                throw new KeyringLockedException($"Another program has held the keyring {keyring.FileName} for a minute.");
            }
        }
    }

    /// <summary>Begins a new epoch beside the one of the store, so that survivors can be re-wrapped under it. One that an earlier run began and never committed is dropped.</summary>
    /// <param name="ofStore">The epoch under which the store's keys are wrapped.</param>
    public int BeginEpoch(int ofStore)
    {
        var next = _keyring.Epoch + 1;
        var fresh = _keyring.Root.Wrap(RandomNumberGenerator.GetBytes(32), "epoch");
        _keyring.Replace(_keyring.Content with { Epochs = [.. _keyring.Content.Epochs.Where(e => e.Number == ofStore), new EpochKeyEntry(next, fresh)] });
        return next;
    }

    /// <summary>Destroys every epoch but the store's: what was wrapped under them opens no more, from any backup of the data.</summary>
    /// <param name="ofStore">The epoch under which the store's keys are wrapped. It must be in the keyring.</param>
    public void KeepOnlyEpoch(int ofStore)
    {
        var kept = _keyring.Content.Epochs.Where(e => e.Number == ofStore).ToList();
        if (kept.Count == 0)
            throw new KeyringLockedException(Words.OtherEpoch(ofStore, _keyring.Epoch));
        if (_keyring.Content.Epochs.Count > 1)
            _keyring.Replace(_keyring.Content with { Epochs = kept });
    }

    /// <summary>Replaces the root key: all keys of the keyring are wrapped anew. Shares of the old one join to nothing any more.</summary>
    /// <param name="passphrase">Seals the new root; none leaves it bare, protected by the file's mode.</param>
    public void ReplaceRoot(string? passphrase)
    {
        var root = HeldRoot.New();
        _keyring.Opener.Passphrase = passphrase;
        MoveTo(root, RootSeal.Seal(root.Key, passphrase));
    }

    /// <summary>Wraps everything anew under a root that a transit engine keeps; the root that lay here is gone then, and with it its shares.</summary>
    public void MoveRoot(TransitPlace place, string token)
    {
        var root = new TransitRoot(place, token);
        _keyring.Opener.Token = token;
        MoveTo(root, root.Seal);
    }

    /// <summary>Seals the root that there is under another passphrase, or under none. Shares stay good.</summary>
    public void ChangePassphrase(string? passphrase)
    {
        if (_keyring.Root is not HeldRoot held)
            throw new KeyringLockedException("The root key of this house lies elsewhere; it has no passphrase.");
        _keyring.Opener.Passphrase = passphrase;
        _keyring.Replace(_keyring.Content with { Root = RootSeal.Seal(held.Key, passphrase) });
    }

    /// <summary>Signs the ledger with a new key from now on; the old public key is kept to verify what it signed.</summary>
    public void ReplaceSigner(byte[] seed)
    {
        var former = _keyring.LedgerSigner.Verifier.ToString();
        _keyring.Replace(_keyring.Content with { SigningSeed = _keyring.Root.Wrap(seed, "signing"), FormerVerifiers = [former, .. _keyring.Content.FormerVerifiers] });
    }

    /// <summary>Seals backups with a new key from now on. Those made before are opened by nobody any more.</summary>
    public void ReplaceBackupRoot() =>
        _keyring.Replace(_keyring.Content with { BackupRoot = _keyring.Root.Wrap(RandomNumberGenerator.GetBytes(32), "backup") });

    /// <summary>Splits the root into shares for custodians. Only shares of the last splitting join.</summary>
    public IReadOnlyList<RootShare> Split(int need, int of, DateTimeOffset now)
    {
        if (_keyring.Root is not HeldRoot held)
            throw new KeyringLockedException("The root key of this house lies elsewhere and never comes here; its own keeper splits it.");
        var shares = RootShare.Split(held.Key, need, of);
        _keyring.Replace(_keyring.Content with { Split = new SplitRoot(need, of, shares[0].SetName, now) });
        return shares;
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Wraps all keys of the keyring under another root.</summary>
    internal void MoveTo(RootKey root, SealedRoot seal)
    {
        byte[] Anew(byte[] box, string use)
        {
            var bare = _keyring.Unwrap(box, use);
            var wrapped = root.Wrap(bare, use);
            CryptographicOperations.ZeroMemory(bare);
            return wrapped;
        }

        var c = _keyring.Content;
        _keyring.Replace(c with
        {
            Root = seal, Split = null, Epochs = [.. c.Epochs.Select(e => e with { Wrapped = Anew(e.Wrapped, "epoch") })],
            IndexRoot = Anew(c.IndexRoot, "index"), SigningSeed = Anew(c.SigningSeed, "signing"), BackupRoot = Anew(c.BackupRoot, "backup"),
        }, root);
    }
}

/// <summary>What operators are told about keyrings and epochs that do not fit.</summary>
internal static class Words
{
    public static string OtherEpoch(int ofStore, int ofKeyring) => ofStore > ofKeyring
        ? $"The keyring is older than the data: it holds key epoch {ofKeyring}, the data is under epoch {ofStore}. Restore the newest copy of the keyring."
        : $"The data is older than the keyring: it is under key epoch {ofStore}, which was destroyed by an erasure; the keyring holds epoch {ofKeyring}. Restore the data with 'amana restore', which takes the keys from the newest copy of the key store.";
}
