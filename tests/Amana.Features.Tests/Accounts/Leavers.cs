using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Accounts;

public sealed class An_account_that_nobody_uses
{
    private const string Other = "noor@relief.example";

    [Theory, OnEveryStore]
    public async Task Is_announced_and_then_closed_with_an_entry(StoreKind store)
    {
        await using var house = await WithColleague(store);
        house.House.Clock.Move(TimeSpan.FromDays(75));
        Assert.Equal((0, 0), await Look(house));
        house.House.Clock.Move(TimeSpan.FromDays(1));
        Assert.Equal((1, 0), await Look(house)); // the last administrator is never announced
        var me = await house.Me();
        Assert.Equal(1, await house.House.Do(s => s.GetRequiredService<AccountsSoonClosed>().Read(me, default)));
        Assert.Equal((0, 0), await Look(house));
        house.House.Clock.Move(TimeSpan.FromDays(14));
        Assert.Equal((0, 1), await Look(house));
        Assert.False((await house.SignIn(email: Other)).IsDone);
        Assert.True((await house.SignIn()).IsDone);
        Assert.Equal(1, await house.House.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().CountAsync(e => e.Kind == nameof(StaffLeft))));
    }

    [Theory, OnEveryStore]
    public async Task Stays_when_its_owner_signs_in_meanwhile_or_the_operation_closes_none(StoreKind store)
    {
        await using var house = await WithColleague(store);
        house.House.Clock.Move(TimeSpan.FromDays(80));
        await Look(house);
        Assert.True((await house.SignIn(email: Other)).IsDone);
        house.House.Clock.Move(TimeSpan.FromDays(14));
        Assert.Equal((0, 0), await Look(house));
        await house.Do<SetSignInPolicy, Nothing>(s => s.Handle(AccessContext.House, new SignInPolicy { UnusedDays = 0 }, default));
        house.House.Clock.Move(TimeSpan.FromDays(900));
        Assert.Equal((0, 0), await Look(house));
    }

    [Theory, OnEveryStore]
    public async Task Loses_its_traces_after_their_time(StoreKind store)
    {
        await using var house = await WithColleague(store);
        await house.SignIn();
        await house.SignIn("wrong password by far");
        house.House.Clock.Move(SignInRecord.KeptFor + TimeSpan.FromMinutes(1));
        var looked = (await house.Do<LookOverAccounts, AccountsLookedOver>(l => l.Handle(AccessContext.House, default))).Result;
        Assert.Equal(4, looked.Trimmed); // two lines of history, a session, a known browser
        Assert.Equal(0, await house.House.Do(s => s.GetRequiredService<AmanaDb>().Set<SignInRecord>().CountAsync()));
    }

    private static async Task<(int, int)> Look(StaffedHouse house)
    {
        var looked = (await house.Do<LookOverAccounts, AccountsLookedOver>(l => l.Handle(AccessContext.House, default))).Result;
        return (looked.Told, looked.Closed);
    }

    private static async Task<StaffedHouse> WithColleague(StoreKind store)
    {
        var house = await StaffedHouse.Open(store);
        var us = (await house.Me()).Actor.OrganisationId!.Value;
        Assert.True((await house.Do<AddStaffMember, StaffAdded>(a => a.Handle(AccessContext.House, us, "Noor, made up", Other, [], StaffedHouse.Password, default))).IsDone);
        return house;
    }
}
