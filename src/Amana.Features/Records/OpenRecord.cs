using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>A record as it was opened: its answers with their labels. The answers print as withheld; a page reveals them one by one.</summary>
public sealed record OpenedRecord(RecordEntry Record, FormVersion Form, PersonConsent Consent, IReadOnlyList<OpenedAnswer> Answers, IReadOnlyList<OpenedFile> Files, IReadOnlyList<OpenedComment> Comments)
{
    public string Code => Record.Code;

    public DateTimeOffset ReceivedAt => Record.ReceivedAt;
}

public sealed record OpenedAnswer(string Path, Element? Element, Sensitive<string> Value);

/// <summary>Opens one record for a stated need. The gate decides on the live state, the ledger enters the opening, and only then is anything shown (IC-6, DP-4, SEC-3).</summary>
public sealed class OpenRecord(RecordDoor records, RecordBoxes boxes, LedgerBook ledger)
{
    public async Task<Outcome<OpenedRecord>> Handle(AccessContext who, ActivityId activity, string code, CancellationToken cancellationToken)
    {
        var through = await records.Ask(who, Operation.Open, activity, code, cancellationToken);
        if (!through.IsDone)
            return Outcome<OpenedRecord>.RefusedBy(through.Refusals);
        var (record, consent, passage) = through.Result;
        var permit = await ledger.Disclose(who, passage.Answer, new Happening("RecordOpened", activity, record.Id.Value), cancellationToken);
        return await boxes.Open(permit, record, consent, passage.Activity, cancellationToken);
    }
}

/// <summary>Opens the boxes of one record with a permit that was given for it.</summary>
public sealed class RecordBoxes(RecordContent content)
{
    internal async Task<OpenedRecord> Open(DisclosurePermit permit, RecordEntry record, PersonConsent consent, ActivitySnapshot activity, CancellationToken cancellationToken)
    {
        var form = activity.Forms.First(f => f.Id == record.FormVersionId);
        var answers = await content.Answers(permit, record, cancellationToken);
        return new OpenedRecord(record, form, consent, RecordContent.InFormOrder(form, answers), await content.Files(permit, record, cancellationToken), await content.Comments(permit, record, cancellationToken));
    }
}

/// <summary>A file of a record, opened.</summary>
public sealed record OpenedFileContent(Sensitive<string> Name, string ContentType, Sensitive<byte[]> Content);

/// <summary>Opens one file of a record for a stated need; entered in the ledger before it is shown.</summary>
public sealed class OpenRecordFile(RecordDoor records, RecordContent content, AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<OpenedFileContent>> Handle(AccessContext who, ActivityId activity, string code, Guid file, CancellationToken cancellationToken)
    {
        var through = await records.Ask(who, Operation.Open, activity, code, cancellationToken);
        if (!through.IsDone)
            return Outcome<OpenedFileContent>.RefusedBy(through.Refusals);
        var (record, _, passage) = through.Result;
        if (await db.Set<PersonBox>().AsNoTracking().FirstOrDefaultAsync(b => b.Id == file && b.RecordId == record.Id && b.Compartment == Compartment.Files, cancellationToken) is not { } box)
            return new Refusal("record.file-not-found");
        var permit = await ledger.Disclose(who, passage.Answer, new Happening("RecordFileOpened", activity, record.Id.Value).With("file", file.ToString("N")), cancellationToken);
        var packed = (await content.File(permit, box, cancellationToken))[0];
        return new OpenedFileContent(new Sensitive<string>(packed.Name), packed.ContentType, new Sensitive<byte[]>(packed.Content));
    }
}
