using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Activities;

/// <summary>What a printed report can be checked against.</summary>
/// <param name="Entries">Entries that name the activity.</param>
/// <param name="Refused">Of these, what the gate refused.</param>
/// <param name="CheckpointText">The newest signed checkpoint of the whole ledger; none before the first.</param>
/// <param name="SignedAt">When it was signed.</param>
public sealed record LedgerStanding(long Entries, long Refused, string? CheckpointText, DateTimeOffset? SignedAt)
{
    /// <summary>Origin, size and root hash, without the signature: short enough for a code to scan.</summary>
    public string? Root => CheckpointText is null ? null : string.Join('\n', CheckpointText.Split('\n').Take(3));
}

/// <summary>How the ledger stands for a report of one activity.</summary>
public sealed class ReportProof(AmanaDb db)
{
    public Task<LedgerStanding> Read(ActivityId activity, CancellationToken cancellationToken) => Standing(db.Set<LedgerEntry>().AsNoTracking().Where(e => e.ActivityId == activity), cancellationToken);

    /// <summary>The same for the whole operation.</summary>
    public Task<LedgerStanding> OfAll(CancellationToken cancellationToken) => Standing(db.Set<LedgerEntry>().AsNoTracking(), cancellationToken);

    private async Task<LedgerStanding> Standing(IQueryable<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        var newest = await db.Set<LedgerCheckpoint>().AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellationToken);
        return new LedgerStanding(await entries.LongCountAsync(cancellationToken), await entries.LongCountAsync(e => EF.Functions.Like(e.Kind, "%Refused"), cancellationToken), newest?.Text, newest?.At);
    }
}
