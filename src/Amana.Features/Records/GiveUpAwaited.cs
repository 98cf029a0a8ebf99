using System.Text;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Gives up a record whose parts never all came, with a reason: what came of it is destroyed, and the ledger says how many parts. It was never opened. Should the phone send it again, it waits anew.</summary>
public sealed class GiveUpAwaited(AmanaDb db, ActivityReader activities, Safe safe, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, AwaitedRecordId id, string? reason, CancellationToken cancellationToken)
    {
        var record = await db.Set<AwaitedRecord>().FirstOrDefaultAsync(r => r.Id == id && r.ActivityId == activity, cancellationToken);
        if (record is null || await activities.Snapshot(activity, cancellationToken) is not { } snapshot || Authority.MayRead(snapshot, who.Actor).Count > 0)
            return new Refusal("awaited.not-found");
        if (RecordRules.MayDecide(snapshot, who.Actor, []) is { Count: > 0 } refusals)
            return refusals.ToList();
        var box = await safe.SealFile(activity, id.Value, Encoding.UTF8.GetBytes(reason ?? ""), cancellationToken);
        var decision = AwaitedRules.GiveUp(record, who.Actor.StaffId!.Value, reason, box, snapshot.Now);
        if (decision is not Decision<AwaitedGivenUp>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        var parts = await db.Set<AwaitedPart>().Where(p => p.ActivityId == activity && p.InstanceIndex == record.InstanceIndex).ToListAsync(cancellationToken);
        db.RemoveRange(parts);
        record.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id.Value).With("parts", parts.Count).With("missing", record.Missing.Count));
        return Nothing.Here;
    }
}
