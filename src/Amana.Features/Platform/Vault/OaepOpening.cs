using System.Numerics;
using System.Security.Cryptography;

namespace Amana.Features.Platform.Vault;

/// <summary>Opens RSAES-OAEP (RFC 8017, section 7.1) with SHA-256, in both kinds that ODK clients write: MGF1 with SHA-256 (Collect, by Bouncy Castle), which the framework opens, and MGF1 with SHA-1
/// (Enketo, Java's own provider), which it does not.</summary>
internal static class OaepOpening
{
    /// <summary>The message, or none when it was not closed for this key in either kind.</summary>
    public static byte[]? Open(RSA pair, byte[] closed)
    {
        try
        {
            return pair.Decrypt(closed, RSAEncryptionPadding.OaepSHA256);
        }
        catch (CryptographicException)
        {
            return OpenWithSha1Mask(pair.ExportParameters(includePrivateParameters: true), closed);
        }
    }

    private static byte[]? OpenWithSha1Mask(RSAParameters key, byte[] closed)
    {
        var length = key.Modulus!.Length;
        if (closed.Length != length)
            return null;
        var block = Raw(key, closed, length);
        var (seed, data) = (block[1..33], block[33..]);
        Mask(seed, data);
        Mask(data, seed);
        // All is looked at before anything is said, so that the time taken tells nothing of where it failed.
        var wrong = block[0] | (CryptographicOperations.FixedTimeEquals(data.AsSpan(0, 32), SHA256.HashData([])) ? 0 : 1);
        var (at, found) = (0, 0);
        for (var i = 32; i < data.Length; i++)
        {
            var isOne = data[i] == 1 ? 1 : 0;
            at = (found | (1 - isOne)) == 0 ? i : at;
            wrong |= found == 0 && data[i] > 1 ? 1 : 0;
            found |= isOne;
        }

        return wrong == 0 && found == 1 ? data[(at + 1)..] : null;
    }

    /// <summary>The bare private operation, blinded with a random factor so that its time does not follow the message.</summary>
    private static byte[] Raw(RSAParameters key, byte[] closed, int length)
    {
        var (n, e, d) = (Number(key.Modulus!), Number(key.Exponent!), Number(key.D!));
        BigInteger blind;
        do
            blind = Number(RandomNumberGenerator.GetBytes(length)) % n;
        while (!BigInteger.GreatestCommonDivisor(blind, n).IsOne);
        var message = BigInteger.ModPow(Number(closed) * BigInteger.ModPow(blind, e, n) % n, d, n) * Inverse(blind, n) % n;
        var bytes = message.ToByteArray(isUnsigned: true, isBigEndian: true);
        var block = new byte[length];
        bytes.CopyTo(block.AsSpan(length - bytes.Length));
        return block;
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (r, next, t, nextT) = (modulus, value, BigInteger.Zero, BigInteger.One);
        while (!next.IsZero)
        {
            var quotient = r / next;
            (r, next) = (next, r - quotient * next);
            (t, nextT) = (nextT, t - quotient * nextT);
        }

        return t.Sign < 0 ? t + modulus : t;
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    /// <summary>MGF1 with SHA-1 (RFC 8017, appendix B.2.1), laid over the target.</summary>
    private static void Mask(byte[] target, byte[] seed)
    {
        var at = 0;
        for (var counter = 0; at < target.Length; counter++)
        {
#pragma warning disable CA5350 // the mask that Enketo and Java write; OAEP does not rest on its strength against collisions
            foreach (var b in SHA1.HashData([.. seed, (byte)(counter >> 24), (byte)(counter >> 16), (byte)(counter >> 8), (byte)counter]))
#pragma warning restore CA5350
            {
                if (at < target.Length)
                    target[at++] ^= b;
            }
        }
    }
}
