using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.XForms;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Corrects a record: its answers become a new version, what stood before is kept sealed, and the reason is sealed with it. The check runs on what the record would be: a correction may leave what did
/// not fit before, but breaks no further rule of the form. What people said about consent is corrected by nobody: that is taken back, or asked again.</summary>
public sealed class CorrectRecord(RecordDoor records, CorrectionParts parts, AmanaDb db, SubmissionIntake intake, LedgerBook ledger, TimeProvider clock)
{
    /// <param name="who">Who corrects.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="code">The record's code.</param>
    /// <param name="version">The version that the corrections start from; a newer one refuses them.</param>
    /// <param name="edits">What changes.</param>
    /// <param name="reason">Why; sealed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Outcome<int>> Handle(AccessContext who, ActivityId activity, string code, int version, RecordEdits edits, string? reason, CancellationToken cancellationToken)
    {
        var through = await records.Ask(who, Operation.Amend, activity, code, cancellationToken);
        if (!through.IsDone)
            return Outcome<int>.RefusedBy(through.Refusals);
        var (record, _, passage) = through.Result;
        var permit = await ledger.Disclose(who, passage.Answer, new Happening("RecordReadForCorrection", activity, record.Id.Value), cancellationToken);
        var before = await parts.Content.Answers(permit, record, cancellationToken);
        var form = passage.Activity.Forms.First(f => f.Id == record.FormVersionId);
        var corrected = await Corrected(record, form, before, edits, cancellationToken);
        if (!corrected.IsDone)
            return Outcome<int>.RefusedBy(corrected.Refusals);
        var (read, answers) = corrected.Result;
        var findings = FormFindings.Of(read, record.ReceivedAt);
        if (ReviewRules.Correct(before.ConvertAll(a => (a.P, a.V)), answers.ConvertAll(a => (a.P, a.V)), form, record.Findings, findings) is { Count: > 0 } refusals)
            return refusals.ToList();

        var (coded, sealedAnswers) = SubmissionIntake.Split(form, answers);
        var by = who.Actor.StaffId!.Value;
        var command = new AmendRecord(form.Id, await parts.Versions.SealCoded(record, coded, cancellationToken), findings, AmendReason.Correction, by.Value);
        var decision = RecordRules.Amend(record, version != record.Version, command, passage.Answer, clock.Now());
        if (decision is not Decision<RecordAmended>.Allowed(var change))
            return Outcome<int>.RefusedBy(decision.Refusals);
        var written = await parts.Comments.Write(CommentedRecord.Of(record) with { Version = change.Version }, CommentKind.Correction, reason, by, cancellationToken);
        if (!written.IsDone)
            return Outcome<int>.RefusedBy(written.Refusals);
        await parts.Versions.Replace(record, change, sealedAnswers, cancellationToken);
        await Supersede(activity, before, change, cancellationToken);
        return await Commit(who, change, activity, findings.Count, written.Result, cancellationToken);
    }

    /// <summary>What the record would be.</summary>
    private async Task<Outcome<(ReadSubmission Read, List<KeptAnswer> Answers)>> Corrected(RecordEntry record, FormVersion form, List<KeptAnswer> before, RecordEdits edits, CancellationToken cancellationToken)
    {
        if (edits.Answers.Count + edits.RemovedTurns.Count > RecordEdits.Most || await parts.Draft.Open(form, before, record.ReceivedAt, null, cancellationToken) is not { } session)
            return new Refusal("record.not-correctable");
        if (RecordDraft.Apply(session, edits) is { Count: > 0 } left)
            return left.Take(10).Select(path => new Refusal("record.no-such-answer").At(path).With("path", path)).ToList();
        var instance = before.Find(a => a.ElementPath.EndsWith("/meta/instanceID", StringComparison.Ordinal))?.V;
        var xml = session.ToXml(instance ?? "uuid:" + record.Id.Value.ToString("D"));
        if (SubmissionReader.Read(xml).Submission is not { } submission)
            return new Refusal("record.not-correctable");
        var incoming = new IncomingSubmission(record.ActivityId, record.CollectedBy, new Sensitive<byte[]>(System.Text.Encoding.UTF8.GetBytes(xml)), []);
        return (new ReadSubmission(incoming, submission, form, session.Form, instance ?? ""), WithItsOwnTimes(form, before, submission));
    }

    /// <summary>When the record was made does not change by correcting it.</summary>
    private static List<KeptAnswer> WithItsOwnTimes(FormVersion form, List<KeptAnswer> before, Submission submission)
    {
        var times = form.Elements.Where(e => e.Computed && e.Type is "start" or "end" or "today").Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        return [.. submission.Answers.Select(a => new KeptAnswer(a.Path, a.Text)).Where(a => !times.Contains(a.ElementPath)), .. before.Where(a => times.Contains(a.ElementPath))];
    }

    /// <summary>The phone that sent it edits an older version from now on, and is told so.</summary>
    private async Task Supersede(ActivityId activity, List<KeptAnswer> before, RecordAmended change, CancellationToken cancellationToken)
    {
        foreach (var instance in before.Where(a => a.ElementPath.EndsWith("/meta/instanceID", StringComparison.Ordinal)).Select(a => a.V).Take(1))
        {
            var (index, _) = intake.MarksOf(activity, instance, []);
            if (await db.Set<SubmissionMark>().FirstOrDefaultAsync(m => m.ActivityId == activity && m.InstanceIndex == index, cancellationToken) is { } mark)
                mark.Apply(change);
        }
    }

    private async Task<Outcome<int>> Commit(AccessContext who, RecordAmended change, ActivityId activity, int findings, Happening reason, CancellationToken cancellationToken)
    {
        try
        {
            await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.RecordId.Value).With("answer", "allowed").With("version", change.Version).With("reason", change.Reason.ToString()).With("findings", findings), reason);
            return change.Version;
        }
        catch (DbUpdateException) // somebody else was first with this version
        {
            db.ChangeTracker.Clear();
            return new Refusal("record.edited-meanwhile");
        }
    }
}

/// <summary>The parts that a correction is made of.</summary>
public sealed class CorrectionParts(RecordContent content, RecordDraft draft, RecordVersions versions, CommentWriter comments)
{
    internal RecordContent Content => content;

    internal RecordDraft Draft => draft;

    internal RecordVersions Versions => versions;

    internal CommentWriter Comments => comments;
}
