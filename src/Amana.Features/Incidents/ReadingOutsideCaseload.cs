using System.Text.Json;
using Amana.Domain.Cases;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Incidents;

/// <summary>Which openings were of records that were in somebody else's caseload at that moment. Records that nobody follows count for nobody.</summary>
internal static class ReadingOutsideCaseload
{
    /// <param name="db">The store.</param>
    /// <param name="openings">Openings of records as the ledger has them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<List<SeenInLedger>> Of(AmanaDb db, IEnumerable<SeenInLedger> openings, CancellationToken cancellationToken)
    {
        var activities = await db.Set<CaseAssignment>().AsNoTracking().Select(c => c.ActivityId).Distinct().ToListAsync(cancellationToken);
        var opened = openings.Where(o => o.ActivityId is { } activity && activities.Contains(activity)).Select(o => (Entry: o, Record: SubjectOf(o.Canonical))).ToList();
        Dictionary<RecordId, List<CaseAssignment>> followed = [];
        foreach (var chunk in opened.Select(o => o.Record).OfType<RecordId>().Distinct().Chunk(500))
            foreach (var assignment in await db.Set<CaseAssignment>().AsNoTracking().Where(c => chunk.Contains(c.RecordId)).ToListAsync(cancellationToken))
                (followed.TryGetValue(assignment.RecordId, out var known) ? known : followed[assignment.RecordId] = []).Add(assignment);
        return [.. opened.Where(o => o.Record is { } record && followed.TryGetValue(record, out var all) && IsAnothers(all, o.Entry)).Select(o => o.Entry)];
    }

    private static bool IsAnothers(List<CaseAssignment> assignments, SeenInLedger opening)
    {
        var then = assignments.Where(a => a.Holds(opening.At)).ToList();
        return then.Count > 0 && then.TrueForAll(a => a.WorkerId != opening.Staff);
    }

    private static RecordId? SubjectOf(string canonical)
    {
        using var entry = JsonDocument.Parse(canonical);
        return entry.RootElement.TryGetProperty("subject", out var subject) && subject.TryGetGuid(out var id) ? new RecordId(id) : null;
    }
}
