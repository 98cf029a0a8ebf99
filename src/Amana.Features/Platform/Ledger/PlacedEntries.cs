using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Amana.Features.Platform.Ledger;

/// <summary>Writes the places of ledger entries, one after the other from the first. For the sequencer alone.</summary>
internal static class PlacedEntries
{
    public static async Task Write(DbTransaction transaction, IReadOnlyList<Guid> entries, long first, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return;
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        if (command is NpgsqlCommand npgsql)
        {
            npgsql.CommandText = "update ledger_entries e set position = p.position from unnest($1::uuid[], $2::bigint[]) as p(id, position) where e.id = p.id";
            npgsql.Parameters.Add(new NpgsqlParameter { Value = entries.ToArray() });
            npgsql.Parameters.Add(new NpgsqlParameter { Value = entries.Select((_, i) => first + i).ToArray() });
            await npgsql.ExecuteNonQueryAsync(cancellationToken);
            return;
        }

        command.CommandText = "update ledger_entries set position = @position where id = @id";
        var (id, position) = (new SqliteParameter { ParameterName = "@id" }, new SqliteParameter { ParameterName = "@position" });
        command.Parameters.Add(id);
        command.Parameters.Add(position);
        for (var i = 0; i < entries.Count; i++)
        {
            (id.Value, position.Value) = (entries[i], first + i);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
