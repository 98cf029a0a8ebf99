using Amana.Domain.Accounts;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Incidents;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Incidents;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Rights;
using Amana.Features.Tests.Rights;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Incidents;

public sealed class An_incident
{
    private static readonly AccessContext Other = new(new Actor(ActorKind.Staff, new StaffId(Guid.Parse("0195a000-0000-7000-8000-0000000000a3")), Interviewed.AsFocalPoint.Actor.OrganisationId, [Duty.DataProtectionFocalPoint]));

    [Theory, OnEveryStore]
    public async Task Freezes_an_activity_a_person_and_an_account_in_one_step_until_somebody_else_lifts_it(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(1);
        var (person, code) = await house.Interview(activity, "AM-2222-3333-4444");
        var (other, _) = await house.Interview(activity, "AM-5555-6666-7777");
        var incident = await Report(house, activity);
        Assert.Empty(await Frozen(house, activity, person));

        await Freeze(house, activity, incident, FreezeKind.Person, code);
        Assert.Equal(["Person"], await Frozen(house, activity, person));
        Assert.Empty(await Frozen(house, activity, other));
        await Freeze(house, activity, incident, FreezeKind.Activity, null);
        Assert.Equal(["Person"], await Frozen(house, activity, person));
        Assert.Equal(["Activity"], await Frozen(house, activity, other));

        await Freeze(house, activity, incident, FreezeKind.Activity, null); // sent twice
        var held = await house.Do(s => s.GetRequiredService<AmanaDb>().Set<Freeze>().AsNoTracking().ToListAsync());
        Assert.Equal(2, held.Count);
        var whole = held.Single(f => f.Kind == FreezeKind.Activity);
        var same = await house.Do(s => s.GetRequiredService<LiftFreeze>().Handle(Interviewed.AsFocalPoint, activity, whole.Id, CancellationToken.None));
        Assert.Equal("freeze.lifted-by-the-same", Assert.Single(same.Refusals).Slug);
        Assert.True((await house.Do(s => s.GetRequiredService<LiftFreeze>().Handle(Other, activity, whole.Id, CancellationToken.None))).IsDone);
        Assert.Empty(await Frozen(house, activity, other));
    }

    [Theory, OnEveryStore]
    public async Task Never_holds_a_withdrawal_and_what_it_held_of_a_person_is_erased_with_them(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(1);
        var (person, code) = await house.Interview(activity, "AM-2222-3333-4444");
        var incident = await Report(house, activity);
        await Freeze(house, activity, incident, FreezeKind.Person, code);
        await Freeze(house, activity, incident, FreezeKind.Activity, null);
        Assert.True((await house.Do(s => s.GetRequiredService<WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, "AM-2222-3333-4444", [ConsentAsk.Participation], CancellationToken.None))).IsDone);
        await house.Do(async s => await new ErasesFreezes().Erase(s.GetRequiredService<AmanaDb>(), [person], CancellationToken.None));
        Assert.Equal([FreezeKind.Activity], await house.Do(s => s.GetRequiredService<AmanaDb>().Set<Freeze>().Select(f => f.Kind).ToListAsync()));
    }

    [Theory, OnEveryStore]
    public async Task Freezes_nothing_that_is_not_there_and_for_nobody_who_may_not(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(1);
        var incident = await Report(house, activity);
        foreach (var (kind, what) in new[] { (FreezeKind.Person, "NOSUCHCODE"), (FreezeKind.Account, Guid.NewGuid().ToString()), (FreezeKind.Release, "not an id") })
        {
            var refused = await house.Do(s => s.GetRequiredService<FreezeAtOnce>().Handle(Interviewed.AsFocalPoint, activity, incident, kind, what, CancellationToken.None));
            Assert.Equal("freeze.not-found", Assert.Single(refused.Refusals).Slug);
        }

        var stranger = new AccessContext(new Actor(ActorKind.Staff, new StaffId(Guid.NewGuid()), new OrganisationId(Guid.NewGuid()), []));
        var hidden = await house.Do(s => s.GetRequiredService<FreezeAtOnce>().Handle(stranger, activity, incident, FreezeKind.Activity, null, CancellationToken.None));
        Assert.Equal("activity.not-found", Assert.Single(hidden.Refusals).Slug);
    }

    private static async Task<IncidentId> Report(TestHouse house, ActivityId activity)
    {
        var id = Ids.New<IncidentId>(house.Clock);
        Assert.True((await house.Do(s => s.GetRequiredService<ReportIncident>().Handle(Interviewed.AsLead, activity, id, IncidentSeverity.High, "A phone was lost at the ferry", CancellationToken.None))).IsDone);
        return id;
    }

    private static async Task Freeze(TestHouse house, ActivityId activity, IncidentId incident, FreezeKind kind, string? what)
    {
        var outcome = await house.Do(s => s.GetRequiredService<FreezeAtOnce>().Handle(Interviewed.AsFocalPoint, activity, incident, kind, what, CancellationToken.None));
        Assert.True(outcome.IsDone, string.Join(", ", outcome.Refusals.Select(r => r.Slug)));
    }

    /// <summary>What holds an opening of this person's record still.</summary>
    private static Task<List<string>> Frozen(TestHouse house, ActivityId activity, PersonId person) => house.Do(async s =>
    {
        var consent = await s.GetRequiredService<AmanaDb>().Set<PersonConsent>().AsNoTracking().FirstAsync(c => c.PersonId == person);
        var asked = await s.GetRequiredService<Door>().Ask(Interviewed.AsLead.Citing("N1"), Operation.Open, activity, consent, Guid.NewGuid(), CancellationToken.None);
        return asked.Refusals.Where(r => r.Slug == "gate.frozen").Select(r => r.Args["frozen"]).ToList();
    });
}

