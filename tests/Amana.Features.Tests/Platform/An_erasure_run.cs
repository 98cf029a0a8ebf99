using Amana.Domain.People;
using Amana.Domain.Records;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

public sealed class An_erasure_run
{
    [Theory, OnEveryStore]
    public Task Makes_people_unreadable_even_with_an_old_copy_of_the_data_and_todays_keys(StoreKind store) => ErasesForGood(store, people: 50, erased: 5);

    [Theory, OnEveryStore]
    public Task Does_so_among_two_thousand_people(StoreKind store)
    {
        LongTests.OnlyWhenAsked();
        return ErasesForGood(store, people: 2000, erased: 100);
    }

    [Theory, OnEveryStore]
    public async Task Leaves_no_row_of_the_erased(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var people = await house.AddPeople(4);
        Assert.Equal(new Erased(1, 0, 1, 1), await house.Erase([people[2]]));
        await house.Do(async services =>
        {
            var db = services.GetRequiredService<AmanaDb>();
            Assert.False(await db.Set<Person>().AnyAsync(p => p.Id == people[2]));
            Assert.False(await db.Set<PersonBox>().AnyAsync(b => b.PersonId == people[2]));
            Assert.False(await db.Set<DataKey>().AnyAsync(k => k.OwnerId == people[2].Value));
            Assert.Equal(3, await db.Set<DataKey>().CountAsync(k => k.Epoch == 2));
        });
    }

    [Theory, OnEveryStore]
    public async Task Cut_off_before_its_commit_has_erased_nobody_and_can_be_run_again(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var people = await house.AddPeople(4);
        await Assert.ThrowsAsync<SuddenEndException>(() => house.Erase([people[0]], () => throw new SuddenEndException()));
        await house.Reopen();
        for (var i = 0; i < people.Count; i++)
            Assert.Equal(Sealed.NameOf(i), await house.ReadName(people[i]));

        await house.AddPeople(1); // a key made meanwhile, under the epoch that was begun
        await house.Erase([people[0]]);
        Assert.Null(await house.ReadName(people[0]));
        Assert.Equal(Sealed.NameOf(3), await house.ReadName(people[3]));
        Assert.False(house.Services.GetRequiredService<Keyring>().HasEarlierEpochs);
    }

    [Theory, OnEveryStore]
    public async Task Cut_off_after_its_commit_ends_the_old_epoch_when_the_house_opens(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var people = await house.AddPeople(4);
        await using var before = await house.WithCopyOfTheDataAndThisKeyring();
        var asItWas = "";
        await house.Erase([people[0]], () => asItWas = File.ReadAllText(house.Store.KeyringFile));
        await File.WriteAllTextAsync(house.Store.KeyringFile, asItWas); // the machine stopped before the old epoch was ended
        await house.Reopen();
        Assert.False(house.Services.GetRequiredService<Keyring>().HasEarlierEpochs);
        Assert.Equal(Sealed.NameOf(3), await house.ReadName(people[3]));
        await before.Reopen();
        Assert.Null(await before.ReadName(people[0]));
    }

    private static async Task ErasesForGood(StoreKind store, int people, int erased)
    {
        await using var house = await TestHouse.Open(store);
        var all = await house.AddPeople(people);
        var gone = all.Where((_, i) => i % (people / erased) == 1).ToList();
        await using var before = await house.WithCopyOfTheDataAndThisKeyring();
        Assert.Equal(Sealed.NameOf(1), await before.ReadName(all[1])); // until the run, the copy does open

        Assert.Equal(erased, (await house.Erase(gone)).People);
        await house.Reopen();
        await before.Reopen();

        foreach (var person in gone)
        {
            Assert.Null(await house.ReadName(person));
            Assert.Null(await before.ReadName(person));
        }

        for (var i = 0; i < people; i++)
            Assert.Equal(gone.Contains(all[i]) ? null : Sealed.NameOf(i), await house.ReadName(all[i]));
    }

    private sealed class SuddenEndException : Exception;
}
