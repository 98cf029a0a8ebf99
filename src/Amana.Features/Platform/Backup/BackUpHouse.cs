using System.Security.Cryptography;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Platform.Backup;

/// <summary>What was backed up, and how the copies of the keys stand that belong to it.</summary>
public sealed record BackedUp(long Rows, int Epoch, IReadOnlyList<KeyTargetState> Copies, string? Problem = null);

/// <summary>Backs the data up into one file while the house goes on working, and then the keys to their own places. The file alone opens nothing and names nobody.</summary>
public sealed class BackUpHouse(Keyring keyring, TableDump dump, KeyStoreCopies copies, LedgerBook ledger, LedgerSequencer sequencer, TimeProvider clock)
{
    /// <param name="who">Who asked.</param>
    /// <param name="file">Where to; one that is there already is replaced only when the new one is whole.</param>
    /// <param name="progress">Told the table and the rows written so far.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left behind then.</param>
    public async Task<BackedUp> Handle(AccessContext who, string file, Action<string, long>? progress, CancellationToken cancellationToken)
    {
        if (copies.Unfit() is { } unfit)
            return new BackedUp(0, 0, [], unfit);
        if ((await copies.Read(cancellationToken)).Count == 0)
            return new BackedUp(0, 0, [], "No place for copies of the keys is registered, and without its keys a backup opens for nobody. Name one: 'amana keys target add'.");
        await ledger.Commit(who, cancellationToken, new Happening("HouseBackedUp"));
        await sequencer.Integrate(sign: true, cancellationToken); // the backup carries a checkpoint over all that is in it
        var (epoch, form) = await dump.Describe(cancellationToken);
        var key = RandomNumberGenerator.GetBytes(32);
        var header = new BackupHeader(keyring.Instance, epoch, clock.Now(), BackupFile.WrapKey(keyring, key, keyring.Instance), form);
        long rows = 0;
        await WriteWhole(file, stream => BackupFile.Write(stream, header, key, async to => rows = await dump.Write(DumpPart.Data, to, progress, cancellationToken)));
        CryptographicOperations.ZeroMemory(key);
        return new BackedUp(rows, epoch, await copies.WriteAll(who, pendingOnly: false, cancellationToken)); // after the data: no row in it is without its key
    }

    private static async Task WriteWhole(string file, Func<Stream, Task> write)
    {
        var beside = file + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            await using (var stream = new FileStream(beside, options))
            {
                await write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, file, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
