using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Amana.Features.Platform.Vault;

/// <summary>The root key as it lies in the keyring: bare, protected by the file's mode; sealed under a passphrase; kept by a transit engine elsewhere; or left out, to be joined from shares.</summary>
public sealed record SealedRoot(string Form, byte[] Salt, byte[] Key)
{
    public const string Bare = "bare";
    public const string Passphrase = "argon2id-64MiB-3";
    public const string LeftOut = "shares";
    public const string Transit = "transit";

    internal bool Same(SealedRoot other) => Form == other.Form && Salt.AsSpan().SequenceEqual(other.Salt) && Key.AsSpan().SequenceEqual(other.Key);
}

/// <summary>Seals the root key under a passphrase with Argon2id (RFC 9106 §4, second recommended option: 64 MiB, 3 passes).</summary>
public static class RootSeal
{
    /// <summary>No root at all, for a keyring that lies apart from its root.</summary>
    public static SealedRoot Without { get; } = new(SealedRoot.LeftOut, [], []);

    public static SealedRoot Seal(byte[] root, string? passphrase)
    {
        if (string.IsNullOrEmpty(passphrase))
            return new SealedRoot(SealedRoot.Bare, [], [.. root]);
        var salt = RandomNumberGenerator.GetBytes(16);
        return new SealedRoot(SealedRoot.Passphrase, salt, Box.Seal(KeyFrom(passphrase, salt), root, "keyring/root", 0));
    }

    public static byte[] Open(SealedRoot sealedRoot, string? passphrase)
    {
        if (sealedRoot.Form == SealedRoot.Bare)
            return [.. sealedRoot.Key];
        if (sealedRoot.Form == SealedRoot.LeftOut)
            throw new KeyringLockedException("This keyring is a copy without its root key. 'amana keys join' puts the root together from the custodians' shares.");
        if (sealedRoot.Form != SealedRoot.Passphrase)
            throw new KeyringLockedException($"The root key of this keyring is kept in a way that this version does not know: {sealedRoot.Form}.");
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

/// <summary>What this process can open a root key with: a passphrase, or the token of a transit engine, if one was given.</summary>
internal sealed class RootOpener(string? passphrase, string? token)
{
    /// <summary>With the token from the environment, where the host's secrets are.</summary>
    public RootOpener(string? passphrase) : this(passphrase, Environment.GetEnvironmentVariable("AMANA_TRANSIT_TOKEN"))
    {
    }

    public string? Passphrase { get; set; } = passphrase;

    public string? Token { get; set; } = token;

    public RootKey Open(SealedRoot root) => root.Form == SealedRoot.Transit ? TransitRoot.Of(root, Token) : new HeldRoot(RootSeal.Open(root, Passphrase));
}

/// <summary>The keyring cannot be opened with what was given; hosts say so in plain words and end.</summary>
public sealed class KeyringLockedException(string message) : Exception(message);
