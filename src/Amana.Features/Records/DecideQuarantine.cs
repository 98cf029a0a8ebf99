using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>The data protection focal point decides what becomes of a quarantined submission: it enters the records when the rules hold again, or it is destroyed.</summary>
public sealed class DecideQuarantine(AmanaDb db, ActivityReader activities, ReceiveSubmission receive, SubmissionIntake intake, Safe safe, LedgerBook ledger)
{
    public async Task<Outcome<SubmissionReceipt>> Handle(AccessContext who, QuarantineId id, bool admit, CancellationToken cancellationToken)
    {
        if (Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        var held = await db.Set<QuarantinedSubmission>().FirstOrDefaultAsync(q => q.Id == id, cancellationToken);
        if (held is null)
            return new Refusal("quarantine.not-found");
        return admit ? await Admit(who, held, cancellationToken) : await Destroy(who, held, cancellationToken);
    }

    private async Task<Outcome<SubmissionReceipt>> Destroy(AccessContext who, QuarantinedSubmission held, CancellationToken cancellationToken)
    {
        var now = (await activities.Snapshot(held.ActivityId, cancellationToken))!.Now;
        var decision = RecordRules.Destroy(held, who.Actor.StaffId!.Value, now);
        if (decision is not Decision<QuarantineDecided>.Allowed(var change))
            return Outcome<SubmissionReceipt>.RefusedBy(decision.Refusals);
        held.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, held.ActivityId, held.Id.Value).With("state", change.State.ToString()));
        return new SubmissionReceipt(SubmissionOutcome.RefusedConsent, null, false);
    }

    private async Task<Outcome<SubmissionReceipt>> Admit(AccessContext who, QuarantinedSubmission held, CancellationToken cancellationToken)
    {
        var snapshot = (await activities.Snapshot(held.ActivityId, cancellationToken))!;
        var gate = Gate.Decide(snapshot, new GateRequest(Actor.House, Operation.Collect));
        var decision = RecordRules.Admit(held, gate, who.Actor.StaffId!.Value, snapshot.Now);
        if (decision is not Decision<QuarantineDecided>.Allowed(var change))
            return Outcome<SubmissionReceipt>.RefusedBy(decision.Refusals);
        var permit = await ledger.Disclose(who, gate, new Happening("QuarantineReadForAdmission", held.ActivityId, held.Id.Value), cancellationToken);
        var packed = PackedSubmission.Unpack(await safe.OpenQuarantine(permit, held, cancellationToken));
        var incoming = new IncomingSubmission(held.ActivityId, held.CollectedBy, new Sensitive<byte[]>(packed.Xml),
            [.. packed.Files.Select(f => new IncomingFile(f.Name, f.ContentType, new Sensitive<byte[]>(f.Content)))]);
        var read = await receive.ReadIt(snapshot, incoming, cancellationToken);
        if (!read.IsDone)
            return Outcome<SubmissionReceipt>.RefusedBy(read.Refusals);
        var taken = await intake.Take(Actor.House, snapshot, read.Result, cancellationToken);
        if (!taken.IsDone)
            return Outcome<SubmissionReceipt>.RefusedBy(taken.Refusals);
        held.Apply(change);
        await ledger.Commit(who, cancellationToken, [.. taken.Result.Happenings, Happening.Of(change, held.ActivityId, held.Id.Value).With("state", change.State.ToString())]);
        return taken.Result.Receipt;
    }
}
