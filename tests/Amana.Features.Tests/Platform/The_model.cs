using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

public sealed class The_model
{
    [Fact]
    public async Task Has_no_table_about_people_that_nobody_erases()
    {
        await using var house = await TestHouse.Open(StoreKind.Sqlite);
        await house.Do(services =>
        {
            var erased = services.GetServices<IErasesPeople>().SelectMany(e => e.Tables).ToList();
            var mapped = services.GetRequiredService<AmanaDb>().Model.GetEntityTypes().Select(e => e.ClrType).ToList();
            Assert.Empty(KeepPeople(mapped).Except(erased));
            Assert.Empty(erased.Except(mapped)); // and nobody claims to erase what is not there
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void Finds_a_table_about_people_that_was_forgotten() =>
        Assert.Equal([typeof(Forgotten)], KeepPeople([typeof(Forgotten), typeof(Harmless)]));

    [Fact]
    public async Task Erases_in_an_order_without_ties()
    {
        await using var house = await TestHouse.Open(StoreKind.Sqlite);
        await house.Do(services =>
        {
            var orders = services.GetServices<IErasesPeople>().Select(e => e.Order).ToList();
            Assert.Equal(orders.Distinct().Count(), orders.Count);
            return Task.CompletedTask;
        });
    }

    [Theory, OnEveryStore]
    public async Task Is_what_the_migrations_lead_to(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.Do(services =>
        {
            Assert.False(services.GetRequiredService<AmanaDb>().Database.HasPendingModelChanges(), "The mapped model has changed: the first migration of both databases must be made anew.");
            return Task.CompletedTask;
        });
    }

    private static IEnumerable<Type> KeepPeople(IEnumerable<Type> mapped) =>
        mapped.Where(t => t == typeof(Domain.People.Person) || t.GetProperties().Any(p => p.PropertyType == typeof(PersonId) || p.PropertyType == typeof(PersonId?)));

    private sealed record Forgotten(PersonId Person);

    private sealed record Harmless(ActivityId Activity);
}
