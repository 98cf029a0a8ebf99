using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Amana.TransparencyLog;

namespace Amana.Features.Platform.Vault;

/// <summary>The keys that are never in the database nor in its backups: root key R, the current epoch key wrapped by R, the index root and the signing seed.
/// A file of mode 0600 in a folder of its own; with a passphrase, R is sealed by Argon2id (RFC 9106).</summary>
public sealed class Keyring : IDisposable
{
    private readonly string _file;
    private readonly byte[] _root;
    private readonly ConcurrentDictionary<string, byte[]> _derived = new(StringComparer.Ordinal);
    private KeyringFile _content;
    private OpenEpochs _open;

    private Keyring(string file, byte[] root, KeyringFile content)
    {
        (_file, _root, _content, _open) = (file, root, content, new OpenEpochs(content));
        LedgerOrigin = "amana.example/ledger/" + content.Instance;
        LedgerSigner = NoteSigner.FromSeed(LedgerOrigin, Unwrap(content.SigningSeed, "signing"));
    }

    /// <summary>The ledger's identity, in every checkpoint.</summary>
    public string LedgerOrigin { get; }

    public NoteSigner LedgerSigner { get; }

    /// <summary>The key with which this house signs as a witness of other houses' ledgers, as it is handed to them (C2SP cosignature v1).</summary>
    public string WitnessKey => Cosignature.KeyOf(WitnessName, Derive("ledger-witness"));

    private string WitnessName => "amana.example/witness/" + Instance;

    public string Instance => _content.Instance;

    /// <summary>Number of the epoch under which data keys are wrapped now.</summary>
    public int Epoch => _open.Current;

    /// <summary>True while an epoch before the current one lives: during an erasure run, or after one that was cut off.</summary>
    public bool HasEarlierEpochs => _content.Epochs.Count > 1;

    /// <summary>Opens the keyring, or makes a new one where there is none. Refuses (as a bug of the set-up) a keyring of another passphrase.</summary>
    public static Keyring OpenOrMake(Store store, string? passphrase)
    {
        if (!File.Exists(store.KeyringFile))
            return Make(store.KeyringFile, passphrase);
        var content = JsonSerializer.Deserialize<KeyringFile>(File.ReadAllText(store.KeyringFile)) ?? throw new InvalidDataException("The keyring file is empty.");
        return new Keyring(store.KeyringFile, RootSeal.Open(content.Root, passphrase), content);
    }

    /// <summary>The key of an epoch; none when that epoch was destroyed, and with it all that was wrapped under it.</summary>
    public byte[]? EpochKey(int number) => _open.KeyOf(number, wrapped => Unwrap(wrapped, "epoch"));

    /// <summary>A key derived from the root for one use (HKDF, RFC 5869).</summary>
    public byte[] Derive(string use) => _derived.GetOrAdd(use, static (use, k) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, k.Unwrap(k._content.IndexRoot, "index"), 32, info: System.Text.Encoding.UTF8.GetBytes(use)), this);

    /// <summary>Signs another house's checkpoint as its witness; that it only grew must have been checked.</summary>
    public NoteSignature Cosign(Checkpoint checkpoint, DateTimeOffset at) => Cosignature.Sign(checkpoint, WitnessName, Derive("ledger-witness"), at);

    /// <summary>Begins a new epoch beside the current one, so that survivors can be re-wrapped under it.</summary>
    public int BeginEpoch()
    {
        var next = Epoch + 1;
        Replace(_content with { Epochs = [.. _content.Epochs, new EpochKeyEntry(next, Wrap(RandomNumberGenerator.GetBytes(32), "epoch"))] });
        return next;
    }

    /// <summary>Destroys every epoch before the current one: what was wrapped under them opens no more, from any backup of the data.</summary>
    public void EndEarlierEpochs() => Replace(_content with { Epochs = [.. _content.Epochs.Where(e => e.Number == Epoch)] });

    public void Dispose()
    {
        LedgerSigner.Dispose();
        CryptographicOperations.ZeroMemory(_root);
    }

    private static Keyring Make(string file, string? passphrase)
    {
        var root = RandomNumberGenerator.GetBytes(32);
        var directory = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (!OperatingSystem.IsWindows())
            directory.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        byte[] Fresh(string use) => Box.Seal(root, RandomNumberGenerator.GetBytes(32), "keyring/" + use, 0);
        var content = new KeyringFile(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), RootSeal.Seal(root, passphrase),
            [new EpochKeyEntry(1, Fresh("epoch"))], Fresh("index"), Fresh("signing"));
        var keyring = new Keyring(file, root, content);
        keyring.Replace(content);
        return keyring;
    }

    /// <summary>Replaces the file whole: written beside, flushed to the disk, moved over. Never appended, so no old key stays behind in it.</summary>
    private void Replace(KeyringFile content)
    {
        var beside = _file + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(beside, options))
        {
            JsonSerializer.Serialize(stream, content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, _file, overwrite: true);
        (_content, _open) = (content, new OpenEpochs(content));
    }

    private byte[] Wrap(byte[] key, string use) => Box.Seal(_root, key, "keyring/" + use, 0);

    private byte[] Unwrap(byte[] box, string use) => Box.Open(_root, box, "keyring/" + use);

    /// <summary>Epoch keys of one state of the file, opened once each. With the state they are forgotten, so a destroyed epoch is not found again.</summary>
    private sealed class OpenEpochs(KeyringFile content)
    {
        private readonly ConcurrentDictionary<int, byte[]> _keys = new();

        public int Current { get; } = content.Epochs.Max(e => e.Number);

        public byte[]? KeyOf(int number, Func<byte[], byte[]> unwrap) =>
            _keys.TryGetValue(number, out var key) ? key
            : content.Epochs.FirstOrDefault(e => e.Number == number) is { } epoch ? _keys.GetOrAdd(number, _ => unwrap(epoch.Wrapped)) : null;
    }
}

/// <summary>The keyring as the file holds it.</summary>
public sealed record KeyringFile(string Instance, SealedRoot Root, IReadOnlyList<EpochKeyEntry> Epochs, byte[] IndexRoot, byte[] SigningSeed);

public sealed record EpochKeyEntry(int Number, byte[] Wrapped);
