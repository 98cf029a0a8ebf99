using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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
public sealed record ReadSubmission(IncomingSubmission Incoming, Submission Submission, FormVersion Form, CompiledForm Compiled, string InstanceId)
{
    /// <summary>Pictures that are not kept, because what they tell besides what is to be seen could not be taken out.</summary>
    public int LeftOut { get; init; }

    /// <summary>The happening, with the count of pictures that are not kept.</summary>
    internal Happening Entered(Happening happening) => LeftOut == 0 ? happening : happening.With("left-out", LeftOut);
}

/// <summary>What was decided of a submission: what the sender is told, what is added to the store, and how the ledger tells it.</summary>
public sealed record TakenSubmission(SubmissionReceipt Receipt, Additions Additions, IReadOnlyCollection<Happening> Happenings, RecordAccepted? Accepted = null);

/// <summary>Puts a submission into the store as the rules decide: a record with sealed boxes, a sealed quarantine box, or nothing but a count.</summary>
public sealed class SubmissionIntake(AmanaDb db, Safe safe, Sealing sealing, ReceiptCodes receipts, EntityIntake entities, TimeProvider clock)
{
    /// <summary>Elements by their path, for as long as a form version's elements are in memory.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<Element>, Dictionary<string, Element>> Places = [];

    /// <summary>What the gate said to a collector and a form on one snapshot: a snapshot never changes, and many submissions are decided by the same.</summary>
    private static readonly ConditionalWeakTable<ActivitySnapshot, ConcurrentDictionary<(Actor, FormVersionId), GateAnswer>> GateAnswers = [];

    /// <summary>Decides and makes pending; the caller commits it with the happenings that come back. Never throws on what a submission holds.</summary>
    public async Task<Outcome<(SubmissionReceipt Receipt, IReadOnlyCollection<Happening> Happenings)>> Take(
        Actor collector, ActivitySnapshot activity, ReadSubmission read, CancellationToken cancellationToken)
    {
        var taken = await TakeAs(collector, activity, read, admitted: false, cancellationToken);
        return taken.IsDone ? (taken.Result.Receipt, taken.Result.Happenings) : taken.Refusals.ToList();
    }

    /// <summary>The same; with <paramref name="admitted"/>, somebody decided that what does not fit its form may enter the records all the same.</summary>
    internal async Task<Outcome<TakenSubmission>> TakeAs(Actor collector, ActivitySnapshot activity, ReadSubmission read, bool admitted, CancellationToken cancellationToken)
    {
        var id = activity.Activity.Id;
        var slip = Answered(read.Form, read.Submission.Answers.Select(a => new KeptAnswer(a.Path, a.Text)), ElementRole.ReceiptCode);
        var receipt = await receipts.For(id, read.InstanceId, slip, cancellationToken);
        var decided = Decide(collector, activity, read, await safe.SealsOf(id, cancellationToken), _ => receipt, admitted);
        if (!decided.IsDone)
            return decided;
        var additions = decided.Result.Additions;
        db.AddRange(additions.Rows);
        if (additions.Sum is { Row: RefusalCount count })
            await Add(count, cancellationToken);
        await Mark((SubmissionMark)additions.Mark, decided.Result.Accepted, cancellationToken);
        return decided.Result.Accepted is { } accepted
            ? decided.Result with { Happenings = [.. decided.Result.Happenings, .. await entities.Add(read, accepted, cancellationToken)] }
            : decided;
    }

