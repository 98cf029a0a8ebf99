using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Platform.Backup;

/// <summary>What a backup says of itself before it is opened: whose it is, of when, and under which epoch its people's keys were. Nothing about anybody.</summary>
/// <param name="Instance">The house.</param>
/// <param name="Epoch">The epoch the store was under.</param>
/// <param name="At">When it was begun.</param>
/// <param name="Key">Its own key, wrapped under the house's backup key.</param>
/// <param name="Form">The newest migration of the store.</param>
public sealed record BackupHeader(string Instance, int Epoch, DateTimeOffset At, byte[] Key, string Form)
{
    internal string Context => $"backup/{Instance}/{Epoch}/{At.UtcTicks}/{Form}";
}

/// <summary>A backup of the data in one file: a line that says what it is, then all tables, compressed and sealed in pieces. It holds no key of anybody, and none of the hashes by which people are found.</summary>
internal static class BackupFile
{
    private const string Magic = "amana-backup-1 ";

    /// <summary>Writes the header and gives the stream for the dump; <paramref name="write"/> fills it.</summary>
    public static async Task Write(Stream to, BackupHeader header, byte[] key, Func<Stream, Task> write)
    {
        to.Write(System.Text.Encoding.UTF8.GetBytes(Magic + JsonSerializer.Serialize(header) + "\n"));
        await using var sealing = new SealedWriter(to, key, header.Context);
        await using (var zip = new GZipStream(sealing, CompressionLevel.Fastest, leaveOpen: true))
            await write(zip);
        sealing.End();
    }

    /// <summary>Reads the header; the stream then stands before the sealed pieces.</summary>
    /// <exception cref="InvalidDataException">It is no backup of a house.</exception>
    public static BackupHeader ReadHeader(Stream from)
    {
        var line = new List<byte>();
        for (var next = from.ReadByte(); next is not ('\n' or -1) && line.Count < 4096; next = from.ReadByte())
            line.Add((byte)next);
        var text = System.Text.Encoding.UTF8.GetString([.. line]);
        try
        {
            if (text.StartsWith(Magic, StringComparison.Ordinal) && JsonSerializer.Deserialize<BackupHeader>(text[Magic.Length..]) is { Instance: not null, Key: not null, Form: not null } header)
                return header;
        }
        catch (JsonException)
        {
            // said below
        }

        throw new InvalidDataException("The file is no backup of a house.");
    }

    /// <summary>The rows of the dump that follow the header.</summary>
    public static IEnumerable<DumpedRow> Rows(Stream from, BackupHeader header, byte[] key)
    {
        using var sealedPieces = new SealedReader(from, key, header.Context);
        using var zip = new GZipStream(sealedPieces, CompressionMode.Decompress);
        foreach (var row in DumpReader.Rows(zip))
            yield return row;
    }

    public static byte[] WrapKey(Keyring keyring, byte[] key, string instance)
    {
        var backup = keyring.Unwrap(keyring.Content.BackupRoot, "backup");
        var wrapped = Box.Seal(backup, key, "backup-key/" + instance, 0);
        CryptographicOperations.ZeroMemory(backup);
        return wrapped;
    }

    /// <exception cref="InvalidDataException">It was sealed under another backup key.</exception>
    public static byte[] UnwrapKey(Keyring keyring, BackupHeader header)
    {
        try
        {
            return Box.Open(keyring.Unwrap(keyring.Content.BackupRoot, "backup"), header.Key, "backup-key/" + header.Instance);
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException("The backup was sealed with another backup key: it is of another house, or from before the key was replaced.", e);
        }
    }
}
