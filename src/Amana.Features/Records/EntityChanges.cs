using Amana.Domain.Consent;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Applies changes to entries, and then those that waited for them. It only makes them pending.</summary>
public sealed class EntityChanges(AmanaDb db, Safe safe, TimeProvider clock)
{
    internal async Task<ListedEntity?> Find(EntityListId list, Guid id, CancellationToken cancellationToken) =>
        db.Set<ListedEntity>().Local.FirstOrDefault(e => e.ListId == list && e.EntityId == id) ?? await db.Set<ListedEntity>().FirstOrDefaultAsync(e => e.ListId == list && e.EntityId == id, cancellationToken);

    /// <summary>The change is sealed under the key of the person whom the entry is about, not of the visit that brought it. Who has withdrawn is changed no more.</summary>
    internal async Task<Happening> Apply(ListedEntity entity, ActivityId activity, int from, EntityOrigin origin, EntityContent content, CancellationToken cancellationToken)
    {
        var person = entity.PersonId;
        var isNew = db.Set<PersonConsent>().Local.Any(c => c.PersonId == person && c.State == ConsentState.Given);
        if (!isNew && !await db.Set<PersonConsent>().Standing(clock.Today()).AnyAsync(c => c.PersonId == person, cancellationToken))
            return new Happening("EntityNotFound", activity, entity.ListId.Value);
        var before = EntityContent.Read(await safe.OpenEntityForIntake(entity, cancellationToken));
        var box = await safe.SealForPerson(entity.PersonId, Compartment.Identity, entity.RecordId, before.With(content).Write(), cancellationToken);
        var change = EntityRules.Update(entity, from, origin, box, [.. content.Properties.Keys], clock.Now());
        entity.Apply(change);
        return Happening.Of(change, activity, entity.EntityId).With("version", change.Version).With("conflict", change.Conflict.ToString());
    }

    /// <summary>Applies what waited for the change that just came, and what waited for that in turn.</summary>
    internal async Task<List<Happening>> Follow(EntityList list, Guid id, CancellationToken cancellationToken)
    {
        var happenings = new List<Happening>();
        if (await Find(list.Id, id, cancellationToken) is not { } entity)
            return happenings;
        var waiting = await Waiting(list.Id, id, cancellationToken);
        while (waiting.Find(w => EntityRules.BaseOf(entity.Steps, w.Origin) is not null) is { } next)
        {
            happenings.Add(await Release(entity, next, EntityRules.BaseOf(entity.Steps, next.Origin)!.Value, cancellationToken));
            waiting.Remove(next);
        }

        return happenings;
    }

    /// <summary>Applies everything that waits for an entry as it is, in the order of the phone; where the entry is not here it is dropped: made anew out of a change, it could bring back somebody who was erased.</summary>
    internal async Task<List<Happening>> Force(EntityListId list, Guid id, CancellationToken cancellationToken)
    {
        var happenings = new List<Happening>();
        var entity = await Find(list, id, cancellationToken);
        foreach (var change in await Waiting(list, id, cancellationToken))
        {
            if (entity is not null)
            {
                happenings.Add((await Release(entity, change, EntityRules.BaseOf(entity.Steps, change.Origin) ?? change.Origin.TrunkVersion ?? 1, cancellationToken)).With("forced", "yes"));
                continue;
            }

            db.Remove(change);
            happenings.Add(new Happening("EntityChangeDropped", change.ActivityId, change.EntityId));
        }

        return happenings;
    }

    private async Task<Happening> Release(ListedEntity entity, WaitingEntityChange change, int from, CancellationToken cancellationToken)
    {
        // Sealed like an entry of the visit's person, so it is opened as one, only to be sealed again.
        var box = new PersonBox(change.Id, change.RecordId, change.PersonId, Compartment.Identity, 1, "", change.Box);
        var content = EntityContent.Read(await safe.OpenBoxForIntake(box, cancellationToken));
        db.Remove(change);
        return await Apply(entity, change.ActivityId, from, change.Origin, content, cancellationToken);
    }

    private async Task<List<WaitingEntityChange>> Waiting(EntityListId list, Guid id, CancellationToken cancellationToken)
    {
        var stored = await db.Set<WaitingEntityChange>().Where(w => w.ListId == list && w.EntityId == id).ToListAsync(cancellationToken);
        var fresh = db.Set<WaitingEntityChange>().Local.Where(w => w.ListId == list && w.EntityId == id && db.Entry(w).State == EntityState.Added);
        return [.. stored.Where(w => db.Entry(w).State != EntityState.Deleted).Union(fresh).OrderBy(w => w.Origin.BaseVersion).ThenBy(w => w.At)];
    }
}
