using Amana.Domain.Activities;
using Amana.Domain.People;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Platform.Backup;

/// <summary>Erases from a restored store whoever, and whichever activity's data, was erased since the backup was made. Part of the restore's transaction.</summary>
public sealed class TombstoneReplay(AmanaDb db, Safe safe, IEnumerable<IErasesPeople> slices, IEnumerable<IErasesActivities> ends)
{
    internal async Task<(int People, int Activities)> EraseAgain(CancellationToken cancellationToken)
    {
        var marks = (await db.Set<Tombstone>().AsNoTracking().Select(t => t.Mark).ToListAsync(cancellationToken)).Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        bool IsErased(Guid owner) => marks.Contains(Convert.ToHexString(safe.TombstoneOf(owner)));
        var people = (await db.Set<Person>().AsNoTracking().Select(p => p.Id).ToListAsync(cancellationToken)).Where(p => IsErased(p.Value)).ToList();
        foreach (var slice in slices.OrderBy(s => s.Order))
            await slice.Erase(db, people, cancellationToken);
        var activities = (await db.Set<Activity>().AsNoTracking().Select(a => a.Id).ToListAsync(cancellationToken)).Where(a => IsErased(a.Value)).ToList();
        foreach (var activity in activities)
            foreach (var end in ends)
                await end.Erase(db, activity, cancellationToken);
        return (people.Count, activities.Count);
    }
}