    /// <summary>Decides by what it is given alone, and reads nothing from the store.</summary>
    /// <param name="collector">Who collected it.</param>
    /// <param name="activity">The activity as it stands.</param>
    /// <param name="read">The submission.</param>
    /// <param name="seals">What it is sealed with.</param>
    /// <param name="receiptFor">The receipt's code, for the slip that was typed into the form, if one was.</param>
    /// <param name="admitted">What does not fit its form was admitted by somebody and is not held again.</param>
    public Outcome<TakenSubmission> Decide(Actor collector, ActivitySnapshot activity, ReadSubmission read, ActivitySeals seals, Func<string?, MadeReceipt> receiptFor, bool admitted = false)
    {
        var answers = read.Submission.Answers.Select(a => new KeptAnswer(a.Path, a.Text)).ToList();
        var stated = ConsentRules.Read(read.Form, FirstByElement(answers));
        if (activity.Notice is { Content.Basis: LegalBasis.Consent } && stated.Refused)
            return Count(activity, read);
        var gate = GateAnswers.GetValue(activity, static _ => new()).GetOrAdd((collector, read.Form.Id), static (asked, activity) =>
            Gate.Decide(activity, new GateRequest(asked.Item1, Operation.Collect) { Form = asked.Item2 }), activity);
        var findings = FormFindings.Of(read, clock.Now());
        var entering = new Entering(activity, read, answers, seals, findings);
        var held = !admitted && CheckFinding.AnyHolds(findings) && MayBeKept(activity, stated);
        return gate.Allowed && activity.Notice is { } notice && !held
            ? Accept(entering, stated, notice, gate, receiptFor)
            : Hold(activity, read, findings, gate, seals);
    }

    /// <summary>Consent comes before the form's rules: what has none is refused, and never waits sealed for a mistake in the form to be forgiven (IC-2).</summary>
    private static bool MayBeKept(ActivitySnapshot activity, StatedConsent stated) =>
        activity.Notice is not { Content.Basis: LegalBasis.Consent } || stated.Yeses.Contains(ConsentAsk.Participation);

