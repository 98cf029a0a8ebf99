using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Forms;

/// <summary>Uploads an XLSForm as a draft of the activity's form. A bad workbook is refused with every problem at once, and nothing is kept of it.</summary>
public sealed class UploadForm(Door door, AmanaDb db, LedgerBook ledger, SubmissionKeys keys, TimeProvider clock)
{
    public async Task<Outcome<FormVersionId>> Handle(AccessContext who, ActivityId activity, byte[] workbook, string fileName, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<FormVersionId>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        var read = XlsFormUpload.Read(workbook, fileName, s.Activity.Languages[0]);
        if (read is Outcome<ReadForm>.Done(var plain) && (plain.AsksToEncrypt || s.Forms.Where(f => f.FormId == plain.FormId).MaxBy(f => f.UploadedAt) is { Encrypts: true }))
            read = XlsFormUpload.Read(workbook, fileName, s.Activity.Languages[0], await keys.PublicKeyOf(activity, cancellationToken));
        if (!read.IsDone)
            return Outcome<FormVersionId>.RefusedBy(read.Refusals);
        var form = Carried(read.Result, s.Forms);
        var decision = FormRules.Upload(s.Activity, Ids.New<FormVersionId>(clock), form, s.Forms, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<FormUploaded>.Allowed(var change))
            return Outcome<FormVersionId>.RefusedBy(decision.Refusals);
        await CarryFiles(change, s.Forms, cancellationToken);
        await DropOldDrafts(s.Forms.Where(f => f.State == FormState.Draft && f.FormId == form.FormId), cancellationToken);
        db.Add(FormVersion.Of(change));
        db.Add(FormFile.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.Id.Value).With("form", form.FormId).With("version", form.Version).With("md5", form.Md5));
        return change.Id;
    }

    /// <summary>Files of the form's last version that the new one asks for come along; those written from the workbook are written anew.</summary>
    private async Task CarryFiles(FormUploaded uploaded, IReadOnlyList<FormVersion> existing, CancellationToken cancellationToken)
    {
        var draft = FormVersion.Of(uploaded);
        var given = new List<AttachFile>();
        if (uploaded.Form.Itemsets is { } itemsets)
            given.Add(new AttachFile(NeededFiles.Itemsets, "text/csv", FileReading.Md5Of(itemsets), itemsets, Generated: true));
        if (existing.Where(f => f.FormId == draft.FormId).MaxBy(f => f.UploadedAt) is { } last)
        {
            var before = await db.Set<FormAttachment>().AsNoTracking().Where(a => a.FormVersionId == last.Id && !a.Generated).ToListAsync(cancellationToken);
            given.AddRange(before.Where(b => given.All(g => g.Name != b.Name)).Select(b => new AttachFile(b.Name, b.ContentType, b.Md5, b.Content)));
        }

        foreach (var file in given)
            if (FormAttachmentRules.Attach(draft, file, 0, uploaded.At) is Decision<FormFileAttached>.Allowed(var attached))
                db.Add(FormAttachment.Of(attached));
    }

    /// <summary>A new draft replaces the old one, with all that hung on it.</summary>
    private async Task DropOldDrafts(IEnumerable<FormVersion> drafts, CancellationToken cancellationToken)
    {
        foreach (var draft in drafts)
        {
            db.RemoveRange(await db.Set<FormAttachment>().Where(a => a.FormVersionId == draft.Id).ToListAsync(cancellationToken));
            db.RemoveRange(await db.Set<FormFile>().Where(f => f.FormVersionId == draft.Id).ToListAsync(cancellationToken));
            await DraftTests.End(db, draft.Id, cancellationToken);
            db.Remove(draft);
        }
    }

    /// <summary>Asked in the same words: only then does what was said of the answers hold on.</summary>
    private static bool Same(Element old, Element e) => old.Label.Equals(e.Label);

    /// <summary>What was said of an element in the form's last version holds on for the same path and type, until it is changed; answers hold for the same finding.</summary>
    private static ReadForm Carried(ReadForm form, IReadOnlyList<FormVersion> existing)
    {
        var last = existing.Where(f => f.FormId == form.FormId).OrderByDescending(f => f.UploadedAt).FirstOrDefault();
        if (last is null)
            return form;
        return form with
        {
            Answers = [.. last.Answers.Where(a => form.Findings.Any(f => f.Key == a.Key))],
            Elements = [.. form.Elements.Select(e => last.Element(e.Path) is { } old && old.Type == e.Type
                ? e with { NeedCode = old.NeedCode, Sensitivity = old.Sensitivity, Role = old.Role, Ask = old.Ask, AskFor = old.AskFor, NamesNobody = Same(old, e) ? old.NamesNobody : null, Special = old.Special, UrgentNeed = old.UrgentNeed }
                : e)],
        };
    }
}
