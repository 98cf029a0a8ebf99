using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>A submission that says which one it replaces (OpenRosa, <c>meta/deprecatedID</c>): it becomes a new version of that record, and what stood before is kept sealed. The phone that collected a
/// record may correct it; others need the right to amend. A "no" in an edit withdraws the whole, and a yes that is gone is taken back.</summary>
public sealed class EditSubmission(AmanaDb db, ActivityReader activities, SubmissionIntake intake, RecordVersions versions, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Who sent it.</param>
    /// <param name="read">The new version.</param>
    /// <param name="replaced">The id of the one it replaces.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome<SubmissionReceipt>> Take(AccessContext who, ReadSubmission read, string replaced, CancellationToken cancellationToken)
    {
        var prepared = await Prepare(who, read, replaced, admitted: false, cancellationToken);
        if (!prepared.IsDone)
            return Outcome<SubmissionReceipt>.RefusedBy(prepared.Refusals);
        return await Commit(who, prepared.Result.Happenings, prepared.Result.Receipt, cancellationToken);
    }

    /// <summary>Decides on an edit and makes it pending.</summary>
    internal async Task<Outcome<PreparedEdit>> Prepare(AccessContext who, ReadSubmission read, string replaced, bool admitted, CancellationToken cancellationToken)
    {
        var activity = read.Incoming.ActivityId;
        var (before, _) = intake.MarksOf(activity, replaced, []);
        var mark = await db.Set<SubmissionMark>().FirstOrDefaultAsync(m => m.ActivityId == activity && m.InstanceIndex == before, cancellationToken);
        if (mark is { Outcome: SubmissionOutcome.Quarantined or SubmissionOutcome.Held })
            return new Refusal("record.waits-in-quarantine");
        if (mark is not { Outcome: SubmissionOutcome.Accepted, EntryId: { } entry } || await db.Set<RecordEntry>().FirstOrDefaultAsync(r => r.Id == new RecordId(entry), cancellationToken) is not { } record)
            return new Refusal("record.edit-of-unknown");
        var consent = await db.Set<PersonConsent>().FirstAsync(c => c.Id == record.ConsentId, cancellationToken);
        var snapshot = (await activities.Snapshot(activity, cancellationToken))!;
        if (snapshot.Forms.FirstOrDefault(f => f.Id == record.FormVersionId)?.FormId != read.Form.FormId)
            return new Refusal("record.edit-of-unknown"); // of this form: a record never becomes one of another
        var operation = record.CollectedBy == read.Incoming.CollectedBy ? Operation.Collect : Operation.Amend;
        var gate = Gate.Decide(snapshot, new GateRequest(admitted && operation == Operation.Collect ? Actor.House : who.Actor, operation, null, consent) { Form = read.Form.Id });
        var answers = read.Submission.Answers.Select(a => new KeptAnswer(a.Path, a.Text)).ToList();
        var stated = ConsentRules.Read(read.Form, SubmissionIntake.FirstByElement(answers));
        var edited = new Edited(snapshot, read, record, consent, mark, admitted);
        if (stated.Refused && !mark.Replaced)
            return await Withdraw(edited, cancellationToken);
        var findings = FormFindings.Of(read, clock.Now());
        var outcome = !admitted && gate.Allowed && !mark.Replaced && record.State == RecordState.InUse && CheckFinding.AnyHolds(findings)
            ? await Hold(edited, findings, gate, cancellationToken)
            : await Amend(edited, answers, stated, findings, gate, cancellationToken);
        if (!outcome.IsDone)
            await ledger.Refuse(who, operation, activity, record.Id.Value, outcome.Refusals, cancellationToken);
        return outcome;
    }

    /// <summary>An edit that breaks a rule of its form waits sealed; the record stands as it is until somebody decides.</summary>
    private async Task<Outcome<PreparedEdit>> Hold(Edited edited, IReadOnlyList<CheckFinding> findings, GateAnswer gate, CancellationToken cancellationToken)
    {
        var taken = intake.Hold(edited.Snapshot, edited.Read, findings, gate, await intake.SealsOf(edited.Record.ActivityId, cancellationToken));
        if (!taken.IsDone)
            return Outcome<PreparedEdit>.RefusedBy(taken.Refusals);
        db.Add(taken.Result.Additions.Mark);
        db.AddRange(taken.Result.Additions.Rows);
        return new PreparedEdit(taken.Result.Receipt, [.. taken.Result.Happenings], null);
    }

    private async Task<Outcome<PreparedEdit>> Amend(Edited edited, List<KeptAnswer> answers, StatedConsent stated, IReadOnlyList<CheckFinding> findings, GateAnswer gate, CancellationToken cancellationToken)
    {
        var (_, read, record, consent, mark, _) = edited;
        var (coded, sealedAnswers) = SubmissionIntake.Split(read.Form, answers);
        var command = new AmendRecord(read.Form.Id, await versions.SealCoded(record, coded, cancellationToken), findings, AmendReason.EditedOnDevice, read.Incoming.CollectedBy);
        var decision = RecordRules.Amend(record, mark.Replaced, command, gate, clock.Now());
        if (decision is not Decision<RecordAmended>.Allowed(var change))
            return Outcome<PreparedEdit>.RefusedBy(decision.Refusals);
        List<Happening> happenings = [read.Entered(Happening.Of(change, record.ActivityId, record.Id.Value).With("answer", "allowed").With("version", change.Version).With("reason", change.Reason.ToString()).With("findings", findings.Count))];
        await versions.Replace(record, change, sealedAnswers, cancellationToken);
        await intake.AddFiles(record, change.Version, read.Incoming.Files, cancellationToken);
        happenings.AddRange(Door.OverridesUsed(gate, record.CollectedBy == read.Incoming.CollectedBy ? Operation.Collect : Operation.Amend, record.ActivityId, record.Id.Value));
        happenings.AddRange(TakeBack(consent, stated, read.Form));
        mark.Apply(change);
        await AddMark(edited, SubmissionOutcome.Accepted, record.Id, cancellationToken);
        return new PreparedEdit(new SubmissionReceipt(SubmissionOutcome.Accepted, null, false), happenings, change);
    }

    /// <summary>The person said no this time: nothing of the new version is kept, and the record is unusable from now on and will be erased.</summary>
    private async Task<Outcome<PreparedEdit>> Withdraw(Edited edited, CancellationToken cancellationToken)
    {
        var (_, _, record, consent, _, _) = edited;
        List<Happening> happenings = [];
        if (ConsentRules.Withdraw(consent, [ConsentAsk.Participation], clock.Now()) is Decision<ConsentWithdrawn>.Allowed(var withdrawn))
        {
            consent.Apply(withdrawn);
            happenings.Add(Happening.Of(withdrawn, record.ActivityId, record.PersonId.Value).With("parts", string.Join(' ', withdrawn.Parts)));
        }

        var held = RecordRules.Withdraw();
        record.Apply(held);
        happenings.Add(Happening.Of(held, record.ActivityId, record.Id.Value).With("state", held.State.ToString()));
        await AddMark(edited, SubmissionOutcome.RefusedConsent, null, cancellationToken);
        return new PreparedEdit(new SubmissionReceipt(SubmissionOutcome.RefusedConsent, null, false), happenings, null);
    }

    /// <summary>A part that was asked again and not agreed to is taken back. A new yes is not added: it would need a receipt of its own.</summary>
    private IEnumerable<Happening> TakeBack(PersonConsent consent, StatedConsent stated, FormVersion form)
    {
        var asked = form.Elements.Select(e => e.Ask).OfType<ConsentAsk>().ToHashSet();
        var gone = consent.Yeses.Where(y => y != ConsentAsk.Participation && asked.Contains(y.Ask) && (stated.Noes.Contains(y) || !stated.Yeses.Any(s => s.Covers(y)))).ToList();
        if (gone.Count == 0 || ConsentRules.Withdraw(consent, gone, clock.Now()) is not Decision<ConsentWithdrawn>.Allowed(var change))
            yield break;
        consent.Apply(change);
        yield return Happening.Of(change, consent.ActivityId, consent.PersonId.Value).With("parts", string.Join(' ', change.Parts));
    }

    /// <summary>An edit that waited has its mark already; it then names the record.</summary>
    private async Task AddMark(Edited edited, SubmissionOutcome outcome, RecordId? record, CancellationToken cancellationToken)
    {
        var (read, activity) = (edited.Read, edited.Read.Incoming.ActivityId);
        var (instance, content) = intake.MarksOf(activity, read.InstanceId, read.Incoming.Xml.Reveal());
        if (!edited.Admitted)
            db.Add(new SubmissionMark(activity, instance, content, outcome, record?.Value, clock.Now()));
        else if (record is { } of && await db.Set<SubmissionMark>().FirstOrDefaultAsync(m => m.ActivityId == activity && m.InstanceIndex == instance, cancellationToken) is { } waited)
            waited.Apply(RecordRules.MarkAdmitted(of));
    }

    /// <summary>Two edits of one version that race: the second finds the earlier version written already and is told so.</summary>
    private async Task<Outcome<SubmissionReceipt>> Commit(AccessContext who, List<Happening> happenings, SubmissionReceipt receipt, CancellationToken cancellationToken)
    {
        try
        {
            await ledger.Commit(who, cancellationToken, [.. happenings]);
            return receipt;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("record.edited-meanwhile");
        }
    }

    private sealed record Edited(ActivitySnapshot Snapshot, ReadSubmission Read, RecordEntry Record, PersonConsent Consent, SubmissionMark Mark, bool Admitted);
}

/// <summary>An edit that was decided on and is pending: what the sender is told, how the ledger tells it, and the new version where there is one.</summary>
internal sealed record PreparedEdit(SubmissionReceipt Receipt, List<Happening> Happenings, RecordAmended? Amended);
