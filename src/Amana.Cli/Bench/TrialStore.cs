using Amana.Features.Platform;
using Npgsql;

namespace Amana.Cli.Bench;

/// <summary>A store for one trial: a folder of its own, or a database of its own on the PostgreSQL server that was named. Removed when the trial ends.</summary>
internal sealed class TrialStore : IAsyncDisposable
{
    private readonly string? _server;

    private TrialStore(Store store, string? server) => (Store, _server) = (store, server);

    public Store Store { get; }

    public IEnumerable<string> Arguments
    {
        get
        {
            yield return "--data=" + Store.DataDirectory;
            if (Store.ConnectionString is { } connection)
                yield return "--store=" + connection;
        }
    }

    /// <param name="server">Connection string of a PostgreSQL server; none for SQLite.</param>
    /// <param name="folder">Where the folder is made; none for the place of temporary files.</param>
    public static async Task<TrialStore> Make(string? server, string? folder)
    {
        var name = "amana_trial_" + Guid.NewGuid().ToString("N")[..12];
        var directory = Directory.CreateDirectory(Path.Combine(folder ?? Path.GetTempPath(), name)).FullName;
        if (server is null)
            return new TrialStore(new Store(directory), null);
        await Execute(server, $"create database \"{name}\"");
        return new TrialStore(new Store(directory, new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString), server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await Execute(_server, $"drop database if exists \"{new NpgsqlConnectionStringBuilder(Store.ConnectionString).Database}\" with (force)");
        else
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Store.DataDirectory, recursive: true);
    }

    private static async Task Execute(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the name was made here
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
