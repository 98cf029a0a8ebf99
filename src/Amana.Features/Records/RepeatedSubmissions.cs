using Amana.Domain.Consent;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Submissions that came before: answered as before, with only the missing files added. Those that replace one that came before become its new version.</summary>
public sealed class RepeatedSubmissions(AmanaDb db, SubmissionIntake intake, ReceiptCodes receipts, Safe safe, LedgerBook ledger, EditSubmission edits)
{
    /// <summary>The answer to a repetition, or none when the submission is new; one that is new and says that it replaces another is taken in as its new version.</summary>
    public async Task<Outcome<SubmissionReceipt>?> Answer(AccessContext who, ReadSubmission read, CancellationToken cancellationToken) =>
        await AnswerKnown(who, read, cancellationToken) ?? (read.Submission.DeprecatedId is { } replaced ? await edits.Take(who, read, replaced, cancellationToken) : (Outcome<SubmissionReceipt>?)null);

    /// <summary>The answer to a repetition alone, or none.</summary>
    public async Task<Outcome<SubmissionReceipt>?> AnswerKnown(AccessContext who, ReadSubmission read, CancellationToken cancellationToken)
    {
        var (instance, content) = intake.MarksOf(read.Incoming.ActivityId, read.InstanceId, read.Incoming.Xml.Reveal());
        var mark = await db.Set<SubmissionMark>().AsNoTracking().FirstOrDefaultAsync(m => m.ActivityId == read.Incoming.ActivityId && m.InstanceIndex == instance, cancellationToken);
        if (mark is null)
            return null;
        if (!mark.ContentIndex.AsSpan().SequenceEqual(content))
            return new Refusal("submission.instance-other-content");
        var code = mark.Outcome switch
        {
            SubmissionOutcome.Accepted => await AddFilesToRecord(who, mark, read, cancellationToken),
            SubmissionOutcome.Quarantined or SubmissionOutcome.Held => await AddFilesToQuarantine(who, new QuarantineId(mark.EntryId!.Value), read, cancellationToken),
            _ => null,
        };
        return new SubmissionReceipt(mark.Outcome, code, Repeated: true);
    }

    /// <summary>After a lost race the store holds the other one; what was pending here is dropped.</summary>
    public async Task<Outcome<SubmissionReceipt>> AnswerAfterRace(AccessContext who, ReadSubmission read, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        return await Answer(who, read, cancellationToken) ?? new Refusal("submission.not-kept");
    }

    private async Task<string?> AddFilesToRecord(AccessContext who, SubmissionMark mark, ReadSubmission read, CancellationToken cancellationToken)
    {
        var id = new RecordId(mark.EntryId!.Value);
        var record = await db.Set<RecordEntry>().FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (record is null)
            return null; // erased meanwhile: nothing comes back
        if (record.State == RecordState.InUse && await intake.AddFiles(record, mark.Replaced ? 1 : record.Version, read.Incoming.Files, cancellationToken) is > 0 and var added)
            await ledger.Commit(who, cancellationToken, read.Entered(new Happening("RecordFilesAdded", record.ActivityId, id.Value).With("files", added)));
        var made = receipts.Made(read.Incoming.ActivityId, read.InstanceId);
        var index = receipts.IndexOfTyped(made);
        return await db.Set<PersonConsent>().AnyAsync(c => c.Id == record.ConsentId && c.ReceiptIndex == index, cancellationToken) ? made : null;
    }

    private async Task<string?> AddFilesToQuarantine(AccessContext who, QuarantineId id, ReadSubmission read, CancellationToken cancellationToken)
    {
        var held = await db.Set<QuarantinedSubmission>().FirstOrDefaultAsync(q => q.Id == id, cancellationToken);
        if (held is null || held.State != QuarantineState.Waiting || read.Incoming.Files.Count == 0)
            return null;
        var packed = await safe.ReopenQuarantine(held, cancellationToken);
        var fuller = PackedSubmission.Unpack(packed).With(read.Incoming.Files.Select(f => new PackedFile(f.Name, f.ContentType, f.Content.Reveal())));
        var decision = RecordRules.AddFile(held, await safe.SealQuarantine(held.ActivityId, id, fuller.Pack(), cancellationToken));
        if (decision is not Decision<QuarantineFileAdded>.Allowed(var change))
            return null;
        held.Apply(change);
        await ledger.Commit(who, cancellationToken, read.Entered(Happening.Of(change, held.ActivityId, id.Value)));
        return null;
    }
}
