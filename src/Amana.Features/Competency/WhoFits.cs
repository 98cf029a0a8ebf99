using Amana.Domain.Accounts;
using Amana.Domain.Competency;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Competency;

/// <summary>A member of staff with what each role would still miss of them today; a role that misses nothing can be given now.</summary>
public sealed record Fit(StaffId Id, string Name, string Organisation, IReadOnlyDictionary<TeamRole, IReadOnlyList<CompetencyCode>> Missing);

/// <summary>Who could take which role today, seen before a role is given (CC-1, CC-2). Staff only; nobody whom data is about.</summary>
public sealed class WhoFits(AmanaDb db, TimeProvider clock)
{
    /// <summary>Staff who are here, those who fit the most roles first.</summary>
    public async Task<IReadOnlyList<Fit>> Read(ProfilesInForce asks, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var organisations = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
        var evidence = (await db.Set<CompetencyEvidence>().AsNoTracking().Where(e => e.ExpiresOn >= today).ToListAsync(cancellationToken)).ToLookup(e => e.StaffId);
        var staff = await db.Set<StaffMember>().AsNoTracking().Where(s => s.Active).OrderBy(s => s.Name).ToListAsync(cancellationToken);
        return
        [
            .. staff.Select(s => new Fit(s.Id, s.Name, organisations.GetValueOrDefault(s.OrganisationId, ""), Enum.GetValues<TeamRole>().ToDictionary(r => r, r => asks.Missing(r, evidence[s.Id], today))))
                .OrderByDescending(f => f.Missing.Count(m => m.Value.Count == 0)),
        ];
    }
}