    /// <summary>A keyed mark of the submission, by which a repetition is known.</summary>
    public (byte[] Instance, byte[] Content) MarksOf(ActivityId activity, string instanceId, byte[] xml) => (
        safe.Index("instance", activity.Value.ToString("N") + "\n" + instanceId),
        safe.Index("content", activity.Value.ToString("N") + "\n" + Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(xml))));

    /// <summary>Seals files that the record does not have yet, and those that a later version of it brings under a name of before with other content, as phones do with their log of changes. Names may tell,
    /// so only their keyed hash stands outside the box.</summary>
    public async Task<int> AddFiles(RecordEntry record, int version, IReadOnlyList<IncomingFile> files, CancellationToken cancellationToken)
    {
        var (added, person) = (0, record.PersonId);
        foreach (var file in files.DistinctBy(f => f.Name, StringComparer.Ordinal))
        {
            var (name, packed) = (IndexOf(record.Id, file), Packed(file));
            if (await Has(record.Id, version, name, packed, cancellationToken))
                continue;
            db.Add(new PersonBox(Ids.NewGuid(clock), record.Id, person, Compartment.Files, version, name, await safe.SealForPerson(person, Compartment.Files, record.Id, packed, cancellationToken)));
            added++;
        }

        return added;
    }

    private async Task<bool> Has(RecordId record, int version, string name, byte[] packed, CancellationToken cancellationToken)
    {
        foreach (var box in await db.Set<PersonBox>().AsNoTracking().Where(b => b.RecordId == record && b.Name == name).ToListAsync(cancellationToken))
            if (box.Version == version || (await safe.OpenBoxForIntake(box, cancellationToken)).SequenceEqual(packed))
                return true;
        return false;
    }

    private Outcome<TakenSubmission> Count(ActivitySnapshot activity, ReadSubmission read)
    {
        var change = RecordRules.CountRefusal();
        var count = new RefusalCount(activity.Activity.Id, clock.Today());
        count.Apply(change);
        return new TakenSubmission(new SubmissionReceipt(SubmissionOutcome.RefusedConsent, null, false),
            new Additions(MarkOf(activity.Activity.Id, read, SubmissionOutcome.RefusedConsent, null), [], new CountRow(count, nameof(RefusalCount.Count))), [Happening.Of(change, activity.Activity.Id)]);
    }

    internal Task<ActivitySeals> SealsOf(ActivityId activity, CancellationToken cancellationToken) => safe.SealsOf(activity, cancellationToken);

    /// <summary>Seals a submission that may not be used now, with the rules and the misfits that hold it.</summary>
    internal Outcome<TakenSubmission> Hold(ActivitySnapshot activity, ReadSubmission read, IReadOnlyList<CheckFinding> findings, GateAnswer gate, ActivitySeals seals)
    {
        var id = Ids.New<QuarantineId>(clock);
        var packed = new PackedSubmission(read.Incoming.Xml.Reveal(), [.. read.Incoming.Files.Select(f => new PackedFile(f.Name, f.ContentType, f.Content.Reveal()))]);
        var decision = RecordRules.Quarantine(activity.Activity, new HoldSubmission(id, read.Form.Id, findings, seals.Quarantine(id, packed.Pack()), read.Incoming.CollectedBy), gate, clock.Now());
        if (decision is not Decision<SubmissionQuarantined>.Allowed(var change))
            return decision.Refusals.ToList();
        var outcome = gate.Allowed ? SubmissionOutcome.Held : SubmissionOutcome.Quarantined;
        return new TakenSubmission(new SubmissionReceipt(outcome, null, false),
            new Additions(MarkOf(activity.Activity.Id, read, outcome, id.Value), [QuarantinedSubmission.Of(change)]),
            [
                read.Entered(Happening.Of(change, activity.Activity.Id, id.Value).With("answer", gate.Allowed ? "allowed" : "refused").With("reasons", string.Join(' ', change.HeldBy))
                    .With("misfits", FormFindings.InLedger(findings))),
            ]);
    }

    private Outcome<TakenSubmission> Accept(Entering entering, StatedConsent stated, Notice notice, GateAnswer gate, Func<string?, MadeReceipt> receiptFor)
    {
        var (activity, read, answers, seals, findings) = entering;
        var now = clock.Now();
        var (person, record) = (Ids.New<PersonId>(clock), Ids.New<RecordId>(clock));
        var receipt = receiptFor(Answered(read.Form, answers, ElementRole.ReceiptCode));
        var consent = ConsentRules.Receive(new ReceiveConsent(Ids.New<ConsentId>(clock), person, activity.Activity.Languages[0], read.Incoming.CollectedBy, receipt.Index) { Scope = activity.ConsentScope }, stated, notice, now);
        if (consent is not Decision<ConsentReceived>.Allowed(var received))
            return consent.Refusals.ToList();
        var (coded, sealedAnswers) = Split(read.Form, answers);
        var command = new AcceptRecord(record, Ids.RandomCode(10), read.Form.Id, person, read.Incoming.CollectedBy, findings, seals.Coded(record, KeptAnswer.Write(coded).Span));
        var decision = RecordRules.Accept(activity.Activity, command, gate, received, now);
        if (decision is not Decision<RecordAccepted>.Allowed(var accepted))
            return decision.Refusals.ToList();
        List<object> rows = [new Person(person, activity.Activity.Id), RecordEntry.Of(accepted), PersonConsent.Of(received), .. Boxes(person, record, sealedAnswers, read.Incoming.Files)];
        return new TakenSubmission(new SubmissionReceipt(SubmissionOutcome.Accepted, receipt.Code, false),
            new Additions(MarkOf(activity.Activity.Id, read, SubmissionOutcome.Accepted, record.Value), rows),
            [
                Happening.Of(received, activity.Activity.Id, person.Value).With("notice", notice.Hash[..16]).With("yeses", received.Yeses.Count),
                read.Entered(Happening.Of(accepted, activity.Activity.Id, record.Value).With("answer", "allowed").With("form", read.Form.FormId).With("version", read.Form.Version).With("findings", findings.Count)),
                .. Door.OverridesUsed(gate, Operation.Collect, activity.Activity.Id, record.Value),
            ],
            accepted);
    }

    /// <summary>The boxes of a new person with the keys that they are sealed with.</summary>
    private List<object> Boxes(PersonId person, RecordId record, Dictionary<Compartment, List<KeptAnswer>> sealedAnswers, IReadOnlyList<IncomingFile> files)
    {
        var keys = sealing.ForNew(person);
        List<object> rows = [];
        foreach (var (compartment, inside) in sealedAnswers)
            rows.Add(new PersonBox(Ids.NewGuid(clock), record, person, compartment, 1, "", keys.Seal(compartment, record, KeptAnswer.Write(inside).Span)));
        foreach (var file in files.DistinctBy(f => f.Name, StringComparer.Ordinal))
            rows.Add(new PersonBox(Ids.NewGuid(clock), record, person, Compartment.Files, 1, IndexOf(record, file), keys.Seal(Compartment.Files, record, Packed(file))));
        rows.AddRange(keys.Made);
        return rows;
    }

    private SubmissionMark MarkOf(ActivityId activity, ReadSubmission read, SubmissionOutcome outcome, Guid? entry)
    {
        var (instance, content) = MarksOf(activity, read.InstanceId, read.Incoming.Xml.Reveal());
        return new SubmissionMark(activity, instance, content, outcome, entry, clock.Now());
    }

    private async Task Add(RefusalCount one, CancellationToken cancellationToken)
    {
        var count = db.Set<RefusalCount>().Local.FirstOrDefault(c => c.ActivityId == one.ActivityId && c.Day == one.Day)
            ?? await db.Set<RefusalCount>().FirstOrDefaultAsync(c => c.ActivityId == one.ActivityId && c.Day == one.Day, cancellationToken);
        if (count is null)
            db.Add(one);
        else
            count.Apply(RecordRules.CountRefusal());
    }

    /// <summary>A submission that is admitted from quarantine has its mark already; it then names the record.</summary>
    private async Task Mark(SubmissionMark mark, RecordAccepted? admitted, CancellationToken cancellationToken)
    {
        var before = await db.Set<SubmissionMark>().FirstOrDefaultAsync(m => m.ActivityId == mark.ActivityId && m.InstanceIndex == mark.InstanceIndex, cancellationToken);
        if (before is null)
            db.Add(mark);
        else if (admitted is not null)
            before.Apply(RecordRules.MarkAdmitted(admitted.Id));
    }

    private string IndexOf(RecordId record, IncomingFile file) => Convert.ToHexStringLower(safe.Index("file", record.Value.ToString("N") + "\n" + file.Name))[..32];

    private static byte[] Packed(IncomingFile file) => new PackedSubmission([], [new PackedFile(file.Name, file.ContentType, file.Content.Reveal())]).Pack();

    /// <summary>A submission on its way in.</summary>
    private sealed record Entering(ActivitySnapshot Activity, ReadSubmission Read, List<KeptAnswer> Answers, ActivitySeals Seals, IReadOnlyList<CheckFinding> Findings);

    private static string? Answered(FormVersion form, IEnumerable<KeptAnswer> answers, ElementRole role) =>
        form.WithRole(role) is { } element ? answers.FirstOrDefault(a => a.ElementPath == element.Path)?.V : null;

    internal static Dictionary<string, string> FirstByElement(List<KeptAnswer> answers)
    {
        var first = new Dictionary<string, string>(answers.Count, StringComparer.Ordinal);
        foreach (var answer in answers)
            first.TryAdd(answer.ElementPath, answer.V);
        return first;
    }

    /// <summary>Coded and open answers apart from what is sealed per compartment. What the form does not know is sealed as identity: unknown counts as most harmful.</summary>
    internal static (List<KeptAnswer> Coded, Dictionary<Compartment, List<KeptAnswer>> Sealed) Split(FormVersion form, List<KeptAnswer> answers)
    {
        var byPath = Places.GetValue(form.Elements, static elements => elements.ToDictionary(e => e.Path, StringComparer.Ordinal));
        var coded = new List<KeptAnswer>(answers.Count);
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
