using Amana.Domain.Cases;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Cases;

/// <summary>Who follows whom up in one activity: ids and counts, nothing of anybody's answers.</summary>
/// <param name="Workers">Open cases of each worker who has any.</param>
/// <param name="Unfollowed">Records in use that are in nobody's caseload.</param>
public sealed record ActivityCaseload(IReadOnlyDictionary<StaffId, int> Workers, int Unfollowed);

/// <summary>Reads the caseloads of an activity, for those who may read its plan.</summary>
public sealed class Caseloads(Door door, AmanaDb db)
{
    public async Task<Outcome<ActivityCaseload>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<ActivityCaseload>.RefusedBy(loaded.Refusals);
        var open = from c in db.Set<CaseAssignment>().AsNoTracking()
                   join r in db.Set<RecordEntry>() on c.RecordId equals r.Id
                   where c.ActivityId == activity && c.EndedAt == null && r.State == RecordState.InUse
                   select c.WorkerId;
        var workers = await open.GroupBy(w => w).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var all = await db.Set<RecordEntry>().CountAsync(r => r.ActivityId == activity && r.State == RecordState.InUse, cancellationToken);
        return new ActivityCaseload(workers, all - workers.Values.Sum());
    }

    /// <summary>In whose caseload one record is; none where nobody follows the person.</summary>
    public async Task<StaffId?> WorkerOf(ActivityId activity, string code, CancellationToken cancellationToken) =>
        await (from c in db.Set<CaseAssignment>().AsNoTracking()
               join r in db.Set<RecordEntry>() on c.RecordId equals r.Id
               where r.ActivityId == activity && r.Code == code && c.EndedAt == null
               select (StaffId?)c.WorkerId).FirstOrDefaultAsync(cancellationToken);
}
