using Amana.Domain.Consent;
using Amana.Domain.Records;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Records;

public sealed class Submissions_taken_in_together
{
    /// <summary>Two houses hear the same, one by each way: the same answers, and the same in the store.</summary>
    [Theory, OnEveryStore]
    public async Task Are_answered_and_kept_as_if_each_came_alone(StoreKind store)
    {
        await using var together = await Collecting.Begin(store);
        await using var alone = await Collecting.Begin(store);
        var random = new Random(7);
        for (var i = 0; i < 70; i++)
        {
            var (xml, files) = Something(random);
            var (first, second) = (await together.Send(xml, files), await alone.SendAlone(xml, files));
            Assert.Equal(Told(second), Told(first));
            together.House.Clock.Move(TimeSpan.FromHours(i is 45 ? 24 * 300 : 1)); // late in the story the activity's review has lapsed
            alone.House.Clock.MoveTo(together.House.Clock.GetUtcNow());
        }

        Assert.Equal(await alone.Told(), await together.Told());
        var kinds = await together.Ask(db => db.Set<SubmissionMark>().Select(m => m.Outcome).Distinct().CountAsync());
        Assert.Equal(3, kinds); // accepted, held and refused ones were among them
    }

    [Theory, OnEveryStore]
    public async Task Open_like_any_other(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        Assert.True(await c.IsTakenTogether(Collecting.Xml(1, story: "They came at night", picture: "a.jpg")));
        var code = await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync());
        var officer = (await c.As("protection")).Citing("N2");
        var opened = await c.House.Do(s => s.GetRequiredService<OpenRecord>().Handle(officer, c.Activity, code, default));
        Assert.Empty(opened.Refusals);
        Assert.Contains(opened.Result.Answers, a => a.Path == "/data/story" && a.Value.Reveal() == "They came at night");
        Assert.Contains(opened.Result.Answers, a => a.Path == "/data/full_name" && a.Value.Reveal() == "Person 1");
    }

    [Theory, OnEveryStore]
    public async Task Are_kept_once_however_many_send_the_same_at_the_same_time(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        var sent = await Task.WhenAll(Enumerable.Range(0, 240).Select(i => Task.Run(() => c.Send(Collecting.Xml(i % 60)))));
        Assert.All(sent, s => Assert.True(s.IsDone, string.Join(' ', s.Refusals.Select(r => r.Slug))));
        Assert.Equal(60, sent.Count(s => !s.Result.Repeated));
        Assert.Equal(60, sent.Select(s => s.Result.ReceiptCode).Distinct().Count());
        Assert.Equal((60, 60, 60), await c.Ask(async db => (await db.Set<RecordEntry>().CountAsync(), await db.Set<PersonConsent>().CountAsync(),
            await db.Set<LedgerEntry>().CountAsync(e => e.Kind == nameof(RecordAccepted)))));
        await c.House.Do(s => s.GetRequiredService<LedgerSequencer>().Integrate(sign: true, default));
        Assert.True((await c.House.Do(s => s.GetRequiredService<LedgerAudit>().Verify(null, default))).Holds);
    }

    /// <summary>A slip that was used twice cannot be added as it is: its neighbours are kept all the same, and it gets a code of its own.</summary>
    [Theory, OnEveryStore]
    public async Task Are_not_spoiled_by_a_bad_neighbour(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        var sent = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => c.Send(Collecting.Xml(i, slip: i % 10 == 0 ? "AB12-CD34-EF56" : "")))));
        Assert.All(sent, s => Assert.False(s.Result.Repeated));
        Assert.Equal(60, sent.Select(s => s.Result.ReceiptCode).Distinct().Count());
        Assert.Equal(60, await c.Ask(db => db.Set<RecordEntry>().CountAsync()));
    }

    /// <summary>Another process has no way to tell this one; the transaction itself sees it.</summary>
    [Theory, OnEveryStore]
    public async Task Are_decided_anew_after_a_change_elsewhere(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        Assert.Equal(SubmissionOutcome.Accepted, (await c.Send(Collecting.Xml(1))).Result.Kind); // and the standing is in memory now
        await using (var elsewhere = new ServiceCollection().AddLogging().AddAmana(c.House.Store).AddSingleton<TimeProvider>(c.House.Clock).BuildServiceProvider())
        {
            await using var scope = elsewhere.CreateAsyncScope();
            var revoked = await scope.ServiceProvider.GetRequiredService<RevokePhoneToken>().Handle(await c.As("im"), c.Activity, c.Phone, default);
            Assert.Empty(revoked.Refusals);
        }

        Assert.Equal(["app-user.already-revoked"], (await c.Send(Collecting.Xml(2))).Refusals.Select(r => r.Slug));
        Assert.Equal(1, await c.Ask(db => db.Set<RecordEntry>().CountAsync()));
    }

    [Theory, OnEveryStore]
    public async Task Are_held_from_the_day_on_which_a_review_lapses(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        Assert.Equal(SubmissionOutcome.Accepted, (await c.Send(Collecting.Xml(1))).Result.Kind);
        var review = await c.Ask(db => db.Set<RiskAssessment>().Select(r => r.Content.ReviewOn).SingleAsync());
        c.House.Clock.MoveTo(new DateTimeOffset(review.AddDays(1).ToDateTime(new TimeOnly(1, 0)), TimeSpan.Zero));
        Assert.True(await c.IsTakenTogether(Collecting.Xml(2)));
        Assert.Contains("DNH-2", (await c.Ask(db => db.Set<QuarantinedSubmission>().SingleAsync())).HeldBy);
    }

    [Theory, OnEveryStore]
    public async Task Write_nothing_that_was_decided_under_an_older_stamp(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        var mark = new SubmissionMark(c.Activity, [1, 2, 3], [4], SubmissionOutcome.RefusedConsent, null, c.House.Clock.Now());
        var added = await c.House.Do(s => s.GetRequiredService<LedgerBook>().CommitTogether(c.Who, new Additions(mark, []), Guid.NewGuid(), [new Happening("MadeUp")], default));
        Assert.Equal(Added.DecidedTooEarly, added);
        Assert.Equal((0, 0), await c.Ask(async db => (await db.Set<SubmissionMark>().CountAsync(), await db.Set<LedgerEntry>().CountAsync(e => e.Kind == "MadeUp"))));
        await c.House.Do(s => Assert.ThrowsAsync<InvalidOperationException>(() => s.GetRequiredService<LedgerBook>().CommitTogether(c.Who, new Additions(mark, []), Guid.NewGuid(), [], default)));
    }

    private static (string Xml, string[] Files) Something(Random random)
    {
        var person = random.Next(30);
        return random.Next(10) switch
        {
            0 => (Collecting.Xml(person, consent: "no"), []),
            1 => (Collecting.Xml(person, form: "unknown"), []),
            2 => (Collecting.Xml(person, version: "9"), []),
            3 => ("<data", []),
            4 => (Collecting.Xml(person, picture: "a.jpg"), ["a.jpg", "stranger.jpg"]),
            5 => (Collecting.Xml(person, slip: random.Next(2) == 0 ? "AB12-CD34-EF56" : "short"), []),
            6 => (Collecting.Xml(person, story: ""), []),
            _ => (Collecting.Xml(person), []),
        };
    }

    private static string Told(Outcome<SubmissionReceipt> answer) => answer.IsDone
        ? $"{answer.Result.Kind} repeated {answer.Result.Repeated} receipt {answer.Result.ReceiptCode is not null}"
        : string.Join(' ', answer.Refusals.Select(r => r.Slug));
}
