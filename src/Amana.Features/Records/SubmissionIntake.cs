using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.People;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.XForms;
using Amana.XForms.Evaluation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>A submission that was read and found to belong to a form of the activity.</summary>
public sealed record ReadSubmission(IncomingSubmission Incoming, Submission Submission, FormVersion Form, CompiledForm Compiled, string InstanceId);

/// <summary>Puts a submission into the store as the rules decide: a record with sealed boxes, a sealed quarantine box, or nothing but a count.
/// It only makes things pending; the caller commits them with the happenings that come back.</summary>
public sealed class SubmissionIntake(AmanaDb db, Safe safe, ReceiptCodes receipts, TimeProvider clock)
{
    /// <summary>Decides and makes pending. Never throws on what a submission holds.</summary>
    public async Task<Outcome<(SubmissionReceipt Receipt, IReadOnlyCollection<Happening> Happenings)>> Take(
        Actor collector, ActivitySnapshot activity, ReadSubmission read, CancellationToken cancellationToken)
    {
        var answers = read.Submission.Answers.Select(a => new KeptAnswer(a.Path, a.Text)).ToList();
        var stated = ConsentRules.Read(read.Form, FirstByElement(answers));
        if (activity.Notice is { Content.Basis: LegalBasis.Consent } && stated.Refused)
            return await Count(activity, read, cancellationToken);
        var gate = Gate.Decide(activity, new GateRequest(collector, Operation.Collect));
        return gate.Allowed && activity.Notice is { } notice
            ? await Accept(activity, read, answers, stated, notice, gate, cancellationToken)
            : await Quarantine(activity, read, gate, cancellationToken);
    }

