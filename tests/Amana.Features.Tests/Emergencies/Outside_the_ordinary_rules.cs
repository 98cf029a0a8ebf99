using Amana.Domain.Emergencies;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Emergencies;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Amana.Features.Tests.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Emergencies;

public sealed class A_record_opened_in_an_emergency
{
    private const string Reason = "She is bleeding and the clinic asks for her safe contact";

    [Theory, OnEveryStore]
    public async Task Shows_at_once_is_entered_first_and_told_to_a_second_person(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Collecting.Xml(1));
        var (interviewer, focal) = (await c.As("interviewer1"), await c.As("focal"));
        var code = await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync());
        Assert.False((await c.House.Do(s => s.GetRequiredService<OpenRecord>().Handle(interviewer.Citing("N2"), c.Activity, code, default))).IsDone); // the ordinary way is closed to them
        var opened = await Open(c, interviewer, code);
        Assert.Contains(opened.Result.Answers, a => a.Path == "/data/full_name" && a.Value.Reveal() == "Person 1");
        Assert.Equal(1, await c.Ask(db => db.Set<LedgerEntry>().CountAsync(e => e.Kind == nameof(RecordOpenedInEmergency))));
        var waiting = Assert.Single(await c.House.Do(s => s.GetRequiredService<EmergenciesForMe>().Read(focal, default)));
        Assert.Equal((1, c.House.Clock.Now().AddHours(24)), (waiting.ToReview, waiting.ReviewBy));
        Assert.Empty(await c.House.Do(s => s.GetRequiredService<EmergenciesForMe>().Read(interviewer, default)));
    }

    [Theory, OnEveryStore]
    public async Task Blocks_the_next_until_it_is_reviewed(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Collecting.Xml(1));
        var (interviewer, focal) = (await c.As("interviewer1"), await c.As("focal"));
        var code = await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync());
        await Open(c, interviewer, code);
        Assert.Equal("emergency.own-not-reviewed", Assert.Single((await Open(c, interviewer, code)).Refusals).Slug);
        var id = await c.Ask(db => db.Set<EmergencyOpening>().Select(e => e.Id).SingleAsync());
        Assert.False((await Review(c, interviewer, id)).IsDone);
        Assert.True((await Review(c, focal, id)).IsDone);
        Assert.True((await Open(c, interviewer, code)).IsDone);
    }

    [Theory, OnEveryStore]
    public async Task Keeps_its_reason_sealed_and_loses_it_with_the_person(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Collecting.Xml(1));
        var (interviewer, focal) = (await c.As("interviewer1"), await c.As("focal"));
        await Open(c, interviewer, await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync()));
        var opening = await c.Ask(db => db.Set<EmergencyOpening>().SingleAsync());
        Assert.Equal(-1, opening.ReasonBox.AsSpan().IndexOf("bleeding"u8));
        Assert.DoesNotContain(await c.Ask(db => db.Set<LedgerEntry>().Select(e => e.Canonical).ToListAsync()), l => l.Contains("bleeding", StringComparison.Ordinal));
        Assert.Equal(Reason, (await Read(c, focal, opening.Id)).Result.Reveal());
        Assert.False((await Read(c, await c.As("im"), opening.Id)).IsDone);
        await c.House.Do(async s =>
        {
            var db = s.GetRequiredService<AmanaDb>();
            await s.GetRequiredService<Amana.Features.Platform.Vault.ErasureRun>().Run(AccessContext.House, [opening.PersonId!.Value],
                _ => [LedgerEntry.Of(new Happening("Erased"), AccessContext.House, Guid.NewGuid(), c.House.Clock.Now())], default);
        });
        Assert.Equal("emergency.reason-erased", Assert.Single((await Read(c, focal, opening.Id)).Refusals).Slug);
        Assert.Empty((await c.Ask(db => db.Set<EmergencyOpening>().AsNoTracking().SingleAsync())).ReasonBox); // the opening itself stays to be reviewed
    }

    [Theory, OnEveryStore]
    public async Task Is_refused_and_entered_without_a_reason_or_a_seat(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Collecting.Xml(1));
        var code = await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync());
        Assert.Equal("emergency.not-on-team", Assert.Single((await Open(c, await c.As("admin"), code)).Refusals).Slug);
        Assert.Equal("emergency.reason-length", Assert.Single((await Open(c, await c.As("interviewer1"), code, "")).Refusals).Slug);
        Assert.Equal("record.not-found", Assert.Single((await Open(c, await c.As("interviewer1"), "NOSUCHCODE")).Refusals).Slug);
        Assert.Equal((0, 2), await c.Ask(async db => (await db.Set<EmergencyOpening>().CountAsync(), await db.Set<LedgerEntry>().CountAsync(e => e.Kind == "OpenRefused"))));
    }

    private static Task<Outcome<OpenedRecord>> Open(Collecting c, AccessContext who, string code, string reason = Reason) =>
        c.House.Do(s => s.GetRequiredService<OpenRecordInEmergency>().Handle(who, c.Activity, code, reason, default));

    private static Task<Outcome<Nothing>> Review(Collecting c, AccessContext who, EmergencyId id) =>
        c.House.Do(s => s.GetRequiredService<ReviewEmergency>().Handle(who, c.Activity, id, EmergencyVerdict.Justified, null, default));

    private static Task<Outcome<Sensitive<string>>> Read(Collecting c, AccessContext who, EmergencyId id) =>
        c.House.Do(s => s.GetRequiredService<EmergencyReason>().Handle(who, c.Activity, id, default));
}

