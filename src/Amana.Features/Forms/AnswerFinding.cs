using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Forms;

/// <summary>Says why a finding of the form's review stays. The reason is kept with the form; the ledger keeps the rule.</summary>
public sealed class AnswerFinding(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FormVersionId formVersion, string key, string? reason, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Forms.FirstOrDefault(f => f.Id == formVersion) is not { } form)
            return new Refusal("form.not-found");
        var decision = FindingRules.Answer(form, key, reason, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<FindingAnswered>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        form.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, formVersion.Value).With("rule", form.Findings.First(f => f.Key == key).Rule));
        return Nothing.Here;
    }
}
