using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Amana.TransparencyLog;

/// <summary>
/// A SHA-256 hash in the Merkle tree of RFC 6962 §2.1: 32 bytes held as a value, equal by content.
/// Leaves and nodes are hashed with different first bytes, so that a node can never be passed off as an entry.
/// </summary>
public readonly struct TreeHash : IEquatable<TreeHash>
{
    /// <summary>Bytes in a hash.</summary>
    public const int Length = 32;

    private const int OnStack = 512;
    private readonly ulong a;
    private readonly ulong b;
    private readonly ulong c;
    private readonly ulong d;

    /// <summary>Takes exactly 32 bytes; any other number is a bug of the caller.</summary>
    public TreeHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException("A tree hash has 32 bytes.", nameof(bytes));
        a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The root of a tree without entries: SHA-256 of nothing.</summary>
    public static TreeHash EmptyTree { get; } = new(SHA256.HashData([]));

    /// <summary>The leaf hash of an entry: SHA-256(0x00 ‖ entry).</summary>
    public static TreeHash OfLeaf(ReadOnlySpan<byte> entry)
    {
        if (entry.Length < OnStack)
        {
            Span<byte> small = stackalloc byte[OnStack];
            return Digest(small[..(entry.Length + 1)], entry);
        }

        var rented = ArrayPool<byte>.Shared.Rent(entry.Length + 1);
        try
        {
            return Digest(rented.AsSpan(0, entry.Length + 1), entry);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    /// <summary>The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).</summary>
    public static TreeHash OfNode(TreeHash left, TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Length)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(input, hash);
        return new TreeHash(hash);
    }

    /// <summary>Reads standard base64 (RFC 4648 §4) of exactly 32 bytes in its one canonical spelling.</summary>
    public static bool TryFromBase64(string text, out TreeHash hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length == 44 && Convert.TryFromBase64String(text, bytes, out var written) && written == Length
            && string.Equals(Convert.ToBase64String(bytes), text, StringComparison.Ordinal))
        {
            hash = new TreeHash(bytes);
            return true;
        }

        hash = default;
        return false;
    }

    /// <summary>Writes the 32 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], d);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public string ToBase64() => Convert.ToBase64String(ToArray());

    /// <summary>Lower-case hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());

    public bool Equals(TreeHash other) => a == other.a && b == other.b && c == other.c && d == other.d;

    public override bool Equals(object? obj) => obj is TreeHash other && Equals(other);

    public override int GetHashCode() => a.GetHashCode();

    public static bool operator ==(TreeHash left, TreeHash right) => left.Equals(right);

    public static bool operator !=(TreeHash left, TreeHash right) => !left.Equals(right);

    private static TreeHash Digest(Span<byte> buffer, ReadOnlySpan<byte> entry)
    {
        buffer[0] = 0;
        entry.CopyTo(buffer[1..]);
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(buffer, hash);
        return new TreeHash(hash);
    }
}
