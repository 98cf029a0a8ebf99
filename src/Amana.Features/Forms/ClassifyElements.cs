using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Forms;

/// <summary>Gives elements of a draft their need, sensitivity and part (DP-2, SEC-1, IC-3).</summary>
public sealed class ClassifyElements(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FormVersionId formVersion, IReadOnlyList<ClassifyElement> given, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Forms.FirstOrDefault(f => f.Id == formVersion) is not { } form)
            return new Refusal("form.not-found");
        var decision = FormRules.Classify(form, loaded.Result.Purpose, given);
        if (decision is not Decision<ElementsClassified>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        form.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, formVersion.Value).With("elements", given.Count));
        return Nothing.Here;
    }
}
