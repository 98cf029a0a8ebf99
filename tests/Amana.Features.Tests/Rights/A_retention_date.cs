using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Rights;
using Amana.Features.Tests.Platform;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Rights;

public sealed class A_retention_date
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly StaffId Second = new(Guid.Parse("0195a000-0000-7000-8000-0000000000a3"));

    private static AccessContext AsSecondFocalPoint { get; } = new(new Actor(ActorKind.Staff, Second, Interviewed.AsFocalPoint.Actor.OrganisationId, [Duty.DataProtectionFocalPoint]));

    [Theory, OnEveryStore]
    public async Task That_has_passed_destroys_by_itself_what_was_planned_so_and_nothing_else(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var (due, later, handOver) = (await house.AddActivity(1), await house.AddActivity(2), await house.AddActivity(3));
        await Plan(house, due, 1, AfterRetention.Destroy);
        await Plan(house, later, 12, AfterRetention.Destroy);
        await Plan(house, handOver, 1, AfterRetention.HandOver);
        var gone = await house.Interview(due, "AM-1");
        var stay = new[] { await house.Interview(later, "AM-2"), await house.Interview(handOver, "AM-3") };
        await using var before = await house.WithCopyOfTheDataAndThisKeyring();

        house.Clock.Move(TimeSpan.FromDays(90 + 30)); // the last day of the plan: a month after its end
        Assert.Equal(0, await Run(house));
        house.Clock.Move(TimeSpan.FromDays(1));
        Assert.Equal([(3, DisposalStanding.NeedsPeople, 1, 1, 1), (1, DisposalStanding.Due, 1, 1, 1), (2, DisposalStanding.NotDue, 1, 1, 1)], await Planned(house)); // a dry run: it does nothing
        Assert.Equal(1, await Run(house));

        Assert.Null(await house.ReadName(gone.Person));
        await before.Reopen();
        Assert.Null(await before.ReadName(gone.Person));
        foreach (var (person, _) in stay)
            Assert.NotNull(await house.ReadName(person));
        var certificate = Assert.Single(await house.Do(s => s.GetRequiredService<AmanaDb>().Set<DisposalCertificate>().ToListAsync()));
        Assert.True(certificate is { Reason: DisposalReason.RetentionPassed, People: 1, Records: 1, OrderedBy: null } && certificate.ActivityId == due);
        Assert.Equal(0, await Run(house)); // once
        await A_withdrawal.LedgerVerifies(house);
    }

    [Theory, OnEveryStore]
    public async Task Waits_for_a_legal_hold_that_only_somebody_else_lifts(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(1, step: PimStep.Evaluate);
        await Plan(house, activity, 1, AfterRetention.Destroy);
        var (person, _) = await house.Interview(activity, "AM-1");
        Assert.Equal(["actor.duty-missing"], await Place(house, Interviewed.AsLead, activity, "An inquiry"));
        Assert.Equal(["hold.no-reason"], await Place(house, Interviewed.AsFocalPoint, activity, " "));
        Assert.Empty(await Place(house, Interviewed.AsFocalPoint, activity, "An inquiry, made up"));
        Assert.Equal(["hold.stands-already"], await Place(house, AsSecondFocalPoint, activity, "Another"));

        house.Clock.Move(TimeSpan.FromDays(400));
        Assert.Equal(0, await Run(house));
        Assert.NotNull(await house.ReadName(person));
        await house.Do(s => s.GetRequiredService<LedgerBook>().Commit(Interviewed.AsLead, None, new Happening(nameof(ClosingProposed), activity)));
        Assert.Contains("hold.stands", (await house.Do(s => s.GetRequiredService<CloseActivity>().Handle(Interviewed.AsFocalPoint, activity, None))).Refusals.Select(r => r.Slug));

        var hold = await house.Do(s => s.GetRequiredService<AmanaDb>().Set<LegalHold>().Select(h => h.Id).SingleAsync());
        Assert.Equal(["hold.lifted-by-placer"], await Lift(house, Interviewed.AsFocalPoint, hold));
        Assert.Empty(await Lift(house, AsSecondFocalPoint, hold));
        Assert.Equal(1, await Run(house));
        Assert.Null(await house.ReadName(person));
    }

    private static Task Plan(TestHouse house, ActivityId id, int months, AfterRetention then) => house.Do(async services =>
    {
        var activity = await services.GetRequiredService<AmanaDb>().Set<Activity>().SingleAsync(a => a.Id == id);
        activity.Apply(Interviewed.Allowed(ActivityRules.PlanRetention(activity, new RetentionPlan(months, then, "Made up"))));
        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, None, new Happening("RetentionMadeUp", id));
    });

    private static async Task<int> Run(TestHouse house) => (await house.Do(s => s.GetRequiredService<DisposeByDate>().Handle(AccessContext.House, None))).Result;

    private static async Task<List<(int, DisposalStanding, int, int, int)>> Planned(TestHouse house) =>
        [.. (await house.Do(s => s.GetRequiredService<DisposalPlan>().Read(Interviewed.AsFocalPoint, None))).Result.Activities.Select(a => (a.Number, a.Standing, a.People, a.Records, a.Boxes))];

    private static async Task<List<string>> Place(TestHouse house, AccessContext who, ActivityId activity, string reason) =>
        [.. (await house.Do(s => s.GetRequiredService<PlaceHold>().Handle(who, activity, reason, None))).Refusals.Select(r => r.Slug)];

    private static async Task<List<string>> Lift(TestHouse house, AccessContext who, LegalHoldId hold) =>
        [.. (await house.Do(s => s.GetRequiredService<LiftHold>().Handle(who, hold, None))).Refusals.Select(r => r.Slug)];
}
