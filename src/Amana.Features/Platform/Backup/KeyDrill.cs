using System.IO.Compression;
using System.Security.Cryptography;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Platform.Backup;

/// <summary>What a drill proved.</summary>
/// <param name="Epoch">The epoch of the copy.</param>
/// <param name="At">When the copy was written.</param>
/// <param name="Keys">Data keys in it that opened.</param>
/// <param name="Problem">What failed, in words; none when everything opened.</param>
public sealed record DrillFinding(int Epoch, DateTimeOffset At, int Keys, string? Problem = null);

/// <summary>Proves that a copy of the key store and the custodians' shares bring the keys back, in a folder that is deleted afterwards. The live house is neither asked nor touched.</summary>
public static class KeyDrill
{
    /// <param name="copy">Folder with the copy.</param>
    /// <param name="shares">The shares as typed; none to try the passphrase.</param>
    /// <param name="passphrase">Where the copy's root is sealed with one.</param>
    public static DrillFinding Hold(string copy, IReadOnlyList<string> shares, string? passphrase)
    {
        var read = KeyStore.Read(copy);
        var folder = Directory.CreateTempSubdirectory("amana-drill-").FullName;
        try
        {
            using var keyring = JoinedRoot.Restore(read, shares, new Store(folder), passphrase, out var problem);
            return keyring is null ? new DrillFinding(read.Epoch, read.At, 0, problem) : new DrillFinding(read.Epoch, read.At, Open(read, keyring));
        }
        catch (Exception e) when (e is CryptographicException or KeyringLockedException or InvalidDataException)
        {
            return new DrillFinding(read.Epoch, read.At, 0, e is CryptographicException ? "A key in the copy does not open: the copy is damaged." : e.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Open(KeyStore copy, Keyring keyring)
    {
        _ = keyring.Derive("drill");
        CryptographicOperations.ZeroMemory(keyring.Unwrap(copy.Keyring.BackupRoot, "backup"));
        using var held = new GZipStream(new MemoryStream(copy.Open(keyring)), CompressionMode.Decompress);
        var count = 0;
        foreach (var row in DumpReader.Rows(held).Where(r => r.Table == "data_keys"))
        {
            Safe.Unwrap(keyring, row["owner_id"].GetGuid(), row["use"].GetString()!, row["epoch"].GetInt32(), row["wrapped"].GetBytesFromBase64());
            count++;
        }

        return count;
    }
}
