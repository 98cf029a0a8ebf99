using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Activities;

/// <summary>What the ledger holds about an activity.</summary>
/// <param name="Entries">Entries that name the activity.</param>
/// <param name="Refusals">Of these, what the gate refused.</param>
/// <param name="LastCheckpoint">When the newest checkpoint over the whole ledger was signed.</param>
public sealed record Proof(long Entries, long Refusals, DateTimeOffset? LastCheckpoint);

/// <summary>How much of an activity is accounted for.</summary>
public sealed class ActivityProof(AmanaDb db)
{
    public async Task<Proof> Read(ActivityId activity, CancellationToken cancellationToken)
    {
        var entries = db.Set<LedgerEntry>().AsNoTracking().Where(e => e.ActivityId == activity);
        return new Proof(
            await entries.LongCountAsync(cancellationToken),
            await entries.LongCountAsync(e => EF.Functions.Like(e.Kind, "%Refused"), cancellationToken),
            await db.Set<LedgerCheckpoint>().AsNoTracking().OrderByDescending(c => c.Size).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(cancellationToken));
    }
}

/// <summary>Names of staff by id, for "by" and "approved by" on plans. Never of people concerned.</summary>
public sealed class StaffNames(AmanaDb db)
{
    public async Task<IReadOnlyDictionary<StaffId, string>> Read(IEnumerable<StaffId> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToList();
        return await db.Set<StaffMember>().AsNoTracking().Where(s => wanted.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken);
    }
}
