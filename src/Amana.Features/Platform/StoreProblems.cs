using System.Data.Common;
using System.Text.Json;
using Amana.Features.Platform.Vault;
using Npgsql;

namespace Amana.Features.Platform;

/// <summary>Says in plain words why a store cannot be used, where it is the surroundings and not a fault of ours.</summary>
public static class StoreProblems
{
    /// <summary>The problem in one sentence; none when the exception is none that an operator can mend.</summary>
    public static string? InWords(Exception exception, Store store) => exception switch
    {
        KeyringLockedException locked => locked.Message,
        JsonException or InvalidDataException => $"The keyring {store.KeyringFile} is damaged or is no keyring.",
        UnauthorizedAccessException => $"No permission to use {store.DataDirectory} or {Path.GetDirectoryName(store.KeyringFile)}.",
        IOException io => $"The folder {store.DataDirectory} or {Path.GetDirectoryName(store.KeyringFile)} cannot be used: {io.Message}",
        Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 5 or 6 } => $"The database {store.DatabaseFile} is locked by another program.",
        Microsoft.Data.Sqlite.SqliteException sqlite => $"The database {store.DatabaseFile} cannot be used: {FirstLine(sqlite)}",
        DbException database => $"The PostgreSQL store cannot be used: {FirstLine(database)}",
        InvalidOperationException { InnerException: DbException inner } => InWords(inner, store),
        Microsoft.EntityFrameworkCore.DbUpdateException { InnerException: DbException inner } => InWords(inner, store),
        _ => null,
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
