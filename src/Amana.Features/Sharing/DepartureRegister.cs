using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>One line of what left.</summary>
public sealed record RegisteredDeparture(Departure Departure, int ActivityNumber, string ActivityTitle, string? Recipient);

/// <summary>A decision not to share: a plan without recipients, or a release that was declined, with the reason.</summary>
public sealed record NotShared(int ActivityNumber, string ActivityTitle, string What, string Reason, DateTimeOffset At);

/// <summary>Everything that left, the newest first, and what was decided not to be shared: of the whole operation for those with a duty over it, else of the own organisation's activities (CO-4).</summary>
public sealed class DepartureRegister(AmanaDb db)
{
    private const int Most = 200;

    public async Task<(IReadOnlyList<RegisteredDeparture> Left, IReadOnlyList<NotShared> Kept)> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var all = who.Actor.Duties.Count > 0;
        var own = who.Actor.OrganisationId ?? default;
        var activities = await db.Set<Activity>().AsNoTracking().Where(a => all || a.OrganisationId == own).Select(a => new { a.Id, a.Number, a.Title }).ToDictionaryAsync(a => a.Id, cancellationToken);
        var ids = activities.Keys.ToList();
        var names = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
        var left = await db.Set<Departure>().AsNoTracking().Where(d => ids.Contains(d.ActivityId)).OrderByDescending(d => d.At).Take(Most).ToListAsync(cancellationToken);
        var plans = (await db.Set<SharingPlan>().AsNoTracking().Where(p => ids.Contains(p.ActivityId)).ToListAsync(cancellationToken)).Where(p => p.Recipients.Count == 0 && p.NotSharingReason is not null);
        var declined = await db.Set<Release>().AsNoTracking().Where(r => ids.Contains(r.ActivityId) && r.State == ReleaseState.Declined).ToListAsync(cancellationToken);
        return ([.. left.Select(d => new RegisteredDeparture(d, activities[d.ActivityId].Number, activities[d.ActivityId].Title, d.RecipientId is { } r ? names.GetValueOrDefault(r) : null))],
            [.. plans.Select(p => new NotShared(activities[p.ActivityId].Number, activities[p.ActivityId].Title, "", p.NotSharingReason!, p.PlannedAt))
                .Concat(declined.Select(r => new NotShared(activities[r.ActivityId].Number, activities[r.ActivityId].Title, r.Title, r.DecisionReason ?? "", r.DecidedAt ?? r.ProposedAt)))
                .OrderByDescending(n => n.At)]);
    }
}