public sealed class An_override_in_force
{
    [Theory, OnEveryStore]
    public async Task Lets_phones_collect_while_it_lasts_and_says_so_in_the_ledger(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        c.House.Clock.Move(TimeSpan.FromDays(175)); // the review of the risks has lapsed
        var (im, focal) = (await c.As("im"), await c.As("focal"));
        await c.Send(Collecting.Xml(1));
        var first = await c.Ask(db => db.Set<QuarantinedSubmission>().SingleAsync());
        var held = first.HeldBy;
        Assert.Contains("DNH-2", held);
        var id = new OverrideId(Guid.NewGuid());
        var asked = await c.House.Do(s => s.GetRequiredService<AskForOverride>().Handle(im, new AskOverride(id, c.Activity, "DNH-2", Operation.Collect, "The flood is here and the review is tomorrow", 24), default));
        Assert.Empty(asked.Refusals);
        Assert.Equal(1, Assert.Single(await c.House.Do(s => s.GetRequiredService<EmergenciesForMe>().Read(focal, default))).ToDecide);
        Assert.False((await Decide(c, im, id)).IsDone);
        Assert.True((await Decide(c, focal, id)).IsDone);
        await c.Send(Collecting.Xml(2));
        var after = await c.Ask(db => db.Set<QuarantinedSubmission>().Where(q => q.Id != first.Id).Select(q => q.HeldBy).SingleOrDefaultAsync());
        Assert.Equal(held.Where(h => h != "DNH-2"), after ?? []); // whatever else lapsed still holds
        Assert.Equal(held.Count == 1 ? 1 : 0, await c.Ask(db => db.Set<RecordEntry>().CountAsync()));
        string[] used = held.Count == 1 ? ["OverrideUsed"] : []; // what comes in under it is entered so, with the rules that gave way
        Assert.Equal(["OverrideAsked", "OverrideDecided", .. used], await c.Ask(db => db.Set<LedgerEntry>().Where(e => e.Kind.StartsWith("Override")).OrderBy(e => e.At).Select(e => e.Kind).Distinct().OrderBy(k => k).ToListAsync()));
    }

    private static Task<Outcome<Nothing>> Decide(Collecting c, AccessContext who, OverrideId id) =>
        c.House.Do(s => s.GetRequiredService<DecideOverride>().Handle(who, c.Activity, id, true, default));
}
