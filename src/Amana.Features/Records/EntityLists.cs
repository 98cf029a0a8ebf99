using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>An entity list as a manifest names it: the stamp changes whenever the list does, without a box being opened.</summary>
public sealed record StampedList(EntityListId Id, string Name, string Stamp);

/// <summary>Entity lists of an activity, without what their entries say.</summary>
public sealed class EntityLists(AmanaDb db, TimeProvider clock)
{
    /// <summary>The list of that name with its stamp; none when the activity has none.</summary>
    public async Task<StampedList?> Read(ActivityId activity, string name, CancellationToken cancellationToken)
    {
        if (await db.Set<EntityList>().AsNoTracking().FirstOrDefaultAsync(l => l.ActivityId == activity && l.Name == name, cancellationToken) is not { } list)
            return null;
        var agreed = await Agreed(db, list, await Forms(activity, cancellationToken), clock.Now(), cancellationToken);
        var entries = (await Usable(db, list.Id, clock.Today()).OrderBy(e => e.EntityId).Select(e => new { e.EntityId, e.Version, e.PersonId }).ToListAsync(cancellationToken)).Where(e => agreed.Contains(e.PersonId));
        var all = string.Join('\n', entries.Select(e => e.EntityId.ToString("N") + ' ' + e.Version.ToString(CultureInfo.InvariantCulture)).Prepend(string.Join(',', list.Properties)));
        return new StampedList(list.Id, list.Name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..32]);
    }

    /// <summary>The lists that the activity keeps, by name.</summary>
    public async Task<IReadOnlyList<string>> Names(ActivityId activity, CancellationToken cancellationToken) =>
        await db.Set<EntityList>().Where(l => l.ActivityId == activity).Select(l => l.Name).ToListAsync(cancellationToken);

    /// <summary>The columns of the list as a file without entries, for a trial, which has no right to see people.</summary>
    public async Task<string> Empty(ActivityId activity, string name, CancellationToken cancellationToken) =>
        HeaderOf((await db.Set<EntityList>().AsNoTracking().FirstOrDefaultAsync(l => l.ActivityId == activity && l.Name == name, cancellationToken))?.Properties ?? []);

    internal static string HeaderOf(IReadOnlyList<string> properties) => string.Join(',', new[] { "name", "label", "__version" }.Concat(properties)) + "\n";

    /// <summary>Which of the entries a phone has are still there. What is gone, withdrawn or never was looks alike, so that a phone forgets it.</summary>
    public async Task<IReadOnlyList<(string Id, bool Deleted)>> Integrity(EntityListId list, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Select(id => Guid.TryParse(id, out var known) ? known : Guid.Empty).Where(id => id != Guid.Empty).ToList();
        var kept = await db.Set<EntityList>().AsNoTracking().FirstAsync(l => l.Id == list, cancellationToken);
        var agreed = await Agreed(db, kept, await Forms(kept.ActivityId, cancellationToken), clock.Now(), cancellationToken);
        var there = (await Usable(db, list, clock.Today()).Where(e => asked.Contains(e.EntityId)).Select(e => new { e.EntityId, e.PersonId }).ToListAsync(cancellationToken))
            .Where(e => agreed.Contains(e.PersonId)).Select(e => e.EntityId).ToHashSet();
        return [.. ids.Select(id => (id, !Guid.TryParse(id, out var known) || !there.Contains(known)))];
    }

    /// <summary>The people of a list who may be on a phone: they agreed to be contacted again where the form asks it, else to take part. Hash, file and integrity go by this alone, so that a yes that was taken
    /// back leaves every phone that held the entry.</summary>
    internal static async Task<HashSet<PersonId>> Agreed(AmanaDb db, EntityList list, IEnumerable<FormVersion> forms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = forms.Any(f => f.Entities.Any(e => e.List == list.Name) && f.Elements.Any(e => e.Ask == ConsentAsk.Recontact)) ? ConsentAsk.Recontact : ConsentAsk.Participation;
        var consents = await db.Set<PersonConsent>().AsNoTracking().Where(c => db.Set<ListedEntity>().Any(e => e.ListId == list.Id && e.PersonId == c.PersonId)).ToListAsync(cancellationToken);
        return [.. consents.Where(c => c.Permits(asked, now)).Select(c => c.PersonId)];
    }

    private Task<List<FormVersion>> Forms(ActivityId activity, CancellationToken cancellationToken) => db.Set<FormVersion>().AsNoTracking().Where(f => f.ActivityId == activity).ToListAsync(cancellationToken);

    /// <summary>Entries whose person's consent stands.</summary>
    internal static IQueryable<ListedEntity> Usable(AmanaDb db, EntityListId list, DateOnly today) =>
        db.Set<ListedEntity>().AsNoTracking().Where(e => e.ListId == list && db.Set<PersonConsent>().Standing(today).Any(c => c.PersonId == e.PersonId));
}

/// <summary>Gives an entity list to a phone as Collect reads it (<c>name,label,__version,…</c>). It is an opening of data about people: the gate is asked with the list's need, the holder must be one who
/// may open, the ledger enters it first, and only people who agreed to be contacted again are on it where the form asked them.</summary>
public sealed class GiveEntityList(Door door, AmanaDb db, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<string>> Handle(AccessContext who, ActivityId activity, EntityListId id, CancellationToken cancellationToken)
    {
        var list = await db.Set<EntityList>().AsNoTracking().FirstAsync(l => l.Id == id && l.ActivityId == activity, cancellationToken);
        var passage = await door.Ask(who.Citing(list.NeedCode), Operation.Open, activity, null, list.Id.Value, cancellationToken);
        if (!passage.IsDone)
            return Outcome<string>.RefusedBy(passage.Refusals);
        var agreed = await EntityLists.Agreed(db, list, passage.Result.Activity.Forms, passage.Result.Activity.Now, cancellationToken);
        var given = (await EntityLists.Usable(db, id, clock.Today()).OrderBy(e => e.EntityId).ToListAsync(cancellationToken)).Where(e => agreed.Contains(e.PersonId)).ToList();
        if (await door.InBulk(who, Operation.Open, activity, given.Count, cancellationToken) is { } spent)
            return spent;
        var permit = await ledger.Disclose(who.Citing(list.NeedCode), passage.Result.Answer, new Happening("EntityListGiven", activity, list.Id.Value).With("entities", given.Count), cancellationToken);
        return await Write(permit, list, given, cancellationToken);
    }

    private async Task<string> Write(DisclosurePermit permit, EntityList list, List<ListedEntity> given, CancellationToken cancellationToken)
    {
        var csv = new StringBuilder(EntityLists.HeaderOf(list.Properties));
        foreach (var entity in given)
        {
            var content = EntityContent.Read(await safe.OpenEntity(permit, entity, cancellationToken));
            csv.AppendJoin(',', new[] { entity.EntityId.ToString("D"), content.Label, entity.Version.ToString(CultureInfo.InvariantCulture) }
                .Concat(list.Properties.Select(p => content.Properties.GetValueOrDefault(p, ""))).Select(Quoted)).Append('\n');
        }

        return csv.ToString();
    }

    /// <summary>RFC 4180. Nothing is put before a value: a phone reads it, no spreadsheet does.</summary>
    private static string Quoted(string value) => value.AsSpan().IndexOfAny("\",\r\n") < 0 ? value : '"' + value.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
