using Amana.Domain.Emergencies;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Emergencies;

/// <summary>Asks that a rule gives way for one operation and some hours. By those who may plan the activity; sent twice with the same id it is asked once.</summary>
public sealed class AskForOverride(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, AskOverride command, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, command.ActivityId, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (who.Actor.Scope is not null)
            return new Refusal("token.never", Principle.DataProtection);
        var present = loaded.Result.Overrides;
        if (present.Any(o => o.Id == command.Id))
            return Nothing.Here;
        var decision = OverrideRules.Ask(command, present, who.Actor.StaffId!.Value, loaded.Result.Limits, clock.Now());
        if (decision is not Decision<OverrideAsked>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(RuleOverride.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, command.ActivityId, change.Id.Value).With("rule", change.RuleId).With("operation", change.Operation.ToString()).With("hours", change.Hours));
        return Nothing.Here;
    }
}

/// <summary>A second person agrees to what was asked, or declines. By those who may approve in the activity.</summary>
public sealed class DecideOverride(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, OverrideId id, bool agrees, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (Authority.MayApprove(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (loaded.Result.Overrides.FirstOrDefault(o => o.Id == id) is not { } asked)
            return new Refusal("override.not-found");
        var decision = OverrideRules.Decide(asked, agrees, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<OverrideDecided>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        asked.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id.Value).With("rule", asked.RuleId).With("operation", asked.Operation.ToString())
            .With("agreed", change.Agreed ? "yes" : "no"));
        return Nothing.Here;
    }
}

/// <summary>Ends an override before its time. By those who plan or approve: to be strict again takes one person.</summary>
public sealed class EndOverride(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, OverrideId id, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (Authority.MayVouch(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (loaded.Result.Overrides.FirstOrDefault(o => o.Id == id) is not { } present)
            return new Refusal("override.not-found");
        var decision = OverrideRules.End(present, clock.Now());
        if (decision is not Decision<OverrideEnded>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        present.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id.Value).With("rule", present.RuleId));
        return Nothing.Here;
    }
}
