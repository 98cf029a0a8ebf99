using System.Text.Json;

namespace Amana.Features.Platform.Vault;

/// <summary>The keyring as the file holds it: everything but the root wrapped by the root.</summary>
/// <param name="Instance">Random name of the house, in the ledger's origin.</param>
/// <param name="Root">The root: bare, under a passphrase, elsewhere, or left out.</param>
/// <param name="Epochs">Epoch keys; more than one only while an erasure run goes on.</param>
/// <param name="IndexRoot">From which keyed hashes are derived.</param>
/// <param name="SigningSeed">The ledger's signing key.</param>
/// <param name="BackupRoot">Under which backups of the data are sealed.</param>
public sealed record KeyringFile(string Instance, SealedRoot Root, IReadOnlyList<EpochKeyEntry> Epochs, byte[] IndexRoot, byte[] SigningSeed, byte[] BackupRoot)
{
    /// <summary>Public keys that signed the ledger before, so that what they signed can still be verified.</summary>
    public IReadOnlyList<string> FormerVerifiers { get; init; } = [];

    /// <summary>That the root was split into shares, and how; none since the root was last replaced.</summary>
    public SplitRoot? Split { get; init; }

    internal static KeyringFile Read(string file) =>
        JsonSerializer.Deserialize<KeyringFile>(File.ReadAllText(file)) is { Root: not null, Epochs.Count: > 0, BackupRoot: not null } read ? read : throw new InvalidDataException("Not a keyring.");

    /// <summary>Replaces a file whole: written beside, flushed to the disk, moved over, flushed again. Never appended, so no old key stays behind in it.</summary>
    internal static void Replace(string file, ReadOnlySpan<byte> content)
    {
        var beside = file + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(beside, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, file, overwrite: true);
        // Journalling file systems take the move to the disk with the moved file: what follows in the database must not be there without it.
        using var moved = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        moved.Flush(flushToDisk: true);
    }

    internal void WriteTo(string file) => Replace(file, JsonSerializer.SerializeToUtf8Bytes(this));
}

public sealed record EpochKeyEntry(int Number, byte[] Wrapped);

/// <summary>The root was split: how many shares there are, how many are needed, and which splitting it was.</summary>
public sealed record SplitRoot(int Need, int Of, string Set, DateTimeOffset At);
