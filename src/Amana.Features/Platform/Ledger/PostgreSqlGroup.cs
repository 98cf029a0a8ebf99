using Npgsql;

namespace Amana.Features.Platform.Ledger;

/// <summary>Groups on PostgreSQL: all rows of a table in one statement, two trips to the server for a whole transaction. The stamp is read under a share lock, so nobody
/// changes what rules look at between this reading and the commit.</summary>
internal sealed class PostgreSqlGroup : GroupConnection
{
    private readonly NpgsqlConnection _connection;
    private readonly GroupRows _rows;

    private PostgreSqlGroup(NpgsqlConnection connection, GroupRows rows) => (_connection, _rows) = (connection, rows);

    public static async Task<GroupConnection> Connect(Store store, GroupRows rows, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(store.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return new PostgreSqlGroup(connection, rows);
    }

    public override async Task<Added[]> Write(IReadOnlyList<LedgerGroup.Waiting> group, Action<int> wrapUnder, CancellationToken cancellationToken)
    {
        await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
        var (stamp, epoch, fresh) = await Mark(group, cancellationToken);
        wrapUnder(epoch);
        var fates = new Added[group.Count];
        var kept = new List<LedgerGroup.Waiting>(group.Count);
        for (var i = 0; i < group.Count; i++)
        {
            fates[i] = group[i].DecidedUnder != stamp ? Added.DecidedTooEarly : fresh.Remove(KeyOf(group[i])) ? Added.Kept : Added.KnownBefore;
            if (fates[i] == Added.Kept)
                kept.Add(group[i]);
        }

        if (kept.Count > 0 && !fates.Contains(Added.DecidedTooEarly))
            await Insert(kept, cancellationToken);
        if (fates.Contains(Added.DecidedTooEarly))
        {
            await transaction.RollbackAsync(cancellationToken); // their marks must not stay; those that stand are decided again at little cost
            return [.. fates.Select(f => f == Added.Kept ? Added.DecidedTooEarly : f)];
        }

        await transaction.CommitAsync(cancellationToken);
        return fates;
    }

    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>Reads the stamp and writes the marks; says which marks are new.</summary>
    private async Task<(Guid Stamp, int Epoch, HashSet<string> Fresh)> Mark(IReadOnlyList<LedgerGroup.Waiting> group, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select value, epoch from store_stamp where id = 1 for share"));
        foreach (var marks in group.Select(w => w.Additions.Mark).GroupBy(m => m.GetType()))
        {
            var shape = _rows.Of(marks.Key);
            batch.BatchCommands.Add(Many(shape, [.. marks.DistinctBy(shape.KeyOf)], $" on conflict do nothing returning {shape.Key}"));
        }

        await batch.PrepareAsync(cancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (stamp, epoch) = (reader.GetGuid(0), reader.GetInt32(1));
        var fresh = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.NextResultAsync(cancellationToken))
        {
            var values = new object[reader.FieldCount];
            while (await reader.ReadAsync(cancellationToken))
            {
                reader.GetValues(values);
                fresh.Add(string.Join('\n', values.Select(RowShape.TextOf)));
            }
        }

        return (stamp, epoch, fresh);
    }

    private async Task Insert(List<LedgerGroup.Waiting> kept, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_connection);
        foreach (var rows in kept.SelectMany(w => w.Additions.Rows.Concat(w.Entries)).GroupBy(r => r.GetType()))
            batch.BatchCommands.Add(Many(_rows.Of(rows.Key), [.. rows], ""));
        foreach (var sum in kept.Select(w => w.Additions.Sum).OfType<CountRow>())
        {
            var shape = _rows.Of(sum.Row.GetType());
            batch.BatchCommands.Add(Many(shape, [sum.Row], shape.AddingTo(sum.Property)));
        }

        await batch.PrepareAsync(cancellationToken);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private string KeyOf(LedgerGroup.Waiting one) => _rows.Of(one.Additions.Mark.GetType()).KeyOf(one.Additions.Mark);

    /// <summary>One statement for many rows: a column comes as an array.</summary>
    private static NpgsqlBatchCommand Many(RowShape shape, IReadOnlyList<object> rows, string after)
    {
        var arrays = string.Join(", ", shape.Columns.Select((c, i) => $"${i + 1}::{c.StoreType}[]"));
#pragma warning disable CA2100 // names of the mapped model, nothing from outside
        var command = new NpgsqlBatchCommand($"insert into \"{shape.Table}\" ({shape.AllColumns}) select * from unnest({arrays}){after}");
#pragma warning restore CA2100
        foreach (var column in shape.Columns)
        {
            var values = Array.CreateInstance(column.ClrType, rows.Count);
            for (var i = 0; i < rows.Count; i++)
                if (column.Value(rows[i]) is var value and not DBNull)
                    values.SetValue(value, i);
            command.Parameters.Add(new NpgsqlParameter { Value = values });
        }

        return command;
    }
}
