using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Forms;

/// <summary>Publishes a draft to phones; an element tied to no need, or without sensitivity, stops it (DP-2, SEC-1), and so does a missing list. Its trial on phones ends.</summary>
public sealed class PublishForm(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FormVersionId formVersion, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Forms.FirstOrDefault(f => f.Id == formVersion) is not { } form)
            return new Refusal("form.not-found");
        var files = await db.Set<FormAttachment>().Where(a => a.FormVersionId == formVersion).Select(a => a.Name).ToListAsync(cancellationToken);
        var decision = FormRules.Publish(form, loaded.Result.Purpose, files, clock.Now());
        if (decision is not Decision<FormPublished>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        form.Apply(change);
        await DraftTests.End(db, formVersion, cancellationToken);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, formVersion.Value).With("form", form.FormId).With("version", form.Version).With("md5", form.Md5));
        return Nothing.Here;
    }
}
