using System.Text;
using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Sharing;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Sharing;

public sealed class A_release
{
    private static readonly ReleaseId Id = new(Guid.Parse("0195b000-0000-7000-8000-0000000000c1"));

    /// <summary>Twelve who share, in groups of six; one who does not share, one who withdrew.</summary>
    private static readonly MadeUp[] Safe =
    [
        .. Enumerable.Repeat(new MadeUp("f", 30, "tent"), 6), .. Enumerable.Repeat(new MadeUp("m", 41, "=cmd"), 6),
        new MadeUp("f", 71, "outside", Sharing: false), new MadeUp("m", 8, "outside", Withdrawn: true),
    ];

    [Theory, OnEveryStore]
    public async Task Below_the_threshold_is_refused_with_advice(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, [.. Safe, new MadeUp("f", 3, "outside")]);
        var measured = await house.Do((MeasureRelease m) => m.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, ASharingHouse.Draft("sex", "age", "shelter"), CancellationToken.None));
        Assert.Equal((1, 3, 1), (measured.Result.Risk.SmallestGroup, measured.Result.Risk.Threshold, measured.Result.Risk.Violators));
        Assert.Contains(measured.Result.Advice!.Changes, c => c.ReachesK);
        var refused = await Submit(house);
        Assert.Equal("release.group-too-small", Assert.Single(refused.Refusals).Slug);
        await house.House.Do(async s => Assert.False(await s.GetRequiredService<AmanaDb>().Set<ReleaseFile>().AnyAsync()));
        var mended = ASharingHouse.Draft("sex", "age", "shelter") with { LeaveOutValues = true };
        Assert.True((await house.Do((MeasureRelease m) => m.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, mended, CancellationToken.None))).Result.Holds);
    }

    [Theory, OnEveryStore]
    public async Task Holds_only_those_who_share_and_no_identity(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Safe);
        Assert.True((await Submit(house, "sex", "age", "shelter", "name", "violence")).IsDone);
        await Decide(house, ASharingHouse.TheApprover);
        var files = (await APackage.HandedOver(house, Id)).Files;
        var lines = Encoding.UTF8.GetString(files["data.csv"]).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["row,sex,age_group,shelter", "#meta+id,#respondee+sex,#respondee+age,#indicator+shelter"], lines[..2]);
        Assert.Equal(12, lines.Length - 2);
        Assert.DoesNotContain(lines, l => l.Contains("60+", StringComparison.Ordinal) || l.Contains("5–11", StringComparison.Ordinal));
        Assert.Equal(6, lines.Count(l => l.EndsWith(",m,18–59,'=cmd", StringComparison.Ordinal)));
        var codes = await house.House.Do(s => s.GetRequiredService<AmanaDb>().Set<RecordEntry>().Select(r => r.Code).ToListAsync());
        Assert.DoesNotContain(lines, l => codes.Exists(c => l.Contains(c, StringComparison.Ordinal)));
        await house.House.Do(async s => Assert.Equal(1, await s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().CountAsync(e => e.Kind == "ReleaseDownloaded")));
    }

    [Theory, OnEveryStore]
    public async Task Is_approved_by_someone_else_before_it_is_handed_out(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Safe);
        Assert.True((await Submit(house)).IsDone);
        Assert.True((await Submit(house)).IsDone); // sent twice, proposed once
        Assert.Contains((await Decide(house, ASharingHouse.TheAuthor)).Refusals, r => r.Slug == "release.approved-by-author");
        Assert.Equal("release.not-approved", Assert.Single((await Download(house)).Refusals).Slug);
        Assert.True((await Decide(house, ASharingHouse.TheApprover)).IsDone);
        Assert.True((await Download(house)).IsDone);
        await house.House.Do(async s => Assert.Equal(1, await s.GetRequiredService<AmanaDb>().Set<Release>().CountAsync()));
    }

    /// <summary>Sixty days on, nobody looked at the risks again (DNH-2): what waits for a second person waits on, and can be declined.</summary>
    [Theory, OnEveryStore]
    public async Task Is_not_approved_while_a_rule_holds_releases_up(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Safe);
        Assert.True((await Submit(house)).IsDone);
        house.House.Clock.Move(TimeSpan.FromDays(61));
        Assert.Contains((await Decide(house, ASharingHouse.TheApprover)).Refusals, r => r.Args.GetValueOrDefault("rule") == "DNH-2");
        await house.House.Do(async s =>
        {
            Assert.Equal(ReleaseState.Proposed, (await s.GetRequiredService<AmanaDb>().Set<Release>().SingleAsync()).State);
            Assert.Contains("DNH-2", (await s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().SingleAsync(e => e.Kind == "ReleaseRefused")).Canonical, StringComparison.Ordinal);
        });
        Assert.True((await house.Do((DecideRelease use) => use.Handle(ASharingHouse.TheApprover, ASharingHouse.Activity, Id, false, "Not now", CancellationToken.None))).IsDone);
    }

    [Theory, OnEveryStore]
    public async Task Holds_only_the_fields_that_were_agreed(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Safe);
        await house.House.Do(async s =>
        {
            var db = s.GetRequiredService<AmanaDb>();
            var (old, us, them) = (await db.Set<Agreement>().SingleAsync(), ASharingHouse.Us, await db.Set<Domain.Accounts.Organisation>().SingleAsync(o => o.Id == ASharingHouse.Partner));
            var narrow = Agreed.Between(ASharingHouse.Agreement, us, them, old.Title, old.InForce, house.House.Clock.Now(), ["Shelter", "sex"]);
            db.Remove(old);
            await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("MadeUp"));
            db.Add(narrow);
            await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("MadeUp"));
        });
        var refused = Assert.Single((await Submit(house)).Refusals); // with the age
        Assert.Equal(("release.field-not-agreed", "age"), (refused.Slug, refused.Args["fields"]));
        Assert.True((await Submit(house, "sex", "shelter")).IsDone);
    }

    /// <summary>Three women did not agree to be in the file. The figures count them; the difference of both would tell where they live.</summary>
    [Theory, OnEveryStore]
    public async Task Says_what_it_tells_beside_figures_that_were_shown(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Many);
        Assert.Empty((await Measured(house)).Risk.Telling!);
        Assert.Equal(new PublishedCell.Published(43), (await Figures(house)).ColumnTotals[0]);
        Assert.Equal([new ColumnTelling("sex", 1), new ColumnTelling("shelter", 1)], (await Measured(house)).Risk.Telling);
        Assert.True((await Submit(house, "sex", "shelter")).IsDone); // to a partner: the approver sees it and decides
        await house.House.Do(async s => Assert.Equal(2, (await s.GetRequiredService<AmanaDb>().Set<Release>().SingleAsync()).Risk.Telling!.Sum(t => t.Values)));
        Assert.Equal(new PublishedCell.Published(43), (await Figures(house)).ColumnTotals[0]);
    }

    [Theory, OnEveryStore]
    public async Task For_everybody_is_protected_by_the_figures_that_are_shown_after_it(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Many);
        var draft = ASharingHouse.Draft("sex", "shelter") with { Audience = ReleaseAudience.Public };
        var submitted = await house.Do((SubmitRelease r) => r.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, draft, ("Shelter", ASharingHouse.Note), CancellationToken.None));
        Assert.True(submitted.IsDone, string.Join(", ", submitted.Refusals.Select(r => r.Slug)));
        var figures = await Figures(house);
        Assert.Equal(PublishedCell.Protecting, figures.ColumnTotals[0]); // 43 women, 40 of them in the file
        Assert.DoesNotContain(new PublishedCell.Published(43), figures.Cells.SelectMany(c => c).Concat(figures.RowTotals));
        Assert.Equal(new PublishedCell.Published(40), figures.ColumnTotals[1]); // the same forty men
    }

    private static readonly MadeUp[] Many = [.. Enumerable.Repeat(new MadeUp("f", 30, "tent"), 40), .. Enumerable.Repeat(new MadeUp("m", 30, "outside"), 40), .. Enumerable.Repeat(new MadeUp("f", 30, "tent", Sharing: false), 3)];

    private static async Task<MeasuredRelease> Measured(ASharingHouse house) =>
        (await house.Do((MeasureRelease m) => m.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, ASharingHouse.Draft("sex", "shelter"), CancellationToken.None))).Result;

    private static async Task<Figures> Figures(ASharingHouse house) =>
        (await house.Do((Crosstab c) => c.Read(ASharingHouse.TheAuthor, ASharingHouse.Activity, "/data/shelter", new Breakdown(BreakdownKind.Sex), CancellationToken.None))).Result;

    [Theory, OnEveryStore]
    public async Task Is_not_handed_out_once_somebody_in_it_withdrew(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Safe);
        await Submit(house);
        await Decide(house, ASharingHouse.TheApprover);
        await house.House.Do(async s =>
        {
            var consent = (await s.GetRequiredService<AmanaDb>().Set<PersonConsent>().ToListAsync()).First(c => c.Permits(ConsentPart.SharingWith(ASharingHouse.Partner), house.House.Clock.Now()));
            var change = ((Decision<ConsentWithdrawn>.Allowed)ConsentRules.Withdraw(consent, [ConsentAsk.Sharing], house.House.Clock.Now())).Change;
            consent.Apply(change);
            await s.GetRequiredService<LedgerBook>().Commit(AccessContext.PersonWithReceipt, CancellationToken.None, Happening.Of(change, ASharingHouse.Activity));
        });
        var refused = await Download(house);
        Assert.Equal("release.consent-withdrawn-since", Assert.Single(refused.Refusals).Slug);
        await house.House.Do(async s => Assert.Equal(0, await s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().CountAsync(e => e.Kind == "CopyMade")));
    }

    private static Task<Outcome<ReleaseId>> Submit(ASharingHouse house, params string[] columns) => house.Do((SubmitRelease use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id,
        ASharingHouse.Draft(columns.Length == 0 ? ["sex", "age", "shelter"] : columns), ("Shelter in March", ASharingHouse.Note), CancellationToken.None));

    private static Task<Outcome<Nothing>> Decide(ASharingHouse house, AccessContext who) =>
        house.Do((DecideRelease use) => use.Handle(who, ASharingHouse.Activity, Id, true, "Safe and useful", CancellationToken.None));

    private static Task<Outcome<HandedOverCopy>> Download(ASharingHouse house) => APackage.HandOver(house, Id, ASharingHouse.ACopy(house));
}
