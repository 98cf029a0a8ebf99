using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Sharing;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Sharing;

public sealed class A_release_being_prepared
{
    private static readonly ReleaseId Id = new(Guid.Parse("0195b000-0000-7000-8000-0000000000c3"));

    private static readonly MadeUp[] People =
        [.. Enumerable.Repeat(new MadeUp("f", 30, "tent"), 8), .. Enumerable.Repeat(new MadeUp("m", 41, "tent"), 8), new MadeUp("f", 70, "tent"), new MadeUp("m", 8, "outside")];

    [Theory, OnEveryStore]
    public async Task Is_measured_in_the_background_and_says_who_is_at_risk_and_what_would_mend_it(StoreKind store)
    {
        await using var house = await Begun(store);
        Assert.Equal(WorkState.Waiting, (await Work(house)).State);
        Assert.True(await Measure(house));
        var found = (await Work(house)).Found!;
        Assert.Equal((1, 3, 2, false), (found.Risk.SmallestGroup, found.Risk.Threshold, found.Risk.Violators, found.Risk.Holds));
        Assert.Equal(18, found.Sizes.Sum(s => s.Records));
        Assert.Equal(2, found.Sizes[0].Records);
        Assert.Equal("age_group", found.Keys[0].Key);
        Assert.Equal([("sex", "f", 1, 9), ("sex", "m", 1, 9)], found.Groups.Where(g => g.Key == "sex").Select(g => (g.Key, g.Category, g.AtRisk, g.Of)).Order());
        Assert.DoesNotContain(found.Groups, g => g.Of < 5); // of the one over 60 it is not said
        Assert.Contains(found.Proposals, p => p is { Kind: ProposalKind.LeaveOutColumn, Key: "age_group", After.Holds: true, DetailLost: > 0 });
        Assert.False(await Measure(house)); // nothing waits any more
    }

    [Theory, OnEveryStore]
    public async Task Takes_a_change_measures_it_and_takes_it_back(StoreKind store)
    {
        await using var house = await Begun(store);
        await Measure(house);
        var proposal = (await Work(house)).Found!.Proposals[0];
        Assert.True(proposal.After.Holds);
        Assert.True((await house.Do((ChangeRelease use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, proposal.Draft, CancellationToken.None))).IsDone);
        Assert.Equal(WorkState.Waiting, (await Work(house)).State);
        await Measure(house);
        Assert.Equivalent(proposal.After, (await Work(house)).Found!.Risk with { Telling = null }); // what was promised is what it comes to
        Assert.True((await house.Do((ChangeRelease use) => use.Undo(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, CancellationToken.None))).IsDone);
        await Measure(house);
        Assert.Equal(1, (await Work(house)).Found!.Risk.SmallestGroup);
        Assert.Equal("release.nothing-to-undo", Assert.Single((await house.Do((ChangeRelease use) => use.Undo(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, CancellationToken.None))).Refusals).Slug);
    }

    [Theory, OnEveryStore]
    public async Task Is_cancelled_and_asked_for_again_and_ends_with_its_proposal(StoreKind store)
    {
        await using var house = await Begun(store);
        Assert.True((await house.Do((ChangeRelease use) => use.Cancel(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, CancellationToken.None))).IsDone);
        Assert.False(await Measure(house));
        Assert.Equal(WorkState.Cancelled, (await Work(house)).State);
        var draft = (await Work(house)).Draft with { LeaveOutValues = true };
        await house.Do((ChangeRelease use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, draft, CancellationToken.None));
        await Measure(house);
        Assert.True((await Work(house)).Found!.Risk.Holds);
        Assert.True((await house.Do((SubmitRelease use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, draft, ("Shelter", ASharingHouse.Note), CancellationToken.None))).IsDone);
        Assert.Empty(await house.Do((ReleasesInWork use) => use.Read(ASharingHouse.TheAuthor, ASharingHouse.Activity, CancellationToken.None)));
    }

    [Theory, OnEveryStore]
    public async Task For_the_public_keeps_the_limits_of_the_operation(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, [.. Enumerable.Repeat(new MadeUp("f", 30, "tent"), 8), .. Enumerable.Repeat(new MadeUp("m", 41, "tent"), 8)]);
        var draft = ASharingHouse.Draft("sex", "age", "shelter") with { Audience = ReleaseAudience.Public };
        var refused = await house.Do((SubmitRelease use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, draft, ("Shelter", ASharingHouse.Note), CancellationToken.None));
        Assert.Equal("release.global-risk-too-high", Assert.Single(refused.Refusals).Slug); // 2 groups of 8: 12.5 % and not 3 %
    }

    private static async Task<ASharingHouse> Begun(StoreKind store)
    {
        var house = await ASharingHouse.Open(store, People);
        Assert.True((await house.Do((BeginRelease use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, new ReleaseIntent("N1", AttackScenario.Neighbour),
            ASharingHouse.Draft("sex", "age", "shelter"), CancellationToken.None))).IsDone);
        return house;
    }

    private static Task<bool> Measure(ASharingHouse house) => house.Do((MeasureWaiting use) => use.Handle(CancellationToken.None));

    private static Task<ReleaseWork> Work(ASharingHouse house) => house.House.Do(s => s.GetRequiredService<AmanaDb>().Set<ReleaseWork>().AsNoTracking().SingleAsync());
}
