using System.IO.Compression;
using System.Text.Json;
using Amana.Domain.People;
using Amana.Domain.Records;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Amana.Features.Platform.Backup;

/// <summary>What a restore brought back.</summary>
/// <param name="Rows">Rows of the data.</param>
/// <param name="At">When the backup was made.</param>
/// <param name="People">People who are there.</param>
/// <param name="ErasedAgain">People in the backup who were erased since, and were erased from it again.</param>
/// <param name="Activities">Activities whose data was disposed of since, disposed of again.</param>
public sealed record Restored(long Rows, DateTimeOffset At, int People, int ErasedAgain, int Activities);

/// <summary>Brings a house back into an empty store from a backup of its data and a copy of its keys, which lie in different places. Whoever was erased since the backup is erased from it again;
/// a copy of the keys that is older than the data, or than a keyring that is there, is refused. All in one transaction.</summary>
public sealed class RestoreHouse(AmanaDb db, Keyring keyring, GroupRows rows, TombstoneReplay replay, TimeProvider clock)
{
    /// <exception cref="InvalidDataException">Backup and copy do not belong together, are damaged, or the store is not empty; its message says it in words.</exception>
    public async Task<Restored> Handle(AccessContext who, Stream backup, KeyStore copy, Action<long>? progress, CancellationToken cancellationToken)
    {
        var header = BackupFile.ReadHeader(backup);
        if (Misfit(header, copy) is { } misfit)
            throw new InvalidDataException(misfit);
        if (await db.Set<LedgerEntry>().AnyAsync(cancellationToken))
            throw new InvalidDataException("The store is not empty; a house is restored into an empty one only.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var count = Load(transaction, backup, header, copy, progress, cancellationToken);
        await db.Set<StoreStamp>().ExecuteUpdateAsync(s => s.SetProperty(x => x.Epoch, copy.Epoch), cancellationToken);
        var (erased, ended) = await replay.EraseAgain(cancellationToken);
        await MissNobody(cancellationToken);
        db.Add(LedgerEntry.Of(new Happening("HouseRestored").With("of", LedgerEntry.WriteTime(header.At)).With("epoch", copy.Epoch).With("erased-again", erased).With("ended-again", ended),
            who, Ids.NewGuid(clock), clock.Now()));
        await db.SaveWithLedger(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Restored(count, header.At, await db.Set<Person>().CountAsync(cancellationToken), erased, ended);
    }

    private string? Misfit(BackupHeader header, KeyStore copy) =>
        copy.Keyring.Instance != header.Instance || keyring.Instance != header.Instance ? "Backup and keys are of different houses."
        : copy.Epoch < header.Epoch ? $"The copy of the keys is of epoch {copy.Epoch} and older than the data, which is of epoch {header.Epoch}. Use the newest copy."
        : keyring.Epoch > copy.Epoch ? $"The copy of the keys is of epoch {copy.Epoch}, the keyring is of epoch {keyring.Epoch}: people were erased since the copy was made, and it would bring them back. Use the newest copy."
        : null;

    private long Load(IDbContextTransaction transaction, Stream backup, BackupHeader header, KeyStore copy, Action<long>? progress, CancellationToken cancellationToken)
    {
        using var loader = new DumpLoader(transaction.GetDbTransaction());
        var data = DumpShapes.Of(db.Model, rows, DumpPart.Data).ToDictionary(s => s.Table, StringComparer.Ordinal);
        var keys = DumpShapes.Of(db.Model, rows, DumpPart.Keys).ToDictionary(s => s.Table, StringComparer.Ordinal);
        foreach (var table in data.Values.Reverse())
            loader.Empty(table);
        var hashes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        using var held = new GZipStream(new MemoryStream(copy.Open(keyring)), CompressionMode.Decompress);
        foreach (var row in DumpReader.Rows(held))
        {
            var shape = keys.GetValueOrDefault(row.Table) ?? throw OtherVersion(row.Table);
            if (data.ContainsKey(row.Table))
                hashes[HashKey(row.Table, row, shape)] = row.Values[Enumerable.Range(0, shape.Columns.Count).Except(shape.KeyPlaces).Single()].Clone();
            else if (IsOfBackup(row, header))
                loader.Insert(shape, row, DumpValues.Placeholder);
        }

        long count = 0;
        foreach (var row in BackupFile.Rows(backup, header, BackupFile.UnwrapKey(keyring, header)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var shape = data.GetValueOrDefault(row.Table) ?? throw OtherVersion(row.Table);
            loader.Insert(shape, row, column => hashes.TryGetValue(HashKey(row.Table, row, shape), out var hash) ? DumpValues.Read(hash, column) : DumpValues.Placeholder(column));
            if (++count % 1000 == 0)
                progress?.Invoke(count);
        }

        return count;
    }

    /// <summary>A mark of a submission that came after the backup would make its phone believe that it is kept: it has to come again.</summary>
    private static bool IsOfBackup(DumpedRow row, BackupHeader header) => row.Table != "submission_marks" || row["at"].GetInt64() < header.At.UtcTicks;

    private static string HashKey(string table, DumpedRow row, DumpShape shape) => table + "/" + string.Join('/', shape.KeyPlaces.Select(at => row.Values[at].GetRawText()));

    /// <summary>A copy of the keys from before some of the data would leave people unreadable for ever; better refused than found out later.</summary>
    private async Task MissNobody(CancellationToken cancellationToken)
    {
        var owners = (await db.Set<DataKey>().AsNoTracking().Select(k => k.OwnerId).Distinct().ToListAsync(cancellationToken)).ToHashSet();
        var without = (await db.Set<PersonBox>().AsNoTracking().Select(b => b.PersonId).Distinct().ToListAsync(cancellationToken)).Count(p => !owners.Contains(p.Value));
        if (without > 0)
            throw new InvalidDataException($"The copy of the keys was made before the backup: it has no key for {without} people in it. Use a newer copy.");
    }

    private static InvalidDataException OtherVersion(string table) => new($"The backup has a table '{table}' that this version does not know. Restore it with the version that made it, then update.");
}
