using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Cases;
using Amana.Domain.Competency;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Competency;

/// <summary>What a member of staff carries in all activities that run: roles held, open cases, and interviews of the last days. Counts alone.</summary>
public sealed record StaffLoad(int Roles, int OpenCases, int Interviews)
{
    public static StaffLoad None { get; } = new(0, 0, 0);
}

/// <summary>Who carries how much, seen before a role is given (CC-4). A few queries for all of the staff, however many they are.</summary>
public sealed class StaffLoads(AmanaDb db, TimeProvider clock)
{
    /// <summary>Days of interviews that are counted.</summary>
    public const int Days = 7;

    public async Task<IReadOnlyDictionary<StaffId, StaffLoad>> Read(CancellationToken cancellationToken)
    {
        var running = await db.Set<Activity>().Where(a => a.Step != PimStep.Closed).Select(a => a.Id).ToListAsync(cancellationToken);
        var roles = await db.Set<TeamMember>().Where(m => m.EndedAt == null && running.Contains(m.ActivityId)).GroupBy(m => m.StaffId).Select(g => new { g.Key, N = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.N, cancellationToken);
        var cases = await db.Set<CaseAssignment>().Where(c => c.EndedAt == null && running.Contains(c.ActivityId)).GroupBy(c => c.WorkerId).Select(g => new { g.Key, N = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.N, cancellationToken);
        var interviews = await Interviews(running, cancellationToken);
        return roles.Keys.Union(cases.Keys).Union(interviews.Keys).ToDictionary(s => s, s => new StaffLoad(roles.GetValueOrDefault(s), cases.GetValueOrDefault(s), interviews.GetValueOrDefault(s)));
    }

    /// <summary>Interviews by who held the phone, or who entered them as staff.</summary>
    private async Task<Dictionary<StaffId, int>> Interviews(List<ActivityId> running, CancellationToken cancellationToken)
    {
        var since = clock.Now().AddDays(-Days);
        var holders = (await db.Set<AppUser>().Where(a => running.Contains(a.ActivityId)).Select(a => new { a.Id, a.HeldBy }).ToListAsync(cancellationToken)).ToDictionary(a => a.Id.Value, a => a.HeldBy);
        var counted = await db.Set<RecordEntry>().Where(r => running.Contains(r.ActivityId) && r.ReceivedAt >= since).GroupBy(r => r.CollectedBy).Select(g => new { g.Key, N = g.Count() }).ToListAsync(cancellationToken);
        return counted.GroupBy(c => holders.TryGetValue(c.Key, out var holder) ? holder : new StaffId(c.Key)).ToDictionary(g => g.Key, g => g.Sum(c => c.N));
    }
}
