using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Forms;

/// <summary>Uploads an XLSForm as a draft of the activity's form. A bad workbook is refused with every problem at once, and nothing is kept of it.</summary>
public sealed class UploadForm(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<FormVersionId>> Handle(AccessContext who, ActivityId activity, byte[] workbook, string fileName, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<FormVersionId>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        var read = XlsFormUpload.Read(workbook, fileName, s.Activity.Languages[0]);
        if (!read.IsDone)
            return Outcome<FormVersionId>.RefusedBy(read.Refusals);
        var form = Carried(read.Result, s.Forms);
        var decision = FormRules.Upload(s.Activity, Ids.New<FormVersionId>(clock), form, s.Forms, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<FormUploaded>.Allowed(var change))
            return Outcome<FormVersionId>.RefusedBy(decision.Refusals);
        db.RemoveRange(s.Forms.Where(f => f.State == FormState.Draft && f.FormId == form.FormId)); // a new draft replaces the old one
        db.Add(FormVersion.Of(change));
        db.Add(FormFile.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.Id.Value).With("form", form.FormId).With("version", form.Version).With("md5", form.Md5));
        return change.Id;
    }

    /// <summary>What was said of an element in the form's last version holds on for the same path and type, until it is changed.</summary>
    private static ReadForm Carried(ReadForm form, IReadOnlyList<FormVersion> existing)
    {
        var last = existing.Where(f => f.FormId == form.FormId).OrderByDescending(f => f.UploadedAt).FirstOrDefault();
        if (last is null)
            return form;
        return form with
        {
            Elements = [.. form.Elements.Select(e => last.Element(e.Path) is { } old && old.Type == e.Type
                ? e with { NeedCode = old.NeedCode, Sensitivity = old.Sensitivity, Role = old.Role, Ask = old.Ask, Special = old.Special, UrgentNeed = old.UrgentNeed }
                : e)],
        };
    }
}
