using System.Text.Json;
using Amana.Domain.Records;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>What the box of an entry, or of a change to one, holds.</summary>
public sealed record EntityContent(string Label, IReadOnlyDictionary<string, string> Properties)
{
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Mapping.Json);

    public static EntityContent Read(byte[] bytes) => JsonSerializer.Deserialize<EntityContent>(bytes, Mapping.Json)!;

    /// <summary>What a submission brings.</summary>
    public static EntityContent Of(SubmittedEntity given) => new(given.Label ?? "", given.Properties);

    /// <summary>The same with what a change brought; an empty label leaves the old one.</summary>
    public EntityContent With(EntityContent change)
    {
        var properties = new SortedDictionary<string, string>(Properties.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (name, value) in change.Properties)
            properties[name] = value;
        return new EntityContent(string.IsNullOrEmpty(change.Label) ? Label : change.Label, properties);
    }
}

/// <summary>Makes and changes entries of entity lists with the accepted record that brings them, in the same commit. A change that came before the one it follows waits. It only makes them pending.</summary>
public sealed class EntityIntake(AmanaDb db, Safe safe, EntityChanges changes, TimeProvider clock)
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
            var known = await changes.Find(list.Id, given.Id, cancellationToken);
            happenings.Add((await One(list, known, given, accepted, cancellationToken)).With("list", list.Name));
            happenings.AddRange(await changes.Follow(list, given.Id, cancellationToken));
        }

        return happenings;
    }

    private async Task<Happening> One(EntityList list, ListedEntity? known, SubmittedEntity given, RecordAccepted accepted, CancellationToken cancellationToken)
    {
        if (known is null && given.Creates)
            return await Create(list, given, accepted, cancellationToken);
        if (!given.Updates)
            return new Happening("EntityThereAlready", accepted.ActivityId, given.Id);
        if (EntityRules.BaseOf(known?.Steps, given.Origin) is not { } from)
            return await Hold(list, given, accepted, cancellationToken);
        return known is null
            ? new Happening("EntityNotFound", accepted.ActivityId, list.Id.Value)
            : await changes.Apply(known, accepted.ActivityId, from, given.Origin, EntityContent.Of(given), cancellationToken);
    }

    private async Task<Happening> Create(EntityList list, SubmittedEntity given, RecordAccepted accepted, CancellationToken cancellationToken)
    {
        var box = await safe.SealForPerson(accepted.PersonId, Compartment.Identity, accepted.Id, EntityContent.Of(given).Write(), cancellationToken);
        var change = EntityRules.Create(list.Id, given.Id, accepted, box, [.. given.Properties.Keys], given.Origin.Branch);
        db.Add(ListedEntity.Of(change));
        return Happening.Of(change, accepted.ActivityId, given.Id).With("properties", given.Properties.Count);
    }

    private async Task<Happening> Hold(EntityList list, SubmittedEntity given, RecordAccepted accepted, CancellationToken cancellationToken)
    {
        var box = await safe.SealForPerson(accepted.PersonId, Compartment.Identity, accepted.Id, EntityContent.Of(given).Write(), cancellationToken);
        var change = EntityRules.Hold(new HoldEntityChange(Ids.NewGuid(clock), list.Id, given.Id, given.Origin, box), accepted);
        db.Add(WaitingEntityChange.Of(change));
        return Happening.Of(change, accepted.ActivityId, given.Id).With("base", given.Origin.BaseVersion);
    }
}
