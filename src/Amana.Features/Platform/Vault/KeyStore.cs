using System.Text.Json;

namespace Amana.Features.Platform.Vault;

/// <summary>What is kept of the keys apart from the data: the keyring without a readable root, every data key under the current epoch, the tombstones, and the keyed hashes by which
/// people are found again, which backups of the data leave out. Always replaced whole; an older copy with an older copy of the data would bring the erased back.</summary>
/// <param name="Keyring">The keyring; its root is left out, or sealed by a passphrase, or lies elsewhere.</param>
/// <param name="Epoch">The epoch of all keys in it.</param>
/// <param name="At">When it was written.</param>
/// <param name="Held">Keys, tombstones and hashes, sealed under the epoch.</param>
public sealed record KeyStore(KeyringFile Keyring, int Epoch, DateTimeOffset At, byte[] Held)
{
    /// <summary>The name of the file in a target's folder.</summary>
    public const string FileName = "amana-keys.json";

    /// <summary>Reads a copy from a target's folder.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is no copy of a key store.</exception>
    public static KeyStore Read(string directory)
    {
        var file = Path.Combine(directory, FileName);
        if (!File.Exists(file))
            throw new InvalidDataException($"There is no {FileName} in {directory}.");
        try
        {
            return JsonSerializer.Deserialize<KeyStore>(File.ReadAllText(file)) is { Keyring: not null, Held: not null } read ? read : throw new InvalidDataException($"{file} is no copy of a key store.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file} is no copy of a key store, or is damaged.", e);
        }
    }

    internal static KeyStore Of(Keyring keyring, int epoch, byte[] held, DateTimeOffset now)
    {
        var key = keyring.EpochKey(epoch) ?? throw new KeyringLockedException(Words.OtherEpoch(epoch, keyring.Epoch));
        var file = keyring.Content;
        var root = file.Root.Form == SealedRoot.Bare ? RootSeal.Without : file.Root;
        return new KeyStore(file with { Root = root, Epochs = [.. file.Epochs.Where(e => e.Number == epoch)] }, epoch, now, Box.Seal(key, held, Context(epoch), epoch));
    }

    /// <summary>Opens what it holds, with a keyring that has its epoch.</summary>
    internal byte[] Open(Keyring keyring) =>
        Box.Open(keyring.EpochKey(Epoch) ?? throw new KeyringLockedException($"The copy of the keys is of epoch {Epoch}; the keyring holds {keyring.Epoch}."), Held, Context(Epoch));

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    private static string Context(int epoch) => $"key-store/{epoch}";
}
