using Amana.Domain.Forms;
using Amana.Domain.Records;
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
        var lists = await db.Set<EntityList>().Where(l => l.ActivityId == activity).ToListAsync(cancellationToken);
        var decision = FormRules.Publish(form, loaded.Result.Purpose, [.. files, .. lists.Select(l => l.Name).Concat(form.Entities.Select(e => e.List)).Select(n => n + ".csv")], clock.Now());
        if (decision is not Decision<FormPublished>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        form.Apply(change);
        await DraftTests.End(db, formVersion, cancellationToken);
        var defined = Define(form, lists);
        await ledger.Commit(who, cancellationToken, [Happening.Of(change, activity, formVersion.Value).With("form", form.FormId).With("version", form.Version).With("md5", form.Md5), .. defined]);
        return Nothing.Here;
    }

    /// <summary>Lists that the form fills are there from its publishing on; columns that it adds are added.</summary>
    private List<Happening> Define(FormVersion form, List<EntityList> lists)
    {
        var happenings = new List<Happening>();
        foreach (var uses in form.Entities.GroupBy(e => e.List, StringComparer.Ordinal))
        {
            var saves = uses.SelectMany(u => u.Saves).ToList();
            var known = lists.FirstOrDefault(l => l.Name == uses.Key);
            var need = saves.Select(s => form.Element(s.Path)?.NeedCode).FirstOrDefault(n => n is not null) ?? form.Elements.Select(e => e.NeedCode).FirstOrDefault(n => n is not null);
            var change = EntityRules.Define(known?.Id ?? Ids.New<EntityListId>(clock), form.ActivityId, uses.Key, known?.Properties ?? [], saves.Select(s => s.Property), need);
            if (known is null)
                db.Add(EntityList.Of(change));
            else
                known.Apply(change);
            happenings.Add(Happening.Of(change, form.ActivityId, change.Id.Value).With("properties", change.Properties.Count));
        }

        return happenings;
    }
}
