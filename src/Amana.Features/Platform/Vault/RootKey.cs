using System.Security.Cryptography;

namespace Amana.Features.Platform.Vault;

/// <summary>The root key, as the keyring uses it: it wraps and unwraps the keys of the keyring, and nothing else. Whether it lies in memory or never leaves
/// another machine is not seen from outside.</summary>
internal abstract class RootKey : IDisposable
{
    /// <summary>Wraps a key for one use; the use is bound, so one cannot be passed off as another.</summary>
    public abstract byte[] Wrap(ReadOnlySpan<byte> key, string use);

    /// <summary>Unwraps, or throws <see cref="CryptographicException"/> when it was wrapped by another root or for another use.</summary>
    public abstract byte[] Unwrap(ReadOnlySpan<byte> box, string use);

    public abstract void Dispose();
}

/// <summary>A root key in the memory of this process: from the keyring file, bare or under a passphrase, or joined from shares.</summary>
internal sealed class HeldRoot(byte[] key) : RootKey
{
    public static HeldRoot New() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The key itself, to be sealed into the keyring or split into shares.</summary>
    public byte[] Key => key;

    public override byte[] Wrap(ReadOnlySpan<byte> secret, string use) => Box.Seal(key, secret, "keyring/" + use, 0);

    public override byte[] Unwrap(ReadOnlySpan<byte> box, string use) => Box.Open(key, box, "keyring/" + use);

    public override void Dispose() => CryptographicOperations.ZeroMemory(key);
}
