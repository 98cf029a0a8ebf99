using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Accounts;

public sealed class Other_limits_for_an_operation
{
    private const string Focal = "noor@relief.example";
    private const string Coordinator = "sami@relief.example";

    [Theory, OnEveryStore]
    public async Task Wait_for_a_second_person_and_are_entered_from_and_to(StoreKind store)
    {
        await using var house = await StaffedHouse.Open(store);
        var us = (await house.Me()).Actor.OrganisationId!.Value;
        Assert.True((await house.Do<AddStaffMember, StaffAdded>(a => a.Handle(AccessContext.House, us, "Noor, made up", Focal, [Duty.DataProtectionFocalPoint], StaffedHouse.Password, default))).IsDone);
        Assert.True((await house.Do<AddStaffMember, StaffAdded>(a => a.Handle(AccessContext.House, us, "Sami, made up", Coordinator, [Duty.Coordinator], StaffedHouse.Password, default))).IsDone);
        var (focal, coordinator) = (await house.Me(Focal), await house.Me(Coordinator));
        var wanted = (await Shown(house)).Present with { SmallCell = 7 };
        Assert.True((await house.Do<ProposeLimits, Nothing>(p => p.Handle(focal, wanted, "Small villages", default))).IsDone);
        var waiting = await Shown(house);
        Assert.Equal((5, 7, "Noor, made up"), (waiting.Present.SmallCell, waiting.Proposed!.Limits.SmallCell, waiting.ProposedBy));
        Assert.False((await house.Do<DecideLimits, Nothing>(d => d.Handle(focal, accept: true, default))).IsDone);
        Assert.True((await house.Do<DecideLimits, Nothing>(d => d.Handle(coordinator, accept: true, default))).IsDone);
        var now = await Shown(house);
        Assert.Equal((7, true), (now.Present.SmallCell, now.Proposed is null));
        var entries = await house.House.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().Where(e => e.Kind == nameof(LimitsProposed) || e.Kind == nameof(LimitsDecided)).Select(e => e.Canonical).ToListAsync());
        Assert.Equal(2, entries.Count);
        Assert.All(entries, e => Assert.Contains("\"x-SmallCell\":\"5 to 7\"", e, StringComparison.Ordinal));
    }

    private static Task<ShownLimits> Shown(StaffedHouse house) => house.House.Do(s => s.GetRequiredService<LimitsReader>().Read(default));
}
