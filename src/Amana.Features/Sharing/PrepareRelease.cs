using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>Begins to prepare a release: who asks, why, and whom it is measured against. Sent twice, it is begun once.</summary>
public sealed class BeginRelease(Door door, AmanaDb db, LedgerBook ledger, ReleaseWorkshop workshop, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, ReleaseId id, ReleaseIntent intent, ReleaseDraft draft, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (await db.Set<ReleaseWork>().AnyAsync(w => w.Id == id, cancellationToken))
            return Nothing.Here;
        var s = loaded.Result;
        if (SharingRules.MayPrepare(s.SharingPlan, s.Agreements.FirstOrDefault(a => a.Id == draft.AgreementId), s.Today) is { Count: > 0 } refusals)
            return Outcome<Nothing>.RefusedBy(refusals);
        var decision = WorkRules.Begin(s.Activity, id, intent, draft, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<WorkBegun>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(ReleaseWork.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id.Value).With("columns", draft.Columns.Count));
        workshop.Ring();
        return Nothing.Here;
    }
}

/// <summary>Changes what a release being prepared is to hold, by its author: each change can be undone, and is measured anew in the background.</summary>
public sealed class ChangeRelease(Door door, AmanaDb db, LedgerBook ledger, ReleaseWorkshop workshop, TimeProvider clock)
{
    /// <summary>Takes other choices. Choices that are the same change nothing, but are measured where they were not.</summary>
    public Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, ReleaseId id, ReleaseDraft draft, CancellationToken cancellationToken) => With(who, activity, id, work =>
    {
        var decision = WorkRules.Choose(work, draft, clock.Now());
        if (decision is Decision<WorkChosen>.Allowed(var change) && !(work.State == WorkState.Measured && work.Draft.IsSameAs(draft)))
            work.Apply(change);
        return decision.Refusals;
    }, nameof(WorkChosen), cancellationToken);

    /// <summary>Takes the last change back.</summary>
    public Task<Outcome<Nothing>> Undo(AccessContext who, ActivityId activity, ReleaseId id, CancellationToken cancellationToken) => With(who, activity, id, work =>
    {
        var decision = WorkRules.Undo(work, clock.Now());
        if (decision is Decision<WorkUndone>.Allowed(var change))
            work.Apply(change);
        return decision.Refusals;
    }, nameof(WorkUndone), cancellationToken);

    /// <summary>Ends the measuring.</summary>
    public Task<Outcome<Nothing>> Cancel(AccessContext who, ActivityId activity, ReleaseId id, CancellationToken cancellationToken) => With(who, activity, id, work =>
    {
        var decision = WorkRules.Cancel(work, clock.Now());
        if (decision is Decision<WorkStateSet>.Allowed(var change))
            work.Apply(change);
        workshop.Cancel(id);
        return decision.Refusals;
    }, "WorkCancelled", cancellationToken);

    private async Task<Outcome<Nothing>> With(AccessContext who, ActivityId activity, ReleaseId id, Func<ReleaseWork, IReadOnlyList<Refusal>> change, string kind, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (await db.Set<ReleaseWork>().FirstOrDefaultAsync(w => w.Id == id && w.ActivityId == activity && w.AuthorId == who.Actor.StaffId!.Value, cancellationToken) is not { } work)
            return new Refusal("release.not-found");
        if (change(work) is { Count: > 0 } refusals)
            return Outcome<Nothing>.RefusedBy(refusals);
        if (!db.ChangeTracker.HasChanges())
            return Nothing.Here;
        await ledger.Commit(who, cancellationToken, new Happening(kind, activity, id.Value).With("columns", work.Draft.Columns.Count));
        workshop.Ring();
        return Nothing.Here;
    }
}

/// <summary>What the reader is preparing in an activity, the newest first. Nobody sees another's.</summary>
public sealed class ReleasesInWork(AmanaDb db)
{
    public async Task<IReadOnlyList<ReleaseWork>> Read(AccessContext who, ActivityId activity, CancellationToken cancellationToken) => who.Actor.StaffId is not { } author ? []
        : await db.Set<ReleaseWork>().AsNoTracking().Where(w => w.ActivityId == activity && w.AuthorId == author && w.State != WorkState.Submitted).OrderByDescending(w => w.ChangedAt).Take(20).ToListAsync(cancellationToken);
}
