using System.Reflection;
using Amana.Features.Accounts;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Records;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Amana.Features.Platform;

/// <summary>Puts the house together for a host: store, vault, ledger, and every use case and query of the subjects.</summary>
public static class House
{
    /// <param name="services">The host's services.</param>
    /// <param name="store">Where things are kept.</param>
    /// <param name="passphrase">Opens the keyring, where it is sealed with one.</param>
    public static IServiceCollection AddAmana(this IServiceCollection services, Store store, string? passphrase = null)
    {
        services.AddSingleton(store);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<StoreWriter>();
        services.AddSingleton<LedgerBell>();
        services.AddSingleton(static _ => OpeningLimits.Of(Environment.GetEnvironmentVariable));
        services.AddSingleton<ActivityKeys>();
        services.AddSingleton(static _ => new OutsideDoor(OutsideDoor.InnerHosts));
        services.AddSingleton<Forms.CompiledForms>();
        services.AddSingleton(_ => Keyring.OpenOrMake(store, passphrase));
        services.AddDbContext<AmanaDb>(options => Use(options, store), ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddSingleton<GroupRows>().AddSingleton<LedgerGroup>().AddSingleton<KnownPhones>().AddSingleton<AnsweredChallenges>().AddSingleton<Sealing>();
        services.AddScoped<LedgerBook>().AddScoped<LedgerSequencer>().AddScoped<LedgerAudit>().AddScoped<Safe>().AddScoped<SubmissionKeys>().AddScoped<ErasureRun>().AddScoped<Door>().AddScoped<OpeningBudget>().AddScoped<Activities.RuleCounts>();
        services.AddScoped<Backup.TableDump>().AddScoped<KeyActs>().AddScoped<Backup.TombstoneReplay>();
        services.AddScoped<Rights.ActivityDisposal>().AddScoped<Consent.ReceiptCodes>().AddScoped<Cases.ReferralDoor>().AddScoped<Linkage.LinkingReader>();
        services.AddRecords();
        services.AddSingleton<ReleaseSeal>().AddSingleton<Sharing.ReleaseWorkshop>().AddScoped<Sharing.OpenedRelease>().AddScoped<Analysis.Departures>().AddScoped<Analysis.FileBesideFigures>();
        services.AddAccounts();
        services.AddSingleton<Demo.RunningHouse>().AddSingleton<Principles.DigestPost>().AddScoped<Principles.DigestLetter>();
        foreach (var type in typeof(House).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsPublic: true, IsGenericType: false }))
        {
            // A use case has Handle, a query has Read: plain classes, found by what they are.
            if (type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Any(m => m.Name is "Handle" or "Read") || type.Name.EndsWith("Reader", StringComparison.Ordinal))
                services.AddScoped(type);
            if (typeof(IErasesPeople).IsAssignableFrom(type))
                services.AddScoped(typeof(IErasesPeople), type);
            if (typeof(IErasesActivities).IsAssignableFrom(type))
                services.AddScoped(typeof(IErasesActivities), type);
        }

        return services;
    }

    /// <summary>Configures the store's database; also for the tools that write migrations.</summary>
    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder options, Store store)
    {
        options.UseSnakeCaseNamingConvention();
        // A lost race is daily work and answered by its caller; whatever nobody answers is logged with its exception further up.
        options.ConfigureWarnings(static w => w.Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
        if (store.Kind == StoreKind.PostgreSql)
            return options.UseNpgsql(store.ConnectionString, o => o.MigrationsAssembly("Amana.Migrations.PostgreSql"));
        Directory.CreateDirectory(store.DataDirectory);
        return options.UseSqlite(SqliteConnection(store, pooling: true), o => o.MigrationsAssembly("Amana.Migrations.Sqlite")).AddInterceptors(new SqlitePragmas());
    }

    /// <summary>Opens the house: brings the database to the newest migration, and finishes what a sudden end may have left undone.</summary>
    public static async Task OpenHouse(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await using (var scope = services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<AmanaDb>().Database.MigrateAsync(cancellationToken);
        await services.EndInterruptedEpochs(cancellationToken);
    }

    /// <summary>Ends the epochs that an erasure run, cut off after its commit, left in the keyring, and drops those that one cut off before its commit began. The store says which epoch counts.</summary>
    public static async Task EndInterruptedEpochs(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var keyring = services.GetRequiredService<Keyring>();
        keyring.Refresh();
        if (!keyring.HasEarlierEpochs)
            return;
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        using var hold = await keyring.Hold(cancellationToken); // no erasure run goes on while it is held, in any process
        hold.KeepOnlyEpoch(await StoreEpoch.Of(db, cancellationToken));
    }

    internal static string SqliteConnection(Store store, bool pooling) =>
        new SqliteConnectionStringBuilder { DataSource = store.DatabaseFile, Cache = SqliteCacheMode.Default, Pooling = pooling, DefaultTimeout = 30 }.ConnectionString;

    /// <summary>WAL and full sync: what was answered survives a power cut. Deleted pages are overwritten.</summary>
    internal static void SetPragmas(System.Data.Common.DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;";
        command.ExecuteNonQuery();
    }

    private sealed class SqlitePragmas : DbConnectionInterceptor
    {
        public override void ConnectionOpened(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData) => SetPragmas(connection);

        public override Task ConnectionOpenedAsync(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
