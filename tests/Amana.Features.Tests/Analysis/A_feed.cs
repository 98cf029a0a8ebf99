using Amana.Domain.Analysis;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Sharing;
using Amana.Features.Tests.Sharing;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Analysis;

public sealed class A_feed
{
    private static readonly ReleaseId Id = new(Guid.Parse("0195b000-0000-7000-8000-0000000000c4"));

    private static readonly MadeUp[] People =
        [.. Enumerable.Repeat(new MadeUp("f", 30, "tent"), 20), .. Enumerable.Repeat(new MadeUp("m", 30, "tent"), 9), .. Enumerable.Repeat(new MadeUp("f", 30, "outside"), 2), .. Enumerable.Repeat(new MadeUp("m", 30, "outside"), 10)];

    [Theory, OnEveryStore]
    public async Task Gives_figures_protected_as_on_the_page_and_enters_them(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, People);
        var lines = (await Read(house, ASharingHouse.TheAuthor)).Result;
        var small = lines.Single(l => l is { Answer: "outside", Group: "f", By: "Sex" });
        Assert.Equal((null, "small"), (small.Count, small.Mark));
        Assert.DoesNotContain(lines, l => l.Count is > 0 and < 5);
        Assert.Equal(22, lines.Single(l => l is { Answer: "*", Group: "f", By: "Sex" }).Count);
        var page = (await house.Do((Crosstab c) => c.Read(ASharingHouse.TheAuthor, ASharingHouse.Activity, "/data/shelter", new Breakdown(BreakdownKind.Sex), CancellationToken.None))).Result;
        Assert.Equal(page.ColumnTotals.Select(c => (c as Disclosure.PublishedCell.Published)?.Count), lines.Where(l => l is { Answer: "*", By: "Sex" }).Select(l => l.Count));
        await Read(house, ASharingHouse.TheAuthor);
        await house.House.Do(async s => Assert.Equal((2, 1), (await s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().CountAsync(e => e.Kind == "FiguresFed"), await s.GetRequiredService<AmanaDb>().Set<Departure>().CountAsync())));
    }

    [Theory, OnEveryStore]
    public async Task Gives_nothing_without_a_need_and_no_records_but_of_an_approved_release(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, People);
        Assert.NotEmpty((await Read(house, ASharingHouse.TheAuthor.Citing(null))).Refusals);
        Assert.Empty((await Rows(house)).Result);
        await house.Do((SubmitRelease use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, ASharingHouse.Draft("sex"), ("Shelter", ASharingHouse.Note), CancellationToken.None));
        Assert.Empty((await Rows(house)).Result);
        await house.Do((DecideRelease use) => use.Handle(ASharingHouse.TheApprover, ASharingHouse.Activity, Id, true, "Safe", CancellationToken.None));
        var rows = (await Rows(house)).Result;
        Assert.Equal(41, rows.Count);
        var left = (await house.Do((DepartureRegister use) => use.Read(ASharingHouse.TheAuthor, CancellationToken.None))).Left;
        Assert.Equal((DeparturePath.Feed, "PARTNER", 41), (left[0].Departure.Path, left[0].Recipient, left[0].Departure.Records));
    }

    [Theory, OnEveryStore]
    public async Task Of_copies_working_copies_and_paper_is_a_register(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, People);
        await house.Do((SubmitRelease use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, Id, ASharingHouse.Draft("sex"), ("Shelter", ASharingHouse.Note), CancellationToken.None));
        await house.Do((DecideRelease use) => use.Handle(ASharingHouse.TheApprover, ASharingHouse.Activity, Id, true, "Safe", CancellationToken.None));
        var package = await APackage.HandedOver(house, Id);
        await house.Do((ExportAnswers use) => use.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, new AnswersShape(), _ => new MemoryStream(), CancellationToken.None));
        await house.Do((Crosstab use) => use.Read(ASharingHouse.TheAuthor, ASharingHouse.Activity, "/data/shelter", new Breakdown(BreakdownKind.Sex), CancellationToken.None));
        Assert.True((await house.Do((Crosstab use) => use.Read(ASharingHouse.TheAuthor, ASharingHouse.Activity, "/data/shelter", new Breakdown(BreakdownKind.Sex), CancellationToken.None, forPaper: true))).IsDone);
        Assert.False((await house.Do((Crosstab use) => use.Read(ASharingHouse.TheAuthor.Citing(null), ASharingHouse.Activity, "/data/shelter", Breakdown.None, CancellationToken.None, forPaper: true))).IsDone);
        var left = (await house.Do((DepartureRegister use) => use.Read(ASharingHouse.TheAuthor, CancellationToken.None))).Left;
        Assert.Equal([DeparturePath.Package, DeparturePath.WorkingCopy, DeparturePath.Print], left.Select(l => l.Departure.Path).Order());
        var copy = left.Single(l => l.Departure.Path == DeparturePath.Package).Departure;
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(package.File.Content)), copy.Hash);
        Assert.NotNull(copy.ApprovedBy);
    }

    private static Task<Outcome<IReadOnlyList<FigureLine>>> Read(ASharingHouse house, AccessContext who) => house.Do((FiguresFeed use) => use.Read(who, ASharingHouse.Activity, CancellationToken.None));

    private static Task<Outcome<IReadOnlyList<ReleasedValue>>> Rows(ASharingHouse house) => house.Do((ReleasedRows use) => use.Read(ASharingHouse.TheAuthor, ASharingHouse.Activity, CancellationToken.None));
}
