using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Records;

/// <summary>What an admitted submission becomes; pending until it is committed.</summary>
internal sealed record Admitted(SubmissionReceipt Receipt, IReadOnlyCollection<Happening> Happenings);

/// <summary>Brings a submission that waited into the records: a new record, or the new version of the one that it edits, marked with what does not fit, and with the reason sealed under the person's key.</summary>
public sealed class Admission(SubmissionReading reading, SubmissionIntake intake, EditSubmission edits, CommentWriter comments)
{
    internal async Task<Outcome<Admitted>> Take(AccessContext who, ActivitySnapshot snapshot, IncomingSubmission incoming, string reason, CancellationToken cancellationToken)
    {
        var read = await reading.Of(snapshot, incoming, evenClosed: true, cancellationToken);
        if (!read.IsDone)
            return Outcome<Admitted>.RefusedBy(read.Refusals);
        return read.Result.Submission.DeprecatedId is { } replaced
            ? await Edit(who, read.Result, replaced, reason, cancellationToken)
            : await New(who, snapshot, read.Result, reason, cancellationToken);
    }

    private async Task<Outcome<Admitted>> New(AccessContext who, ActivitySnapshot snapshot, ReadSubmission read, string reason, CancellationToken cancellationToken)
    {
        var taken = await intake.TakeAs(Actor.House, snapshot, read, admitted: true, cancellationToken);
        if (!taken.IsDone)
            return Outcome<Admitted>.RefusedBy(taken.Refusals);
        if (taken.Result.Accepted is not { } accepted)
            return new Admitted(taken.Result.Receipt, taken.Result.Happenings);
        return await WithReason(who, taken.Result.Receipt, taken.Result.Happenings, new CommentedRecord(accepted.Id, accepted.PersonId, accepted.ActivityId, 1, RecordState.InUse), reason, cancellationToken);
    }

    private async Task<Outcome<Admitted>> Edit(AccessContext who, ReadSubmission read, string replaced, string reason, CancellationToken cancellationToken)
    {
        var edit = await edits.Prepare(who, read, replaced, admitted: true, cancellationToken);
        if (!edit.IsDone)
            return Outcome<Admitted>.RefusedBy(edit.Refusals);
        if (edit.Result.Amended is not { } amended)
            return new Admitted(edit.Result.Receipt, edit.Result.Happenings);
        return await WithReason(who, edit.Result.Receipt, edit.Result.Happenings, new CommentedRecord(amended.RecordId, amended.PersonId, read.Incoming.ActivityId, amended.Version, RecordState.InUse), reason, cancellationToken);
    }

    private async Task<Outcome<Admitted>> WithReason(AccessContext who, SubmissionReceipt receipt, IReadOnlyCollection<Happening> happenings, CommentedRecord record, string reason, CancellationToken cancellationToken)
    {
        var written = await comments.Write(record, CommentKind.Admission, reason, who.Actor.StaffId!.Value, cancellationToken);
        return written.IsDone ? new Admitted(receipt, [.. happenings, written.Result]) : Outcome<Admitted>.RefusedBy(written.Refusals);
    }
}
