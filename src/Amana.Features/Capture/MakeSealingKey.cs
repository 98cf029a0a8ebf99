using Amana.Domain.Activities;
using Amana.Domain.Capture;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Capture;

/// <summary>The public half of an activity's sealing key, for browsers.</summary>
public sealed record PublicSealingKey(SealingKeyId Id, byte[] Point);

/// <summary>Gives an activity its sealing key, when it has none yet. Asked twice, it gives the same.</summary>
public sealed class MakeSealingKey(AmanaDb db, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<PublicSealingKey>> Handle(AccessContext who, Activity activity, CancellationToken cancellationToken)
    {
        if (await Find(activity.Id, cancellationToken) is { } there)
            return there;
        var id = Ids.New<SealingKeyId>(clock);
        var (point, box) = await safe.MakeSealingPair(activity.Id, id, cancellationToken);
        var decision = CaptureRules.MakeKey(id, activity, point, box, clock.Now());
        if (decision is not Decision<SealingKeyMade>.Allowed(var change))
            return Outcome<PublicSealingKey>.RefusedBy(decision.Refusals);
        db.Add(SealingKey.Of(change));
        try
        {
            await ledger.Commit(who, cancellationToken, Happening.Of(change, activity.Id, id.Value));
        }
        catch (DbUpdateException) // two pages asked for the first time at once: the other one was first
        {
            db.ChangeTracker.Clear();
            return await Find(activity.Id, cancellationToken) is { } first ? first : new Refusal("sealed-record.key-gone");
        }

        return new PublicSealingKey(id, point);
    }

    private async Task<PublicSealingKey?> Find(ActivityId activity, CancellationToken cancellationToken) =>
        await db.Set<SealingKey>().AsNoTracking().Where(k => k.ActivityId == activity).Select(k => new PublicSealingKey(k.Id, k.PublicKey)).FirstOrDefaultAsync(cancellationToken);
}
