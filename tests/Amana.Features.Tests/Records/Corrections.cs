using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Records;

/// <summary>Records that are looked at, written about and corrected.</summary>
public sealed class A_record_that_is_corrected
{
    [Theory, OnEveryStore]
    public async Task Has_a_new_version_a_sealed_reason_and_a_history_that_shows_what_changed(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        var code = await Received(c, Collecting.Xml(1, story: "Before-Correction", picture: "a.jpg"), "a.jpg");
        var corrected = await Correct(c, "protection", code, 1, "Reason-Of-Correction", ("/data/story", "After-Correction"), ("/data/age", "33"));
        Assert.Equal(2, corrected.Result);

        var opened = (await Open(c, code)).Result;
        Assert.Equal((2, ReviewState.NeedsLook, 1), (opened.Record.Version, opened.Record.Review, opened.Files.Count));
        Assert.Equal(("After-Correction", "33", "Person 1"), (Value(opened, "/data/story"), Value(opened, "/data/age"), Value(opened, "/data/full_name")));
        Assert.Equal("Reason-Of-Correction", Assert.Single(opened.Comments, k => k.Kind == CommentKind.Correction).Words.Reveal());

        var officer = (await c.As("protection")).Citing("N2");
        var history = (await c.House.Do(s => s.GetRequiredService<OpenRecordHistory>().Handle(officer, c.Activity, code, default))).Result;
        Assert.Equal([2, 1], history.Versions.Select(v => v.Version));
        Assert.Equal([("/data/age", "21", "33"), ("/data/story", "Before-Correction", "After-Correction")], history.Versions[0].Changes.Select(v => (v.Path, v.Before.Reveal(), v.After.Reveal())).OrderBy(v => v.Path, StringComparer.Ordinal));
        Assert.Equal(AmendReason.Correction, history.Versions[0].How);
        var kinds = await c.Ask(db => db.Set<LedgerEntry>().Select(e => new { e.Kind, e.Canonical }).ToListAsync());
        foreach (var kind in new[] { "RecordReadForCorrection", nameof(RecordAmended), "RecordHistoryOpened", "RecordOpened", nameof(RecordCommented) })
            Assert.Contains(kinds, k => k.Kind == kind);
        Assert.All(kinds, k => Assert.False(k.Canonical.Contains("Reason-Of", StringComparison.Ordinal) || k.Canonical.Contains("After-C", StringComparison.Ordinal)));
        var file = (await c.House.Do(s => s.GetRequiredService<OpenRecordFile>().Handle(officer, c.Activity, code, opened.Files[0].Id, default))).Result;
        Assert.Equal("picture a.jpg", System.Text.Encoding.UTF8.GetString(file.Content.Reveal()));

        // The phone edits a version that was left behind, and is told so.
        var edit = Collecting.Xml(9).Replace("<meta>", "<meta><deprecatedID>uuid:00000000-0000-4000-8000-000000000001</deprecatedID>", StringComparison.Ordinal);
        Assert.Equal("record.edited-meanwhile", Assert.Single((await c.Send(edit)).Refusals).Slug);
    }

    [Theory, OnEveryStore]
    public async Task Is_refused_without_right_reason_or_change_and_where_consent_or_a_rule_of_the_form_would_break(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        var code = await Received(c, Collecting.Xml(1));
        (string, string)[] age = [("/data/age", "40")];
        Assert.Contains("actor.no-role", Slugs(await Correct(c, "im", code, 1, "Why", age)));
        Assert.Equal(["record.reason-missing"], Slugs(await Correct(c, "protection", code, 1, " ", age)));
        Assert.Equal(["record.nothing-changed"], Slugs(await Correct(c, "protection", code, 1, "Why", ("/data/age", "21"))));
        Assert.Equal(["record.consent-not-corrected"], Slugs(await Correct(c, "protection", code, 1, "Why", ("/data/consent_sharing", "yes"))));
        Assert.Equal(["record.correction-breaks"], Slugs(await Correct(c, "protection", code, 1, "Why", ("/data/age", "many"))));
        Assert.Equal(["record.no-such-answer"], Slugs(await Correct(c, "protection", code, 1, "Why", ("/data/nowhere", "x"))));
        Assert.Equal(["record.edited-meanwhile"], Slugs(await Correct(c, "protection", code, 7, "Why", age)));
        Assert.Equal(["record.not-found"], Slugs(await Correct(c, "protection", "NOSUCHCODE", 1, "Why", age)));
        Assert.Equal((1, 0, 0), await c.Ask(async db => ((await db.Set<RecordEntry>().SingleAsync()).Version, await db.Set<RecordVersion>().CountAsync(), await db.Set<RecordComment>().CountAsync())));

        // Of two who correct the same version at the same time, one is told.
        var both = await Task.WhenAll(Correct(c, "protection", code, 1, "One", ("/data/age", "50")), Correct(c, "protection", code, 1, "Other", ("/data/age", "51")));
        Assert.Single(both, b => b.IsDone);
        Assert.Single(both, b => Slugs(b).Contains("record.edited-meanwhile"));
    }

