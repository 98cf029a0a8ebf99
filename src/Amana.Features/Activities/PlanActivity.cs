using Amana.Domain.Activities;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Activities;

/// <summary>Says how long data is kept after the activity's end and what happens then (DP-6).</summary>
public sealed class PlanRetention(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, RetentionPlan plan, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var decision = ActivityRules.PlanRetention(loaded.Result.Activity, plan);
        if (decision is not Decision<RetentionPlanned>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        loaded.Result.Activity.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("months", plan.MonthsAfterEnd).With("then", plan.Then.ToString()));
        return Nothing.Here;
    }
}

/// <summary>Plans interviewers, interviews a day, equipment and budget (CC-4).</summary>
public sealed class PlanCapacity(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, CapacityPlan plan, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var decision = ActivityRules.PlanCapacity(loaded.Result.Activity, plan);
        if (decision is not Decision<CapacityPlanned>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        loaded.Result.Activity.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("interviewers", plan.Interviewers).With("interviews-a-day", plan.InterviewsPerDay));
        return Nothing.Here;
    }
}

/// <summary>Records why sex, age or disability are not asked in this activity (PC-2).</summary>
public sealed class WaiveDiversity(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string reason, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var decision = ActivityRules.WaiveDiversity(loaded.Result.Activity, reason);
        if (decision is not Decision<DiversityWaived>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        loaded.Result.Activity.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity));
        return Nothing.Here;
    }
}
