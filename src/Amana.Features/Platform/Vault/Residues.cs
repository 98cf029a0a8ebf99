using System.Data.Common;
using Amana.Domain.Consent;
using Amana.Domain.People;
using Amana.Domain.Records;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Amana.Features.Platform.Vault;

/// <summary>What a database keeps of deleted rows beside its tables. None of it opens any more; it is cleared all the same, since sizes and times tell something too.
/// SQLite: the write-ahead log is emptied into the database, whose deleted pages are overwritten (secure_delete). PostgreSQL: the tables are vacuumed.</summary>
internal static class Residues
{
    private static readonly Type[] Erased = [typeof(Person), typeof(PersonBox), typeof(RecordEntry), typeof(RecordVersion), typeof(PersonConsent), typeof(DataKey)];

    /// <summary>Clears what can be cleared now. A reader who is busy only puts it off to the next run, so nothing of it fails a run.</summary>
    public static async Task Clear(AmanaDb db, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = Connection(db);
            await connection.OpenAsync(cancellationToken);
            foreach (var words in db.Database.IsNpgsql() ? Erased.Select(t => $"vacuum \"{db.Model.FindEntityType(t)!.GetTableName()}\"") : ["PRAGMA wal_checkpoint(TRUNCATE)"])
            {
                await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // names of the mapped model, nothing from outside
                command.CommandText = words;
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The erasure is done; the log is emptied by the next run.
        }
    }

    private static DbConnection Connection(AmanaDb db) =>
        db.Database.IsNpgsql() ? new NpgsqlConnection(db.Database.GetConnectionString()) : new SqliteConnection(db.Database.GetConnectionString());
}
