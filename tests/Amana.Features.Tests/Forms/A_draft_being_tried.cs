using Microsoft.Extensions.DependencyInjection;
using System.Text;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Tests.Activities;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Tests.Forms;

public sealed class A_draft_being_tried
{
    [Theory, OnEveryStore]
    public async Task Checks_what_comes_keeps_counts_alone_and_ends_with_the_draft(StoreKind store)
    {
        await using var p = await Drafting.Begin(store);
        var draft = await Drafting.Upload(p, Drafting.WithExternalChoices);
        var token = (await p.Do<StartDraftTest, string>(u => u.Handle(p.Lead, p.Activity, draft, default))).Result;
        Assert.Equal(DraftOutcome.Clean, (await Try(p, token, "<data id=\"places\" version=\"1\"><village>v1</village><meta><instanceID>uuid:1</instanceID></meta></data>"))!.Result.Outcome);
        Assert.Equal(DraftOutcome.WithFindings, (await Try(p, token, "<data id=\"places\" version=\"1\"><other>Name-Of-Somebody</other></data>"))!.Result.Outcome);
        Assert.Equal(DraftOutcome.NotReadable, (await Try(p, token, "Name-Of-Somebody"))!.Result.Outcome);
        Assert.Equal("submission.form-unknown", Assert.Single((await Try(p, token, "<data id=\"else\" version=\"1\"/>"))!.Refusals).Slug);
        var test = await p.Ask<DraftTests, DraftTest?>(q => q.Read(draft, default));
        Assert.Equal((3, DraftOutcome.NotReadable), (test!.Received, test.LastOutcome));
        Assert.Equal(0, await p.Ask<AmanaDb, int>(db => db.Set<Domain.Records.RecordEntry>().CountAsync()));
        Assert.DoesNotContain(await p.Ledger(), e => e.Canonical.Contains("Somebody", StringComparison.Ordinal));

        var again = (await p.Do<StartDraftTest, string>(u => u.Handle(p.Lead, p.Activity, draft, default))).Result;
        Assert.Null(await Try(p, token, "<data id=\"places\"/>"));
        Assert.NotNull(await Try(p, again, "<data id=\"places\"/>"));
        Assert.Empty((await p.Do<PublishForm, Nothing>(u => u.Handle(p.Lead, p.Activity, draft, default))).Refusals);
        Assert.Null(await Try(p, again, "<data id=\"places\"/>"));
        Assert.Equal(0, await p.Ask<AmanaDb, int>(db => db.Set<DraftTest>().CountAsync()));
    }

    [Theory, OnEveryStore]
    public async Task Is_a_draft_and_is_started_by_those_who_may_plan(StoreKind store)
    {
        await using var p = await Drafting.Begin(store);
        var draft = await Drafting.Upload(p, Drafting.WithExternalChoices);
        Assert.Equal("activity.not-found", Assert.Single((await p.Do<StartDraftTest, string>(u => u.Handle(p.Stranger, p.Activity, draft, default))).Refusals).Slug);
        Assert.Empty((await p.Do<PublishForm, Nothing>(u => u.Handle(p.Lead, p.Activity, draft, default))).Refusals);
        Assert.Equal("form.not-a-draft", Assert.Single((await p.Do<StartDraftTest, string>(u => u.Handle(p.Lead, p.Activity, draft, default))).Refusals).Slug);
    }

    private static Task<Outcome<DraftTried>?> Try(Planning p, string token, string xml) => p.House.Do<Outcome<DraftTried>?>(async s =>
        await s.GetRequiredService<DraftTests>().Read(token, p.Activity, "places", default) is { } draft
            ? await s.GetRequiredService<TryDraft>().Handle(AccessContext.House, draft, Encoding.UTF8.GetBytes(xml), default)
            : null);
}
