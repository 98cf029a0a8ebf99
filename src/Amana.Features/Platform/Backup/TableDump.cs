using System.Data;
using System.Data.Common;
using System.Text.Json;
using Amana.Features.Platform.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Amana.Features.Platform.Backup;

/// <summary>Writes one half of the store as lines of JSON, as it stood at one moment, while everybody goes on working: a line that names a table and its columns,
/// then its rows, one a line, then the next table; the last line counts them all. The same from both databases, so a house can move from one to the other.</summary>
public sealed class TableDump(Store store, AmanaDb db, GroupRows rows)
{
    /// <summary>The epoch that the store is under, and its newest migration.</summary>
    internal async Task<(int Epoch, string Form)> Describe(CancellationToken cancellationToken) =>
        (await Vault.StoreEpoch.Of(db, cancellationToken), (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).LastOrDefault() ?? "");

    /// <summary>Writes the half; returns how many rows.</summary>
    internal async Task<long> Write(DumpPart part, Stream to, Action<string, long>? progress, CancellationToken cancellationToken)
    {
        await using DbConnection connection = store.Kind == StoreKind.Sqlite ? new SqliteConnection(House.SqliteConnection(store, pooling: false)) : new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        long count = 0;
        await using var lines = new LineWriter(to);
        foreach (var shape in DumpShapes.Of(db.Model, rows, part))
        {
            lines.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("table", shape.Table);
                json.WriteStartArray("columns");
                foreach (var column in shape.Columns)
                    json.WriteStringValue(column.Name);
                json.WriteEndArray();
                json.WriteEndObject();
            });
            count += await WriteRows(shape, transaction, lines, cancellationToken);
            progress?.Invoke(shape.Table, count);
        }

        lines.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("rows", count);
            json.WriteEndObject();
        });
        return count;
    }

    private static async Task<long> WriteRows(DumpShape shape, DbTransaction transaction, LineWriter lines, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // names of the mapped model, nothing from outside
        command.CommandText = $"select {string.Join(", ", shape.Columns.Select(c => $"\"{c.Name}\""))} from \"{shape.Table}\"";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        long count = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Write(json =>
            {
                json.WriteStartArray();
                for (var i = 0; i < shape.Columns.Count; i++)
                    if (shape.Blank.Contains(shape.Columns[i]))
                        json.WriteNullValue();
                    else
                        DumpValues.Write(json, reader, i, shape.Columns[i]);
                json.WriteEndArray();
            });
            count++;
        }

        return count;
    }

    /// <summary>Lines of JSON, written through a buffer.</summary>
    private sealed class LineWriter(Stream to) : IAsyncDisposable
    {
        private const int Full = 1 << 16;
        private readonly MemoryStream _buffer = new();

        public void Write(Action<Utf8JsonWriter> write)
        {
            using (var json = new Utf8JsonWriter(_buffer))
                write(json);
            _buffer.WriteByte((byte)'\n');
            if (_buffer.Length >= Full)
                Flush();
        }

        public ValueTask DisposeAsync()
        {
            Flush();
            return _buffer.DisposeAsync();
        }

        private void Flush()
        {
            to.Write(_buffer.GetBuffer(), 0, (int)_buffer.Length);
            _buffer.SetLength(0);
        }
    }
}
