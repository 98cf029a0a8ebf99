using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Features.Platform.Vault;

/// <summary>A ZIP archive whose files are encrypted with AES-256 under a password (WinZip AE-2, "AES Encryption Information", version 1.04), which 7-Zip, WinZip and The Unarchiver open.
/// The format fixes PBKDF2-HMAC-SHA-1 with 1,000 rounds, so the password must be long and random: it is made here and never chosen. Names and sizes of the files are not hidden by the format.</summary>
internal static class AesZip
{
    private const int SaltSize = 16;
    private const int TagSize = 10;
    private const int Rounds = 1000;
    private const ushort VersionNeeded = 51;
    private const ushort Utf8AndEncrypted = 0x0801;
    private const ushort Method = 99;
    private static readonly byte[] Extra = [0x01, 0x99, 7, 0, 2, 0, (byte)'A', (byte)'E', 3, 8, 0]; // AE-2, 256 bit, deflated inside

    /// <summary>A password of 125 random bits, in five groups of five, to be told to the recipient on another way than the file.</summary>
    public static string NewPassword() => string.Join('-', Enumerable.Range(0, 5).Select(_ => Ids.RandomCode(5)));

    /// <summary>The whole archive.</summary>
    /// <param name="files">Names and contents, in their order.</param>
    /// <param name="password">Opens it.</param>
    /// <param name="at">The time that the files bear.</param>
    public static byte[] Write(IReadOnlyList<KeyValuePair<string, byte[]>> files, string password, DateTimeOffset at)
    {
        using var archive = new MemoryStream();
        using var directory = new MemoryStream();
        foreach (var (name, content) in files)
        {
            var offset = (uint)archive.Position;
            var encrypted = Encrypt(Deflated(content), password);
            var bytes = Encoding.UTF8.GetBytes(name);
            var header = Header(at, encrypted.Length, content.Length, bytes.Length);
            Write(archive, [0x50, 0x4b, 3, 4, .. header, .. bytes, .. Extra, .. encrypted]);
            Write(directory, [0x50, 0x4b, 1, 2, (byte)VersionNeeded, 0, .. header, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. LittleEndian(offset), .. bytes, .. Extra]);
        }

        var (start, size, count) = ((uint)archive.Position, (uint)directory.Length, (ushort)files.Count);
        Write(archive, directory.ToArray());
        Write(archive, [0x50, 0x4b, 5, 6, 0, 0, 0, 0, .. LittleEndian(count), .. LittleEndian(count), .. LittleEndian(size), .. LittleEndian(start), 0, 0]);
        return archive.ToArray();
    }

    /// <summary>What the local header and the directory have in common. The checksum is 0, as AE-2 asks: a checksum of the content would tell about short files.</summary>
    private static byte[] Header(DateTimeOffset at, int packed, int size, int name)
    {
        var utc = at.UtcDateTime;
        var time = (ushort)((utc.Hour << 11) | (utc.Minute << 5) | (utc.Second / 2));
        var day = (ushort)((Math.Clamp(utc.Year - 1980, 0, 127) << 9) | (utc.Month << 5) | utc.Day);
        return [.. LittleEndian(VersionNeeded), .. LittleEndian(Utf8AndEncrypted), .. LittleEndian(Method), .. LittleEndian(time), .. LittleEndian(day), .. LittleEndian(0u),
            .. LittleEndian((uint)packed), .. LittleEndian((uint)size), .. LittleEndian((ushort)name), .. LittleEndian((ushort)Extra.Length)];
    }

    /// <summary>Salt ‖ two bytes that tell a wrong password ‖ ciphertext ‖ the first ten bytes of its HMAC.</summary>
    [SuppressMessage("Security", "CA5379:Ensure Key Derivation Function algorithm is sufficiently strong", Justification = "the format fixes it; the password has 125 random bits")]
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "the format fixes HMAC-SHA-1, which still authenticates")]
    private static byte[] Encrypt(byte[] content, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var keys = Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA1, 66);
        var ciphertext = Counter(keys[..32], content);
        var tag = HMACSHA1.HashData(keys.AsSpan(32, 32), ciphertext)[..TagSize];
        byte[] packed = [.. salt, .. keys[64..], .. ciphertext, .. tag];
        CryptographicOperations.ZeroMemory(keys);
        return packed;
    }

    /// <summary>AES in counter mode; the counter is little-endian and begins at 1. The same act opens.</summary>
    internal static byte[] Counter(byte[] key, byte[] content)
    {
        const int Block = 16;
        using var aes = Aes.Create();
        aes.Key = key;
        var counters = new byte[(content.Length + Block - 1) / Block * Block];
        for (var i = 0; i < counters.Length / Block; i++)
            BinaryPrimitives.WriteInt64LittleEndian(counters.AsSpan(i * Block), i + 1L);
        var stream = aes.EncryptEcb(counters, PaddingMode.None);
        var result = new byte[content.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = (byte)(content[i] ^ stream[i]);
        return result;
    }

    private static byte[] Deflated(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(content);
        return packed.ToArray();
    }

    private static void Write(MemoryStream stream, byte[] bytes) => stream.Write(bytes);

    private static byte[] LittleEndian(ushort value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] LittleEndian(uint value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
