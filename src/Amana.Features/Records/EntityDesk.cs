using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>A list as its page shows it: counts and names of columns, nothing of anybody.</summary>
public sealed record ShownEntityList(EntityListId Id, string Name, IReadOnlyList<string> Properties, string? NeedCode, int Entries, IReadOnlyList<ShownConflict> Conflicts, IReadOnlyList<ShownWaiting> Waiting);

/// <summary>An entry that two people changed from the same version: which versions touched which columns, never what they say.</summary>
public sealed record ShownConflict(Guid EntityId, EntityConflict Conflict, int Version, DateTimeOffset UpdatedAt, IReadOnlyList<EntityStep> Steps);

/// <summary>An entry for which changes wait.</summary>
public sealed record ShownWaiting(Guid EntityId, int Changes, DateTimeOffset Since, bool EntryIsHere);

/// <summary>The entity lists of an activity with their conflicts and what waits. Opens no box.</summary>
public sealed class EntityDesk(Door door, AmanaDb db, TimeProvider clock)
{
    /// <summary>Most conflicts that are shown of one list.</summary>
    public const int Most = 200;

    public async Task<Outcome<IReadOnlyList<ShownEntityList>>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var read = await door.ForReading(who, activity, cancellationToken);
        if (!read.IsDone)
            return Outcome<IReadOnlyList<ShownEntityList>>.RefusedBy(read.Refusals);
        var shown = new List<ShownEntityList>();
        foreach (var list in await db.Set<EntityList>().AsNoTracking().Where(l => l.ActivityId == activity).OrderBy(l => l.Name).ToListAsync(cancellationToken))
        {
            var conflicts = await EntityLists.Usable(db, list.Id, clock.Today()).Where(e => e.Conflict != EntityConflict.None).OrderByDescending(e => e.UpdatedAt).Take(Most)
                .Select(e => new ShownConflict(e.EntityId, e.Conflict, e.Version, e.UpdatedAt, e.Steps)).ToListAsync(cancellationToken);
            var here = (await db.Set<ListedEntity>().Where(e => e.ListId == list.Id && db.Set<WaitingEntityChange>().Any(w => w.ListId == list.Id && w.EntityId == e.EntityId)).Select(e => e.EntityId).ToListAsync(cancellationToken)).ToHashSet();
            var waiting = (await db.Set<WaitingEntityChange>().AsNoTracking().Where(w => w.ListId == list.Id).Select(w => new { w.EntityId, w.At }).ToListAsync(cancellationToken))
                .GroupBy(w => w.EntityId).Select(g => new ShownWaiting(g.Key, g.Count(), g.Min(w => w.At), here.Contains(g.Key))).OrderBy(w => w.Since).ToList();
            shown.Add(new ShownEntityList(list.Id, list.Name, list.Properties, list.NeedCode, await EntityLists.Usable(db, list.Id, clock.Today()).CountAsync(cancellationToken), conflicts, waiting));
        }

        return shown;
    }
}

/// <summary>An entry as it was opened.</summary>
public sealed record OpenedEntity(ListedEntity Entity, EntityList List, Sensitive<EntityContent> Content);

/// <summary>Opens one entry for a stated need, and resolves its conflict: what stands now stands, or values are put in their place.</summary>
public sealed class ResolveEntity(Door door, AmanaDb db, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>Opens it: the gate is asked to open, and the opening is entered first.</summary>
    public async Task<Outcome<OpenedEntity>> Open(AccessContext who, ActivityId activity, Guid id, CancellationToken cancellationToken) => await Through(who, Operation.Open, "EntityOpened", activity, id, cancellationToken);

    /// <summary>Ends the conflict. Without values what stands stands, and nothing is opened; with values the gate is asked to amend.</summary>
    /// <param name="who">Who decides.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="id">The entry.</param>
    /// <param name="version">The version that was looked at; a newer one refuses.</param>
    /// <param name="values">New values by column, or none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, Guid id, int version, IReadOnlyDictionary<string, string>? values, CancellationToken cancellationToken)
    {
        var found = values is { Count: > 0 } ? await Through(who, Operation.Amend, "EntityReadForCorrection", activity, id, cancellationToken) : await ForJudging(who, activity, id, cancellationToken);
        if (!found.IsDone)
            return Outcome<Nothing>.RefusedBy(found.Refusals);
        var (entity, list, content) = found.Result;
        if (entity.Version != version)
            return new Refusal("record.edited-meanwhile");
        var changed = values?.Where(v => list.Properties.Contains(v.Key, StringComparer.Ordinal) && content.Reveal().Properties.GetValueOrDefault(v.Key, "") != v.Value).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal) ?? [];
        var box = changed.Count == 0 ? null : await safe.SealForPerson(entity.PersonId, Compartment.Identity, entity.RecordId, content.Reveal().With(new EntityContent("", changed)).Write(), cancellationToken);
        var decision = EntityRules.Resolve(entity, box, [.. changed.Keys], clock.Now());
        if (decision is not Decision<EntityConflictResolved>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        entity.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id).With("list", list.Name).With("version", entity.Version).With("changed", changed.Count));
        return Nothing.Here;
    }

    private async Task<Outcome<OpenedEntity>> Through(AccessContext who, Operation operation, string kind, ActivityId activity, Guid id, CancellationToken cancellationToken)
    {
        if (await Find(activity, id, cancellationToken) is not var (entity, list))
            return new Refusal("entity.not-found");
        var consent = await db.Set<PersonConsent>().FirstOrDefaultAsync(c => c.PersonId == entity.PersonId, cancellationToken);
        var passage = await door.Ask(who, operation, activity, consent, id, cancellationToken);
        if (!passage.IsDone)
            return Outcome<OpenedEntity>.RefusedBy(passage.Refusals);
        var permit = await ledger.Disclose(who, passage.Result.Answer, new Happening(kind, activity, list.Id.Value).With("entity", id.ToString("N")), cancellationToken);
        return new OpenedEntity(entity, list, new Sensitive<EntityContent>(EntityContent.Read(await safe.OpenEntity(permit, entity, cancellationToken))));
    }

    private async Task<Outcome<OpenedEntity>> ForJudging(AccessContext who, ActivityId activity, Guid id, CancellationToken cancellationToken)
    {
        var read = await door.ForReading(who, activity, cancellationToken);
        if (!read.IsDone)
            return Outcome<OpenedEntity>.RefusedBy(read.Refusals);
        if (Authority.MayJudge(read.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        return await Find(activity, id, cancellationToken) is var (entity, list)
            ? new OpenedEntity(entity, list, new Sensitive<EntityContent>(new EntityContent("", new Dictionary<string, string>()))) : new Refusal("entity.not-found");
    }

    private async Task<(ListedEntity, EntityList)?> Find(ActivityId activity, Guid id, CancellationToken cancellationToken) =>
        await db.Set<ListedEntity>().FirstOrDefaultAsync(e => e.EntityId == id && db.Set<EntityList>().Any(l => l.Id == e.ListId && l.ActivityId == activity), cancellationToken) is { } entity
            ? (entity, await db.Set<EntityList>().FirstAsync(l => l.Id == entity.ListId, cancellationToken)) : null;
}
