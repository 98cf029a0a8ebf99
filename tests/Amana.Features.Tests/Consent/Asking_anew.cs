using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Analysis;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Records;
using Amana.Features.Rights;
using Amana.Features.Tests.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Consent;

public sealed class Asking_anew
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly StatedConsent Yes = new([ConsentAsk.Participation], false, "en", ConsentGiver.Self, ConsentMeans.Spoken);
    private static readonly StatedConsent No = new([], true, "en", ConsentGiver.Self, ConsentMeans.Spoken);

    [Theory, OnEveryStore]
    public async Task Is_asked_of_those_whose_consent_lapses_and_until_then_nothing_of_theirs_is_used(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await WriteNotice(c, months: 1);
        await c.Send(Collecting.Xml(1));
        await c.Send(Collecting.Xml(2));
        var code = await c.Ask(db => db.Set<RecordEntry>().OrderBy(r => r.Id).Select(r => r.Code).FirstAsync());
        c.House.Clock.Move(TimeSpan.FromDays(25));
        Assert.Equal(2, (await List(c)).ToAskAnew.Count);
        Assert.Equal(2, await InUse(c));
        c.House.Clock.Move(TimeSpan.FromDays(10));
        Assert.Equal(0, await InUse(c));
        Assert.Contains("consent.expired", await Open(c, code));
        Assert.Equal(ConsentState.Renewed, (await Say(c, code, Yes)).Result);
        Assert.Equal(1, await InUse(c));
        Assert.DoesNotContain("consent.expired", await Open(c, code));
        Assert.Equal([ConsentState.Renewed, ConsentState.Expired], (await List(c)).Counts.Keys.Order());
    }

    [Theory, OnEveryStore]
    public async Task Who_says_no_or_never_agreed_freely_is_used_no_more_and_erased(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Collecting.Xml(1));
        await c.Send(Collecting.Xml(2));
        await c.Send(Collecting.Xml(3));
        var codes = await c.Ask(db => db.Set<RecordEntry>().OrderBy(r => r.Id).Select(r => r.Code).ToListAsync());
        Assert.Equal(ConsentState.Withdrawn, (await Say(c, codes[0], No)).Result);
        var officer = await c.As("protection");
        Assert.Equal(ConsentState.Invalidated, (await c.House.Do(s => s.GetRequiredService<InvalidateConsent>().Handle(officer, c.Activity, codes[1], InvalidBecause.NotFree, None))).Result);
        Assert.Equal(1, await InUse(c));
        Assert.Equal("consent.state-forbids", Assert.Single((await Say(c, codes[1], Yes)).Refusals).Slug);
        Assert.Equal(2, (await c.House.Do(s => s.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, None))).Result);
        Assert.Equal([codes[2]], await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).ToListAsync()));
    }

    [Theory, OnEveryStore]
    public async Task Is_for_those_who_may_see_records_alone(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await c.Send(Collecting.Xml(1));
        var code = await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync());
        var im = await c.As("im");
        Assert.Equal("actor.no-role", Assert.Single((await c.House.Do(s => s.GetRequiredService<ConsentList>().Read(im, c.Activity, None))).Refusals).Slug);
        Assert.Equal("actor.no-role", Assert.Single((await c.House.Do(s => s.GetRequiredService<RenewConsent>().Handle(im, c.Activity, code, Yes, None))).Refusals).Slug);
    }

    private static async Task WriteNotice(Collecting c, int months)
    {
        var officer = await c.As("protection");
        var before = await c.Ask(db => db.Set<Notice>().AsNoTracking().SingleAsync());
        var (language, text) = before.Content.Texts.First();
        Assert.True((await c.House.Do(s => s.GetRequiredService<WriteNotice>().Handle(officer, c.Activity, language, text, new NoticeTerms(before.Content.Basis, before.Content.BasisReason, months), None))).IsDone);
    }

    private static async Task<ShownConsents> List(Collecting c)
    {
        var officer = await c.As("protection");
        return (await c.House.Do(s => s.GetRequiredService<ConsentList>().Read(officer, c.Activity, None))).Result;
    }

    private static async Task<Outcome<ConsentState>> Say(Collecting c, string code, StatedConsent stated)
    {
        var officer = await c.As("protection");
        return await c.House.Do(s => s.GetRequiredService<RenewConsent>().Handle(officer, c.Activity, code, stated, None));
    }

    private static Task<int> InUse(Collecting c) => c.House.Do(async s => (await s.GetRequiredService<CodedRecordReader>().InUse(c.Activity, "N2", None)).Count);

    private static async Task<IEnumerable<string>> Open(Collecting c, string code)
    {
        var officer = (await c.As("protection")).Citing("N2");
        return (await c.House.Do(s => s.GetRequiredService<OpenRecord>().Handle(officer, c.Activity, code, None))).Refusals.Select(r => r.Slug);
    }
}
