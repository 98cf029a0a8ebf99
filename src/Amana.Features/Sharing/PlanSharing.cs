using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

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

/// <summary>Enters an agreement with a recipient organisation (SEC-8, CO-5); by a coordinator or the data protection focal point. Sent twice with the same id it is entered once.</summary>
public sealed class EnterAgreement(AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, MakeAgreement command, CancellationToken cancellationToken)
    {
        if (Authority.MustHoldOneOf(who.Actor, Duty.Coordinator, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<Agreement>().AnyAsync(a => a.Id == command.Id, cancellationToken))
            return Nothing.Here;
        if (!await db.Set<Organisation>().AnyAsync(o => o.Id == command.GiverId, cancellationToken))
            return new Refusal("field.required").At(nameof(command.GiverId));
        if (await db.Set<Organisation>().FirstOrDefaultAsync(o => o.Id == command.RecipientId, cancellationToken) is not { } recipient)
            return new Refusal("field.required").At(nameof(command.RecipientId));
        var decision = SharingRules.Agree(command, recipient);
        if (decision is not Decision<AgreementMade>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(Agreement.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, null, change.Id.Value).With("recipient", change.RecipientId.Value.ToString("N")).With("smallest-group", change.SmallestGroup));
        return Nothing.Here;
    }
}

/// <summary>Suspends an agreement whose trust was broken: nothing more is released under it (CO-5). By a coordinator or the data protection focal point.</summary>
public sealed class SuspendAgreement(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, AgreementId id, CancellationToken cancellationToken)
    {
        if (Authority.MustHoldOneOf(who.Actor, Duty.Coordinator, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<Agreement>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } agreement)
            return new Refusal("agreement.not-found", Principle.Coordination).MendedBy(Mender.Coordinator, MendPage.Agreements);
        if (agreement.SuspendedAt is not null)
            return Nothing.Here; // sent twice
        var decision = SharingRules.Suspend(agreement, clock.Now());
        if (decision is not Decision<AgreementSuspended>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        agreement.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, null, id.Value));
        return Nothing.Here;
    }
}
