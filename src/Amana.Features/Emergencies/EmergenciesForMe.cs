using Amana.Domain.Emergencies;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Emergencies;

/// <summary>An emergency opening in the list: the record by its random code, who opened it, until when it must be reviewed.</summary>
public sealed record ListedEmergency(EmergencyOpening Opening, string? RecordCode);

/// <summary>The emergency openings of an activity, newest first, for those who may read it. Reasons are not among it.</summary>
public sealed class EmergenciesOfActivity(Door door, AmanaDb db)
{
    public const int Most = 100;

    public async Task<IReadOnlyList<ListedEmergency>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        if (!(await door.ForReading(who, activity, cancellationToken)).IsDone)
            return [];
        var openings = await db.Set<EmergencyOpening>().AsNoTracking().Where(e => e.ActivityId == activity).OrderByDescending(e => e.OpenedAt).Take(Most).ToListAsync(cancellationToken);
        var ids = openings.Select(o => o.RecordId).ToList();
        var codes = await db.Set<RecordEntry>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Code, cancellationToken);
        return [.. openings.Select(o => new ListedEmergency(o, codes.GetValueOrDefault(o.RecordId)))];
    }
}

/// <summary>What of an activity waits for the reader: openings to be reviewed, overrides to be decided.</summary>
public sealed record EmergencyForMe(int Number, string Title, int ToReview, DateTimeOffset? ReviewBy, int ToDecide);

/// <summary>Emergency openings that the reader may review and overrides that they may decide, over all activities: told at once, on the home page.</summary>
public sealed class EmergenciesForMe(AmanaDb db, ActivityReader activities)
{
    public async Task<IReadOnlyList<EmergencyForMe>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        if (who.Actor.StaffId is not { } me)
            return [];
        var openings = await db.Set<EmergencyOpening>().AsNoTracking().Where(e => e.ReviewedAt == null && e.OpenedBy != me).ToListAsync(cancellationToken);
        var asked = await db.Set<RuleOverride>().AsNoTracking().Where(o => o.DecidedAt == null && o.EndedAt == null && o.AskedBy != me).ToListAsync(cancellationToken);
        var mine = new List<EmergencyForMe>();
        foreach (var id in openings.Select(o => o.ActivityId).Concat(asked.Select(o => o.ActivityId)).Distinct())
        {
            if (await activities.Snapshot(id, cancellationToken) is not { } s || Authority.MayRead(s, who.Actor).Count > 0 || Authority.MayApprove(s, who.Actor).Count > 0)
                continue;
            var reviews = openings.Where(o => o.ActivityId == id).ToList();
            mine.Add(new EmergencyForMe(s.Activity.Number, s.Activity.Title, reviews.Count, reviews.Min(r => (DateTimeOffset?)r.ReviewBy), asked.Count(o => o.ActivityId == id)));
        }

        return [.. mine.OrderBy(m => m.ReviewBy ?? DateTimeOffset.MaxValue)];
    }
}
