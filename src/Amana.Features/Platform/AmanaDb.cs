using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Amana.Features.Platform;

/// <summary>The store. It is written only through <see cref="Ledger.LedgerBook"/>: every change commits together with its ledger entry.</summary>
public sealed class AmanaDb(DbContextOptions<AmanaDb> options) : IdentityUserContext<Account, Guid>(options)
{
    private bool _committing;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var id in typeof(ITypedId<>).Assembly.GetTypes().Where(t => t.IsValueType && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>))))
            configurationBuilder.Properties(id).HaveConversion(typeof(TypedIdConverter<>).MakeGenericType(id));
        if (Database.ProviderName?.Contains("Sqlite", StringComparison.Ordinal) == true)
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AmanaDb).Assembly);
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => !e.IsOwned() && e.ClrType.Namespace?.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal) == true))
            entity.SetTableName("account_" + entity.ClrType.Name.Split('`')[0].Replace("IdentityUser", "", StringComparison.Ordinal).ToLowerInvariant() + "s");
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        _committing ? base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken) : throw OutsideTheLedger();

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw OutsideTheLedger();

    /// <summary>For the ledger alone: saves what is pending. Callers elsewhere fail the architecture test.</summary>
    internal async Task SaveWithLedger(CancellationToken cancellationToken)
    {
        _committing = true;
        try
        {
            ChangeTracker.DetectChanges(); // once: comparing what is tracked is dear
            ChangeTracker.AutoDetectChangesEnabled = false;
            StoreStamp.Renew(this);
#pragma warning disable RS0030 // the one place where changes are saved
            await SaveChangesAsync(cancellationToken);
#pragma warning restore RS0030
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
            _committing = false;
        }
    }

    private static InvalidOperationException OutsideTheLedger() => new("Changes are saved only through the ledger, together with their entry.");

    private sealed class TypedIdConverter<T>() : ValueConverter<T, Guid>(id => id.Value, value => Typed<T>(value)) where T : struct, ITypedId<T>;

    private static T Typed<T>(Guid value) where T : struct, ITypedId<T> => T.From(value);

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
