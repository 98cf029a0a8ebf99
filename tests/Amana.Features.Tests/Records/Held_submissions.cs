using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Records;

/// <summary>Submissions that break a rule of their form: never lost, never used unseen.</summary>
public sealed class A_submission_that_breaks_a_rule_of_its_form
{
    private static string Faulty(int person, string consent = "yes") =>
        Collecting.Xml(person, consent, story: "Told-In-Confidence").Replace("<sex>female</sex><age>" + (20 + (person % 50)) + "</age>", "<sex>Secret-Answer</sex><age>many</age>", StringComparison.Ordinal);

    [Theory, OnEveryStore]
    public async Task Waits_sealed_with_its_reasons_and_is_answered_so_each_time(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        Assert.True(await c.IsTakenTogether(Faulty(1))); // the fast way holds too, without another look at the store
        var again = await c.Send(Faulty(1));
        Assert.Equal((SubmissionOutcome.Held, null, true), (again.Result.Kind, again.Result.ReceiptCode, again.Result.Repeated));
        var alone = await c.SendAlone(Faulty(2));
        Assert.Equal((SubmissionOutcome.Held, false), (alone.Result.Kind, alone.Result.Repeated));
        Assert.Equal(SubmissionOutcome.Accepted, (await c.Send(Collecting.Xml(3))).Result.Kind);

        var held = await c.Ask(db => db.Set<QuarantinedSubmission>().ToListAsync());
        Assert.Equal(2, held.Count);
        Assert.All(held, h => Assert.Equal([new(Misfit.NoSuchChoice, "/data/sex", true), new CheckFinding(Misfit.WrongType, "/data/age", true)], h.Findings));
        Assert.All(held, h => Assert.Empty(h.HeldBy));
        Assert.Equal(1, await c.Ask(db => db.Set<RecordEntry>().CountAsync()));
        var entries = await c.Ask(db => db.Set<LedgerEntry>().Where(e => e.Kind == nameof(SubmissionQuarantined)).Select(e => e.Canonical).ToListAsync());
        Assert.All(entries, e => Assert.Contains("NoSuchChoice:/data/sex WrongType:/data/age", e, StringComparison.Ordinal));
        Assert.All(entries, e => Assert.DoesNotContain("Secret", e, StringComparison.Ordinal));
    }

    [Theory, OnEveryStore]
    public async Task Says_no_first_and_then_leaves_nothing_but_a_count(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        Assert.Equal(SubmissionOutcome.RefusedConsent, (await c.Send(Faulty(1, "no"))).Result.Kind);
        Assert.Equal(SubmissionOutcome.RefusedConsent, (await c.Send(Faulty(2, ""))).Result.Kind); // no answer is no yes
        Assert.Equal((0, 2), await c.Ask(async db => (await db.Set<QuarantinedSubmission>().CountAsync(), await db.Set<RefusalCount>().SumAsync(r => r.Count))));
    }

    [Theory, OnEveryStore]
    public async Task Enters_the_records_marked_when_somebody_says_why(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Faulty(1));
        var id = await c.Ask(db => db.Set<QuarantinedSubmission>().Select(q => q.Id).SingleAsync());
        Assert.Equal(["actor.may-not-judge"], Slugs(await Decide(c, "interviewer1", id, admit: true, "Because")));
        Assert.Equal(["quarantine.reason-missing"], Slugs(await Decide(c, "protection", id, admit: true, "  ")));
        var admitted = await Decide(c, "protection", id, admit: true, "Reason-About-Amina");
        Assert.Equal(SubmissionOutcome.Accepted, admitted.Result.Kind);
        Assert.NotNull(admitted.Result.ReceiptCode);
        Assert.Equal(["quarantine.decided-already"], Slugs(await Decide(c, "protection", id, admit: false, "Again")));

