using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Forms;

/// <summary>Says why an answer in words, which is not sealed for the person, cannot name anybody (SEC-2): by a protection officer of the activity or the data protection focal point. The reason is kept with the form.</summary>
public sealed class JudgeWords(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FormVersionId formVersion, string path, string? reason, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (Authority.MayApprove(loaded.Result, who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (loaded.Result.Forms.FirstOrDefault(f => f.Id == formVersion) is not { } form)
            return new Refusal("form.not-found");
        var decision = FormRules.NamesNobody(form, path, reason ?? "", who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<WordsJudged>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        form.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, formVersion.Value).With("element", form.Element(path)!.Name));
        return Nothing.Here;
    }
}
