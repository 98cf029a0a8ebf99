using Amana.Domain.People;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

public sealed class A_commit
{
    [Theory, OnEveryStore]
    public async Task Writes_the_change_together_with_its_entry(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.AddPeople(2);
        await house.Do(async services =>
        {
            var db = services.GetRequiredService<AmanaDb>();
            Assert.Equal(2, await db.Set<Person>().CountAsync());
            var entry = await db.Set<LedgerEntry>().SingleAsync();
            Assert.Equal("PeopleMadeUp", entry.Kind);
            Assert.Equal("house", entry.Actor);
            Assert.Equal(Sealed.Activity, entry.ActivityId);
        });
    }

    [Theory, OnEveryStore]
    public async Task Writes_neither_when_the_change_fails(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var person = (await house.AddPeople(1)).Single();
        await house.Do(async services =>
        {
            services.GetRequiredService<AmanaDb>().Add(new Person(person, Sealed.Activity)); // there is one already
            await Assert.ThrowsAsync<DbUpdateException>(() =>
                services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("PersonAddedTwice")));
        });
        await OnlyTheFirstIsThere(house);
    }

    [Theory, OnEveryStore]
    public async Task Writes_neither_when_the_entry_fails(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.AddPeople(1);
        await house.Do(async services =>
        {
            var db = services.GetRequiredService<AmanaDb>();
            db.Add(new Person(Ids.New<PersonId>(house.Clock), Sealed.Activity));
            db.Add(LedgerEntry.Of(new Happening("Twice"), AccessContext.House, (await db.Set<LedgerEntry>().AsNoTracking().SingleAsync()).Id, house.Clock.Now()));
            await Assert.ThrowsAsync<DbUpdateException>(() =>
                services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("PersonAdded")));
        });
        await OnlyTheFirstIsThere(house);
    }

    [Theory, OnEveryStore]
    public async Task Is_the_only_way_to_save(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.Do(async services =>
        {
            var db = services.GetRequiredService<AmanaDb>();
            db.Add(new Person(Ids.New<PersonId>(house.Clock), Sealed.Activity));
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
            Assert.Throws<InvalidOperationException>(() => db.SaveChanges());
            Assert.Equal(0, await db.Set<Person>().CountAsync());
        });
    }

    [Theory, OnEveryStore]
    public async Task Without_an_entry_is_refused(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.Do(services => Assert.ThrowsAsync<InvalidOperationException>(() => services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None)));
    }

    private static Task OnlyTheFirstIsThere(TestHouse house) => house.Do(async services =>
    {
        var db = services.GetRequiredService<AmanaDb>();
        Assert.Equal(1, await db.Set<Person>().CountAsync());
        Assert.Equal("PeopleMadeUp", (await db.Set<LedgerEntry>().SingleAsync()).Kind);
    });
}
