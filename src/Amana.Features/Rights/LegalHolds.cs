using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>Places a legal hold on an activity's data; disposal by date and closing wait while it stands.</summary>
public sealed class PlaceHold(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string reason, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var stands = await db.Set<LegalHold>().AnyAsync(h => h.ActivityId == activity && h.LiftedAt == null, cancellationToken);
        var decision = RetentionRules.Place(Ids.New<LegalHoldId>(clock), activity, reason, stands, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<LegalHoldPlaced>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(LegalHold.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.Id.Value));
        return Nothing.Here;
    }
}

/// <summary>Lifts a legal hold that somebody else placed. What is due then is destroyed by the next run.</summary>
public sealed class LiftHold(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, LegalHoldId id, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<LegalHold>().FirstOrDefaultAsync(h => h.Id == id, cancellationToken) is not { } hold)
            return new Refusal("hold.not-found");
        var decision = RetentionRules.Lift(hold, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<LegalHoldLifted>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        hold.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, hold.ActivityId, id.Value));
        return Nothing.Here;
    }
}
