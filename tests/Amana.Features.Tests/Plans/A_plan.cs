using Amana.Domain.Cases;
using Amana.Domain.Competency;
using Amana.Domain.Impartiality;
using Amana.Domain.Incidents;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Cases;
using Amana.Features.Competency;
using Amana.Features.Impartiality;
using Amana.Features.Incidents;
using Amana.Features.Platform;
using Amana.Features.Risk;
using Amana.Features.Sharing;
using Amana.Testing;

namespace Amana.Features.Tests.Plans;

public sealed class A_plan
{
    private static readonly TeamMemberId Seat = new(Guid.Parse("0193b000-0000-7000-8000-000000000201"));

    [Theory, OnEveryStore]
    public async Task Gives_a_role_once_and_lets_only_the_person_acknowledge_the_briefing(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        Assert.Equal(["actor.may-not-plan"], Slugs(await Assign(house, house.Colleague)));
        Assert.True((await Assign(house, house.Lead)).IsDone);
        Assert.True((await Assign(house, house.Lead)).IsDone);
        Assert.Single((await house.State()).Team);
        Assert.Equal(["team.briefing-without-purpose", "team.briefing-without-notice"], Slugs(await house.Do<AcknowledgeBriefing, Outcome<Nothing>>(u => u.Handle(house.Colleague, PlanningHouse.Activity, Seat, default))));
        Assert.Equal(["team.interest-not-yours"], Slugs(await house.Do<DeclareInterest, Outcome<Nothing>>(u => u.Handle(house.Lead, PlanningHouse.Activity, Seat, "A cousin leads the camp", default))));
    }

    [Theory, OnEveryStore]
    public async Task Shares_with_another_organisation_or_says_why_not(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        Assert.Equal(["sharing.recipient-missing"], Slugs(await Share(house, [new PlannedRecipient(PlanningHouse.Us, "Figures", SharingDetail.Figures, null)])));
        Assert.Equal(["sharing.agreement-of-another"], Slugs(await Share(house, [new PlannedRecipient(PlanningHouse.Partner, "Figures", SharingDetail.Figures, new AgreementId(Guid.CreateVersion7()))])));
        Assert.Equal(["sharing.neither-recipient-nor-reason"], Slugs(await Share(house, [])));
        Assert.True((await Share(house, [new PlannedRecipient(PlanningHouse.Partner, "Figures", SharingDetail.Figures, null)])).IsDone);
    }

    [Theory, OnEveryStore]
    public async Task Has_agreements_made_by_those_with_the_duty_and_with_those_who_are_bound(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        var terms = new ProposeAgreement(new AgreementId(Guid.CreateVersion7()), PlanningHouse.Us, PlanningHouse.Partner,
            new AgreementTerms("River and hill", "Planning of clinics", [SharingDetail.Figures], "Kept sealed", new Period(house.Today, house.Today.AddDays(30)), 3));
        Assert.Equal(["agreement.recipient-not-bound", "actor.duty-missing"], Slugs(await house.Do<ProposeTerms, Outcome<Nothing>>(u => u.Handle(house.Lead, terms, default))));
        Assert.Equal(["agreement.recipient-not-bound"], Slugs(await house.Do<ProposeTerms, Outcome<Nothing>>(u => u.Handle(house.FocalPoint, terms, default))));
    }

    [Theory, OnEveryStore]
    public async Task Names_no_live_service_that_cannot_be_reached(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        var clinic = new ReferralStep("survivor-care", "Clinic", "Made-up Health", "", true, house.Today);
        Assert.Equal(["referral.live-but-unreachable"], Slugs(await Refer(house, clinic)));
        Assert.True((await Refer(house, clinic with { HowReached = "By the well, day and night" })).IsDone);
    }

    [Theory, OnEveryStore]
    public async Task Keeps_a_reading_of_the_form_only_with_a_method(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        var form = new FormVersionId(Guid.CreateVersion7());
        Assert.Equal(["method.not-stated"], Slugs(await house.Do<ReviewNeutrality, Outcome<Nothing>>(u => u.Handle(house.Lead, PlanningHouse.Activity, form, "Read", default))));
        var method = new MethodContent { Population = "Women in the camps", Frame = "Lists of blocks", Selection = "By chance", WhoIsMissed = "Those at work" };
        Assert.True((await house.Do<StateMethod, Outcome<Nothing>>(u => u.Handle(house.Lead, PlanningHouse.Activity, method, default))).IsDone);
        Assert.Equal(["method.no-form"], Slugs(await house.Do<ReviewNeutrality, Outcome<Nothing>>(u => u.Handle(house.Lead, PlanningHouse.Activity, form, "Read", default))));
    }

    [Theory, OnEveryStore]
    public async Task Is_reopened_by_an_incident_that_anyone_in_the_organisation_reports(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        var id = new IncidentId(Guid.CreateVersion7());
        await house.Do<WriteRiskAssessment, Outcome<Nothing>>(u => u.Handle(house.Lead, PlanningHouse.Activity, house.Risks(), default));
        Assert.True((await house.Do<ReportIncident, Outcome<Nothing>>(u => u.Handle(house.Colleague, PlanningHouse.Activity, id, IncidentSeverity.High, "A phone was lost at the market", default))).IsDone);
        var state = await house.State();
        Assert.Equal("Incident", state.Risk!.ReopenedBecause);
        Assert.True(Assert.Single(state.Incidents).HoldsRelease);
        Assert.Equal(["actor.may-not-plan"], Slugs(await house.Do<ContainIncident, Outcome<Nothing>>(u => u.Handle(house.Colleague, PlanningHouse.Activity, id, "Shut out within the hour", default))));
        Assert.Equal(["incident.not-contained"], Slugs(await house.Do<CloseIncident, Outcome<Nothing>>(u => u.Handle(house.Lead, PlanningHouse.Activity, id, "Phones are tied on", default))));
    }

    private static Task<Outcome<Nothing>> Assign(PlanningHouse house, AccessContext who) =>
        house.Do<AssignRole, Outcome<Nothing>>(u => u.Handle(who, PlanningHouse.Activity, Seat, house.Colleague.Actor.StaffId!.Value, TeamRole.CaseWorker, default));

    private static Task<Outcome<Nothing>> Share(PlanningHouse house, IReadOnlyList<PlannedRecipient> recipients) =>
        house.Do<PlanSharing, Outcome<Nothing>>(u => u.Handle(house.Lead, PlanningHouse.Activity, recipients, null, default));

    private static Task<Outcome<Nothing>> Refer(PlanningHouse house, ReferralStep step) =>
        house.Do<SetReferralPathway, Outcome<Nothing>>(u => u.Handle(house.Lead, PlanningHouse.Activity, [step], default));

    private static IEnumerable<string> Slugs(Outcome<Nothing> outcome) => outcome.Refusals.Select(r => r.Slug);
}
