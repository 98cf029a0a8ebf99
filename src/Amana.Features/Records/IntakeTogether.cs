using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Records;

/// <summary>Takes submissions in together: each is read, checked, decided and sealed by itself, by what is kept in memory of its activity; then one transaction writes all that wait.
/// That transaction sees whether anything changed since it was read, and then nothing is written and all is decided anew. What it has no plain yes for, it leaves to <see cref="IntakeAlone"/>.</summary>
public sealed class IntakeTogether(Standings standings, SubmissionReading reading, SubmissionIntake intake, Sealing sealing, ReceiptCodes receipts, LedgerBook ledger)
{
    private const int Tries = 4;

    /// <summary>The receipt when it was taken in for the first time; none for everything else, and then nothing was written.</summary>
    public async Task<Outcome<SubmissionReceipt>?> Take(AccessContext who, IncomingSubmission incoming, CancellationToken cancellationToken)
    {
        for (var tried = 0; tried < Tries; tried++)
        {
            if (await standings.Of(incoming.ActivityId, cancellationToken) is not { } standing || standing.HasRevoked(who, incoming.CollectedBy) || sealing.Of(incoming.ActivityId) is not { } seals)
                return null;
            if (await Decide(who, incoming, standings.Now(standing), seals, cancellationToken) is not { } taken)
                return null;
            switch (await ledger.CommitTogether(who, taken.Additions, standing.Stamp, taken.Happenings, cancellationToken))
            {
                case Added.Kept:
                    return taken.Receipt;
                case Added.DecidedTooEarly:
                    standings.Forget(standing);
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>What is read and decided is let go of with the end of this: what waits for its transaction holds its sealed rows and no more, since many wait at a time.</summary>
    private async Task<TakenSubmission?> Decide(AccessContext who, IncomingSubmission incoming, ActivitySnapshot snapshot, ActivitySeals seals, CancellationToken cancellationToken)
    {
        var read = await reading.Of(snapshot, incoming, cancellationToken);
        if (!read.IsDone || read.Result.Submission.DeprecatedId is not null || read.Result.Submission.IsEncrypted || read.Result.Form.Entities.Count > 0)
            return null;
        var taken = intake.Decide(who.Actor, snapshot, read.Result, seals, slip => receipts.OfFreeSlip(incoming.ActivityId, read.Result.InstanceId, slip));
        return taken.IsDone ? taken.Result : null;
    }
}
