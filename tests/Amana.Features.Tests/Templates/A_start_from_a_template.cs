using Amana.Domain.Principles;
using Amana.Domain.Risk;
using Amana.Features.Activities;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Amana.Features.Templates;
using Amana.Features.Tests.Activities;
using Amana.Testing;

namespace Amana.Features.Tests.Templates;

public sealed class A_start_from_a_template
{
    [Theory, OnEveryStore]
    public async Task Fills_the_plan_and_leaves_to_people_what_is_theirs(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        Assert.Equal(10, (await Start(planning, "protection-monitoring")).Result);
        var s = await planning.Snapshot();
        Assert.Equal(planning.Lead.Actor.StaffId, s.Purpose!.AuthorId);
        Assert.Contains("River Aid made up", s.Notice!.Content.Texts["en"].WhoAsks, StringComparison.Ordinal);
        Assert.Contains("River Aid made up", s.Notice.Content.Texts["ar"].WhoAsks, StringComparison.Ordinal);
        var rules = Catalogue.Evaluate(s).Where(a => a.Rule.Gates.Contains(PimStep.Implement) && !a.Holds).Select(a => a.Rule.Id).ToList();
        // Looking first, consulting, weighing, telling, approving, a live service, the team and the reading for neutrality: nobody but people.
        Assert.Equal(["CC-1", "CC-2", "CC-3", "CO-1", "DNH-1", "DNH-2", "DNH-5", "DP-3", "DP-5", "IC-6", "IMP-2", "PC-1"], rules.Order(StringComparer.Ordinal));
        Assert.Equal((RiskState.Draft, null), (s.Risk!.State, s.Purpose.PublishedAt));
    }

    [Theory, OnEveryStore]
    public async Task Fills_nothing_twice_and_overwrites_nothing(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        await planning.Do<PlanRetention, Domain.Shared.Nothing>(u => u.Handle(planning.Lead, planning.Activity, new(3, Domain.Activities.AfterRetention.Anonymise, "Our own"), default));
        Assert.Equal(9, (await Start(planning, "population-data")).Result);
        Assert.Equal(0, (await Start(planning, "sudden-onset")).Result);
        var s = await planning.Snapshot();
        Assert.Equal(("Our own", "population_data"), (s.Activity.Retention!.Reason, Assert.Single(s.Forms).FormId));
    }

    [Theory, OnEveryStore]
    public async Task Has_a_form_that_can_be_published_as_it_is(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        foreach (var template in new[] { "case-management", "sudden-onset" })
        {
            var second = planning.AnActivity(template);
            await planning.Do<BeginActivity, int>(u => u.Handle(planning.Lead, second, default));
            Assert.True((await planning.Do<StartFromTemplate, int>(u => u.Handle(planning.Lead, second.Id, template, "en", default))).IsDone);
            var form = (await planning.Ask<ActivityReader, ActivitySnapshot>(async r => (await r.Snapshot(second.Id, default))!)).Forms.Single();
            var published = await planning.Do<PublishForm, Domain.Shared.Nothing>(u => u.Handle(planning.Lead, second.Id, form.Id, default));
            Assert.True(published.IsDone, string.Join(", ", published.Refusals.Select(r => r.Slug + " " + string.Join(' ', r.Args.Values))));
        }
    }

    [Theory, OnEveryStore]
    public async Task For_sudden_onset_keeps_every_rule_and_brings_its_dates_near(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        Assert.True((await Start(planning, "sudden-onset")).IsDone);
        var s = await planning.Snapshot();
        Assert.Equal(planning.Today.AddDays(7), s.Risk!.Content.ReviewOn);
        Assert.All(s.Purpose!.Content.Needs, n => Assert.Equal(planning.Today.AddDays(14), n.ReviewOn));
        Assert.Equal(1, s.Activity.Retention!.MonthsAfterEnd);
        Assert.StartsWith("Until 1 month after", s.Notice!.Content.Texts["en"].HowLongKept, StringComparison.Ordinal); // read aloud, so it counts as people do
        Assert.StartsWith("حتى شهر واحد بعد", s.Notice.Content.Texts["ar"].HowLongKept, StringComparison.Ordinal);
        Assert.Null(s.Activity.DiversityWaiver);
        Assert.Contains("DNH-5", Catalogue.Evaluate(s).Where(a => !a.Holds).Select(a => a.Rule.Id));
    }

    [Theory, OnEveryStore]
    public async Task Is_not_for_those_who_do_not_plan_and_not_from_nothing(StoreKind store)
    {
        await using var planning = await Planning.Begin(store);
        Assert.Equal(["activity.not-found"], (await planning.Do<StartFromTemplate, int>(u => u.Handle(planning.Stranger, planning.Activity, "sudden-onset", "en", default))).Refusals.Select(r => r.Slug));
        Assert.Equal(["template.unknown"], (await Start(planning, "no-such")).Refusals.Select(r => r.Slug));
        Assert.Null((await planning.Snapshot()).Purpose);
    }

    private static Task<Domain.Shared.Outcome<int>> Start(Planning planning, string template) => planning.Do<StartFromTemplate, int>(u => u.Handle(planning.Lead, planning.Activity, template, "en", default));
}
