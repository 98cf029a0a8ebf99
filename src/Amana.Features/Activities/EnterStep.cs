using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Activities;

/// <summary>Enters the next step of the PIM process, when every rule that gates it holds. Refused with every gap, and the refusal is entered into the ledger.
/// Closing is another act: it disposes of data.</summary>
public sealed class EnterStep(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, PimStep step, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        if (s.Activity.Step == step)
            return Nothing.Here; // sent twice
        if (step == PimStep.Closed)
            return new Refusal("activity.closing-apart", Principle.DefinedPurpose).MendedBy(Mender.ActivityLead, MendPage.Closing);
        var gate = Gate.MayEnter(s, step);
        var decision = ActivityRules.Enter(s.Activity, step, gate, clock.Now());
        if (decision is not Decision<StepEntered>.Allowed(var change))
        {
            db.ChangeTracker.Clear(); // a refused step leaves nothing pending
            await ledger.Commit(who, cancellationToken, new Happening("StepRefused", activity).With("answer", "refused").With("step", step.ToString())
                .With("reasons", string.Join(' ', decision.Refusals.Select(r => r.Args.GetValueOrDefault("rule", r.Slug)).Distinct(StringComparer.Ordinal))));
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        }

        s.Activity.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("answer", "allowed").With("step", step.ToString())
            .With("held", string.Join(' ', gate.Rules.Select(r => r.Rule.Id))));
        return Nothing.Here;
    }
}
