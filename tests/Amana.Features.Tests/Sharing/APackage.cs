using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Sharing;
using Amana.Features.Texts;
using NSec.Cryptography;
using ChaCha20Poly1305 = System.Security.Cryptography.ChaCha20Poly1305;

namespace Amana.Features.Tests.Sharing;

/// <summary>A package as its recipient has it, opened with readers of the formats that share no code with the writers.</summary>
internal sealed record APackage(HandedOutFile File, string? Password, IReadOnlyDictionary<string, byte[]> Files)
{
    public static Task<Outcome<HandedOverCopy>> HandOver(ASharingHouse house, ReleaseId release, CopyWish wish) =>
        house.Do((HandOverCopy use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, release, wish, Language.English, CancellationToken.None));

    public static async Task<APackage> HandedOver(ASharingHouse house, ReleaseId release)
    {
        var made = (await HandOver(house, release, ASharingHouse.ACopy(house))).Result;
        var file = await Fetched(house, release, made.Id);
        return new APackage(file, made.Password, Unzip(file.Content, made.Password!));
    }

    public static async Task<HandedOutFile> Fetched(ASharingHouse house, ReleaseId release, ReleaseCopyId copy) =>
        (await house.Do((FetchCopy use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, release, copy, CancellationToken.None))).Result;

    /// <summary>Opens a WinZip AE-2 archive: local headers one after another, by the published layout.</summary>
    public static IReadOnlyDictionary<string, byte[]> Unzip(byte[] archive, string password)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var at = 0;
        while (BinaryPrimitives.ReadUInt32LittleEndian(archive.AsSpan(at)) == 0x04034b50)
        {
            var head = archive.AsSpan(at);
            Assert.Equal((99, 0u), (BinaryPrimitives.ReadUInt16LittleEndian(head[8..]), BinaryPrimitives.ReadUInt32LittleEndian(head[14..])));
            var (packed, name, extra) = ((int)BinaryPrimitives.ReadUInt32LittleEndian(head[18..]), BinaryPrimitives.ReadUInt16LittleEndian(head[26..]), BinaryPrimitives.ReadUInt16LittleEndian(head[28..]));
            var content = archive.AsSpan(at + 30 + name + extra, packed).ToArray();
            files[Encoding.UTF8.GetString(archive.AsSpan(at + 30, name))] = Decrypt(content, password);
            at += 30 + name + extra + packed;
        }

        return files;
    }

    /// <summary>Opens an age file with the raw private key, by the published layout.</summary>
    public static byte[] Unage(byte[] file, Key identity)
    {
        var end = file.AsSpan().IndexOf("\n---"u8) + 1;
        var mac = file.AsSpan(end).IndexOf((byte)'\n') + end + 1;
        var lines = Encoding.ASCII.GetString(file.AsSpan(0, end)).Split('\n');
        Assert.Equal("age-encryption.org/v1", lines[0]);
        var share = Raw(lines[1].Split(' ')[2]);
        using var agreed = KeyAgreementAlgorithm.X25519.Agree(identity, PublicKey.Import(KeyAgreementAlgorithm.X25519, share, KeyBlobFormat.RawPublicKey))!;
        byte[] salt = [.. share, .. identity.PublicKey.Export(KeyBlobFormat.RawPublicKey)];
        var fileKey = Opened(KeyDerivationAlgorithm.HkdfSha256.DeriveBytes(agreed, salt, "age-encryption.org/v1/X25519"u8, 32), new byte[12], Raw(lines[2]));
        Assert.Equal(HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, 32, [], "header"u8.ToArray()), file.AsSpan(0, end + 3)),
            Raw(Encoding.ASCII.GetString(file.AsSpan(end + 4, mac - end - 5))));
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, 32, file[mac..(mac + 16)], "payload"u8.ToArray());
        using var content = new MemoryStream();
        var pieces = file[(mac + 16)..].Chunk(64 * 1024 + 16).ToList();
        for (var i = 0; i < pieces.Count; i++)
        {
            var nonce = new byte[12];
            BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(3), i);
            nonce[11] = (byte)(i == pieces.Count - 1 ? 1 : 0);
            content.Write(Opened(key, nonce, pieces[i]));
        }

        return content.ToArray();
    }

    private static byte[] Decrypt(byte[] packed, string password)
    {
#pragma warning disable CA5379, CA5350 // the format fixes both
        var keys = Rfc2898DeriveBytes.Pbkdf2(password, packed.AsSpan(0, 16), 1000, HashAlgorithmName.SHA1, 66);
        var ciphertext = packed[18..^10];
        Assert.Equal(keys[64..], packed[16..18]);
        Assert.Equal(HMACSHA1.HashData(keys.AsSpan(32, 32), ciphertext)[..10], packed[^10..]);
#pragma warning restore CA5379, CA5350
        using var aes = Aes.Create();
        aes.Key = keys[..32];
        for (var block = 0; block * 16 < ciphertext.Length; block++)
        {
            var counter = new byte[16];
            BinaryPrimitives.WriteInt32LittleEndian(counter, block + 1);
            var stream = aes.EncryptEcb(counter, PaddingMode.None);
            for (var i = block * 16; i < Math.Min(ciphertext.Length, block * 16 + 16); i++)
                ciphertext[i] ^= stream[i - block * 16];
        }

        using var inflate = new DeflateStream(new MemoryStream(ciphertext), CompressionMode.Decompress);
        using var content = new MemoryStream();
        inflate.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Opened(byte[] key, byte[] nonce, byte[] sealedContent)
    {
        using var cipher = new ChaCha20Poly1305(key);
        var content = new byte[sealedContent.Length - 16];
        cipher.Decrypt(nonce, sealedContent.AsSpan(0, content.Length), sealedContent.AsSpan(content.Length), content);
        return content;
    }

    private static byte[] Raw(string plain) => Convert.FromBase64String(plain + new string('=', (4 - plain.Length % 4) % 4));
}
