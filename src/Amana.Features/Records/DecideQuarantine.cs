using System.Text;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>What became of the submissions that were decided on together.</summary>
public sealed record DecidedQuarantine(int Decided, IReadOnlyList<Refusal> Refused);

/// <summary>Decides, with a reason, what becomes of submissions that wait sealed: they enter the records, marked with what does not fit, or they are destroyed. What waits because a rule lapsed is
/// decided by the data protection focal point; what breaks a rule of its form also by those who judge the activity's records. Nothing of the content is shown.</summary>
public sealed class DecideQuarantine(AmanaDb db, ActivityReader activities, Admission admission, Safe safe, LedgerBook ledger)
{
    /// <summary>Most that are decided together.</summary>
    public const int Most = 100;

    /// <summary>Decides on several for the same reason, each in a transaction of its own. One that is refused does not hold up the others.</summary>
    public async Task<Outcome<DecidedQuarantine>> Handle(AccessContext who, IReadOnlyList<QuarantineId> ids, bool admit, string? reason, CancellationToken cancellationToken)
    {
        if (ids.Count is 0 or > Most)
            return new Refusal("quarantine.none-chosen").At("Id").With("most", Most.ToString(System.Globalization.CultureInfo.InvariantCulture)).MendedBy(Mender.You, MendPage.Quarantine);
        var (decided, refused) = (0, new List<Refusal>());
        foreach (var id in ids)
        {
            var outcome = await Handle(who, id, admit, reason, cancellationToken);
            decided += outcome.IsDone ? 1 : 0;
            refused.AddRange(outcome.Refusals);
            db.ChangeTracker.Clear();
        }

        List<Refusal> said = [.. refused.DistinctBy(r => r.Slug)];
        return decided == 0 ? said : new DecidedQuarantine(decided, said);
    }

    /// <summary>Decides on one.</summary>
    public async Task<Outcome<SubmissionReceipt>> Handle(AccessContext who, QuarantineId id, bool admit, string? reason, CancellationToken cancellationToken)
    {
        var held = await db.Set<QuarantinedSubmission>().FirstOrDefaultAsync(q => q.Id == id, cancellationToken);
        if (held is null || await activities.Snapshot(held.ActivityId, cancellationToken) is not { } snapshot || Authority.MayRead(snapshot, who.Actor).Count > 0)
            return new Refusal("quarantine.not-found");
        if (RecordRules.MayDecide(snapshot, who.Actor, held.HeldBy) is { Count: > 0 } refusals)
            return refusals.ToList();
        return admit ? await Admit(who, snapshot, held, reason, cancellationToken) : await Destroy(who, snapshot, held, reason, cancellationToken);
    }

    private async Task<Outcome<SubmissionReceipt>> Destroy(AccessContext who, ActivitySnapshot snapshot, QuarantinedSubmission held, string? reason, CancellationToken cancellationToken)
    {
        var box = await safe.SealFile(held.ActivityId, held.Id.Value, Encoding.UTF8.GetBytes(reason ?? ""), cancellationToken);
        var decision = RecordRules.Destroy(held, who.Actor.StaffId!.Value, reason, box, snapshot.Now);
        if (decision is not Decision<QuarantineDecided>.Allowed(var change))
            return Outcome<SubmissionReceipt>.RefusedBy(decision.Refusals);
        held.Apply(change);
        await ledger.Commit(who, cancellationToken, Decided(held, change));
        return new SubmissionReceipt(SubmissionOutcome.RefusedConsent, null, false);
    }

    private async Task<Outcome<SubmissionReceipt>> Admit(AccessContext who, ActivitySnapshot snapshot, QuarantinedSubmission held, string? reason, CancellationToken cancellationToken)
    {
        var gate = Gate.Decide(snapshot, new GateRequest(Actor.House, Operation.Collect) { Form = held.FormVersionId });
        var decision = RecordRules.Admit(held, gate, who.Actor.StaffId!.Value, reason, snapshot.Now);
        if (decision is not Decision<QuarantineDecided>.Allowed(var change))
            return Outcome<SubmissionReceipt>.RefusedBy(decision.Refusals);
        var permit = await ledger.Disclose(who, gate, new Happening("QuarantineReadForAdmission", held.ActivityId, held.Id.Value), cancellationToken);
        var packed = PackedSubmission.Unpack(await safe.OpenQuarantine(permit, held, cancellationToken));
        var incoming = new IncomingSubmission(held.ActivityId, held.CollectedBy, new Sensitive<byte[]>(packed.Xml),
            [.. packed.Files.Select(f => new IncomingFile(f.Name, f.ContentType, new Sensitive<byte[]>(f.Content)))]);
        var taken = await admission.Take(who, snapshot, incoming, reason!, cancellationToken);
        if (!taken.IsDone)
            return Outcome<SubmissionReceipt>.RefusedBy(taken.Refusals);
        held.Apply(change);
        await ledger.Commit(who, cancellationToken, [.. taken.Result.Happenings, Decided(held, change)]);
        return taken.Result.Receipt;
    }

    private static Happening Decided(QuarantinedSubmission held, QuarantineDecided change) =>
        Happening.Of(change, held.ActivityId, held.Id.Value).With("state", change.State.ToString()).With("misfits", FormFindings.InLedger(held.Findings));
}
