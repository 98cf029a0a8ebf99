using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Amana.Features.Platform.Vault;

/// <summary>The root key as it lies in the keyring: bare, protected by the file's mode; or sealed under a passphrase.</summary>
public sealed record SealedRoot(string Form, byte[] Salt, byte[] Key);

/// <summary>Seals the root key under a passphrase with Argon2id (RFC 9106 §4, second recommended option: 64 MiB, 3 passes).</summary>
public static class RootSeal
{
    private const string Bare = "bare";
    private const string Passphrase = "argon2id-64MiB-3";

    public static SealedRoot Seal(byte[] root, string? passphrase)
    {
        if (string.IsNullOrEmpty(passphrase))
            return new SealedRoot(Bare, [], [.. root]);
        var salt = RandomNumberGenerator.GetBytes(16);
        return new SealedRoot(Passphrase, salt, Box.Seal(KeyFrom(passphrase, salt), root, "keyring/root", 0));
    }

    public static byte[] Open(SealedRoot sealedRoot, string? passphrase)
    {
        if (sealedRoot.Form == Bare)
            return [.. sealedRoot.Key];
        if (string.IsNullOrEmpty(passphrase))
            throw new KeyringLockedException("The keyring is sealed with a passphrase, and none was given.");
        try
        {
            return Box.Open(KeyFrom(passphrase, sealedRoot.Salt), sealedRoot.Key, "keyring/root");
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw new KeyringLockedException("The passphrase does not open the keyring.");
        }
    }

    private static byte[] KeyFrom(string passphrase, byte[] salt)
    {
        var argon = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = 65536, NumberOfPasses = 3 });
        return argon.DeriveBytes(Encoding.UTF8.GetBytes(passphrase), salt, 32);
    }
}

/// <summary>The keyring cannot be opened with what was given; hosts say so in plain words and end.</summary>
public sealed class KeyringLockedException(string message) : Exception(message);
