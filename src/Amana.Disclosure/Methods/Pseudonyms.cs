using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Disclosure;

/// <summary>
/// Numbers of records under other names, one set of names for each recipient: the same recipient can follow a record from one release to
/// the next, two recipients cannot join their copies, and nobody without the secret can go back. HMAC-SHA-256, 80 bits shown.
/// </summary>
public static class Pseudonyms
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;

    /// <summary>The column in pseudonyms. Categories stand in the order of the new names, so that the old order tells nothing. The secret has 16 bytes or more.</summary>
    public static Column Run(Column column, ReadOnlySpan<byte> secret, string recipient)
    {
        if (secret.Length < 16)
            throw new ArgumentException("A secret has 16 bytes or more.", nameof(secret));
        ArgumentException.ThrowIfNullOrWhiteSpace(recipient);
        var names = new string[column.Categories.Length];
        for (var i = 0; i < names.Length; i++)
            names[i] = Name(secret, recipient, column.Name, column.Categories[i]);
        return names.Distinct(StringComparer.Ordinal).Count() < names.Length
            ? throw new CryptographicException("Two records got the same pseudonym; another secret is needed.")
            : Column.FromValues(column.Name, column.CodeArray.Select(code => code == Column.Missing ? null : names[code]));
    }

    /// <summary>The pseudonym of one value.</summary>
    internal static string Name(ReadOnlySpan<byte> secret, params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(secret, Framed(parts), hash);
        var (bits, name) = (new UInt128(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..])), new char[Length]);
        for (var i = 0; i < Length; i++, bits >>= 5)
            name[i] = Letters[(int)(bits & 31)];
        return new string(name);
    }

    /// <summary>Each part after its length, so that no two lists of parts read the same.</summary>
    internal static byte[] Framed(ReadOnlySpan<string> parts)
    {
        using var stream = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            stream.Write(length);
            stream.Write(bytes);
        }

        return stream.ToArray();
    }
}
