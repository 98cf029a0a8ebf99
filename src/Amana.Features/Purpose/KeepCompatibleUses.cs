using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Purpose;

/// <summary>Writes down why a use that people were not told of is compatible with what they were told (DP-4). Nothing changes before somebody else decides. Sent twice it is written once.</summary>
public sealed class ProposeCompatibleUse(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, CompatibleUse use, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Purpose is not { } purpose)
            return PurposeMissing.Refusal;
        if (purpose.CompatibleUses.Any(u => u.Id == use.Id))
            return Nothing.Here;
        var decision = CompatibleUseRules.Propose(loaded.Result.Activity, purpose, use with { By = who.Actor.StaffId!.Value }, clock.Now());
        if (decision is not Decision<CompatibleUseProposed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        purpose.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, use.Id).With("needs", string.Join(' ', change.Use.Needs)));
        return Nothing.Here;
    }
}

/// <summary>Decides, as somebody else than the author, whether the use is compatible; or gives it up (DP-4, IMP-5). Deciding is for those who may approve in the activity.</summary>
public sealed class DecideCompatibleUse(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, Guid id, bool compatible, string reason, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (Authority.MayApprove(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (loaded.Result.Purpose is not { } purpose || purpose.CompatibleUses.FirstOrDefault(u => u.Id == id) is not { } use)
            return PurposeMissing.Use;
        if (use.Decided is { } before && before.By == who.Actor.StaffId && before.Compatible == compatible)
            return Nothing.Here; // sent twice
        var decision = CompatibleUseRules.Decide(use, compatible, reason, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<CompatibleUseDecided>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        purpose.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id).With("compatible", compatible ? "yes" : "no"));
        return Nothing.Here;
    }

    /// <summary>Ends it, by somebody who may plan the activity or approve in it: to end a use takes no second person.</summary>
    public async Task<Outcome<Nothing>> GiveUp(AccessContext who, ActivityId activity, Guid id, string instead, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (Authority.MayWeigh(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (loaded.Result.Purpose is not { } purpose || purpose.CompatibleUses.FirstOrDefault(u => u.Id == id) is not { } use)
            return PurposeMissing.Use;
        if (use.Ended is { } before && before.By == who.Actor.StaffId)
            return Nothing.Here; // sent twice
        var decision = CompatibleUseRules.GiveUp(use, instead, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<CompatibleUseGivenUp>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        purpose.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id));
        return Nothing.Here;
    }
}