    [Theory, OnEveryStore]
    public async Task Is_judged_by_another_than_who_corrected_it_and_all_words_go_with_the_person(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        var sent = await c.Send(Collecting.Xml(1));
        var code = await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync());
        Assert.Empty(Slugs(await Judge(c, "im", code, ReviewState.Approved)));
        Assert.True((await Correct(c, "protection", code, 1, "Why", ("/data/age", "40"))).IsDone);
        Assert.Equal(ReviewState.NeedsLook, await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Review).SingleAsync()));
        Assert.Equal(["record.own-correction"], Slugs(await Judge(c, "protection", code, ReviewState.Approved)));
        Assert.Equal(["record.reason-missing"], Slugs(await Judge(c, "im", code, ReviewState.HasIssues)));
        Assert.Equal(["record.review-back"], Slugs(await Judge(c, "im", code, ReviewState.Received)));
        Assert.Equal(["actor.may-not-judge"], Slugs(await Judge(c, "interviewer1", code, ReviewState.Approved)));
        Assert.Empty(Slugs(await Judge(c, "im", code, ReviewState.Approved)));
        var im = await c.As("im");
        Assert.True((await c.House.Do(s => s.GetRequiredService<CommentRecord>().Handle(im, c.Activity, code, "Call again in spring", default))).IsDone);
        Assert.Equal(["Why", "Call again in spring"], (await Open(c, code)).Result.Comments.Select(w => w.Words.Reveal()));

        await c.House.Do(s => s.GetRequiredService<Amana.Features.Rights.WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, sent.Result.ReceiptCode!, [Domain.Forms.ConsentAsk.Participation], default));
        Assert.Contains("consent.withdrawn", Slugs(await Correct(c, "protection", code, 2, "Why", ("/data/age", "41"))));
        Assert.Contains("consent.withdrawn", Slugs(await c.House.Do(s => s.GetRequiredService<CommentRecord>().Handle(im, c.Activity, code, "More", default))));
        await c.House.Do(s => s.GetRequiredService<Amana.Features.Rights.EraseWithdrawn>().Handle(AccessContext.House, default));
        Assert.Equal((0, 0, 0), await c.Ask(async db => (await db.Set<RecordEntry>().CountAsync(), await db.Set<RecordVersion>().CountAsync(), await db.Set<RecordComment>().CountAsync())));
    }

    private static async Task<string> Received(Collecting c, string xml, params string[] files)
    {
        Assert.Equal(SubmissionOutcome.Accepted, (await c.Send(xml, files)).Result.Kind);
        return await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync());
    }

    private static async Task<Outcome<int>> Correct(Collecting c, string key, string code, int version, string reason, params (string Path, string Answer)[] answers)
    {
        var who = await c.As(key);
        var edits = new RecordEdits(answers.ToDictionary(a => a.Path, a => a.Answer), []);
        return await c.House.Do(s => s.GetRequiredService<CorrectRecord>().Handle(who, c.Activity, code, version, edits, reason, default));
    }

    private static async Task<Outcome<Nothing>> Judge(Collecting c, string key, string code, ReviewState state)
    {
        var who = await c.As(key);
        return await c.House.Do(s => s.GetRequiredService<ReviewRecord>().Handle(who, c.Activity, code, state, null, default));
    }

    private static async Task<Outcome<OpenedRecord>> Open(Collecting c, string code)
    {
        var who = (await c.As("protection")).Citing("N2");
        return await c.House.Do(s => s.GetRequiredService<OpenRecord>().Handle(who, c.Activity, code, default));
    }

    private static string Value(OpenedRecord record, string path) => record.Answers.First(a => a.Path == path).Value.Reveal();

    private static IEnumerable<string> Slugs<T>(Outcome<T> outcome) => outcome.Refusals.Select(r => r.Slug);
}
