using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Testing;

namespace Amana.Features.Tests.Activities;

public sealed class A_start
{
    [Theory, OnEveryStore]
    public async Task Gives_the_next_number_and_stands_in_assess_led_by_who_started_it(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var command = planning.AnActivity("Second");
        Assert.Equal(2, (await planning.Do<BeginActivity, int>(u => u.Handle(planning.Officer, command, default))).Result);
        var board = await planning.Ask<ActivityBoard, Board>(b => b.Read(planning.Officer, new BoardFilter(Text: "second"), default));
        var activity = Assert.Single(board.Activities).Activity;
        Assert.Equal((2, PimStep.Assess, planning.Officer.Actor.StaffId), (activity.Number, activity.Step, activity.LeadId));
    }

    [Theory, OnEveryStore]
    public async Task Sent_twice_starts_one_activity(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var command = planning.AnActivity("Second");
        var first = await planning.Do<BeginActivity, int>(u => u.Handle(planning.Lead, command, default));
        var again = await planning.Do<BeginActivity, int>(u => u.Handle(planning.Lead, command, default));
        Assert.Equal(first.Result, again.Result);
        Assert.Equal(2, (await planning.Ledger()).Count(e => e.Kind == nameof(ActivityStarted)));
    }

    [Theory, OnEveryStore]
    public async Task Of_several_at_once_gives_each_its_own_number(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var started = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => planning.AnActivity("At once " + i))
            .Select(command => planning.Do<BeginActivity, int>(u => u.Handle(planning.Lead, command, default))));
        Assert.Equal([2, 3, 4, 5], started.Select(s => s.Result).Order());
    }

    [Theory, OnEveryStore]
    public async Task For_another_organisation_is_the_coordinators(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var command = planning.AnActivity("Theirs", planning.Them);
        var refused = await planning.Do<BeginActivity, int>(u => u.Handle(planning.Lead, command, default));
        Assert.Equal("actor.may-not-start", Assert.Single(refused.Refusals).Slug);
        Assert.True((await planning.Do<BeginActivity, int>(u => u.Handle(planning.Coordinator, command, default))).IsDone);
    }

    [Theory, OnEveryStore]
    public async Task Tells_all_that_is_missing_at_once(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        var command = planning.AnActivity("") with { Population = [], Languages = ["english please"], Place = Place.Unknown };
        var refused = await planning.Do<BeginActivity, int>(u => u.Handle(planning.Lead, command, default));
        Assert.Equal(["activity.language-tag", "activity.place-missing", "activity.population-missing", "field.required"], refused.Refusals.Select(r => r.Slug).Order(StringComparer.Ordinal));
    }

    [Theory, OnEveryStore]
    public async Task Shows_on_the_board_of_its_organisation_and_of_those_with_a_duty_alone(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        Task<Board> Board(AccessContext who) => planning.Ask<ActivityBoard, Board>(b => b.Read(who, new BoardFilter(), default));
        Assert.Equal(1, (await Board(planning.Officer)).Total);
        Assert.Equal(1, (await Board(planning.FocalPoint)).Total);
        Assert.Equal(0, (await Board(planning.Stranger)).Total);
    }

    [Theory, OnEveryStore]
    public async Task Needs_its_lead_for_what_the_lead_can_mend(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        Task<IReadOnlyList<ActivityNeedsMe>> Needs(AccessContext who) => planning.Ask<NeedsMe, IReadOnlyList<ActivityNeedsMe>>(q => q.Read(who, default));
        Assert.Equal(["CO-1"], Assert.Single(await Needs(planning.Lead)).Findings.Select(f => f.Rule.Id));
        Assert.Empty(await Needs(planning.Officer));
    }
}
