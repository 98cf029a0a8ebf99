using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Amana.Features.Sharing;
using Amana.Features.Tests.Sharing;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Records;

public sealed class A_look_at_accuracy
{
    private static readonly ReleaseId Release = new(Guid.Parse("0195b000-0000-7000-8000-0000000000d1"));
    private static readonly MadeUp[] People = [.. Enumerable.Repeat(new MadeUp("f", 30, "tent"), 6), .. Enumerable.Repeat(new MadeUp("m", 41, "outside"), 6)];

    [Theory, OnEveryStore]
    public async Task Is_kept_once_and_sets_when_the_next_is_due(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, People);
        house.House.Clock.Move(TimeSpan.FromDays(91));
        Assert.Contains(Gaps(await State(house)), g => g.Slug == "gap.accuracy-lapsed");
        var look = new ReviewAccuracyOf(new AccuracyReviewId(Guid.CreateVersion7()), 5, 2, 1, "Ages were guessed by neighbours", DateOnly.FromDateTime(house.House.Clock.GetUtcNow().UtcDateTime).AddDays(60));
        for (var sent = 0; sent < 2; sent++)
            Assert.True((await house.Do((ReviewAccuracy r) => r.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, look, CancellationToken.None))).IsDone);
        Assert.Equal(RuleState.Met, Catalogue.Find("SEC-6")!.Evaluate(await State(house)).State);
        var history = await house.Do((AccuracyOfActivity a) => a.Read(ASharingHouse.Activity, 7, CancellationToken.None));
        Assert.Equal((5, 2, 1), (Assert.Single(history.Reviews).Checked, history.Reviews[0].Wrong, history.Reviews[0].Corrected));
        Assert.Equal(12, history.Sample.Distinct().Count());
    }

    [Theory, OnEveryStore]
    public async Task Shows_corrections_that_a_recipient_does_not_know_of_until_it_is_told(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, People);
        Assert.True((await house.Do((SubmitRelease s) => s.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Release, ASharingHouse.Draft("sex", "shelter"), ("Shelter", ASharingHouse.Note), CancellationToken.None))).IsDone);
        Assert.True((await house.Do((DecideRelease d) => d.Handle(ASharingHouse.TheApprover, ASharingHouse.Activity, Release, true, "Useful", CancellationToken.None))).IsDone);
        Assert.Empty((await State(house)).Accuracy.Untold);
        house.House.Clock.Move(TimeSpan.FromHours(1));
        await Correct(house);
        Assert.Equal((Release, 1), (Assert.Single((await State(house)).Accuracy.Untold).ReleaseId, (await State(house)).Accuracy.Untold[0].Count));
        Assert.Contains(Gaps(await State(house)), g => g.Slug == "gap.corrections-untold");
        house.House.Clock.Move(TimeSpan.FromHours(1));
        Assert.True((await house.Do((TellCorrections t) => t.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Release, "A new file was given", CancellationToken.None))).IsDone);
        Assert.Empty((await State(house)).Accuracy.Untold);
        house.House.Clock.Move(TimeSpan.FromHours(1));
        await Correct(house);
        Assert.Single((await State(house)).Accuracy.Untold);
    }

    private static Task Correct(ASharingHouse house) => house.House.Do(async s =>
    {
        var db = s.GetRequiredService<AmanaDb>();
        var record = await db.Set<RecordEntry>().OrderBy(r => r.Id).FirstAsync();
        var command = new AmendRecord(record.FormVersionId, record.CodedBox, [], AmendReason.Correction, Guid.Empty);
        var change = ((Decision<RecordAmended>.Allowed)RecordRules.Amend(record, false, command, new GateAnswer(true, [], []), house.House.Clock.GetUtcNow())).Change;
        db.Add(RecordVersion.Before(record, change));
        record.Apply(change);
        await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("MadeUp", ASharingHouse.Activity));
    });

    private static IReadOnlyList<Refusal> Gaps(ActivitySnapshot s) => Catalogue.Find("SEC-6")!.Evaluate(s).Gaps;

    private static async Task<ActivitySnapshot> State(ASharingHouse house) => (await house.Do((ActivityReader r) => r.Snapshot(ASharingHouse.Activity, CancellationToken.None)))!;
}
