using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Amana.Features.Platform.Vault;

/// <summary>Protects what hosts hand out and take back (form tokens, the sign-in cookie) under the root key, one derived key for each purpose.
/// Nothing of it lies on the disk, and it holds over restarts and on every node with the same keyring.</summary>
public sealed class HouseProtection : IDataProtectionProvider, IDataProtector
{
    private readonly Func<Keyring> _keyring;
    private readonly Lazy<byte[]> _key;
    private readonly string _purpose;

    /// <param name="keyring">Gives the keyring when it is first needed, so that hosts may start before it is opened.</param>
    public HouseProtection(Func<Keyring> keyring)
        : this(keyring, "host")
    {
    }

    private HouseProtection(Func<Keyring> keyring, string purpose)
    {
        (_keyring, _purpose) = (keyring, purpose);
        _key = new Lazy<byte[]>(() => keyring().Derive("protection/" + purpose));
    }

    public IDataProtector CreateProtector(string purpose) => new HouseProtection(_keyring, $"{_purpose}/{purpose.Length}:{purpose}");

    public byte[] Protect(byte[] plaintext) => Box.Seal(_key.Value, plaintext, _purpose, 0);

    /// <summary>Throws <see cref="CryptographicException"/> for what was not protected here for this purpose.</summary>
    public byte[] Unprotect(byte[] protectedData) => Box.Open(_key.Value, protectedData, _purpose);
}
