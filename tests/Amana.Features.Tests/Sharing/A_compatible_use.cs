using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Purpose;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Analysis;
using Amana.Features.Participation;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Purpose;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Sharing;

public sealed class A_compatible_use
{
    private static readonly Guid Id = Guid.Parse("0195b000-0000-7000-8000-0000000000c7");

    [Theory, OnEveryStore]
    public async Task Reaches_in_bulk_who_agreed_before_it_and_nobody_who_withdrew_and_ends_on_its_day(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, [new MadeUp("f", 30, "tent"), new MadeUp("m", 40, "tent"), new MadeUp("f", 50, "outside", Withdrawn: true)]);
        await AddNeed(house);
        Assert.Equal((2, 0), (await InUse(house, "N1"), await InUse(house, "N2")));
        house.House.Clock.Move(TimeSpan.FromHours(1));
        Assert.True((await Propose(house, ASharingHouse.TheAuthor)).IsDone);
        Assert.True((await Propose(house, ASharingHouse.TheAuthor)).IsDone); // sent twice
        Assert.Equal(["actor.may-not-approve"], Slugs(await Decide(house, ASharingHouse.TheAuthor)));
        Assert.Equal((0, 0), (await InUse(house, "N2"), await Told(house)));
        Assert.True((await Decide(house, ASharingHouse.TheApprover)).IsDone);
        Assert.Equal((2, 1), (await InUse(house, "N2"), await Told(house)));
        await Withdraw(house);
        Assert.Equal(1, await InUse(house, "N2"));
        await house.Add([new MadeUp("f", 20, "tent")]); // agreed after the decision, to a purpose that named N1 alone
        Assert.Equal((2, 1), (await InUse(house, "N1"), await InUse(house, "N2")));
        house.House.Clock.Move(TimeSpan.FromDays(40));
        Assert.Equal((0, 0), (await InUse(house, "N2"), await Told(house)));
        var kinds = await house.House.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().Where(e => e.Kind.StartsWith("CompatibleUse")).Select(e => e.Kind).OrderBy(k => k).ToListAsync());
        Assert.Equal([nameof(CompatibleUseDecided), nameof(CompatibleUseProposed)], kinds);
    }

    [Theory, OnEveryStore]
    public async Task Given_up_reaches_nobody(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, [new MadeUp("f", 30, "tent")]);
        await AddNeed(house);
        house.House.Clock.Move(TimeSpan.FromHours(1));
        await Propose(house, ASharingHouse.TheAuthor);
        await Decide(house, ASharingHouse.TheApprover);
        Assert.Equal(1, await InUse(house, "N2"));
        Assert.True((await house.Do<DecideCompatibleUse, Outcome<Nothing>>(u => u.GiveUp(ASharingHouse.TheApprover, ASharingHouse.Activity, Id, "Asked anew", default))).IsDone);
        Assert.Equal(0, await InUse(house, "N2"));
    }

    private static Task AddNeed(ASharingHouse house) => house.House.Do(async s =>
    {
        var snapshot = (await s.GetRequiredService<ActivityReader>().Snapshot(ASharingHouse.Activity, default))!;
        var (purpose, now, content) = (snapshot.Purpose!, house.House.Clock.Now(), snapshot.Purpose!.Content);
        purpose.Apply(Allowed(PurposeRules.State(snapshot.Activity, content with { Needs = [.. content.Needs, new InformationNeed("N2", "Where are clinics missing?", "D1", snapshot.Today.AddDays(60))] }, new StaffId(Guid.CreateVersion7()), now)));
        purpose.Apply(Allowed(PurposeRules.Publish(snapshot.Activity, purpose, now)));
        await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, default, new Happening("MadeUp", ASharingHouse.Activity));
    });

    private static Task Withdraw(ASharingHouse house) => house.House.Do(async s =>
    {
        var consent = await s.GetRequiredService<AmanaDb>().Set<PersonConsent>().FirstAsync(c => c.State == ConsentState.Given);
        consent.Apply(Allowed(ConsentRules.Withdraw(consent, [ConsentAsk.Participation], house.House.Clock.Now())));
        await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, default, new Happening("MadeUp", ASharingHouse.Activity));
    });

    private static Task<Outcome<Nothing>> Propose(ASharingHouse house, AccessContext by) => house.Do<ProposeCompatibleUse, Outcome<Nothing>>(u => u.Handle(by, ASharingHouse.Activity, new CompatibleUse(Id, ["N2"],
        new CompatibilityTest("Plan of clinics", "Same people", "Told in trust", "Coded answers", "More help", "Groups of ten"), LocalText.English("To plan clinics"), DateOnly.FromDateTime(house.House.Clock.Now().UtcDateTime).AddDays(30), default, default), default));

    private static Task<Outcome<Nothing>> Decide(ASharingHouse house, AccessContext by) => house.Do<DecideCompatibleUse, Outcome<Nothing>>(u => u.Handle(by, ASharingHouse.Activity, Id, true, "Weighed", default));

    private static async Task<int> InUse(ASharingHouse house, string need) => (await house.Do<CodedRecordReader, IReadOnlyList<SealedRecord>>(r => r.InUse(ASharingHouse.Activity, need, default))).Count;

    private static async Task<int> Told(ASharingHouse house) => (await house.Do<PublicActivities, IReadOnlyList<PublicActivity>>(r => r.Read(default))).Sum(a => a.AlsoUsedFor.Count);

    private static IReadOnlyList<string> Slugs<T>(Outcome<T> outcome) => [.. outcome.Refusals.Select(r => r.Slug)];

    private static T Allowed<T>(Decision<T> decision) => Assert.IsType<Decision<T>.Allowed>(decision).Change;
}
