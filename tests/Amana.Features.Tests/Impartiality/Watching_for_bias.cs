using Amana.Domain.Activities;
using Amana.Domain.Impartiality;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Impartiality;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Tests.Sharing;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Impartiality;

public sealed class Watching_for_bias
{
    /// <summary>Sixty whose ages are all rounded, and one who withdrew.</summary>
    private static readonly MadeUp[] Rounded = [.. Enumerable.Range(0, 60).Select(i => new MadeUp(i % 2 == 0 ? "f" : "m", 25 + i % 4 * 5, i % 3 == 0 ? "tent" : "outside")), new MadeUp("f", 33, "tent", Withdrawn: true)];

    [Theory, OnEveryStore]
    public async Task Is_an_analysis_that_cites_a_need_and_stands_in_the_ledger_before_a_box_is_opened(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Rounded);
        var without = await house.Do((WatchBias w) => w.Handle(ASharingHouse.TheAuthor.Citing(null), ASharingHouse.Activity, CancellationToken.None));
        Assert.Equal("purpose.not-cited", Assert.Single(without.Refusals).Slug);
        var raised = await house.Do((WatchBias w) => w.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, CancellationToken.None));
        Assert.Equal(1, raised.Result);
        var watched = await house.Do((BiasOfActivity b) => b.Read(ASharingHouse.Activity, CancellationToken.None));
        Assert.Equal((60, BiasKind.Heaping, "age"), (watched.Watch!.Records, Assert.Single(watched.Findings).Kind, watched.Findings[0].About));
        await house.House.Do(async s => Assert.Equal(["AnalyseRefused", "BiasMeasured", "BiasWatched"], await s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().OrderBy(e => e.Kind)
            .Where(e => e.Kind == "AnalyseRefused" || e.Kind == "BiasMeasured" || e.Kind == "BiasWatched").Select(e => e.Kind).ToListAsync()));
    }

    [Theory, OnEveryStore]
    public async Task Is_done_by_the_house_itself_and_again_only_when_records_came(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Rounded);
        Assert.Equal(ASharingHouse.Activity, await house.Do((WatchAllBias w) => w.Handle(CancellationToken.None)));
        var state = await State(house);
        Assert.Equal((61, 1), (state.Collection.Records, state.Bias.OpenFindings));
        Assert.Contains(Catalogue.Find("IMP-3")!.Evaluate(state).Gaps, g => g.Slug == "gap.bias-open");
        Assert.Null(await house.Do((WatchAllBias w) => w.Handle(CancellationToken.None)));
    }

    [Theory, OnEveryStore]
    public async Task Leaves_findings_that_somebody_answers_once(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Rounded);
        await house.Do((WatchBias w) => w.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, CancellationToken.None));
        var finding = (await house.Do((BiasOfActivity b) => b.Read(ASharingHouse.Activity, CancellationToken.None))).Findings[0].Id;
        Task<Outcome<Nothing>> Answer(string words) => house.Do((AnswerBiasFinding a) => a.Handle(ASharingHouse.TheApprover, ASharingHouse.Activity, finding, words, CancellationToken.None));
        Assert.Equal("field.required", Assert.Single((await Answer(" ")).Refusals).Slug);
        Assert.True((await Answer("People here count years by harvests")).IsDone);
        Assert.True((await Answer("People here count years by harvests")).IsDone); // sent twice
        Assert.Equal("bias.answered-already", Assert.Single((await Answer("Something else")).Refusals).Slug);
        Assert.Equal(0, (await State(house)).Bias.OpenFindings);
        Assert.Equal(0, (await house.Do((WatchBias w) => w.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, CancellationToken.None))).Result);
    }

    [Theory, OnEveryStore]
    public async Task Reads_no_more_of_many_activities_than_of_one_and_says_the_same(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Rounded);
        var one = await State(house);
        var many = (await house.Do((ActivityReader r) => r.Snapshots([ASharingHouse.Activity, new ActivityId(Guid.CreateVersion7())], CancellationToken.None)));
        Assert.Equal([ASharingHouse.Activity], many.Keys);
        Assert.Equal(Catalogue.Evaluate(one).Select(Told), Catalogue.Evaluate(many[ASharingHouse.Activity]).Select(Told));
        Assert.Equal((one.Collection, one.Bias), (many[ASharingHouse.Activity].Collection, many[ASharingHouse.Activity].Bias));
        Assert.Equal(61, one.Collection.BusiestDay);
    }

    [Theory, OnEveryStore]
    public async Task Tells_counts_of_groups_only_rounded_and_anew_only_when_many_came(StoreKind store)
    {
        await using var house = await ASharingHouse.Open(store, Rounded);
        var method = new MethodContent
        {
            Population = "People in the camps", Frame = "Lists of blocks", Selection = "By chance", WhoIsMissed = "Those at work", Strata = [new ExpectedStratum(PopulationGroup.Women, 40), new ExpectedStratum(PopulationGroup.Men, 40)],
        };
        Assert.True((await house.Do((StateMethod u) => u.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, method, CancellationToken.None))).IsDone);
        var first = await Watched(house);
        Assert.Equal([25, 30, 35], new[] { 25, 30, 35 }.Union(first.Coverage.Select(c => c.Counted!.Value)).Order()); // thirty each, up or down by chance
        Assert.Equal((5, 60, 60), (first.ToldIn, first.ToldOver, first.Records));
        Assert.Equal(first.Coverage, (await Watched(house)).Coverage);
        await house.Add([.. Enumerable.Range(0, 9).Select(_ => new MadeUp("f", 30, "tent"))]);
        var few = await Watched(house);
        Assert.Equal((69, 60), (few.Records, few.ToldOver));
        Assert.Equal(first.Coverage, few.Coverage);
        await house.Add([new MadeUp("f", 30, "tent")]);
        var many = await Watched(house);
        Assert.Equal((70, 70), (many.Records, many.ToldOver));
        Assert.All(many.Coverage.Select(c => c.Counted!.Value).Concat(many.Heaping.Select(h => h.Numbers)).Concat(many.Effects.Select(e => e.Answers)), n => Assert.Equal(0, n % 5));
    }

    private static async Task<BiasMeasures> Watched(ASharingHouse house)
    {
        Assert.True((await house.Do((WatchBias w) => w.Handle(ASharingHouse.TheAuthor, ASharingHouse.Activity, CancellationToken.None))).IsDone);
        return (await house.Do((BiasOfActivity b) => b.Read(ASharingHouse.Activity, CancellationToken.None))).Watch!.Measures;
    }

    private static string Told(RuleAnswer a) => $"{a.Rule.Id} {a.State} {string.Join(' ', a.Gaps.Select(g => g.Slug))}";

    private static async Task<ActivitySnapshot> State(ASharingHouse house) => (await house.Do((ActivityReader r) => r.Snapshot(ASharingHouse.Activity, CancellationToken.None)))!;
}
