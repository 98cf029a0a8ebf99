using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

/// <summary>A web host and a command line, each with a keyring of its own in memory.</summary>
public sealed class Two_programs_on_one_house
{
    [Theory, OnEveryStore]
    public async Task Read_and_keep_people_after_the_other_erased(StoreKind store)
    {
        await using var first = await TestHouse.Open(store);
        var people = await first.AddPeople(3);
        await using var second = first.AnotherProgram();
        Assert.Equal(Sealed.NameOf(2), await second.ReadName(people[2]));

        await first.Erase([people[0]]);

        Assert.Null(await second.ReadName(people[0]));
        Assert.Equal(Sealed.NameOf(2), await second.ReadName(people[2]));
        var later = await second.AddPeople(1); // its keyring in memory was of the epoch that ended
        await first.Reopen();
        Assert.Equal(Sealed.NameOf(0), await first.ReadName(later[0]));
        Assert.Equal(1, await first.Do(s => s.GetRequiredService<AmanaDb>().Set<DataKey>().Select(k => k.Epoch).Distinct().CountAsync()));
    }

    [Theory, OnEveryStore]
    public async Task Erase_in_turn_and_lose_nobody_else(StoreKind store)
    {
        await using var first = await TestHouse.Open(store);
        var people = await first.AddPeople(12);
        await using var second = first.AnotherProgram();
        await Task.WhenAll(
            Task.Run(async () =>
            {
                foreach (var i in new[] { 0, 2, 4 })
                    await first.Erase([people[i]]);
            }),
            Task.Run(async () =>
            {
                foreach (var i in new[] { 1, 3, 5 })
                    await second.Erase([people[i]]);
            }),
            Task.Run(() => second.AddPeople(5)));
        await first.Reopen();
        for (var i = 0; i < people.Count; i++)
            Assert.Equal(i < 6 ? null : Sealed.NameOf(i), await first.ReadName(people[i]));
        Assert.False(first.Services.GetRequiredService<Keyring>().HasEarlierEpochs);
        Assert.Equal(7, first.Services.GetRequiredService<Keyring>().Epoch);
    }

    [Theory, OnEveryStore]
    public async Task Never_end_an_epoch_that_the_other_is_still_working_under(StoreKind store)
    {
        await using var first = await TestHouse.Open(store);
        var people = await first.AddPeople(3);
        await using var second = first.AnotherProgram();
        Task? ending = null;
        await first.Erase([people[0]], () =>
        {
            ending = Task.Run(() => second.Services.EndInterruptedEpochs(CancellationToken.None));
            Assert.False(ending.Wait(TimeSpan.FromMilliseconds(200))); // it waits for the run
        });
        await ending!;
        Assert.Equal(Sealed.NameOf(1), await second.ReadName(people[1]));
    }
}
