using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Platform;

namespace Amana.Features.Forms;

/// <summary>Accepts the proposals for all elements of a draft that nobody has classified yet, tied to one need; each can be changed afterwards.</summary>
public sealed class AcceptProposals(Door door, ClassifyElements classify)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FormVersionId formVersion, string needCode, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Forms.FirstOrDefault(f => f.Id == formVersion) is not { } form)
            return new Refusal("form.not-found");
        return await classify.Handle(who, activity, formVersion, [.. form.Elements.Where(e => e.Sensitivity is null || e.NeedCode is null).Select(e => ElementProposals.For(e, needCode))], cancellationToken);
    }
}
