using Amana.Domain.Accounts;
using Amana.Domain.Cases;
using Amana.Domain.Consent;
using Amana.Domain.Impartiality;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Activities;

/// <summary>What the rules need to know of records: counts and dates, never a record.</summary>
internal sealed record Counts(
    IReadOnlyDictionary<ActivityId, CollectionState> Collection, IReadOnlyDictionary<ActivityId, BiasState> Bias, IReadOnlyDictionary<ActivityId, AccuracyState> Accuracy,
    IReadOnlyDictionary<ActivityId, IReadOnlyDictionary<StaffId, int>> OpenCases, SafekeepingState Safekeeping);

/// <summary>Counts records and what hangs on them for many activities at once. Every count is answered from an index.</summary>
public sealed class RuleCounts(AmanaDb db, Keyring keyring, Store store, TimeProvider clock)
{
    /// <summary>Days looked back for the busiest one.</summary>
    private const int Days = 7;

    internal async Task<Counts> Of(IReadOnlyCollection<ActivityId> ids, IReadOnlyList<Release> releases, CancellationToken cancellationToken) => new(
        await Collection(ids, cancellationToken), await Bias(ids, cancellationToken), await Accuracy(ids, releases, cancellationToken), await OpenCases(ids, cancellationToken), await Safekeeping(cancellationToken));

