using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.XForms;
using Amana.XForms.Evaluation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>A submission that says which one it replaces (OpenRosa, <c>meta/deprecatedID</c>): it becomes a new version of that record, and what stood before is kept sealed. The phone that collected a
/// record may correct it; others need the right to amend. A "no" in an edit withdraws the whole, and a yes that is gone is taken back.</summary>
public sealed class EditSubmission(AmanaDb db, ActivityReader activities, SubmissionIntake intake, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Who sent it.</param>
    /// <param name="read">The new version.</param>
    /// <param name="replaced">The id of the one it replaces.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome<SubmissionReceipt>> Take(AccessContext who, ReadSubmission read, string replaced, CancellationToken cancellationToken)
    {
        var activity = read.Incoming.ActivityId;
        var (before, _) = intake.MarksOf(activity, replaced, []);
        var mark = await db.Set<SubmissionMark>().FirstOrDefaultAsync(m => m.ActivityId == activity && m.InstanceIndex == before, cancellationToken);
        if (mark is { Outcome: SubmissionOutcome.Quarantined })
            return new Refusal("record.waits-in-quarantine");
        if (mark is not { Outcome: SubmissionOutcome.Accepted, EntryId: { } entry } || await db.Set<RecordEntry>().FirstOrDefaultAsync(r => r.Id == new RecordId(entry), cancellationToken) is not { } record)
            return new Refusal("record.edit-of-unknown");
        var consent = await db.Set<PersonConsent>().FirstAsync(c => c.Id == record.ConsentId, cancellationToken);
        var snapshot = (await activities.Snapshot(activity, cancellationToken))!;
        var operation = record.CollectedBy == read.Incoming.CollectedBy ? Operation.Collect : Operation.Amend;
        var gate = Gate.Decide(snapshot, new GateRequest(who.Actor, operation, null, consent));
        var answers = read.Submission.Answers.Select(a => new KeptAnswer(a.Path, a.Text)).ToList();
        var stated = ConsentRules.Read(read.Form, SubmissionIntake.FirstByElement(answers));
        if (stated.Refused && !mark.Replaced)
            return await Withdraw(who, new Edited(read, record, consent, mark), cancellationToken);
        var outcome = await Amend(who, new Edited(read, record, consent, mark), answers, stated, gate, cancellationToken);
        if (!outcome.IsDone)
            await ledger.Refuse(who, operation, activity, record.Id.Value, outcome.Refusals, cancellationToken);
        return outcome;
    }

    private async Task<Outcome<SubmissionReceipt>> Amend(AccessContext who, Edited edited, List<KeptAnswer> answers, StatedConsent stated, GateAnswer gate, CancellationToken cancellationToken)
    {
        var (read, record, consent, mark) = edited;
        var now = clock.Now();
        var findings = SubmissionCheck.Check(read.Submission, read.Compiled, new EvaluationContext { Now = now }).Findings.Count(f => f.Weight == FindingWeight.Fault);
        var (coded, sealedAnswers) = SubmissionIntake.Split(read.Form, answers);
        var command = new AmendRecord(read.Form.Id, await safe.SealCoded(record.ActivityId, record.Id, KeptAnswer.Write(coded), cancellationToken), findings, AmendReason.EditedOnDevice, read.Incoming.CollectedBy);
        var decision = RecordRules.Amend(record, mark, command, gate, now);
        if (decision is not Decision<RecordAmended>.Allowed(var change))
            return Outcome<SubmissionReceipt>.RefusedBy(decision.Refusals);
        List<Happening> happenings = [Happening.Of(change, record.ActivityId, record.Id.Value).With("answer", "allowed").With("version", change.Version).With("reason", change.Reason.ToString()).With("findings", findings)];
        db.Add(RecordVersion.Before(record, change));
        record.Apply(change);
        foreach (var (compartment, inside) in sealedAnswers)
            db.Add(new PersonBox(Ids.NewGuid(clock), record.Id, record.PersonId, compartment, change.Version, "", await safe.SealForPerson(record.PersonId, compartment, record.Id, KeptAnswer.Write(inside), cancellationToken)));
        await intake.AddFiles(record.Id, record.PersonId, read.Incoming.Files, cancellationToken);
        happenings.AddRange(TakeBack(consent, stated, read.Form));
        mark.Apply(change);
        AddMark(read, SubmissionOutcome.Accepted, record.Id.Value);
        return await Commit(who, happenings, new SubmissionReceipt(SubmissionOutcome.Accepted, null, false), cancellationToken);
    }

    /// <summary>The person said no this time: nothing of the new version is kept, and the record is unusable from now on and will be erased.</summary>
    private async Task<Outcome<SubmissionReceipt>> Withdraw(AccessContext who, Edited edited, CancellationToken cancellationToken)
    {
        var (read, record, consent, _) = edited;
        List<Happening> happenings = [];
        if (ConsentRules.Withdraw(consent, [ConsentAsk.Participation], clock.Now()) is Decision<ConsentWithdrawn>.Allowed(var withdrawn))
        {
            consent.Apply(withdrawn);
            happenings.Add(Happening.Of(withdrawn, record.ActivityId, record.PersonId.Value).With("parts", string.Join(' ', withdrawn.Parts)));
        }

        var held = RecordRules.Withdraw();
        record.Apply(held);
        happenings.Add(Happening.Of(held, record.ActivityId, record.Id.Value).With("state", held.State.ToString()));
        AddMark(read, SubmissionOutcome.RefusedConsent, null);
        return await Commit(who, happenings, new SubmissionReceipt(SubmissionOutcome.RefusedConsent, null, false), cancellationToken);
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

    private void AddMark(ReadSubmission read, SubmissionOutcome outcome, Guid? entry)
    {
        var (instance, content) = intake.MarksOf(read.Incoming.ActivityId, read.InstanceId, read.Incoming.Xml.Reveal());
        db.Add(new SubmissionMark(read.Incoming.ActivityId, instance, content, outcome, entry, clock.Now()));
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

    private sealed record Edited(ReadSubmission Read, RecordEntry Record, PersonConsent Consent, SubmissionMark Mark);
}