public sealed class Unusual_reading
{
    [Theory, OnEveryStore]
    public async Task Raises_an_alarm_for_the_focal_point_and_ordinary_work_none(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(7);
        house.Clock.Move(TimeSpan.FromDays(1) + (TimeSpan.FromHours(33) - house.Clock.GetUtcNow().TimeOfDay)); // nine in the morning
        var (busy, steady) = (new StaffId(Guid.NewGuid()), new StaffId(Guid.NewGuid()));
        for (var n = 0; n < LedgerAlarms.OpenedInAnHour; n++)
        {
            await Enter(house, busy, "RecordOpened", activity, TimeSpan.FromMinutes(2));
            if (n % 10 == 0)
                await Enter(house, steady, "RecordOpened", activity, TimeSpan.Zero);
        }

        for (var n = 0; n < LedgerAlarms.RefusedInADay; n++)
            await Enter(house, steady, "OpenRefused", activity, TimeSpan.FromMinutes(1));
        await Enter(house, steady, "AnswersExported", activity, TimeSpan.Zero); // by day
        var day = await Read(house, Interviewed.AsFocalPoint);
        Assert.Equal([AlarmKind.BulkReading, AlarmKind.RefusedAgainAndAgain], day.Result.Select(a => a.Kind).Order());
        var bulk = day.Result.Single(a => a.Kind == AlarmKind.BulkReading);
        Assert.Equal((busy.Value, LedgerAlarms.OpenedInAnHour), (bulk.StaffId, bulk.Count));
        Assert.Equal([7], bulk.Activities);

        house.Clock.Move(TimeSpan.FromHours(14));
        await Enter(house, busy, "AnswersExported", activity, TimeSpan.Zero);
        Assert.Contains((await Read(house, Interviewed.AsFocalPoint)).Result, a => a.Kind == AlarmKind.TakenAtNight);
        Assert.Equal("actor.duty-missing", Assert.Single((await Read(house, Interviewed.AsLead)).Refusals).Slug);
        Assert.Equal(2, await house.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().CountAsync(e => e.Kind == "AlarmsRead")));
    }

    private static Task Enter(TestHouse house, StaffId staff, string kind, ActivityId activity, TimeSpan pause) => house.Do(async s =>
    {
        house.Clock.Move(pause);
        await s.GetRequiredService<LedgerBook>().Commit(new AccessContext(new Actor(ActorKind.Staff, staff, null, [])), CancellationToken.None, new Happening(kind, activity, Guid.NewGuid()));
    });

    private static Task<Outcome<IReadOnlyList<Alarm>>> Read(TestHouse house, AccessContext who) => house.Do(s => s.GetRequiredService<LedgerAlarms>().Read(who, CancellationToken.None));
}
