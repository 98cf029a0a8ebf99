using Amana.Domain.Competency;
using Amana.Domain.Shared;
using Amana.Features.Competency;
using Amana.Features.Platform;
using Amana.Testing;

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

    private static async Task<IReadOnlyList<CoveredRole>> Read(PlanningHouse house) => (await house.Do<RoleCoverage, (IReadOnlyList<CoveredRole> Roles, int NoticeDays)>(u => u.Read(default))).Roles;

    private static Task<Outcome<Nothing>> Assess(PlanningHouse house, AccessContext whom, CompetencyCode code, CompetencyLevel level) => house.Do<AddEvidence, Outcome<Nothing>>(u => u.Handle(house.FocalPoint,
        new EvidenceCompetency(new EvidenceId(Guid.CreateVersion7()), whom.Actor.StaffId!.Value, code, level, "Observed", house.Today, house.Today.AddDays(30)), default));
}
