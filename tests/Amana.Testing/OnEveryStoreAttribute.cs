using System.Reflection;
using Amana.Features.Platform;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Amana.Testing;

/// <summary>Runs a contract test on SQLite and on PostgreSQL: <c>[Theory, OnEveryStore] public async Task Holds(StoreKind store)</c>.
/// With AMANA_NO_POSTGRESQL set, the PostgreSQL row is skipped visibly; without it and without PostgreSQL, it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEveryStoreAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var postgres = new TheoryDataRow<StoreKind>(StoreKind.PostgreSql);
        if (Environment.GetEnvironmentVariable("AMANA_NO_POSTGRESQL") is { Length: > 0 })
            postgres.Skip = "AMANA_NO_POSTGRESQL is set: this is not tried on PostgreSQL.";
        return new([new TheoryDataRow<StoreKind>(StoreKind.Sqlite), postgres]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
