using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Amana.TransparencyLog;

/// <summary>What every key of a C2SP signed note has: a name without spaces or plus, and a key id bound to name, algorithm and public key.</summary>
internal static class NoteKeys
{
    /// <summary>The signature type byte of Ed25519 (C2SP signed-note, "Signature types").</summary>
    internal const byte Ed25519 = 0x01;

    internal const int PublicKeyLength = 32;
    internal const int SignatureLength = 64;

    internal static bool IsName(string name) =>
        name.Length > 0 && !name.Any(c => c == '+' || char.IsWhiteSpace(c) || char.IsControl(c));

    /// <summary>SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), the first four bytes, big-endian.</summary>
    internal static uint KeyId(string name, ReadOnlySpan<byte> publicKey)
    {
        var bytes = new List<byte>(Encoding.UTF8.GetBytes(name)) { 0x0A, Ed25519 };
        bytes.AddRange(publicKey);
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(bytes.ToArray()));
    }
}

/// <summary>
/// Signs notes with Ed25519 (RFC 8032) as C2SP signed-note lays down. Holds the private key in libsodium's guarded memory until disposed.
/// </summary>
public sealed class NoteSigner : IDisposable
{
    private readonly Key key;

    private NoteSigner(string name, Key key)
    {
        this.key = key;
        Verifier = new NoteVerifier(name, key.PublicKey);
    }

    /// <summary>The public half, to be handed to everybody who verifies.</summary>
    public NoteVerifier Verifier { get; }

    public string Name => Verifier.Name;

    public uint KeyId => Verifier.KeyId;

    /// <summary>Makes a signer from a name (a URL without scheme is the custom) and the 32-byte Ed25519 seed. A malformed name or seed is a bug of the caller.</summary>
    public static NoteSigner FromSeed(string name, ReadOnlySpan<byte> seed)
    {
        if (!NoteKeys.IsName(name))
            throw new ArgumentException("A key name is not empty and holds no space, control character or plus sign.", nameof(name));
        return new NoteSigner(name, Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey));
    }

    internal byte[] Sign(ReadOnlySpan<byte> text) => SignatureAlgorithm.Ed25519.Sign(key, text);

    public void Dispose() => key.Dispose();
}

/// <summary>Checks Ed25519 signatures of C2SP signed notes. Its text form (vkey) is <c>name+hash+base64(0x01 ‖ public key)</c>.</summary>
public sealed class NoteVerifier
{
    private readonly PublicKey publicKey;

    internal NoteVerifier(string name, PublicKey publicKey)
    {
        Name = name;
        this.publicKey = publicKey;
        KeyId = NoteKeys.KeyId(name, publicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    public string Name { get; }

    public uint KeyId { get; }

    /// <summary>Reads a vkey; refuses any other algorithm than Ed25519 and any key hash that does not fit name and key.</summary>
    public static bool TryParse(string vkey, [NotNullWhen(true)] out NoteVerifier? verifier, out string problem)
    {
        verifier = null;
        var parts = vkey.Split('+', 3);
        var material = new byte[1 + NoteKeys.PublicKeyLength];
        if (parts.Length != 3 || !NoteKeys.IsName(parts[0]) || !TryHex(parts[1], out var keyId))
            return Refuse("A verifier key reads name+hash+key.", out problem);
        if (!Convert.TryFromBase64String(parts[2], material, out var written) || written != material.Length
            || !string.Equals(Convert.ToBase64String(material), parts[2], StringComparison.Ordinal))
            return Refuse("The key material is not base64 of an algorithm byte and 32 bytes.", out problem);
        if (material[0] != NoteKeys.Ed25519)
            return Refuse("The key is not an Ed25519 key.", out problem);
        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, material.AsSpan(1), KeyBlobFormat.RawPublicKey, out var key) || key is null)
            return Refuse("The 32 bytes are no usable Ed25519 public key.", out problem);
        verifier = new NoteVerifier(parts[0], key);
        if (verifier.KeyId != keyId)
        {
            verifier = null;
            return Refuse("The key hash does not belong to this name and key.", out problem);
        }

        problem = string.Empty;
        return true;
    }

    /// <summary>Reads a vkey that is known to be well-formed; anything else is a bug of the caller.</summary>
    public static NoteVerifier Parse(string vkey) =>
        TryParse(vkey, out var verifier, out var problem) ? verifier : throw new FormatException(problem);

    /// <summary>The vkey text.</summary>
    public override string ToString() =>
        $"{Name}+{KeyId.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([NoteKeys.Ed25519, .. publicKey.Export(KeyBlobFormat.RawPublicKey)])}";

    internal bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        signature.Length == NoteKeys.SignatureLength && SignatureAlgorithm.Ed25519.Verify(publicKey, text, signature);

    private static bool TryHex(string text, out uint value)
    {
        value = 0;
        return text.Length == 8 && text.All(char.IsAsciiHexDigitLower)
            && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static bool Refuse(string why, out string problem)
    {
        problem = why;
        return false;
    }
}