    /// <summary>A keyed mark of the submission, by which a repetition is known.</summary>
    public (byte[] Instance, byte[] Content) MarksOf(ActivityId activity, string instanceId, byte[] xml) => (
        safe.Index("instance", activity.Value.ToString("N") + "\n" + instanceId),
        safe.Index("content", activity.Value.ToString("N") + "\n" + Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(xml))));

    private async Task<Outcome<(SubmissionReceipt, IReadOnlyCollection<Happening>)>> Count(ActivitySnapshot activity, ReadSubmission read, CancellationToken cancellationToken)
    {
        var day = clock.Today();
        var count = db.Set<RefusalCount>().Local.FirstOrDefault(c => c.ActivityId == activity.Activity.Id && c.Day == day)
            ?? await db.Set<RefusalCount>().FirstOrDefaultAsync(c => c.ActivityId == activity.Activity.Id && c.Day == day, cancellationToken);
        if (count is null)
            db.Add(count = new RefusalCount(activity.Activity.Id, day));
        var change = RecordRules.CountRefusal();
        count.Apply(change);
        await Mark(activity.Activity.Id, read, SubmissionOutcome.RefusedConsent, null, cancellationToken);
        return (new SubmissionReceipt(SubmissionOutcome.RefusedConsent, null, false), [Happening.Of(change, activity.Activity.Id)]);
    }

    private async Task<Outcome<(SubmissionReceipt, IReadOnlyCollection<Happening>)>> Quarantine(ActivitySnapshot activity, ReadSubmission read, GateAnswer gate, CancellationToken cancellationToken)
    {
        var id = Ids.New<QuarantineId>(clock);
        var packed = new PackedSubmission(read.Incoming.Xml.Reveal(), [.. read.Incoming.Files.Select(f => new PackedFile(f.Name, f.ContentType, f.Content.Reveal()))]);
        var box = await safe.SealQuarantine(activity.Activity.Id, id, packed.Pack(), cancellationToken);
        var decision = RecordRules.Quarantine(activity.Activity, id, read.Form, gate, box, read.Incoming.CollectedBy, clock.Now());
        if (decision is not Decision<SubmissionQuarantined>.Allowed(var change))
            return decision.Refusals.ToList();
        db.Add(QuarantinedSubmission.Of(change));
        await Mark(activity.Activity.Id, read, SubmissionOutcome.Quarantined, id.Value, cancellationToken);
        return (new SubmissionReceipt(SubmissionOutcome.Quarantined, null, false),
            [Happening.Of(change, activity.Activity.Id, id.Value).With("answer", "refused").With("reasons", string.Join(' ', change.HeldBy))]);
    }

    private async Task<Outcome<(SubmissionReceipt, IReadOnlyCollection<Happening>)>> Accept(
        ActivitySnapshot activity, ReadSubmission read, List<KeptAnswer> answers, StatedConsent stated, Notice notice, GateAnswer gate, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var person = Ids.New<PersonId>(clock);
        var record = Ids.New<RecordId>(clock);
        var receipt = await receipts.For(activity.Activity.Id, read.InstanceId, Answered(read.Form, answers, ElementRole.ReceiptCode), cancellationToken);
        var consent = ConsentRules.Receive(new ReceiveConsent(Ids.New<ConsentId>(clock), person, activity.Activity.Languages[0], read.Incoming.CollectedBy, receipt.Index), stated, notice, now);
        if (consent is not Decision<ConsentReceived>.Allowed(var received))
            return consent.Refusals.ToList();
        var findings = SubmissionCheck.Check(read.Submission, read.Compiled, new EvaluationContext { Now = now }).Findings.Count(f => f.Weight == FindingWeight.Fault);
        var (coded, sealedAnswers) = Split(read.Form, answers);
        var codedBox = await safe.SealCoded(activity.Activity.Id, record, KeptAnswer.Write(coded), cancellationToken);
        var decision = RecordRules.Accept(activity.Activity, new AcceptRecord(record, Ids.RandomCode(10), read.Form.Id, person, read.Incoming.CollectedBy, findings, codedBox), gate, received, now);
        if (decision is not Decision<RecordAccepted>.Allowed(var accepted))
            return decision.Refusals.ToList();
        db.Add(new Person(person, activity.Activity.Id));
        db.Add(RecordEntry.Of(accepted));
        db.Add(PersonConsent.Of(received));
        foreach (var (compartment, inside) in sealedAnswers)
            db.Add(new PersonBox(Ids.NewGuid(clock), record, person, compartment, 1, "", await safe.SealForPerson(person, compartment, record, KeptAnswer.Write(inside), cancellationToken)));
        await AddFiles(record, person, read.Incoming.Files, cancellationToken);
        await Mark(activity.Activity.Id, read, SubmissionOutcome.Accepted, record.Value, cancellationToken, accepted);
        return (new SubmissionReceipt(SubmissionOutcome.Accepted, receipt.Code, false),
        [
            Happening.Of(received, activity.Activity.Id, person.Value).With("notice", notice.Hash[..16]).With("yeses", received.Yeses.Count),
            Happening.Of(accepted, activity.Activity.Id, record.Value).With("answer", "allowed").With("form", read.Form.FormId).With("version", read.Form.Version).With("findings", findings),
        ]);
    }

    /// <summary>Seals files that the record does not have yet. Names may tell, so only their keyed hash stands outside the box.</summary>
    public async Task<int> AddFiles(RecordId record, PersonId person, IReadOnlyList<IncomingFile> files, CancellationToken cancellationToken)
    {
        var added = 0;
        foreach (var file in files)
        {
            var name = Convert.ToHexStringLower(safe.Index("file", record.Value.ToString("N") + "\n" + file.Name))[..32];
            if (await db.Set<PersonBox>().AnyAsync(b => b.RecordId == record && b.Name == name, cancellationToken))
                continue;
            var packed = new PackedSubmission([], [new PackedFile(file.Name, file.ContentType, file.Content.Reveal())]);
            db.Add(new PersonBox(Ids.NewGuid(clock), record, person, Compartment.Files, 1, name, await safe.SealForPerson(person, Compartment.Files, record, packed.Pack(), cancellationToken)));
            added++;
        }

        return added;
    }

    private async Task Mark(ActivityId activity, ReadSubmission read, SubmissionOutcome outcome, Guid? entry, CancellationToken cancellationToken, RecordAccepted? admitted = null)
    {
        var (instance, content) = MarksOf(activity, read.InstanceId, read.Incoming.Xml.Reveal());
        var before = await db.Set<SubmissionMark>().FirstOrDefaultAsync(m => m.ActivityId == activity && m.InstanceIndex == instance, cancellationToken);
        if (before is not null && admitted is not null)
            before.Apply(RecordRules.MarkAdmitted(admitted));
        else if (before is null)
            db.Add(new SubmissionMark(activity, instance, content, outcome, entry, clock.Now()));
    }

    private static string? Answered(FormVersion form, List<KeptAnswer> answers, ElementRole role) =>
        form.WithRole(role) is { } element ? answers.FirstOrDefault(a => a.ElementPath == element.Path)?.V : null;

    private static Dictionary<string, string> FirstByElement(List<KeptAnswer> answers) =>
        answers.GroupBy(a => a.ElementPath, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().V, StringComparer.Ordinal);

    /// <summary>Coded and open answers apart from what is sealed per compartment. What the form does not know is sealed as identity: unknown counts as most harmful.</summary>
    private static (List<KeptAnswer> Coded, Dictionary<Compartment, List<KeptAnswer>> Sealed) Split(FormVersion form, List<KeptAnswer> answers)
    {
        var byPath = form.Elements.ToDictionary(e => e.Path, StringComparer.Ordinal);
        var coded = new List<KeptAnswer>();
        var inside = new Dictionary<Compartment, List<KeptAnswer>>();
        foreach (var answer in answers)
        {
            var compartment = byPath.TryGetValue(answer.ElementPath, out var element) ? RecordRules.CompartmentOf(element) : Compartment.Identity;
            if (element?.Role == ElementRole.ReceiptCode)
                continue; // only its keyed hash is kept
            if (compartment is not { } c)
                coded.Add(answer);
            else if (inside.TryGetValue(c, out var list))
                list.Add(answer);
            else
                inside[c] = [answer];
        }

        return (coded, inside);
    }
}
