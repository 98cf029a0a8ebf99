using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Takes one submission in by itself: with the state read afresh, repetitions looked up first, and a transaction of its own. Whatever a submission is, this knows the answer.</summary>
public sealed class IntakeAlone(ActivityReader activities, SubmissionReading reading, SubmissionIntake intake, RepeatedSubmissions repeats, LedgerBook ledger, PhoneByToken phones)
{
    public async Task<Outcome<SubmissionReceipt>> Take(AccessContext who, IncomingSubmission incoming, CancellationToken cancellationToken)
    {
        if (who.Actor.Kind == ActorKind.Phone && await phones.IsRevoked(incoming.CollectedBy, cancellationToken))
            return new Refusal("app-user.already-revoked"); // while it was sending
        var snapshot = await activities.Snapshot(incoming.ActivityId, cancellationToken);
        if (snapshot is null)
            return new Refusal("activity.not-found");
        var read = await reading.Of(snapshot, incoming, cancellationToken);
        if (!read.IsDone)
            return await KeptBefore(who, snapshot, incoming, read.Refusals, cancellationToken) ?? Outcome<SubmissionReceipt>.RefusedBy(read.Refusals);
        if (await repeats.Answer(who, read.Result, cancellationToken) is { } repeated)
            return repeated;
        var taken = await intake.Take(who.Actor, snapshot, read.Result, cancellationToken);
        if (!taken.IsDone)
        {
            await ledger.Refuse(who, Operation.Collect, incoming.ActivityId, null, taken.Refusals, cancellationToken);
            return Outcome<SubmissionReceipt>.RefusedBy(taken.Refusals);
        }

        try
        {
            await ledger.Commit(who, cancellationToken, [.. taken.Result.Happenings]);
        }
        catch (DbUpdateException) // the same submission came twice at the same time: the other one was first
        {
            return await repeats.AnswerAfterRace(who, read.Result, cancellationToken);
        }

        return taken.Result.Receipt;
    }

    /// <summary>A form that closed takes nothing new in, but what was kept while it was open and whose answer was lost on the way is told to be kept: else it stays on the phone for ever.</summary>
    private async Task<Outcome<SubmissionReceipt>?> KeptBefore(AccessContext who, ActivitySnapshot snapshot, IncomingSubmission incoming, IReadOnlyList<Refusal> refusals, CancellationToken cancellationToken)
    {
        if (refusals[0].Slug != "form.closed")
            return null;
        var read = await reading.Of(snapshot, incoming, evenClosed: true, cancellationToken);
        return read.IsDone ? await repeats.AnswerKnown(who, read.Result, cancellationToken) : null;
    }
}
