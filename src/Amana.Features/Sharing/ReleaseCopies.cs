using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>The copies of a release, the first first: when made, until when, called back or not, and what the recipient answered (CO-4).</summary>
public sealed class ReleaseCopies(Door door, AmanaDb db)
{
    public async Task<IReadOnlyList<ReleaseCopy>> Read(AccessContext who, ActivityId activity, ReleaseId release, CancellationToken cancellationToken) =>
        (await door.ForReading(who, activity, cancellationToken)).IsDone
            ? await db.Set<ReleaseCopy>().AsNoTracking().Where(c => c.ReleaseId == release && c.ActivityId == activity).OrderBy(c => c.Number).ToListAsync(cancellationToken)
            : [];
}

/// <summary>Calls a copy back: it is not handed out any more, and its recipient is to delete it and answer (IC-5, CO-5). Sent twice, it is called back once.</summary>
public sealed class RecallCopy(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, ReleaseCopyId id, string reason, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (await db.Set<ReleaseCopy>().FirstOrDefaultAsync(c => c.Id == id && c.ActivityId == activity, cancellationToken) is not { } copy)
            return new Refusal("release.not-found");
        if (copy.RecalledAt is not null)
            return Nothing.Here;
        var decision = CopyRules.Recall(copy, reason, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<CopyRecalled>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        copy.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, copy.ReleaseId.Value).With("copy", copy.Number));
        return Nothing.Here;
    }
}

/// <summary>Enters what a recipient answered to a recall (CO-4).</summary>
public sealed class AnswerRecall(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, ReleaseCopyId id, RecallAnswer answer, string note, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (await db.Set<ReleaseCopy>().FirstOrDefaultAsync(c => c.Id == id && c.ActivityId == activity, cancellationToken) is not { } copy)
            return new Refusal("release.not-found");
        var decision = CopyRules.Answer(copy, answer, note, clock.Now());
        if (decision is not Decision<RecallAnswered>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        copy.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, copy.ReleaseId.Value).With("copy", copy.Number).With("answer", answer.ToString()));
        return Nothing.Here;
    }
}
