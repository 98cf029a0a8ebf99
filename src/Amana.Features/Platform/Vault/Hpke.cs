using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Amana.Features.Platform.Vault;

/// <summary>Hybrid public-key encryption (RFC 9180) in base mode with one suite: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-GCM. Browsers have all of it in WebCrypto.
/// One message under each encapsulation, so the sequence number is always 0.</summary>
internal static class Hpke
{
    /// <summary>Bytes of an encapsulated key: an uncompressed point of P-256.</summary>
    public const int PointSize = 65;

    private const int CoordinateSize = 32;
    private const int HashSize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private static readonly byte[] KemSuite = [.. "KEM"u8, 0, 0x10];

    /// <summary>A new pair: the public point and the private half as PKCS #8.</summary>
    public static (byte[] Public, byte[] Private) NewPair()
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return (PointOf(pair), pair.ExportPkcs8PrivateKey());
    }

    /// <summary>Seals to a public point; what comes back is the encapsulated key and the ciphertext with its tag.</summary>
    public static (byte[] Encapsulated, byte[] Sealed) Seal(byte[] publicPoint, byte[] info, byte[] bound, ReadOnlySpan<byte> content)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var receiver = ECDiffieHellman.Create(ParametersOf(publicPoint));
        var encapsulated = PointOf(ephemeral);
        var (key, nonce) = KeySchedule(ephemeral.DeriveRawSecretAgreement(receiver.PublicKey), encapsulated, publicPoint, info, CoordinateSize);
        var sealedContent = new byte[content.Length + TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, content, sealedContent.AsSpan(0, content.Length), sealedContent.AsSpan(content.Length), bound);
        return (encapsulated, sealedContent);
    }

    /// <summary>Opens, or throws <see cref="CryptographicException"/> when anything is not as it was sealed. A point that is not on the curve is refused.</summary>
    /// <param name="privateKey">PKCS #8.</param>
    /// <param name="encapsulated">The sender's ephemeral point.</param>
    /// <param name="info">What the key is for; bound into it.</param>
    /// <param name="bound">Associated data.</param>
    /// <param name="sealedContent">Ciphertext and tag.</param>
    /// <param name="keySize">32 for AES-256-GCM, which is what is used; 16 for the RFC's own example.</param>
    public static byte[] Open(byte[] privateKey, ReadOnlySpan<byte> encapsulated, byte[] info, byte[] bound, ReadOnlySpan<byte> sealedContent, int keySize = 32)
    {
        if (sealedContent.Length < TagSize)
            throw new CryptographicException("Too short.");
        using var mine = ECDiffieHellman.Create();
        mine.ImportPkcs8PrivateKey(privateKey, out _);
        var sender = encapsulated.ToArray();
        using var theirs = ECDiffieHellman.Create(ParametersOf(sender));
        var (key, nonce) = KeySchedule(mine.DeriveRawSecretAgreement(theirs.PublicKey), sender, PointOf(mine), info, keySize);
        var content = new byte[sealedContent.Length - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(nonce, sealedContent[..^TagSize], sealedContent[^TagSize..], content, bound);
        return content;
    }

    /// <summary>RFC 9180 §4.1 and §5.1: the shared secret of the two points, then key and nonce.</summary>
    private static (byte[] Key, byte[] Nonce) KeySchedule(byte[] agreed, byte[] encapsulated, byte[] receiver, byte[] info, int keySize)
    {
        var shared = Expand(KemSuite, Extract(KemSuite, [], "eae_prk"u8, agreed), "shared_secret"u8, [.. encapsulated, .. receiver], HashSize);
        byte[] suite = [.. "HPKE"u8, 0, 0x10, 0, 1, 0, (byte)(keySize == 32 ? 2 : 1)];
        byte[] context = [0, .. Extract(suite, [], "psk_id_hash"u8, []), .. Extract(suite, [], "info_hash"u8, info)];
        var secret = Extract(suite, shared, "secret"u8, []);
        CryptographicOperations.ZeroMemory(agreed);
        return (Expand(suite, secret, "key"u8, context, keySize), Expand(suite, secret, "base_nonce"u8, context, NonceSize));
    }

    private static byte[] Extract(byte[] suite, byte[] salt, ReadOnlySpan<byte> label, byte[] material) =>
        HKDF.Extract(HashAlgorithmName.SHA256, [.. "HPKE-v1"u8, .. suite, .. label, .. material], salt);

    private static byte[] Expand(byte[] suite, byte[] key, ReadOnlySpan<byte> label, byte[] info, int length)
    {
        var size = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)length);
        return HKDF.Expand(HashAlgorithmName.SHA256, key, length, [.. size, .. "HPKE-v1"u8, .. suite, .. label, .. info]);
    }

    private static byte[] PointOf(ECDiffieHellman pair)
    {
        var q = pair.ExportParameters(false).Q;
        return [4, .. q.X!, .. q.Y!];
    }

    private static ECParameters ParametersOf(byte[] point)
    {
        if (point.Length != PointSize || point[0] != 4)
            throw new CryptographicException("Not an uncompressed point of P-256.");
        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..(1 + CoordinateSize)], Y = point[(1 + CoordinateSize)..] } };
        parameters.Validate();
        return parameters;
    }
}
