using Amana.Domain.Cases;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Cases;
using Amana.Features.Competency;
using Amana.Features.Incidents;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Records;
using Amana.Features.Tests.Records;
using Amana.Features.Tests.Rights;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Cases;

/// <summary>Who follows whom up, and who reads what others follow up.</summary>
public sealed class A_caseload
{
    [Theory, OnEveryStore]
    public async Task Raises_an_alarm_when_somebody_else_opens_its_records_and_none_for_its_own_worker(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        for (var person = 1; person <= LedgerAlarms.OpenedOutsideInADay + 1; person++)
            Assert.True((await c.Send(Collecting.Xml(person))).IsDone);
        var codes = await c.Ask(db => db.Set<RecordEntry>().OrderBy(r => r.Id).Select(r => r.Code).ToListAsync());
        var (mine, theirs) = (await c.As("caseworker"), await c.As("protection"));
        foreach (var code in codes)
            Assert.Empty(Slugs(await Take(c, "protection", code, mine)));
        Assert.Equal(["caseload.already"], Slugs(await Take(c, "protection", codes[0], mine)));

        foreach (var code in codes)
            Assert.True((await Open(c, mine, code)).IsDone);
        foreach (var code in codes.Skip(2))
            Assert.True((await Open(c, theirs, code)).IsDone);
        Assert.DoesNotContain(await Alarms(c), a => a.Kind == AlarmKind.OutsideCaseload); // standing in for a colleague
        Assert.True((await Open(c, theirs, codes[1])).IsDone);
        var alarm = Assert.Single(await Alarms(c), a => a.Kind == AlarmKind.OutsideCaseload);
        Assert.Equal((theirs.Actor.StaffId!.Value.Value, LedgerAlarms.OpenedOutsideInADay), (alarm.StaffId, alarm.Count));

        c.House.Clock.Move(TimeSpan.FromMinutes(1));
        // What was opened is judged by the caseload of its own moment.
        foreach (var code in codes)
            Assert.True((await c.House.Do(s => s.GetRequiredService<GiveUpCase>().Handle(theirs, c.Activity, code, default))).IsDone);
        Assert.Contains(await Alarms(c), a => a.Kind == AlarmKind.OutsideCaseload);
        Assert.True((await Open(c, theirs, codes[0])).IsDone); // nobody's now
        Assert.Equal(alarm.Count, Assert.Single(await Alarms(c), a => a.Kind == AlarmKind.OutsideCaseload).Count);
    }

