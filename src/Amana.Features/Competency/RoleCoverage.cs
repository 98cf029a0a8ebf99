using Amana.Domain.Accounts;
using Amana.Domain.Competency;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Competency;

/// <summary>One competency that a role needs: at which level, how many people have it today, for how many of them it lapses within the notice period, and whether the organisation asks it beyond the shipped profile.</summary>
public sealed record CoveredNeed(CompetencyCode Code, CompetencyLevel Level, int Have, int Soon, bool Raised);

/// <summary>A role with what it needs, and how many people could take it today.</summary>
public sealed record CoveredRole(TeamRole Role, int People, IReadOnlyList<CoveredNeed> Needs);

/// <summary>How well the operation's staff cover each role (CC-1, CC-2): counts, no names.</summary>
public sealed class RoleCoverage(AmanaDb db, TimeProvider clock)
{
    public async Task<(IReadOnlyList<CoveredRole> Roles, int NoticeDays)> Read(OrganisationId? organisation, CancellationToken cancellationToken)
    {
        var asks = new ProfilesInForce(await db.Set<OrganisationProfile>().AsNoTracking().Where(p => p.OrganisationId == organisation).Select(p => p.Raised).FirstOrDefaultAsync(cancellationToken) ?? []);
        var today = clock.Today();
        var notice = (await db.Set<HumanitarianOperation>().AsNoTracking().SingleAsync(cancellationToken)).Limits.NoticeDays;
        var here = await db.Set<StaffMember>().Where(s => s.Active).Select(s => s.Id).ToListAsync(cancellationToken);
        var evidence = (await db.Set<CompetencyEvidence>().AsNoTracking().Where(e => here.Contains(e.StaffId) && e.ExpiresOn >= today).ToListAsync(cancellationToken)).ToLookup(e => e.StaffId);
        return ([.. Enum.GetValues<TeamRole>().Select(role => new CoveredRole(role, here.Count(s => asks.Missing(role, evidence[s], today).Count == 0),
            [.. asks.Required(role).Select(need => Covered(role, need.Key, need.Value))]))], notice);

        CoveredNeed Covered(TeamRole role, CompetencyCode code, CompetencyLevel level)
        {
            var ends = here.Select(s => evidence[s].Where(e => e.IsCurrent(today) && e.Competency == code && e.Level >= level).Max(e => (DateOnly?)e.ExpiresOn)).OfType<DateOnly>().ToList();
            return new CoveredNeed(code, level, ends.Count, ends.Count(e => e <= today.AddDays(notice)), asks.Raised.Any(r => r.Role == role && r.Competency == code));
        }
    }
}
