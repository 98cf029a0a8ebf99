using System.Text.Json;
using Amana.Domain.Consent;
using Amana.Domain.Records;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>What the box of an entry holds.</summary>
public sealed record EntityContent(string Label, IReadOnlyDictionary<string, string> Properties)
{
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Mapping.Json);

    public static EntityContent Read(byte[] bytes) => JsonSerializer.Deserialize<EntityContent>(bytes, Mapping.Json)!;

    /// <summary>The same with what a change brought; an empty label leaves the old one.</summary>
    public EntityContent With(SubmittedEntity change)
    {
        var properties = new SortedDictionary<string, string>(Properties.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (name, value) in change.Properties)
            properties[name] = value;
        return new EntityContent(string.IsNullOrEmpty(change.Label) ? Label : change.Label, properties);
    }
}

/// <summary>Makes and changes entries of entity lists with the accepted record that brings them, in the same commit. It only makes them pending.</summary>
public sealed class EntityIntake(AmanaDb db, Safe safe, TimeProvider clock)
{
    public async Task<IReadOnlyList<Happening>> Add(ReadSubmission read, RecordAccepted accepted, CancellationToken cancellationToken)
    {
        var happenings = new List<Happening>();
        if (read.Form.Entities.Count == 0)
            return happenings;
        var lists = await db.Set<EntityList>().Where(l => l.ActivityId == accepted.ActivityId).ToListAsync(cancellationToken);
        foreach (var given in SubmittedEntities.Of(read.Form, read.Submission))
        {
            if (lists.FirstOrDefault(l => l.Name == given.List) is not { } list)
                continue;
            var known = db.Set<ListedEntity>().Local.FirstOrDefault(e => e.ListId == list.Id && e.EntityId == given.Id)
                ?? await db.Set<ListedEntity>().FirstOrDefaultAsync(e => e.ListId == list.Id && e.EntityId == given.Id, cancellationToken);
            var happening = (known, given) switch
            {
                (null, { Creates: true }) => await Create(list, given, accepted, cancellationToken),
                (null, _) => new Happening("EntityNotFound", accepted.ActivityId, list.Id.Value),
                (_, { Updates: true }) => await Update(known, given, accepted, cancellationToken),
                _ => new Happening("EntityThereAlready", accepted.ActivityId, given.Id),
            };
            happenings.Add(happening.With("list", list.Name));
        }

        return happenings;
    }

    private async Task<Happening> Create(EntityList list, SubmittedEntity given, RecordAccepted accepted, CancellationToken cancellationToken)
    {
        var box = await safe.SealForPerson(accepted.PersonId, Compartment.Identity, accepted.Id, new EntityContent(given.Label ?? "", given.Properties).Write(), cancellationToken);
        var change = EntityRules.Create(list.Id, given.Id, accepted, box, [.. given.Properties.Keys]);
        db.Add(ListedEntity.Of(change));
        return Happening.Of(change, accepted.ActivityId, given.Id).With("properties", given.Properties.Count);
    }

    /// <summary>The change is sealed under the key of the person whom the entry is about, not of the visit that brought it. Who has withdrawn is changed no more.</summary>
    private async Task<Happening> Update(ListedEntity entity, SubmittedEntity given, RecordAccepted accepted, CancellationToken cancellationToken)
    {
        if (!await db.Set<PersonConsent>().Standing(clock.Today()).AnyAsync(c => c.PersonId == entity.PersonId, cancellationToken))
            return new Happening("EntityNotFound", accepted.ActivityId, entity.ListId.Value);
        var before = EntityContent.Read(await safe.OpenEntityForIntake(entity, cancellationToken));
        var box = await safe.SealForPerson(entity.PersonId, Compartment.Identity, entity.RecordId, before.With(given).Write(), cancellationToken);
        var change = EntityRules.Update(entity, given.BaseVersion, box, [.. given.Properties.Keys], clock.Now());
        entity.Apply(change);
        return Happening.Of(change, accepted.ActivityId, given.Id).With("version", change.Version).With("conflict", change.Conflict.ToString());
    }
}
