using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Risk;
using Amana.Testing;

namespace Amana.Features.Tests.Plans;

public sealed class A_risk_assessment
{
    [Theory, OnEveryStore]
    public async Task Is_not_written_by_those_who_do_not_plan_the_activity(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        Assert.Equal(["actor.may-not-plan"], Slugs(await Write(house, house.Colleague)));
        Assert.Equal(["activity.not-found"], Slugs(await Write(house, house.Stranger)));
        Assert.Null((await house.State()).Risk);
    }

    [Theory, OnEveryStore]
    public async Task Is_approved_by_the_focal_point_and_never_by_its_author(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        Assert.True((await Write(house, house.FocalPoint with { Actor = house.Lead.Actor with { Duties = house.FocalPoint.Actor.Duties } })).IsDone);
        Assert.Equal(["risk.approved-by-author"], Slugs(await Approve(house, house.Lead with { Actor = house.Lead.Actor with { Duties = house.FocalPoint.Actor.Duties } })));
        Assert.Equal(["actor.may-not-approve"], Slugs(await Approve(house, house.Colleague)));
        Assert.True((await Approve(house, house.FocalPoint)).IsDone);
        var state = await house.State();
        Assert.Equal(RiskState.Approved, state.Risk!.State);
        Assert.Equal(state.RiskScope().Fingerprint, state.Risk.ApprovedScope.Fingerprint);
    }

    [Theory, OnEveryStore]
    public async Task Stays_approved_when_a_risk_at_the_tolerance_is_accepted_by_name(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        await Write(house, house.Lead);
        await Approve(house, house.FocalPoint);
        Assert.Equal(["risk.accepted-by-author"], Slugs(await Accept(house, house.Lead, "R1")));
        Assert.Equal(["risk.not-at-tolerance"], Slugs(await Accept(house, house.FocalPoint, "R2")));
        Assert.True((await Accept(house, house.FocalPoint, "R1")).IsDone);
        var risk = (await house.State()).Risk!;
        Assert.Equal((RiskState.Approved, house.Lead.Actor.StaffId!.Value, 1), (risk.State, risk.AuthorId, risk.Revision));
        Assert.Equal(house.FocalPoint.Actor.StaffId, risk.Content.Risks[0].AcceptedBy);
    }

    [Theory, OnEveryStore]
    public async Task Keeps_the_name_under_an_unchanged_risk_and_loses_it_under_a_changed_one(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        await Write(house, house.Lead);
        await Accept(house, house.FocalPoint, "R1");
        await Write(house, house.Lead, house.Risks() with { OpinionOfPeople = "Men asked for other hours." });
        Assert.NotNull((await house.State()).Risk!.Content.Risks[0].AcceptedBy);
        var changed = house.Risks();
        await Write(house, house.Lead, changed with { Risks = [changed.Risks[0] with { Mitigation = "None" }, changed.Risks[1]] });
        Assert.Null((await house.State()).Risk!.Content.Risks[0].AcceptedBy);
    }

    [Theory, OnEveryStore]
    public async Task Is_the_same_when_it_is_sent_twice(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        await Write(house, house.Lead);
        await Approve(house, house.FocalPoint);
        Assert.True((await Write(house, house.Lead)).IsDone);
        Assert.Equal(RiskState.Approved, (await house.State()).Risk!.State);
    }

    [Theory, OnEveryStore]
    public async Task Is_not_reviewed_by_its_author_and_is_reopened_with_a_reason(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        await Write(house, house.Lead);
        await Approve(house, house.FocalPoint);
        Assert.True((await house.Do<ReopenRisk, Outcome<Nothing>>(u => u.Handle(house.Lead, PlanningHouse.Activity, ReopeningReason.ContextChanged, default))).IsDone);
        Assert.Equal("ContextChanged", (await house.State()).Risk!.ReopenedBecause);
        Assert.Equal(["actor.may-not-approve"], Slugs(await Review(house, house.Lead)));
        Assert.True((await Review(house, house.FocalPoint)).IsDone);
        var risk = (await house.State()).Risk!;
        Assert.Equal((null, house.Today.AddDays(90)), (risk.ReopenedBecause, risk.Content.ReviewOn));
    }

    [Theory, OnEveryStore]
    public async Task Is_approved_by_nobody_who_wrote_since_the_last_approval(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        var focalPlans = house.FocalPoint with { Actor = house.FocalPoint.Actor with { Duties = [.. house.FocalPoint.Actor.Duties, Domain.Accounts.Duty.Coordinator] } };
        await Write(house, focalPlans); // the focal point writes first, the lead last
        await Write(house, house.Lead, house.Risks() with { OpinionOfPeople = "Asked in the camp." });
        Assert.Equal(["risk.approved-by-author"], Slugs(await Approve(house, house.FocalPoint)));
        Assert.Equal(2, (await house.State()).Risk!.Authors.Count);
    }

    [Theory, OnEveryStore]
    public async Task Is_frozen_at_each_approval_and_shows_what_changed_since(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        await Write(house, house.Lead);
        await Approve(house, house.FocalPoint);
        var changed = house.Risks();
        await Write(house, house.Lead, changed with { Risks = [changed.Risks[0] with { Mitigation = "Other hours", Evidence = "Plan of 3 May" }] });
        await Approve(house, house.FocalPoint);
        var revisions = await house.Do<RiskRevisions, IReadOnlyList<RiskRevision>>(q => q.Read(PlanningHouse.Activity, default));
        Assert.Equal([2, 1], revisions.Select(r => r.Revision));
        Assert.Equal(changed.Risks.Select(r => r.Code), revisions[1].Content.Risks.Select(r => r.Code));
        Assert.Equal([house.Lead.Actor.StaffId!.Value], revisions[0].Authors);
        var differences = RiskRules.Differences(revisions[1].Content, revisions[0].Content);
        Assert.Equal([("R1", RiskDifferenceKind.Changed), ("R2", RiskDifferenceKind.Removed)], differences.Select(d => (d.Code, d.Kind)));
        Assert.Empty(RiskRules.Differences(revisions[0].Content, revisions[0].Content));
    }

    private static Task<Outcome<Nothing>> Write(PlanningHouse house, AccessContext who, RiskContent? content = null) =>
        house.Do<WriteRiskAssessment, Outcome<Nothing>>(u => u.Handle(who, PlanningHouse.Activity, content ?? house.Risks(), default));

    private static Task<Outcome<Nothing>> Approve(PlanningHouse house, AccessContext who) => house.Do<ApproveRisk, Outcome<Nothing>>(u => u.Handle(who, PlanningHouse.Activity, default));

    private static Task<Outcome<Nothing>> Accept(PlanningHouse house, AccessContext who, string code) => house.Do<AcceptRisk, Outcome<Nothing>>(u => u.Handle(who, PlanningHouse.Activity, code, default));

    private static Task<Outcome<Nothing>> Review(PlanningHouse house, AccessContext who) =>
        house.Do<ReviewRisk, Outcome<Nothing>>(u => u.Handle(who, PlanningHouse.Activity, house.Today.AddDays(90), default));

    private static IEnumerable<string> Slugs(Outcome<Nothing> outcome) => outcome.Refusals.Select(r => r.Slug);
}
