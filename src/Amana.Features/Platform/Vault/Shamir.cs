using System.Security.Cryptography;

namespace Amana.Features.Platform.Vault;

/// <summary>Shamir's secret sharing over GF(2^8) with the polynomial of AES (x^8+x^4+x^3+x+1), byte by byte. Any <c>need</c> parts give the secret; fewer tell nothing of it,
/// since every secret fits them equally well. No tables and no branches on secret bytes.</summary>
internal static class Shamir
{
    /// <summary>Splits: part i is the value at x = i, from 1.</summary>
    public static byte[][] Split(ReadOnlySpan<byte> secret, int need, int of)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(need, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(need, of);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(of, 255);
        var parts = new byte[of][];
        for (var i = 0; i < of; i++)
            parts[i] = new byte[secret.Length];
        var coefficients = new byte[need];
        for (var at = 0; at < secret.Length; at++)
        {
            RandomNumberGenerator.Fill(coefficients);
            coefficients[0] = secret[at];
            for (var i = 0; i < of; i++)
                parts[i][at] = ValueAt(coefficients, (byte)(i + 1));
        }

        CryptographicOperations.ZeroMemory(coefficients);
        return parts;
    }

    /// <summary>Joins parts by Lagrange's interpolation at 0. Too few, or parts of different secrets, give bytes that mean nothing: the caller checks.</summary>
    public static byte[] Join(IReadOnlyList<(byte X, byte[] Part)> parts)
    {
        var secret = new byte[parts[0].Part.Length];
        foreach (var (x, part) in parts)
        {
            byte basis = 1;
            foreach (var (other, _) in parts)
                if (other != x)
                    basis = Times(basis, Times(other, Inverse((byte)(other ^ x))));
            for (var at = 0; at < secret.Length; at++)
                secret[at] ^= Times(part[at], basis);
        }

        return secret;
    }

    private static byte ValueAt(ReadOnlySpan<byte> coefficients, byte x)
    {
        byte value = 0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
            value = (byte)(Times(value, x) ^ coefficients[i]);
        return value;
    }

    internal static byte Times(byte a, byte b)
    {
        int product = 0, left = a;
        for (var bit = 0; bit < 8; bit++)
        {
            product ^= left & -((b >> bit) & 1);
            left = (left << 1) ^ (0x11B & -(left >> 7));
        }

        return (byte)product;
    }

    /// <summary>a^254, which is 1/a for all but 0.</summary>
    internal static byte Inverse(byte a)
    {
        byte result = 1;
        for (var i = 0; i < 254; i++)
            result = Times(result, a);
        return result;
    }
}
