using Amana.Domain.Accounts;
using Amana.Domain.Competency;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

/// <summary>An organisation asks more of roles than the shipped profiles; never less.</summary>
public sealed class What_an_organisation_asks
{
    private static readonly RaisedNeed Higher = new(TeamRole.Enumerator, CompetencyCode.Interviewing, CompetencyLevel.Independent);
    private static readonly RaisedNeed OneMore = new(TeamRole.Enumerator, CompetencyCode.CulturalSensitivity, CompetencyLevel.Aware);

    private static Decision<ProfileChanged> Ask(Actor? by = null, int resting = 0, bool knows = false, string reason = "Survivors are interviewed here", RaisedNeed[]? present = null, params RaisedNeed[] wanted) =>
        ProfileRules.Change(Given.Us, present ?? [], wanted, (reason, knows), resting, (by ?? Given.Acting(Given.FocalPoint, Duty.DataProtectionFocalPoint), Given.Now));

    [Fact]
    public void Is_changed_by_its_own_focal_point_or_administrator_and_by_nobody_else()
    {
        Assert.Equal([OneMore, Higher], Given.Allowed(Ask(wanted: [Higher, OneMore])).Raised); // in the order of the competencies
        Assert.IsType<Decision<ProfileChanged>.Allowed>(Ask(Given.Acting(Given.Lead, Duty.Administrator), wanted: [Higher]));
        foreach (var stranger in new[]
        {
            Given.Acting(Given.Lead), Given.Acting(Given.Lead, Duty.Coordinator), Actor.House, Actor.PersonWithReceipt,
            Given.Acting(Given.FocalPoint, Duty.DataProtectionFocalPoint) with { OrganisationId = Given.Partner },
        })
            Assert.Equal("profiles.not-yours", Assert.Single(Ask(stranger, wanted: [Higher]).Refusals).Slug);
    }

    [Fact]
    public void Is_never_less_than_the_shipped_profile_says()
    {
        var below = new RaisedNeed(TeamRole.CaseWorker, CompetencyCode.ConfidentialityMinded, CompetencyLevel.Aware);
        Assert.Equal("profiles.below-minimum", Ask(wanted: [below, Higher]).Refusals[0].Slug);
        // And should it stand in the store all the same, the shipped level counts.
        Assert.Equal(CompetencyLevel.Independent, new ProfilesInForce([below]).Required(TeamRole.CaseWorker)[CompetencyCode.ConfidentialityMinded]);
    }

    [Fact]
    public void Needs_a_reason_something_new_and_that_it_is_known_whose_roles_rest()
    {
        Assert.Equal("field.required", Assert.Single(Ask(reason: " ", wanted: [Higher]).Refusals).Slug);
        Assert.Equal("profiles.nothing-changed", Assert.Single(Ask(present: [Higher], wanted: [Higher]).Refusals).Slug);
        Assert.Equal(("profiles.would-rest", "3"), (Assert.Single(Ask(resting: 3, wanted: [Higher]).Refusals).Slug, Ask(resting: 3, wanted: [Higher]).Refusals[0].Args["count"]));
        Assert.IsType<Decision<ProfileChanged>.Allowed>(Ask(resting: 3, knows: true, wanted: [Higher]));
        Assert.Empty(Given.Allowed(Ask(present: [Higher])).Raised); // back to the shipped profile
    }

    [Fact, Proves("CC-2"), Proves("CC-1")]
    public void Is_what_roles_are_judged_by_and_lapses_with_its_evidence()
    {
        var s = Given.AnActivity().Collecting();
        s.Says("CC-2").IsMet();
        var asks = new ProfilesInForce([new RaisedNeed(TeamRole.InformationManagementOfficer, CompetencyCode.InformationSystems, CompetencyLevel.Supported)]);
        var raised = s with { Team = [.. s.Team.Select(t => t with { Profiles = asks })] };
        raised.Says("CC-2").IsNotMet("gap.competency-missing");
        raised.Says("CC-1").IsNotMet("gap.no-information-role");
        Assert.Contains(Gate.Decide(raised, new GateRequest(Given.Acting(Given.InformationOfficer), Operation.Analyse, "N1")).Refusals, r => r.Slug == "actor.competency-lapsed");
        var evidenced = raised with
        {
            Team = [.. raised.Team.Select(t => t.Member.Role == TeamRole.InformationManagementOfficer ? t with { Evidence = [.. t.Evidence, Given.Evidence(t.Staff.Id, CompetencyCode.InformationSystems, CompetencyLevel.Supported, Given.Today.AddDays(40))] } : t)],
        };
        evidenced.Says("CC-2").IsMet();
        evidenced.At(Given.Today.AddDays(40)).Says("CC-2").IsDueSoon(Given.Today.AddDays(40), "gap.competency-near");
        evidenced.At(Given.Today.AddDays(41)).Says("CC-2").IsNotMet("gap.competency-missing");
    }

    [Fact]
    public void Is_asked_of_those_who_read_what_was_referred_to_it_too()
    {
        var s = Given.AnActivity().Collecting();
        var handover = new Handover(Given.Partner, GivenConsents.Of(GivenConsents.SayingYes()), default!, Guid.NewGuid(), [.. RoleProfiles.Required(TeamRole.CaseWorker).Select(n => Given.Evidence(Given.Lead, n.Key, n.Value))]);
        var reader = Given.Acting(Given.Lead) with { OrganisationId = Given.Partner };
        Assert.Empty(Authority.MayTakeOver(s, reader, handover));
        var profile = OrganisationProfile.Of(Given.Allowed(ProfileRules.Change(Given.Partner, [], [new RaisedNeed(TeamRole.CaseWorker, CompetencyCode.CriticalAppraisal, CompetencyLevel.Leads)], ("Courts", false), 0,
            (Given.Acting(Given.FocalPoint, Duty.Administrator) with { OrganisationId = Given.Partner }, Given.Now))));
        Assert.Equal("referral.reader-not-competent", Assert.Single(Authority.MayTakeOver(s with { Profiles = [profile] }, reader, handover)).Slug);
    }
}
