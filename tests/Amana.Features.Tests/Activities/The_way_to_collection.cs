using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Sharing;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Tests.Activities;

public sealed class The_way_to_collection
{
    [Theory, OnEveryStore]
    public async Task Leads_from_the_start_through_assess_and_design_into_implement(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        await planning.EnterDesign();
        await planning.Complete();
        Assert.Empty((await planning.Enter(PimStep.Implement)).Refusals);

        var s = await planning.Snapshot();
        Assert.Equal(PimStep.Implement, s.Activity.Step);
        Assert.Equal(planning.House.Clock.Now(), s.Activity.OpenedAt);
        Assert.True(Gate.Stands(s, Operation.Collect).Allowed);
        var entered = await planning.Ask<StepsEntered, IReadOnlyDictionary<PimStep, DateTimeOffset>>(q => q.Read(planning.Activity, default));
        Assert.Equal([PimStep.Design, PimStep.Implement], entered.Keys.Order());
    }

    [Theory, OnEveryStore]
    public async Task Is_barred_while_a_rule_is_not_met_and_the_refusal_names_the_rule(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        await planning.EnterDesign();
        await planning.Complete();
        await planning.Commit(async db => db.RemoveRange(await db.Set<SharingPlan>().ToListAsync()));

        var refused = await planning.Enter(PimStep.Implement);

        Assert.Equal(["CO-2"], refused.Refusals.Select(r => r.Args["rule"]).Distinct());
        Assert.Equal(PimStep.Design, (await planning.Snapshot()).Activity.Step);
        var entry = Assert.Single(await planning.Ledger(), e => e.Kind == "StepRefused");
        Assert.Contains("\"x-reasons\":\"CO-2\"", entry.Canonical, StringComparison.Ordinal);
    }

    [Theory, OnEveryStore]
    public async Task Refuses_with_every_gap_at_once_each_with_who_can_mend_it(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        await planning.EnterDesign();
        var refused = await planning.Enter(PimStep.Implement);
        Assert.Superset(new HashSet<string> { "PC-1", "DNH-1", "DP-1", "IC-1", "SEC-1", "CC-1", "IMP-1", "CO-2" }, refused.Refusals.Select(r => r.Args["rule"]).ToHashSet());
        Assert.All(refused.Refusals, r => Assert.NotNull(r.Mend));
    }

    [Theory, OnEveryStore]
    public async Task Skips_no_step(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        Assert.Equal("activity.step-out-of-order", Assert.Single((await planning.Enter(PimStep.Implement)).Refusals).Slug);
    }

    [Theory, OnEveryStore]
    public async Task Is_walked_once_even_when_a_step_is_asked_for_twice(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        await planning.EnterDesign();
        Assert.True((await planning.Enter(PimStep.Design)).IsDone);
        Assert.Single(await planning.Ledger(), e => e.Kind == nameof(StepEntered));
    }

    [Theory, OnEveryStore]
    public async Task Does_not_end_in_closing_by_itself(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        Assert.Equal("activity.closing-apart", Assert.Single((await planning.Enter(PimStep.Closed)).Refusals).Slug);
    }

    [Theory, OnEveryStore]
    public async Task Is_not_seen_from_another_organisation(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        Assert.Equal("activity.not-found", Assert.Single((await planning.Enter(PimStep.Design, planning.Stranger)).Refusals).Slug);
    }

    [Theory, OnEveryStore]
    public async Task Is_walked_only_by_those_who_plan(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        Assert.Equal("actor.may-not-plan", Assert.Single((await planning.Enter(PimStep.Design, planning.Officer)).Refusals).Slug);
    }
}
