using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Risk;

/// <summary>The approved assessments of an activity, frozen, the newest first. Holds nothing about people.</summary>
public sealed class RiskRevisions(AmanaDb db)
{
    /// <param name="activity">An activity that the reader may read; the page that asks has passed the door.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<RiskRevision>> Read(ActivityId activity, CancellationToken cancellationToken) =>
        await db.Set<RiskRevision>().AsNoTracking().Where(r => r.ActivityId == activity).OrderByDescending(r => r.Revision).ToListAsync(cancellationToken);
}
