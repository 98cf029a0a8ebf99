using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Purpose;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>One line of the register: what left or is to leave, to whom, what for, at what risk, with the hash by which the file is known.</summary>
public sealed record RegisteredRelease(Release Release, int ActivityNumber, string ActivityTitle, string Recipient, string Purpose);

/// <summary>All releases that the reader may know of, newest first: of the whole operation for those with a duty over it, else of the own organisation's activities (CO-4).</summary>
public sealed class AllReleases(AmanaDb db)
{
    public async Task<IReadOnlyList<RegisteredRelease>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var all = who.Actor.Duties.Count > 0;
        var own = who.Actor.OrganisationId ?? default;
        var lines = await (
            from release in db.Set<Release>().AsNoTracking()
            join activity in db.Set<Activity>().AsNoTracking() on release.ActivityId equals activity.Id
            join recipient in db.Set<Organisation>().AsNoTracking() on release.RecipientId equals recipient.Id
            where all || activity.OrganisationId == own
            orderby release.ProposedAt descending
            select new { release, activity.Number, activity.Title, recipient.Name }).ToListAsync(cancellationToken);
        var activities = lines.Select(l => l.release.ActivityId).Distinct().ToList();
        var purposes = await db.Set<PurposeStatement>().AsNoTracking().Where(p => activities.Contains(p.ActivityId)).ToDictionaryAsync(p => p.ActivityId, cancellationToken);
        return [.. lines.Select(l => new RegisteredRelease(l.release, l.Number, l.Title, l.Name, NeedOf(purposes.GetValueOrDefault(l.release.ActivityId), l.release.NeedCode)))];
    }

    private static string NeedOf(PurposeStatement? purpose, string code) => purpose?.Content.Needs.FirstOrDefault(n => n.Code == code) is { } need ? $"{code} · {need.Question}" : code;
}
