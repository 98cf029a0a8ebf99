using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Applies changes of entries that waited too long for the change before them: by itself after five days, or at once when somebody who judges the activity's records says so. A conflict is then marked.</summary>
public sealed class ReleaseEntityChanges(Door door, AmanaDb db, EntityChanges changes, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>What has waited longer than it may, in all activities.</summary>
    public async Task<int> Handle(AccessContext house, CancellationToken cancellationToken)
    {
        if (house.Actor.Kind != ActorKind.House)
            throw new InvalidOperationException("Only the house releases what has waited its time.");
        var before = clock.Now() - EntityRules.LongestWait;
        var due = await db.Set<WaitingEntityChange>().AsNoTracking().Where(w => w.At < before).Select(w => new { w.ListId, w.EntityId }).Distinct().OrderBy(w => w.ListId).ThenBy(w => w.EntityId).Take(500).ToListAsync(cancellationToken);
        foreach (var entity in due)
            await Release(house, entity.ListId, entity.EntityId, cancellationToken);
        return due.Count;
    }

    /// <summary>What waits for one entry of an activity, at once.</summary>
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, Guid entity, CancellationToken cancellationToken)
    {
        var read = await door.ForReading(who, activity, cancellationToken);
        if (!read.IsDone)
            return Outcome<Nothing>.RefusedBy(read.Refusals);
        if (Authority.MayJudge(read.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        var list = await db.Set<WaitingEntityChange>().AsNoTracking().Where(w => w.ActivityId == activity && w.EntityId == entity).Select(w => (EntityListId?)w.ListId).FirstOrDefaultAsync(cancellationToken);
        if (list is not { } id)
            return new Refusal("entity.nothing-waits");
        await Release(who, id, entity, cancellationToken);
        return Nothing.Here;
    }

    private async Task Release(AccessContext who, EntityListId list, Guid entity, CancellationToken cancellationToken)
    {
        if (await changes.Force(list, entity, cancellationToken) is { Count: > 0 } happenings)
            await ledger.Commit(who, cancellationToken, happenings);
        db.ChangeTracker.Clear();
    }
}
