using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Amana.TransparencyLog;

namespace Amana.Features.Platform.Vault;

/// <summary>The keys that are never in the database nor in its backups: the epoch key, the index root, the signing seed and the backup key, wrapped by the root key.
/// A file of mode 0600 in a folder of its own. It changes through <see cref="KeyringHold"/> alone, one process at a time; what another process changed is read when it is needed.</summary>
public sealed class Keyring : IDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _derived = new(StringComparer.Ordinal);
    private readonly Lock _state = new();
    private readonly RootOpener _opener;
    private RootKey _root;
    private KeyringFile _content;
    private OpenEpochs _open;
    private NoteSigner _signer;
    private FileMark _seen;

    private Keyring(string file, RootOpener opener, RootKey root, KeyringFile content, FileMark seen)
    {
        (FileName, _opener, _root, _content, _open, _seen) = (file, opener, root, content, new OpenEpochs(content), seen);
        LedgerOrigin = "amana.example/ledger/" + content.Instance;
        _signer = NoteSigner.FromSeed(LedgerOrigin, Unwrap(content.SigningSeed, "signing"));
    }

    /// <summary>The ledger's identity, in every checkpoint.</summary>
    public string LedgerOrigin { get; }

    /// <summary>Signs the ledger now.</summary>
    public NoteSigner LedgerSigner => _signer;

    /// <summary>The keys that verify the ledger: the one that signs now, and those that signed before.</summary>
    public IReadOnlyList<NoteVerifier> LedgerVerifiers => [_signer.Verifier, .. _content.FormerVerifiers.Select(NoteVerifier.Parse)];

    /// <summary>The key with which this house signs as a witness of other houses' ledgers, as it is handed to them (C2SP cosignature v1).</summary>
    public string WitnessKey => Cosignature.KeyOf(WitnessName, Derive("ledger-witness"));

    private string WitnessName => "amana.example/witness/" + Instance;

    public string Instance => _content.Instance;

    /// <summary>Number of the newest epoch in the keyring.</summary>
    public int Epoch => _open.Current;

    /// <summary>True while more than one epoch lives: during an erasure run, or after one that was cut off.</summary>
    public bool HasEarlierEpochs => _content.Epochs.Count > 1;

    /// <summary>What the file says, everything but the root wrapped.</summary>
    public KeyringFile Content => _content;

    internal string FileName { get; }

    internal RootKey Root => _root;

    internal RootOpener Opener => _opener;

    /// <summary>Opens the keyring, or makes a new one where there is none. Refuses (as a bug of the set-up) a keyring of another passphrase.</summary>
    public static Keyring OpenOrMake(Store store, string? passphrase) => OpenWith(store, new RootOpener(passphrase));

    internal static Keyring OpenWith(Store store, RootOpener opener)
    {
        if (!File.Exists(store.KeyringFile))
            return Make(store.KeyringFile, opener);
        var seen = FileMark.Of(store.KeyringFile);
        var content = KeyringFile.Read(store.KeyringFile);
        return new Keyring(store.KeyringFile, opener, opener.Open(content.Root), content, seen);
    }

    /// <summary>Signs another house's checkpoint as its witness; that it only grew must have been checked.</summary>
    public NoteSignature Cosign(Checkpoint checkpoint, DateTimeOffset at) => Cosignature.Sign(checkpoint, WitnessName, Derive("ledger-witness"), at);

    /// <summary>The key of an epoch; none when that epoch was destroyed, and with it all that was wrapped under it.</summary>
    public byte[]? EpochKey(int number)
    {
        if (_open.KeyOf(number, Unwrap) is { } key)
            return key;
        Refresh(); // another process may have begun it meanwhile
        return _open.KeyOf(number, Unwrap);
    }

    /// <summary>A key derived from the index root for one use (HKDF, RFC 5869).</summary>
    public byte[] Derive(string use) => _derived.GetOrAdd(use, static (use, k) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, k.Unwrap(k._content.IndexRoot, "index"), 32, info: Encoding.UTF8.GetBytes(use)), this);

    /// <summary>Takes the keyring for changing it; waits while another process or task holds it.</summary>
    /// <exception cref="KeyringLockedException">It was held for a minute.</exception>
    public async Task<KeyringHold> Hold(CancellationToken cancellationToken) => await KeyringHold.Take(this, cancellationToken);

    /// <summary>Reads the file anew when another process replaced it. Cheap when nobody did.</summary>
    public void Refresh()
    {
        lock (_state)
        {
            if (!File.Exists(FileName) || FileMark.Of(FileName) is var now && now == _seen)
                return;
            var content = KeyringFile.Read(FileName);
            if (content.Instance != _content.Instance)
                throw new KeyringLockedException($"The keyring {FileName} was replaced by that of another house.");
            if (!content.Root.Same(_content.Root))
                (_root, var old) = (_opener.Open(content.Root), _root);
            Take(content, now);
        }
    }

    public void Dispose()
    {
        _signer.Dispose();
        _root.Dispose();
    }

    /// <summary>For <see cref="KeyringHold"/>: writes the file and goes on with it.</summary>
    internal void Replace(KeyringFile content, RootKey? root = null)
    {
        lock (_state)
        {
            content.WriteTo(FileName);
            _root = root ?? _root;
            Take(content, FileMark.Of(FileName));
        }
    }

    internal byte[] Unwrap(byte[] box, string use) => _root.Unwrap(box, use);

    private void Take(KeyringFile content, FileMark seen)
    {
        var signs = !content.SigningSeed.AsSpan().SequenceEqual(_content.SigningSeed);
        (_content, _open, _seen) = (content, new OpenEpochs(content), seen);
        if (signs)
            _signer = NoteSigner.FromSeed(LedgerOrigin, Unwrap(content.SigningSeed, "signing")); // the old one may be signing this moment: left to the collector
    }

    private static Keyring Make(string file, RootOpener opener)
    {
        var directory = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (!OperatingSystem.IsWindows())
            directory.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var root = HeldRoot.New();
        byte[] Fresh(string use) => root.Wrap(RandomNumberGenerator.GetBytes(32), use);
        var content = new KeyringFile(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), RootSeal.Seal(root.Key, opener.Passphrase),
            [new EpochKeyEntry(1, Fresh("epoch"))], Fresh("index"), Fresh("signing"), Fresh("backup"));
        content.WriteTo(file);
        return new Keyring(file, opener, root, content, FileMark.Of(file));
    }

    /// <summary>Epoch keys of one state of the file, opened once each. With the state they are forgotten, so a destroyed epoch is not found again.</summary>
    private sealed class OpenEpochs(KeyringFile content)
    {
        private readonly ConcurrentDictionary<int, byte[]> _keys = new();

        public int Current { get; } = content.Epochs.Max(e => e.Number);

        public byte[]? KeyOf(int number, Func<byte[], string, byte[]> unwrap) =>
            _keys.TryGetValue(number, out var key) ? key
            : content.Epochs.FirstOrDefault(e => e.Number == number) is { } epoch ? _keys.GetOrAdd(number, _ => unwrap(epoch.Wrapped, "epoch")) : null;
    }

    /// <summary>By which a replaced file is known without reading it.</summary>
    private readonly record struct FileMark(long Ticks, long Length)
    {
        public static FileMark Of(string file) => new FileInfo(file) is { Exists: true } there ? new(there.LastWriteTimeUtc.Ticks, there.Length) : default;
    }
}
