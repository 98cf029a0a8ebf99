using System.Collections.Concurrent;
using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>How far a measuring is.</summary>
/// <param name="Step">What is done: reading, measuring, proposing.</param>
/// <param name="Done">So much of it.</param>
/// <param name="Of">Of so much.</param>
public sealed record WorkProgress(WorkStep Step, int Done, int Of);

public enum WorkStep { Reading, Measuring, Proposing }

/// <summary>The bench where releases are measured in the background: who works rings, whoever measures listens; and how far each is. What waits stands in the store, so nothing is lost with the process.</summary>
public sealed class ReleaseWorkshop : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);
    private readonly ConcurrentDictionary<ReleaseId, (CancellationTokenSource Cancel, WorkProgress Progress)> _running = new();

    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // already rung
        }
    }

    public Task<bool> Wait(TimeSpan time, CancellationToken cancellationToken) => _bell.WaitAsync(time, cancellationToken);

    /// <summary>How far it is; none while it waits.</summary>
    public WorkProgress? ProgressOf(ReleaseId id) => _running.TryGetValue(id, out var running) ? running.Progress : null;

    public void Cancel(ReleaseId id)
    {
        if (_running.TryGetValue(id, out var running))
            running.Cancel.Cancel();
    }

    /// <summary>Does the work so that it can be cancelled and its progress be seen.</summary>
    internal async Task<T> Run<T>(ReleaseId id, Func<IProgress<WorkProgress>, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running[id] = (cancel, new WorkProgress(WorkStep.Reading, 0, 1));
        try
        {
            return await work(new Seen(p => _running[id] = (cancel, p)), cancel.Token);
        }
        finally
        {
            _running.TryRemove(id, out _);
        }
    }

    public void Dispose() => _bell.Dispose();

    private sealed class Seen(Action<WorkProgress> seen) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => seen(value);
    }
}

/// <summary>Measures what waits, one after another, in its author's name: the gate is asked for the author as for a page. What was cut off by a sudden end is measured again.</summary>
public sealed class MeasureWaiting(AmanaDb db, ReleaseDraftReader drafts, FileBesideFigures beside, LedgerBook ledger, ReleaseWorkshop workshop, TimeProvider clock)
{
    /// <summary>Measures the one that waits longest; false when none does.</summary>
    public async Task<bool> Handle(CancellationToken cancellationToken)
    {
        var work = await db.Set<ReleaseWork>().Where(w => w.State == WorkState.Waiting || w.State == WorkState.Running).OrderBy(w => w.ChangedAt).FirstOrDefaultAsync(cancellationToken);
        if (work is null)
            return false;
        var author = await db.Set<StaffMember>().AsNoTracking().SingleAsync(m => m.Id == work.AuthorId, cancellationToken);
        var who = new AccessContext(new Actor(ActorKind.Staff, author.Id, author.OrganisationId, author.Duties), work.Intent.NeedCode);
        var draft = work.Draft;
        try
        {
            var (found, refusals) = await workshop.Run(work.Id, (progress, cancel) => Measure(who, work, progress, cancel), cancellationToken);
            await End(who, work.Id, draft, WorkRules.End(found, refusals, clock.Now()), cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The author cancelled it, and that is entered already.
        }

        return true;
    }

    private async Task<(ReleaseFindings? Found, IReadOnlyList<Refusal> Refusals)> Measure(AccessContext who, ReleaseWork work, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        var prepared = await drafts.Prepare(who, work.ActivityId, work.Draft, cancellationToken, progress);
        if (!prepared.IsDone)
            return (null, prepared.Refusals);
        var (release, _) = await prepared.Result.Hold(beside, who, cancellationToken);
        return (FindingsOf.Release(release, work.Draft, progress, cancellationToken), []);
    }

    /// <summary>Enters what it came to, unless the author chose something else or cancelled meanwhile.</summary>
    private async Task End(AccessContext who, ReleaseId id, ReleaseDraft measured, WorkStateSet change, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var now = await db.Set<ReleaseWork>().SingleAsync(w => w.Id == id, cancellationToken);
        if (now.State is not (WorkState.Waiting or WorkState.Running) || !now.Draft.IsSameAs(measured))
            return;
        now.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, now.ActivityId, id.Value).With("state", change.State.ToString()));
    }
}
