using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Amana.Testing;

/// <summary>A whole house as a host makes it (<see cref="House.AddAmana"/>) on a database and a keyring of its own, with a clock that tests move.
/// The tables are made from the model; that the migrations lead to the same tables is tested by itself.</summary>
public sealed class TestHouse : IAsyncDisposable
{
    private static readonly Dictionary<StoreKind, Task<Store>> Templates = [];
    private readonly Action<IServiceCollection>? _also;
    private readonly string _folder;
    private ServiceProvider _services;
    private bool _isGuest;

    private TestHouse(Store store, string folder, MovableClock clock, Action<IServiceCollection>? also)
    {
        (Store, _folder, Clock, _also) = (store, folder, clock, also);
        _services = Build();
    }

    public Store Store { get; }
    public MovableClock Clock { get; }
    public IServiceProvider Services => _services;

    /// <summary>Opens an empty house.</summary>
    /// <param name="kind">On which database.</param>
    /// <param name="also">Adds to the house's services, such as a part that fails on purpose.</param>
    public static async Task<TestHouse> Open(StoreKind kind, Action<IServiceCollection>? also = null)
    {
        Task<Store> template;
        lock (Templates)
        {
            if (!Templates.TryGetValue(kind, out template!))
                Templates[kind] = template = MakeTemplate(kind);
        }

        var (store, folder) = await CopyOf(await template, keyring: null);
        return new TestHouse(store, folder, new MovableClock(), also);
    }

    /// <summary>Acts in a scope of its own, as one request does.</summary>
    public async Task<T> Do<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = _services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    /// <inheritdoc cref="Do{T}"/>
    public async Task Do(Func<IServiceProvider, Task> act)
    {
        await using var scope = _services.CreateAsyncScope();
        await act(scope.ServiceProvider);
    }

    /// <summary>Starts the house anew over the same store and keyring, as after a sudden end; nothing in memory survives.</summary>
    public async Task Reopen()
    {
        await _services.DisposeAsync();
        _services = Build();
        await _services.EndInterruptedEpochs(CancellationToken.None);
    }

    /// <summary>A house over a copy of the data as it is now, but with this house's keyring as it will be: a thief's backup and today's keys.</summary>
    public async Task<TestHouse> WithCopyOfTheDataAndThisKeyring()
    {
        var (store, folder) = await CopyOf(Store, Path.GetDirectoryName(Store.KeyringFile));
        return new TestHouse(store, folder, Clock, _also);
    }

    /// <summary>A second program on the same store and keyring, with a memory of its own.</summary>
    public TestHouse AnotherProgram() => new(Store, _folder, Clock, _also) { _isGuest = true };

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_isGuest)
            return;
        if (Store.ConnectionString is { } connection)
            await PostgreSqlServer.Instance.Drop(new NpgsqlConnectionStringBuilder(connection).Database!);
        else
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection().AddLogging().AddAmana(Store);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        _also?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    private static async Task<Store> MakeTemplate(StoreKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("amana-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var name = "template_" + Guid.NewGuid().ToString("N");
        var store = new Store(folder, kind == StoreKind.Sqlite ? null : PostgreSqlServer.Instance.ConnectionString(name) + ";Pooling=false");
        if (kind == StoreKind.PostgreSql)
            await PostgreSqlServer.Instance.Create(name);
        var options = new DbContextOptionsBuilder<AmanaDb>();
        House.Use(options, store);
        await using (var db = new AmanaDb(options.Options))
            await db.Database.EnsureCreatedAsync();
        return store;
    }

    private static async Task<(Store Store, string Folder)> CopyOf(Store from, string? keyring)
    {
        var folder = Directory.CreateTempSubdirectory("amana-test-").FullName;
        if (from.ConnectionString is not { } connection)
        {
            var copy = new Store(folder) { KeyringDirectory = keyring };
            await using var source = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={from.DatabaseFile}");
            await using var target = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={copy.DatabaseFile};Pooling=false");
            await source.OpenAsync();
            await target.OpenAsync();
            source.BackupDatabase(target);
            return (copy, folder);
        }

        var name = "house_" + Guid.NewGuid().ToString("N");
        await using (var pool = new NpgsqlConnection(connection))
            NpgsqlConnection.ClearPool(pool); // a database is copied only while nobody is connected to it
        await PostgreSqlServer.Instance.Create(name, new NpgsqlConnectionStringBuilder(connection).Database);
        return (new Store(folder, PostgreSqlServer.Instance.ConnectionString(name)) { KeyringDirectory = keyring }, folder);
    }
}
