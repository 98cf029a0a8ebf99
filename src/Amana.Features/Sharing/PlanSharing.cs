using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Sharing;

/// <summary>Plans with whom the activity shares, what, and at what detail; or why it does not (CO-2, CO-4). A new recipient reopens the risk assessment by itself.</summary>
public sealed class PlanSharing(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, IReadOnlyList<PlannedRecipient> recipients, string? notSharingReason, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        if (s.SharingPlan is { } before && before.Recipients.SequenceEqual(recipients) && (recipients.Count > 0 || before.NotSharingReason == notSharingReason?.Trim()))
            return Nothing.Here; // sent twice, or nothing changed
        if (SharingRules.RecipientsFit(s, recipients) is { Count: > 0 } misfits)
            return misfits.ToList();
        var decision = SharingRules.Plan(s.Activity, recipients, notSharingReason, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<SharingPlanned>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (s.SharingPlan is null)
            db.Add(SharingPlan.Of(change));
        else
            s.SharingPlan.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("recipients", recipients.Count));
        return Nothing.Here;
    }
}
