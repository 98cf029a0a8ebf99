using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Features.Platform.Vault;

/// <summary>A sealed box: format ‖ algorithm ‖ key version ‖ nonce ‖ ciphertext ‖ tag. AES-256-GCM (NIST SP 800-38D); the context is bound as associated data,
/// so a box moved to another place does not open. Content is padded to buckets, so that its size tells little; empty and absent look alike.</summary>
internal static class Box
{
    private const byte Format = 1;
    private const byte Aes256Gcm = 1;
    private const int HeaderSize = 6;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private static readonly int[] Buckets = [64, 256, 1024, 4096, 16384];

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> content, string context, int keyVersion)
    {
        var box = new byte[HeaderSize + NonceSize + PaddedLength(content) + TagSize];
        box[0] = Format;
        box[1] = Aes256Gcm;
        BinaryPrimitives.WriteInt32BigEndian(box.AsSpan(2), keyVersion);
        RandomNumberGenerator.Fill(box.AsSpan(HeaderSize, NonceSize));
        var inside = box.AsSpan((HeaderSize + NonceSize)..^TagSize);
        BinaryPrimitives.WriteInt32BigEndian(inside, content.Length);
        content.CopyTo(inside[4..]);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(box.AsSpan(HeaderSize, NonceSize), inside, inside, box.AsSpan(box.Length - TagSize), Bound(box, context)); // in its place: no second copy of the content
        return box;
    }

    /// <summary>Opens a box, or throws <see cref="CryptographicException"/> when key, content or context are not those it was sealed with.</summary>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> box, string context)
    {
        if (box.Length < HeaderSize + NonceSize + TagSize || box[0] != Format || box[1] != Aes256Gcm)
            throw new CryptographicException("Not a box of this kind.");
        var padded = new byte[box.Length - HeaderSize - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(box.Slice(HeaderSize, NonceSize), box[(HeaderSize + NonceSize)..^TagSize], box[^TagSize..], padded, Bound(box, context));
        return padded[4..(4 + BinaryPrimitives.ReadInt32BigEndian(padded))];
    }

    public static int KeyVersion(ReadOnlySpan<byte> box) => BinaryPrimitives.ReadInt32BigEndian(box[2..]);

    /// <summary>The header is bound too: a box with another key version or algorithm does not open.</summary>
    private static byte[] Bound(ReadOnlySpan<byte> box, string context) => [.. box[..HeaderSize], .. Encoding.UTF8.GetBytes(context)];

    /// <summary>Length, content, zeroes up to the bucket: 64, 256, 1k, 4k, 16k, then whole 16k.</summary>
    private static int PaddedLength(ReadOnlySpan<byte> content)
    {
        var needed = content.Length + 4;
        foreach (var bucket in Buckets)
        {
            if (bucket >= needed)
                return bucket;
        }

        return (needed + Buckets[^1] - 1) / Buckets[^1] * Buckets[^1];
    }
}
