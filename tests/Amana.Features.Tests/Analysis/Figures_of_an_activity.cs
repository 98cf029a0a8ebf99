using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Shared;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Tests.Sharing;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Analysis;

public sealed class Figures_of_an_activity
{
    [Theory, OnEveryStore]
    public async Task Never_show_a_small_group_nor_what_gives_it_away(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store,
        [
            .. Enumerable.Repeat(new MadeUp("f", 30, "tent"), 20), .. Enumerable.Repeat(new MadeUp("m", 30, "tent"), 9), .. Enumerable.Repeat(new MadeUp("f", 30, "outside"), 2),
            .. Enumerable.Repeat(new MadeUp("m", 30, "outside"), 10), .. Enumerable.Repeat(new MadeUp("m", 30, "outside", Withdrawn: true), 7),
        ]);
        var figures = (await Count(house, "/data/shelter", new Breakdown(BreakdownKind.Sex))).Result;
        Assert.Equal(41, figures.Records); // who withdrew is not among them
        Assert.IsType<PublishedCell.SuppressedSmall>(figures.Cells[1][0]); // two women outside
        Assert.IsType<PublishedCell.SuppressedToProtect>(figures.Cells[1][1]); // or they follow from the row
        Assert.IsType<PublishedCell.SuppressedToProtect>(figures.Cells[0][0]); // or from the column
        Assert.Equal(new PublishedCell.Published(22), figures.ColumnTotals[0]);
        await house.House.Do(async s => Assert.Equal(1, await s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().CountAsync(e => e.Kind == "FiguresComputed")));
    }

    [Theory, OnEveryStore]
    public async Task Are_refused_for_sealed_answers_and_without_a_need(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, [new MadeUp("f", 30, "tent")]);
        Assert.Equal("analysis.sealed-per-person", Assert.Single((await Count(house, "/data/violence", Breakdown.None)).Refusals).Slug);
        var uncited = await house.Do((Crosstab c) => c.Read(ASharingHouse.TheAuthor.Citing(null), ASharingHouse.Activity, "/data/shelter", Breakdown.None, CancellationToken.None));
        Assert.Contains(uncited.Refusals, r => r.Slug == "purpose.not-cited");
        await house.House.Do(async s => Assert.False(await s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().AnyAsync(e => e.Kind == "FiguresComputed")));
    }

    private static Task<Outcome<Figures>> Count(ASharingHouse house, string path, Breakdown by) =>
        house.Do((Crosstab c) => c.Read(ASharingHouse.TheAuthor, ASharingHouse.Activity, path, by, CancellationToken.None));
}
