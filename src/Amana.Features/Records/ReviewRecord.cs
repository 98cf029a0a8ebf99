using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Judges the newest version of a record: needs a look, has issues, approved; with a reason where there is something to say. Whoever corrected it does not approve it (IMP-5). Opens nothing.</summary>
public sealed class ReviewRecord(RecordDoor records, AmanaDb db, CommentWriter comments, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Who judges.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="code">The record's code.</param>
    /// <param name="state">The judgement.</param>
    /// <param name="reason">Why; needed for issues, otherwise as one likes. Sealed for the person.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string code, ReviewState state, string? reason, CancellationToken cancellationToken)
    {
        var found = await records.ForJudging(who, activity, code, cancellationToken);
        if (!found.IsDone)
            return Outcome<Nothing>.RefusedBy(found.Refusals);
        var (record, by) = (found.Result, who.Actor.StaffId!.Value);
        var corrected = await db.Set<RecordVersion>().Where(v => v.RecordId == record.Id && v.Version == record.Version - 1 && v.Reason == AmendReason.Correction).Select(v => (Guid?)v.ReplacedBy).FirstOrDefaultAsync(cancellationToken);
        var decision = ReviewRules.Judge(record, state, corrected, by, clock.Now());
        if (decision is not Decision<RecordReviewed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        List<Happening> happenings = [Happening.Of(change, activity, record.Id.Value).With("state", change.State.ToString()).With("version", record.Version)];
        if (state == ReviewState.HasIssues || !string.IsNullOrWhiteSpace(reason))
        {
            var written = await comments.Write(CommentedRecord.Of(record), CommentKind.Review, reason, by, cancellationToken);
            if (!written.IsDone)
                return Outcome<Nothing>.RefusedBy(written.Refusals);
            happenings.Add(written.Result);
        }

        record.Apply(change);
        await ledger.Commit(who, cancellationToken, happenings);
        return Nothing.Here;
    }
}

/// <summary>Writes a comment on a record, sealed under the key of its person: it is read only where the record is opened, and goes with the person.</summary>
public sealed class CommentRecord(RecordDoor records, CommentWriter comments, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, string code, string? words, CancellationToken cancellationToken)
    {
        var found = await records.ForJudging(who, activity, code, cancellationToken);
        if (!found.IsDone)
            return Outcome<Nothing>.RefusedBy(found.Refusals);
        var written = await comments.Write(CommentedRecord.Of(found.Result), CommentKind.Comment, words, who.Actor.StaffId!.Value, cancellationToken);
        if (!written.IsDone)
            return Outcome<Nothing>.RefusedBy(written.Refusals);
        await ledger.Commit(who, cancellationToken, written.Result);
        return Nothing.Here;
    }
}
