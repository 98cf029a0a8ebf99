using System.Security.Cryptography;
using System.Text;

namespace Amana.Features.Platform;

/// <summary>Tokens that stand in addresses of phones: 64 letters and digits, over 380 random bits; shown once and kept as SHA-256.</summary>
public static class AddressTokens
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, 64);

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
