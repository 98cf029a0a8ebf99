using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Forms;

/// <summary>Attaches a file to a draft; a file of the same name is replaced. What the form does not name, and what is not of the type that its name says, is refused.</summary>
public sealed class AttachFormFile(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FormVersionId formVersion, string name, byte[] content, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Forms.FirstOrDefault(f => f.Id == formVersion) is not { } form)
            return new Refusal("form.not-found");
        var read = FileReading.Read(name, content);
        if (read is not Decision<AttachFile>.Allowed(var file))
            return Outcome<Nothing>.RefusedBy(read.Refusals);
        var others = await db.Set<FormAttachment>().Where(a => a.FormVersionId == formVersion && a.Name != name).SumAsync(a => (long)a.Size, cancellationToken);
        var decision = FormAttachmentRules.Attach(form, file, others, clock.Now());
        if (decision is not Decision<FormFileAttached>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (await db.Set<FormAttachment>().FirstOrDefaultAsync(a => a.FormVersionId == formVersion && a.Name == name, cancellationToken) is { } before)
            before.Apply(change);
        else
            db.Add(FormAttachment.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, formVersion.Value).With("md5", file.Md5).With("bytes", content.Length));
        return Nothing.Here;
    }
}

/// <summary>Takes a file off a draft.</summary>
public sealed class DetachFormFile(Door door, AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FormVersionId formVersion, string name, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Forms.FirstOrDefault(f => f.Id == formVersion) is not { } form)
            return new Refusal("form.not-found");
        if (await db.Set<FormAttachment>().FirstOrDefaultAsync(a => a.FormVersionId == formVersion && a.Name == name, cancellationToken) is not { } file)
            return Nothing.Here; // taken off already
        var decision = FormAttachmentRules.Detach(form, file);
        if (decision is not Decision<FormFileDetached>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Remove(file);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, formVersion.Value).With("md5", file.Md5));
        return Nothing.Here;
    }
}

/// <summary>Opens a published version again, lets it close, or closes it.</summary>
public sealed class SetFormState(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FormVersionId formVersion, FormState state, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Forms.FirstOrDefault(f => f.Id == formVersion) is not { } form)
            return new Refusal("form.not-found");
        if (form.State == state)
            return Nothing.Here;
        var decision = FormRules.Set(form, state);
        if (decision is not Decision<FormStateSet>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        form.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, formVersion.Value).With("state", state.ToString()));
        return Nothing.Here;
    }
}
