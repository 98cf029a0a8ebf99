using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Competency;

/// <summary>A staff member as lists name them.</summary>
public sealed record ListedStaff(StaffId Id, string Name, string Organisation, bool Active);

/// <summary>The staff of every organisation of the operation, for choosing owners and team members. Staff only; nobody whom data is about.</summary>
public sealed class StaffDirectory(AmanaDb db)
{
    /// <summary>Everybody, those who left too, by name.</summary>
    public async Task<IReadOnlyList<ListedStaff>> Read(CancellationToken cancellationToken)
    {
        var organisations = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
        var staff = await db.Set<StaffMember>().AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Id, s.Name, s.OrganisationId, s.Active }).ToListAsync(cancellationToken);
        return [.. staff.Select(s => new ListedStaff(s.Id, s.Name, organisations.GetValueOrDefault(s.OrganisationId, ""), s.Active))];
    }
}
