using Amana.Domain.Competency;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Tests.Plans;

public sealed class The_roles_of_an_operation
{
    [Theory, OnEveryStore]
    public async Task Are_covered_by_whom_somebody_else_assessed_until_it_lapses(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        Assert.All(await Read(house), r => Assert.Equal(0, r.People));
        foreach (var (code, level) in RoleProfiles.Required(TeamRole.FocalPoint))
            Assert.True((await Assess(house, house.Colleague, code, level)).IsDone);
        var covered = (await Read(house)).Single(r => r.Role == TeamRole.FocalPoint);
        Assert.Equal((1, 0), (covered.People, covered.Needs.Sum(n => n.Soon)));
        Assert.All(covered.Needs, n => Assert.Equal(1, n.Have));
        Assert.Equal(["competency.assessed-by-self"], (await Assess(house, house.FocalPoint, CompetencyCode.CriticalAppraisal, CompetencyLevel.Leads)).Refusals.Select(r => r.Slug));
        await house.Wait(TimeSpan.FromDays(20));
        Assert.All((await Read(house)).Single(r => r.Role == TeamRole.FocalPoint).Needs, n => Assert.Equal((1, 1), (n.Have, n.Soon)));
        await house.Wait(TimeSpan.FromDays(20));
        Assert.Equal(0, (await Read(house)).Single(r => r.Role == TeamRole.FocalPoint).People);
    }

    [Theory, OnEveryStore]
    public async Task Are_asked_more_of_by_an_organisation_once_it_knows_whose_roles_rest(StoreKind store)
    {
        await using var house = await PlanningHouse.Open(store);
        var raised = new RaisedNeed(TeamRole.FocalPoint, CompetencyCode.InformationSystems, CompetencyLevel.Supported);
        foreach (var (code, level) in RoleProfiles.Required(TeamRole.FocalPoint))
            Assert.True((await Assess(house, house.Colleague, code, level)).IsDone);
        Assert.Equal(1, (await Read(house)).Single(r => r.Role == TeamRole.FocalPoint).People);
        Task<Outcome<Nothing>> Change(AccessContext who, bool knows, params RaisedNeed[] wanted) => house.Do<ChangeProfile, Outcome<Nothing>>(u => u.Handle(who, wanted, "Cameras are used here", knows, default));
        Assert.True((await house.Do<AssignRole, Outcome<Nothing>>(u => u.Handle(house.Lead, PlanningHouse.Activity, new TeamMemberId(Guid.CreateVersion7()), house.Colleague.Actor.StaffId!.Value, TeamRole.FocalPoint, default))).IsDone);
        Assert.True((await house.State()).Team.Single().IsActive(house.Today));
        Assert.Equal(["profiles.would-rest"], (await Change(house.FocalPoint, knows: false, raised)).Refusals.Select(r => r.Slug));
        Assert.Equal(["profiles.not-yours"], (await Change(house.Colleague, knows: true, raised)).Refusals.Select(r => r.Slug));
        Assert.True((await Change(house.FocalPoint, knows: true, raised)).IsDone);
        Assert.Equal([raised.Competency], (await house.State()).Team.Single().Missing(house.Today));
        var role = (await Read(house)).Single(r => r.Role == TeamRole.FocalPoint);
        Assert.Equal((0, true), (role.People, role.Needs.Single(n => n.Code == raised.Competency).Raised));
        Assert.Equal(["profiles.nothing-changed"], (await Change(house.FocalPoint, knows: true, raised)).Refusals.Select(r => r.Slug));
        Assert.True((await Assess(house, house.Colleague, raised.Competency, raised.Level)).IsDone);
        Assert.Equal(1, (await Read(house)).Single(r => r.Role == TeamRole.FocalPoint).People);
        Assert.Equal(["1"], (await house.Do<AmanaDb, List<string>>(db => db.Set<LedgerEntry>().Where(e => e.Kind == nameof(ProfileChanged)).Select(e => e.Canonical).ToListAsync()))
            .Select(c => c.Contains("FocalPoint/InformationSystems/2", StringComparison.Ordinal) ? "1" : c));
    }

    private static async Task<IReadOnlyList<CoveredRole>> Read(PlanningHouse house) => (await house.Do<RoleCoverage, (IReadOnlyList<CoveredRole> Roles, int NoticeDays)>(u => u.Read(house.FocalPoint.Actor.OrganisationId, default))).Roles;

    private static Task<Outcome<Nothing>> Assess(PlanningHouse house, AccessContext whom, CompetencyCode code, CompetencyLevel level) => house.Do<AddEvidence, Outcome<Nothing>>(u => u.Handle(house.FocalPoint,
        new EvidenceCompetency(new EvidenceId(Guid.CreateVersion7()), whom.Actor.StaffId!.Value, code, level, "Observed", house.Today, house.Today.AddDays(30)), default));
}
