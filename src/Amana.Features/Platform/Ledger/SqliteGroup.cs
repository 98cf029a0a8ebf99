using Microsoft.Data.Sqlite;

namespace Amana.Features.Platform.Ledger;

/// <summary>Groups on SQLite: prepared inserts in one immediate transaction, which shuts every other writer out, of other processes too.</summary>
internal sealed class SqliteGroup : GroupConnection
{
    private readonly SqliteConnection _connection;
    private readonly GroupRows _rows;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    private SqliteGroup(SqliteConnection connection, GroupRows rows) => (_connection, _rows) = (connection, rows);

    public static async Task<GroupConnection> Connect(Store store, GroupRows rows)
    {
        var connection = new SqliteConnection(House.SqliteConnection(store, pooling: false));
        await connection.OpenAsync();
        House.SetPragmas(connection);
        return new SqliteGroup(connection, rows);
    }

    public override Task<Added[]> Write(IReadOnlyList<LedgerGroup.Waiting> group, Action<int> wrapUnder, CancellationToken cancellationToken)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        var (stamp, epoch) = Stamp(transaction);
        wrapUnder(epoch);
        var fates = new Added[group.Count];
        for (var i = 0; i < group.Count; i++)
            fates[i] = group[i].DecidedUnder != stamp ? Added.DecidedTooEarly : Insert(group[i], transaction) ? Added.Kept : Added.KnownBefore;
        transaction.Commit();
        return Task.FromResult(fates);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
            await command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private bool Insert(LedgerGroup.Waiting one, SqliteTransaction transaction)
    {
        if (Run(one.Additions.Mark, " on conflict do nothing", transaction) == 0)
            return false;
        foreach (var row in one.Additions.Rows)
            Run(row, "", transaction);
        if (one.Additions.Sum is { } sum)
            Run(sum.Row, _rows.Of(sum.Row.GetType()).AddingTo(sum.Property), transaction);
        foreach (var entry in one.Entries)
            Run(entry, "", transaction);
        return true;
    }

    private int Run(object row, string onConflict, SqliteTransaction transaction)
    {
        var shape = _rows.Of(row.GetType());
        var command = Command(shape, onConflict);
        command.Transaction = transaction;
        for (var i = 0; i < shape.Columns.Count; i++)
            command.Parameters[i].Value = shape.Columns[i].Value(row);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(RowShape shape, string onConflict)
    {
        var key = shape.Table + onConflict;
        if (_commands.TryGetValue(key, out var command))
            return command;
        command = _connection.CreateCommand();
#pragma warning disable CA2100 // names of the mapped model, nothing from outside
        command.CommandText = $"insert into \"{shape.Table}\" ({shape.AllColumns}) values ({string.Join(", ", shape.Columns.Select((_, i) => "@p" + i))}){onConflict}";
#pragma warning restore CA2100
        for (var i = 0; i < shape.Columns.Count; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = "@p" + i });
        return _commands[key] = command;
    }

    private (Guid Stamp, int Epoch) Stamp(SqliteTransaction transaction)
    {
        if (!_commands.TryGetValue("stamp", out var command))
        {
            _commands["stamp"] = command = _connection.CreateCommand();
            command.CommandText = "select value, epoch from store_stamp where id = 1";
        }

        command.Transaction = transaction;
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetGuid(0), reader.GetInt32(1));
    }
}
