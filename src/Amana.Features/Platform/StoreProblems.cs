using System.Data.Common;
using System.Text.Json;
using Amana.Features.Platform.Vault;
using Npgsql;

namespace Amana.Features.Platform;

/// <summary>Says in plain words why a store cannot be used, where it is the surroundings and not a fault of ours.</summary>
public static class StoreProblems
{
    private const int SqliteReadOnly = 8;
    private const int SqliteFull = 13;

    /// <summary>The problem in one sentence; none when the exception is none that an operator can mend.</summary>
    public static string? InWords(Exception exception, Store store) => exception switch
    {
        KeyringLockedException locked => locked.Message,
        JsonException or InvalidDataException => $"The keyring {store.KeyringFile} is damaged or is no keyring.",
        UnauthorizedAccessException => $"No permission to use {store.DataDirectory} or {Path.GetDirectoryName(store.KeyringFile)}.",
        IOException io => $"The folder {store.DataDirectory} or {Path.GetDirectoryName(store.KeyringFile)} cannot be used: {io.Message}",
        Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 5 or 6 } => $"The database {store.DatabaseFile} is locked by another program.",
        Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: SqliteFull } => $"The disk of {store.DatabaseFile} is full. Make room; nothing that was kept is lost.",
        Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: SqliteReadOnly } => $"The database {store.DatabaseFile} can only be read: its disk or file is write-protected.",
        Microsoft.Data.Sqlite.SqliteException sqlite => $"The database {store.DatabaseFile} cannot be used: {FirstLine(sqlite)}",
        DbException database => $"The PostgreSQL store cannot be used: {FirstLine(database)}",
        InvalidOperationException { InnerException: DbException inner } => InWords(inner, store),
        Microsoft.EntityFrameworkCore.DbUpdateException { InnerException: DbException inner } => InWords(inner, store),
        _ => null,
    };

    /// <summary>Whether the store cannot take anything in at the moment for want of room, or since its disk can only be read: nothing is wrong with what was sent, and it may be sent again.</summary>
    public static bool IsShortOfRoom(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
            if (TellsOfRoom(e))
                return true;
        return false;
    }

    private static bool TellsOfRoom(Exception exception) => exception switch
    {
        Microsoft.Data.Sqlite.SqliteException sqlite => sqlite.SqliteErrorCode is SqliteFull or SqliteReadOnly,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.DiskFull or PostgresErrorCodes.ReadOnlySqlTransaction,
        _ => false,
    };

    /// <summary>Whether a text is a connection string that names a host.</summary>
    public static bool IsConnection(string text)
    {
        try
        {
            return !string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return false;
        }
    }

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].TrimEnd();
}
