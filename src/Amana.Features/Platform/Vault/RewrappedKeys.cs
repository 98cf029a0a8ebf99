using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Amana.Features.Platform.Vault;

/// <summary>Wraps all data keys of the store anew under another epoch, in the erasure run's transaction. For the erasure run alone.</summary>
internal static class RewrappedKeys
{
    private const int AtOnce = 5000;

    /// <summary>Returns how many. A key that the keyring does not open is a keyring that does not fit; nothing is changed then.</summary>
    public static async Task<int> Write(AmanaDb db, DbTransaction transaction, Keyring keyring, int next, CancellationToken cancellationToken)
    {
        var keys = await db.Set<DataKey>().AsNoTracking().Where(k => k.Epoch != next).ToListAsync(cancellationToken);
        foreach (var chunk in keys.Chunk(AtOnce))
        {
            Parallel.ForEach(chunk, k => k.Rewrap(next, Safe.Wrap(keyring, Unwrap(keyring, k), k.OwnerId, k.Use, next)));
            await (transaction is NpgsqlTransaction npgsql ? OnPostgreSql(chunk, npgsql, cancellationToken) : OnSqlite(chunk, transaction, cancellationToken));
        }

        return keys.Count;
    }

    private static byte[] Unwrap(Keyring keyring, DataKey key) =>
        keyring.EpochKey(key.Epoch) is null ? throw new KeyringLockedException(Words.OtherEpoch(key.Epoch, keyring.Epoch)) : Safe.Unwrap(keyring, key.OwnerId, key.Use, key.Epoch, key.Wrapped);

    private static async Task OnPostgreSql(DataKey[] keys, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("update data_keys k set epoch = n.epoch, wrapped = n.wrapped from unnest($1::uuid[], $2::text[], $3::integer[], $4::bytea[]) as n(owner_id, use, epoch, wrapped) where k.owner_id = n.owner_id and k.use = n.use",
            transaction.Connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(k => k.OwnerId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(k => k.Use).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(k => k.Epoch).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(k => k.Wrapped).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task OnSqlite(DataKey[] keys, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "update data_keys set epoch = @epoch, wrapped = @wrapped where owner_id = @owner and use = @use";
        SqliteParameter[] all = [new() { ParameterName = "@epoch" }, new() { ParameterName = "@wrapped" }, new() { ParameterName = "@owner" }, new() { ParameterName = "@use" }];
        command.Parameters.AddRange(all);
        foreach (var key in keys)
        {
            (all[0].Value, all[1].Value, all[2].Value, all[3].Value) = (key.Epoch, key.Wrapped, key.OwnerId, key.Use);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
