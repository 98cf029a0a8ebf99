using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Amana.TransparencyLog;

/// <summary>What a witness says: that it saw this checkpoint at this time, consistent with every one that it saw before (C2SP tlog-cosignature v1, signature type 0x04).</summary>
public static class Cosignature
{
    private const byte Type = 0x04;
    private const int TimeLength = 8;

    /// <summary>The key's public text (vkey) of a witness: <c>name+hash+base64(0x04 ‖ public key)</c>.</summary>
    public static string KeyOf(string name, ReadOnlySpan<byte> seed)
    {
        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        var publicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        return $"{name}+{KeyId(name, publicKey).ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([Type, .. publicKey])}";
    }

    /// <summary>Signs a checkpoint at a time. That the log only grew is for the caller to have checked.</summary>
    public static NoteSignature Sign(Checkpoint checkpoint, string name, ReadOnlySpan<byte> seed, DateTimeOffset at)
    {
        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        var seconds = at.ToUnixTimeSeconds();
        var signature = new byte[TimeLength + NoteKeys.SignatureLength];
        BinaryPrimitives.WriteInt64BigEndian(signature, seconds);
        SignatureAlgorithm.Ed25519.Sign(key, Message(checkpoint.Text, seconds), signature.AsSpan(TimeLength));
        return new NoteSignature(name, KeyId(name, key.PublicKey.Export(KeyBlobFormat.RawPublicKey)), signature);
    }

    /// <summary>Whether the note carries a cosignature of this witness, and of when.</summary>
    public static bool IsOn(SignedNote note, string vkey, out DateTimeOffset at)
    {
        at = default;
        if (!TryParse(vkey, out var name, out var id, out var key))
            return false;
        foreach (var signature in note.Signatures.Where(s => s.Name == name && s.KeyId == id && s.Signature.Length == TimeLength + NoteKeys.SignatureLength))
        {
            var seconds = BinaryPrimitives.ReadInt64BigEndian(signature.Signature.Span);
            if (seconds is < 0 or > 253402300799 || !SignatureAlgorithm.Ed25519.Verify(key, Message(note.Text, seconds), signature.Signature.Span[TimeLength..]))
                continue;
            at = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }

        return false;
    }

    /// <summary>Whether this is the key of a witness.</summary>
    public static bool IsKey(string vkey) => TryParse(vkey, out _, out _, out _);

    private static bool TryParse(string vkey, out string name, out uint id, [NotNullWhen(true)] out PublicKey? key)
    {
        var parts = vkey.Split('+', 3);
        var material = new byte[1 + NoteKeys.PublicKeyLength];
        (name, id, key) = (parts[0], 0, null);
        return parts.Length == 3 && NoteKeys.IsName(name) && uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id)
            && Convert.TryFromBase64String(parts[2], material, out var written) && written == material.Length && material[0] == Type
            && PublicKey.TryImport(SignatureAlgorithm.Ed25519, material.AsSpan(1), KeyBlobFormat.RawPublicKey, out key) && key is not null && KeyId(name, material.AsSpan(1)) == id;
    }

    private static byte[] Message(string text, long seconds) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"));

    private static uint KeyId(string name, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0x0A, Type, .. publicKey]));
}