        var record = await c.Ask(db => db.Set<RecordEntry>().SingleAsync());
        Assert.Equal((ReviewState.NeedsLook, 2), (record.Review, record.Findings.Count));
        var comment = await c.Ask(db => db.Set<RecordComment>().SingleAsync());
        Assert.Equal((CommentKind.Admission, record.PersonId), (comment.Kind, comment.PersonId));
        Assert.Empty((await c.Ask(db => db.Set<QuarantinedSubmission>().SingleAsync())).Box);
        Assert.Equal((SubmissionOutcome.Accepted, true), (await c.Send(Faulty(1))) is { } repeated ? (repeated.Result.Kind, repeated.Result.Repeated) : default);
        Assert.All(await c.Ask(db => db.Set<LedgerEntry>().Select(e => e.Canonical).ToListAsync()), e => Assert.DoesNotContain("Amina", e, StringComparison.Ordinal));
    }

    [Theory, OnEveryStore]
    public async Task Is_destroyed_with_a_reason_and_does_not_come_back(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Faulty(1));
        await c.Send(Faulty(2));
        var ids = await c.Ask(db => db.Set<QuarantinedSubmission>().Select(q => q.Id).ToListAsync());
        var officer = await c.As("protection");
        var outcome = await c.House.Do(s => s.GetRequiredService<DecideQuarantine>().Handle(officer, [.. ids, new QuarantineId(Guid.NewGuid())], false, "A test of the phone", default));
        Assert.Equal((2, "quarantine.not-found"), (outcome.Result.Decided, Assert.Single(outcome.Result.Refused).Slug));
        Assert.All(await c.Ask(db => db.Set<QuarantinedSubmission>().ToListAsync()), q =>
        {
            Assert.Equal((QuarantineState.Destroyed, 0), (q.State, q.Box.Length));
            Assert.NotEmpty(q.ReasonBox);
        });
        Assert.Equal((SubmissionOutcome.Held, true), (await c.Send(Faulty(1))) is { } repeated ? (repeated.Result.Kind, repeated.Result.Repeated) : default);
        Assert.Equal(0, await c.Ask(db => db.Set<RecordEntry>().CountAsync()));
    }

    [Theory, OnEveryStore]
    public async Task Replaces_nothing_as_an_edit_until_it_is_admitted(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Collecting.Xml(1));
        var edit = Faulty(2).Replace("<meta>", "<meta><deprecatedID>uuid:00000000-0000-4000-8000-000000000001</deprecatedID>", StringComparison.Ordinal);
        Assert.Equal(SubmissionOutcome.Held, (await c.Send(edit)).Result.Kind);
        Assert.Equal((1, ReviewState.Received), await c.Ask(async db => (await db.Set<RecordEntry>().SingleAsync()) is var r ? (r.Version, r.Review) : default));
        var id = await c.Ask(db => db.Set<QuarantinedSubmission>().Select(q => q.Id).SingleAsync());
        var admitted = await Decide(c, "protection", id, admit: true, "The phone was right");
        Assert.True(admitted.IsDone, string.Join(' ', Slugs(admitted)));
        Assert.Equal((2, ReviewState.NeedsLook), await c.Ask(async db => (await db.Set<RecordEntry>().SingleAsync()) is var r ? (r.Version, r.Review) : default));
        Assert.Equal(2, await c.Ask(db => db.Set<RecordComment>().Select(r => r.Version).SingleAsync()));
    }

    [Theory, OnEveryStore]
    public async Task Is_decided_by_the_data_protection_focal_point_alone_where_a_rule_had_lapsed_too(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        c.House.Clock.Move(TimeSpan.FromDays(300));
        Assert.Equal(SubmissionOutcome.Quarantined, (await c.Send(Faulty(1))).Result.Kind);
        var held = await c.Ask(db => db.Set<QuarantinedSubmission>().SingleAsync());
        Assert.NotEmpty(held.HeldBy);
        Assert.Equal(2, held.Findings.Count);
        Assert.Contains("actor.duty-missing", Slugs(await Decide(c, "protection", held.Id, admit: false, "No")));
        Assert.True((await Decide(c, "focal", held.Id, admit: false, "The review lapsed")).IsDone);
    }

    [Theory, OnEveryStore]
    public async Task Goes_with_the_person_once_it_is_a_record_its_reason_included(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Faulty(1));
        var id = await c.Ask(db => db.Set<QuarantinedSubmission>().Select(q => q.Id).SingleAsync());
        var code = (await Decide(c, "protection", id, admit: true, "Reason")).Result.ReceiptCode!;
        await c.House.Do(s => s.GetRequiredService<Amana.Features.Rights.WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, code, [Domain.Forms.ConsentAsk.Participation], default));
        await c.House.Do(s => s.GetRequiredService<Amana.Features.Rights.EraseWithdrawn>().Handle(AccessContext.House, default));
        Assert.Equal((0, 0), await c.Ask(async db => (await db.Set<RecordEntry>().CountAsync(), await db.Set<RecordComment>().CountAsync())));
    }

    private static async Task<Outcome<SubmissionReceipt>> Decide(Collecting c, string key, QuarantineId id, bool admit, string reason)
    {
        var who = await c.As(key);
        return await c.House.Do(s => s.GetRequiredService<DecideQuarantine>().Handle(who, id, admit, reason, default));
    }

    private static IEnumerable<string> Slugs<T>(Outcome<T> outcome) => outcome.Refusals.Select(r => r.Slug);
}
