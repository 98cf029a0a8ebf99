using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Forms;

/// <summary>Switches encryption on the phone on or off for a draft: its XForm is written anew from the workbook, with the activity's public key or without.</summary>
public sealed class EncryptOnPhone(Door door, AmanaDb db, SubmissionKeys keys, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FormVersionId formVersion, bool on, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Forms.FirstOrDefault(f => f.Id == formVersion) is not { } form)
            return new Refusal("form.not-found");
        var file = await db.Set<FormFile>().FirstAsync(f => f.FormVersionId == formVersion, cancellationToken);
        var written = XlsFormUpload.Read(file.Workbook, form.WorkbookName, loaded.Result.Activity.Languages[0], on ? await keys.PublicKeyOf(activity, cancellationToken) : null);
        if (!written.IsDone)
            return Outcome<Nothing>.RefusedBy(written.Refusals);
        var decision = FormEncryptionRules.Set(form, written.Result);
        if (decision is not Decision<FormEncryptionSet>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        form.Apply(change);
        file.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, formVersion.Value).With("encrypts", on ? "yes" : "no").With("md5", change.Md5));
        return Nothing.Here;
    }
}
