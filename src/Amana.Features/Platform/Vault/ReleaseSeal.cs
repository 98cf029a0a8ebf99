using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Amana.TransparencyLog;

namespace Amana.Features.Platform.Vault;

/// <summary>What is done with keys when a file leaves for a recipient: its manifest is signed (Ed25519), it is encrypted to the recipient alone, and each copy gets codes of its own.</summary>
public sealed class ReleaseSeal(Keyring keyring) : IDisposable
{
    private readonly NoteSigner _signer = NoteSigner.FromSeed("amana.example/releases/" + keyring.Instance, keyring.Derive("release-manifest/1"));

    /// <summary>What recipients check manifests with, as C2SP writes it.</summary>
    public string VerifierKey => _signer.Verifier.ToString();

    /// <summary>A C2SP signed note that vouches for a manifest by its hash.</summary>
    public string Sign(byte[] manifest) =>
        SignedNote.Sign(string.Create(CultureInfo.InvariantCulture, $"amana release manifest v1\n{Convert.ToHexStringLower(SHA256.HashData(manifest))}\n"), _signer).ToString();

    /// <summary>A code for a row of one copy of a release: in another copy the same row bears another, and nobody without the keyring can tell one from the other.</summary>
    public string RowCode(Guid copy, string row) =>
        Ids.CodeOf(HMACSHA256.HashData(keyring.Derive("release-copy/1"), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{copy:N}\n{row}"))), 16);

    /// <summary>A ZIP archive that opens with a password; the password is made here and kept nowhere.</summary>
    public (byte[] Package, string Password) WithPassword(IReadOnlyList<KeyValuePair<string, byte[]>> files, DateTimeOffset at)
    {
        var password = AesZip.NewPassword();
        return (AesZip.Write(files, password, at), password);
    }

    /// <summary>A ZIP archive inside an age file, for the holder of a key. Even the names of its files are hidden.</summary>
    public byte[] ToPublicKey(IReadOnlyList<KeyValuePair<string, byte[]>> files, byte[] recipient, DateTimeOffset at)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = at.ToUniversalTime();
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return AgeFile.Seal(archive.ToArray(), recipient);
    }

    public void Dispose() => _signer.Dispose();
}