    [Theory, OnEveryStore]
    public async Task Has_a_record_once_and_only_with_somebody_who_may_open_it(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        Assert.True((await c.Send(Collecting.Xml(1, slip: "AM-2222-3333-4444"))).IsDone);
        var code = await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync());
        var (worker, officer) = (await c.As("caseworker"), await c.As("protection"));
        Assert.Equal(["caseload.may-not-open"], Slugs(await Take(c, "im", code, await c.As("interviewer1"))));
        Assert.Equal(["caseload.not-yours"], Slugs(await Take(c, "interviewer1", code, worker)));
        Assert.Equal(["record.not-found"], Slugs(await Take(c, "im", "NOSUCHCODE", worker)));
        Assert.Empty(Slugs(await Take(c, "caseworker", code, worker))); // what nobody follows
        Assert.Empty(Slugs(await Take(c, "im", code, officer)));
        Assert.Equal(["caseload.not-yours"], Slugs(await Take(c, "caseworker", code, worker))); // not back by oneself
        Assert.Equal(["caseload.not-yours"], Slugs(await c.House.Do(s => s.GetRequiredService<GiveUpCase>().Handle(worker, c.Activity, code, default))));
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Take(c, "im", code, worker)));
        Assert.Single(both, b => b.IsDone);
        Assert.Subset(new HashSet<string> { "caseload.already", "caseload.meanwhile" }, both.SelectMany(Slugs).ToHashSet());
        Assert.Equal(1, await c.Ask(db => db.Set<CaseAssignment>().CountAsync(a => a.EndedAt == null)));

        var load = (await c.House.Do(s => s.GetRequiredService<Caseloads>().Read(officer, c.Activity, default))).Result;
        Assert.Equal([(worker.Actor.StaffId!.Value, 1)], load.Workers.Select(w => (w.Key, w.Value)));
        Assert.Equal(0, load.Unfollowed);
        // The rules see it, and so does whoever gives roles.
        var state = (await c.House.Do(s => s.GetRequiredService<ActivityReader>().Snapshot(c.Activity, default)))!;
        Assert.Equal([(worker.Actor.StaffId!.Value, 1)], state.OpenCases.Select(w => (w.Key, w.Value)));
        var carried = await c.House.Do(s => s.GetRequiredService<StaffLoads>().Read(default));
        Assert.Equal((1, 0), (carried[worker.Actor.StaffId!.Value].OpenCases, carried[worker.Actor.StaffId!.Value].Interviews));
        Assert.Equal((0, 1), (carried.Values.Where(l => l.Interviews > 0).Sum(l => l.OpenCases), carried.Values.Sum(l => l.Interviews)));
        Assert.All(state.Team.Where(t => t.Member.EndedAt is null), t => Assert.True(carried[t.Member.StaffId].Roles >= 1));
        c.House.Clock.Move(TimeSpan.FromDays(8));
        Assert.Equal(0, (await c.House.Do(s => s.GetRequiredService<StaffLoads>().Read(default))).Values.Sum(l => l.Interviews)); // of the last seven days alone
        var listed = (await c.House.Do(s => s.GetRequiredService<RecordList>().Read(officer, c.Activity, new RecordFilter(null, false, FollowedBy: worker.Actor.StaffId), 1, default))).Result;
        Assert.Equal(worker.Actor.StaffId, Assert.Single(listed.Items).FollowedBy);
        Assert.Empty((await c.House.Do(s => s.GetRequiredService<RecordList>().Read(officer, c.Activity, new RecordFilter(null, false, Unfollowed: true), 1, default))).Result.Items);
        Assert.Equal(3, await c.Ask(db => db.Set<LedgerEntry>().CountAsync(e => e.Kind == nameof(CaseTaken))));
    }

    [Theory, OnEveryStore]
    public async Task Goes_with_the_person(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        Assert.True((await c.Send(Collecting.Xml(1))).IsDone);
        var (code, person) = await c.Ask(async db => { var r = await db.Set<RecordEntry>().SingleAsync(); return (r.Code, r.PersonId); });
        Assert.Empty(Slugs(await Take(c, "im", code, await c.As("caseworker"))));
        await c.House.Do(async s =>
        {
            foreach (var slice in s.GetServices<IErasesPeople>().OrderBy(e => e.Order))
                await slice.Erase(s.GetRequiredService<AmanaDb>(), [person], default);
        });
        Assert.Equal(0, await c.Ask(db => db.Set<CaseAssignment>().CountAsync()));
    }

    private static async Task<Outcome<Nothing>> Take(Collecting c, string by, string code, AccessContext worker)
    {
        var who = await c.As(by);
        return await c.House.Do(s => s.GetRequiredService<TakeCase>().Handle(who, c.Activity, code, worker.Actor.StaffId!.Value, default));
    }

    private static Task<Outcome<OpenedRecord>> Open(Collecting c, AccessContext who, string code) => c.House.Do(s => s.GetRequiredService<OpenRecord>().Handle(who.Citing("N2"), c.Activity, code, default));

    private static async Task<IReadOnlyList<Alarm>> Alarms(Collecting c) => (await c.House.Do(s => s.GetRequiredService<LedgerAlarms>().Read(Interviewed.AsFocalPoint, default))).Result;

    private static List<string> Slugs<T>(Outcome<T> outcome) => outcome.IsDone ? [] : [.. outcome.Refusals.Select(r => r.Slug)];
}