    private async Task<Dictionary<ActivityId, CollectionState>> Collection(IReadOnlyCollection<ActivityId> ids, CancellationToken cancellationToken)
    {
        var records = await Records(ids, cancellationToken);
        var refusals = await db.Set<RefusalCount>().Where(c => ids.Contains(c.ActivityId)).GroupBy(c => c.ActivityId).Select(g => new { g.Key, N = g.Sum(c => c.Count) }).ToDictionaryAsync(g => g.Key, g => g.N, cancellationToken);
        var held = await db.Set<QuarantinedSubmission>().Where(q => ids.Contains(q.ActivityId) && q.State == QuarantineState.Waiting).GroupBy(q => q.ActivityId).Select(g => new { g.Key, N = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.N, cancellationToken);
        var phones = await db.Set<AppUser>().Where(a => ids.Contains(a.ActivityId) && a.RevokedAt == null).GroupBy(a => a.ActivityId).Select(g => new { g.Key, N = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.N, cancellationToken);
        var withdrawn = (await db.Set<PersonConsent>().Where(c => ids.Contains(c.ActivityId) && c.EndedAt != null).Select(c => new { c.ActivityId, c.EndedAt }).ToListAsync(cancellationToken)).ToLookup(c => c.ActivityId, c => c.EndedAt);
        var today = clock.Today();
        var lapses = (await db.Set<PersonConsent>().Where(c => ids.Contains(c.ActivityId) && c.ExpiresOn != null && (c.State == ConsentState.Given || c.State == ConsentState.Renewed)).GroupBy(c => c.ActivityId)
            .Select(g => new { g.Key, Lapsed = g.Count(c => c.ExpiresOn < today), Next = g.Where(c => c.ExpiresOn >= today).Min(c => c.ExpiresOn) }).ToListAsync(cancellationToken)).ToDictionary(l => l.Key);
        return ids.ToDictionary(id => id, id => new CollectionState
        {
            Lapsed = lapses.GetValueOrDefault(id)?.Lapsed ?? 0, NextLapse = lapses.GetValueOrDefault(id)?.Next,
            Records = records[id].Sum(c => c.Count), Refusals = refusals.GetValueOrDefault(id), InQuarantine = held.GetValueOrDefault(id), PhonesInUse = phones.GetValueOrDefault(id),
            BusiestDay = records[id].Where(c => c.IsDay).Max(c => (int?)c.Count) ?? 0, WithdrawnNotErased = withdrawn[id].Count(), OldestWithdrawal = withdrawn[id].Min(),
        });
    }

    /// <summary>All records and those of the busiest of the last days. Each day, and all that lies before them, is one stretch of the index; every record is passed once, in one query.</summary>
    private async Task<ILookup<ActivityId, CountOfDay>> Records(IReadOnlyCollection<ActivityId> ids, CancellationToken cancellationToken)
    {
        var tomorrow = new DateTimeOffset(clock.Now().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        var before = db.Set<RecordEntry>().Where(r => ids.Contains(r.ActivityId) && r.ReceivedAt < tomorrow.AddDays(-Days)).GroupBy(r => r.ActivityId).Select(g => new CountOfDay { Activity = g.Key, IsDay = false, Count = g.Count() });
        var later = db.Set<RecordEntry>().Where(r => ids.Contains(r.ActivityId) && r.ReceivedAt >= tomorrow).GroupBy(r => r.ActivityId).Select(g => new CountOfDay { Activity = g.Key, IsDay = false, Count = g.Count() });
        var stretches = Enumerable.Range(0, Days).Select(back => Day(ids, tomorrow.AddDays(-back - 1), tomorrow.AddDays(-back))).Aggregate(before.Concat(later), (all, day) => all.Concat(day));
        return (await stretches.ToListAsync(cancellationToken)).ToLookup(d => d.Activity);
    }

    private IQueryable<CountOfDay> Day(IReadOnlyCollection<ActivityId> ids, DateTimeOffset from, DateTimeOffset to) =>
        db.Set<RecordEntry>().Where(r => ids.Contains(r.ActivityId) && r.ReceivedAt >= from && r.ReceivedAt < to).GroupBy(r => r.ActivityId).Select(g => new CountOfDay { Activity = g.Key, IsDay = true, Count = g.Count() });

    /// <summary>Open cases by worker. A record that was withdrawn is in it until it is erased, within the day.</summary>
    private async Task<Dictionary<ActivityId, IReadOnlyDictionary<StaffId, int>>> OpenCases(IReadOnlyCollection<ActivityId> ids, CancellationToken cancellationToken)
    {
        var open = (await db.Set<CaseAssignment>().Where(c => ids.Contains(c.ActivityId) && c.EndedAt == null).GroupBy(c => new { c.ActivityId, c.WorkerId }).Select(g => new { g.Key.ActivityId, g.Key.WorkerId, N = g.Count() })
            .ToListAsync(cancellationToken)).ToLookup(g => g.ActivityId);
        return ids.ToDictionary(id => id, id => (IReadOnlyDictionary<StaffId, int>)open[id].ToDictionary(g => g.WorkerId, g => g.N));
    }

    private async Task<Dictionary<ActivityId, BiasState>> Bias(IReadOnlyCollection<ActivityId> ids, CancellationToken cancellationToken)
    {
        var watched = await db.Set<BiasWatch>().Where(w => ids.Contains(w.ActivityId)).Select(w => new { w.ActivityId, w.At, w.Records }).ToDictionaryAsync(w => w.ActivityId, cancellationToken);
        var open = (await db.Set<BiasFinding>().Where(f => ids.Contains(f.ActivityId) && f.AnsweredAt == null && f.GoneAt == null).Select(f => new { f.ActivityId, f.RaisedAt }).ToListAsync(cancellationToken)).ToLookup(f => f.ActivityId, f => f.RaisedAt);
        return ids.ToDictionary(id => id, id => new BiasState(watched.GetValueOrDefault(id)?.At, watched.GetValueOrDefault(id)?.Records ?? 0, open[id].Count(), open[id].Select(at => (DateTimeOffset?)at).Min()));
    }

    private async Task<Dictionary<ActivityId, AccuracyState>> Accuracy(IReadOnlyCollection<ActivityId> ids, IReadOnlyList<Release> releases, CancellationToken cancellationToken)
    {
        var reviews = await db.Set<AccuracyReview>().Where(r => ids.Contains(r.ActivityId)).Select(r => new { r.ActivityId, r.At, r.NextOn }).ToListAsync(cancellationToken);
        var next = reviews.GroupBy(r => r.ActivityId).ToDictionary(g => g.Key, g => g.MaxBy(r => r.At)!.NextOn);
        var approved = releases.Where(r => r.State == ReleaseState.Approved).ToList();
        var untold = approved.Count == 0 ? [] : await Untold(approved, cancellationToken);
        return ids.ToDictionary(id => id, id => new AccuracyState(next.TryGetValue(id, out var on) ? on : null, [.. untold.Where(u => u.Activity == id).Select(u => u.Untold)]));
    }

    /// <summary>Corrections since each release was approved, or since its recipient was last told.</summary>
    private async Task<List<(ActivityId Activity, UntoldCorrections Untold)>> Untold(List<Release> approved, CancellationToken cancellationToken)
    {
        var activities = approved.Select(r => r.ActivityId).Distinct().ToList();
        var told = await db.Set<CorrectionsTold>().Where(t => activities.Contains(t.ActivityId)).ToDictionaryAsync(t => t.ReleaseId, t => t.At, cancellationToken);
        var first = approved.Min(r => r.DecidedAt)!.Value;
        var corrected = (await (from version in db.Set<RecordVersion>()
                                join record in db.Set<RecordEntry>() on version.RecordId equals record.Id
                                where version.ReplacedAt > first && activities.Contains(record.ActivityId)
                                select new { record.ActivityId, version.RecordId, version.ReplacedAt }).ToListAsync(cancellationToken)).ToLookup(c => c.ActivityId);
        return
        [
            .. from release in approved
               let since = told.TryGetValue(release.Id, out var at) ? at : release.DecidedAt!.Value
               let count = corrected[release.ActivityId].Where(c => c.ReplacedAt > since).Select(c => c.RecordId).Distinct().Count()
               where count > 0
               select (release.ActivityId, new UntoldCorrections(release.Id, release.Title, count)),
        ];
    }

    private async Task<SafekeepingState> Safekeeping(CancellationToken cancellationToken) => new()
    {
        VaultReady = keyring.EpochKey(keyring.Epoch) is not null,
        KeysBesideStore = KeyPlaces.Of(store, keyring),
        LedgerReady = true, // an entry that cannot be written stops the commit itself
        LastCheckpointAt = await db.Set<LedgerCheckpoint>().OrderByDescending(c => c.Size).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(cancellationToken),
    };

    private sealed class CountOfDay
    {
        public ActivityId Activity { get; init; }
        public bool IsDay { get; init; }
        public int Count { get; init; }
    }
}
