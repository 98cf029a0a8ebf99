using Amana.Domain.Competency;
using Amana.Features.Competency;
using Amana.Web.Security;
using Amana.Web.Ui;

namespace Amana.Web.Competency;

/// <summary>What each role needs, and how many people of the operation have it today (CC-1, CC-2).</summary>
[NoPersonalData]
public sealed class RolesModel(RoleCoverage coverage) : StaffPage
{
    public IReadOnlyList<CoveredRole> Roles { get; private set; } = [];

    public bool MayChange => Who.Actor.OrganisationId is { } own && ProfileRules.MayChange(Who.Actor, own).Count == 0;

    public int NoticeDays { get; private set; }

    public async Task OnGet(CancellationToken cancellationToken) => (Roles, NoticeDays) = await coverage.Read(Who.Actor.OrganisationId, cancellationToken);
}
