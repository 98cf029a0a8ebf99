using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using ChaCha20Poly1305 = System.Security.Cryptography.ChaCha20Poly1305;

namespace Amana.Features.Platform.Vault;

/// <summary>A file that only the holder of an X25519 key opens, in the age format (age-encryption.org/v1), so that its recipient needs no tool of ours.</summary>
internal static class AgeFile
{
    private const int KeySize = 32;
    private const int TagSize = 16;
    private const int Chunk = 64 * 1024;
    private static readonly byte[] RecipientUse = "age-encryption.org/v1/X25519"u8.ToArray();

    /// <summary>Encrypts to a recipient.</summary>
    /// <param name="content">What to encrypt.</param>
    /// <param name="recipient">The 32 bytes that <see cref="AgeRecipient.TryParse"/> gave.</param>
    public static byte[] Seal(byte[] content, byte[] recipient)
    {
        var fileKey = RandomNumberGenerator.GetBytes(16);
        var header = Header(fileKey, recipient);
        var nonce = RandomNumberGenerator.GetBytes(16);
        var payloadKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, KeySize, nonce, "payload"u8.ToArray());
        using var file = new MemoryStream();
        file.Write(Encoding.ASCII.GetBytes(header));
        file.Write(nonce);
        WriteChunks(file, payloadKey, content);
        CryptographicOperations.ZeroMemory(fileKey);
        CryptographicOperations.ZeroMemory(payloadKey);
        return file.ToArray();
    }

    private static string Header(byte[] fileKey, byte[] recipient)
    {
        using var ephemeral = Key.Create(KeyAgreementAlgorithm.X25519);
        var share = ephemeral.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        using var agreed = KeyAgreementAlgorithm.X25519.Agree(ephemeral, PublicKey.Import(KeyAgreementAlgorithm.X25519, recipient, KeyBlobFormat.RawPublicKey))
            ?? throw new CryptographicException("The recipient's key is of small order.");
        var wrapKey = KeyDerivationAlgorithm.HkdfSha256.DeriveBytes(agreed, [.. share, .. recipient], RecipientUse, KeySize);
        var body = new byte[fileKey.Length + TagSize];
        using (var wrap = new ChaCha20Poly1305(wrapKey))
            wrap.Encrypt(new byte[12], fileKey, body.AsSpan(0, fileKey.Length), body.AsSpan(fileKey.Length));
        CryptographicOperations.ZeroMemory(wrapKey);
        var lines = $"age-encryption.org/v1\n-> X25519 {Plain(share)}\n{Plain(body)}\n---";
        var mac = HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, KeySize, [], "header"u8.ToArray()), Encoding.ASCII.GetBytes(lines));
        return $"{lines} {Plain(mac)}\n";
    }

    /// <summary>STREAM: pieces of 64 KiB, numbered, the last one marked, so that a cut file does not open.</summary>
    private static void WriteChunks(MemoryStream file, byte[] key, byte[] content)
    {
        using var cipher = new ChaCha20Poly1305(key);
        var nonce = new byte[12];
        var count = Math.Max(1, (content.Length + Chunk - 1) / Chunk);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(3), i);
            nonce[11] = (byte)(i == count - 1 ? 1 : 0);
            var piece = content.AsSpan(i * Chunk, Math.Min(Chunk, content.Length - i * Chunk));
            var sealedPiece = new byte[piece.Length + TagSize];
            cipher.Encrypt(nonce, piece, sealedPiece.AsSpan(0, piece.Length), sealedPiece.AsSpan(piece.Length));
            file.Write(sealedPiece);
        }
    }

    private static string Plain(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');
}

/// <summary>A recipient's public key as <c>age1…</c> (Bech32, BIP 173). A mistyped letter is found by its checksum.</summary>
public static class AgeRecipient
{
    private const string Letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const string Prefix = "age";

    /// <summary>The 32 bytes of the key, or none for what is no such key.</summary>
    public static byte[]? TryParse(string? written)
    {
        var text = written?.Trim().ToLowerInvariant() ?? "";
        if (text.Length != 62 || !text.StartsWith(Prefix + "1", StringComparison.Ordinal))
            return null;
        var values = text[(Prefix.Length + 1)..].Select(c => Letters.IndexOf(c, StringComparison.Ordinal)).ToArray();
        if (Array.Exists(values, v => v < 0) || Checksum([.. Prefix.Select(c => c >> 5), 0, .. Prefix.Select(c => c & 31), .. values]) != 1)
            return null;
        var bytes = new List<byte>(33);
        var (held, bits) = (0, 0);
        foreach (var value in values[..^6])
        {
            held = ((held << 5) | value) & 0xFFF;
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(held >> bits));
        }

        return bytes.Count == 32 && (held & ((1 << bits) - 1)) == 0 ? [.. bytes] : null;
    }

    private static uint Checksum(IEnumerable<int> values)
    {
        uint[] generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
        var sum = 1u;
        foreach (var value in values)
        {
            var top = sum >> 25;
            sum = ((sum & 0x1ffffff) << 5) ^ (uint)value;
            for (var i = 0; i < 5; i++)
                sum ^= ((top >> i) & 1) == 1 ? generator[i] : 0;
        }

        return sum;
    }
}
