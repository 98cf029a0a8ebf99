using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>A record as it was opened: its answers with their labels. The answers print as withheld; a page reveals them one by one.</summary>
public sealed record OpenedRecord(string Code, DateTimeOffset ReceivedAt, FormVersion Form, PersonConsent Consent, IReadOnlyList<OpenedAnswer> Answers, IReadOnlyList<Sensitive<string>> FileNames);

public sealed record OpenedAnswer(string Path, Element? Element, Sensitive<string> Value);

/// <summary>Opens one record for a stated need. The gate decides on the live state, the ledger enters the opening, and only then is anything shown (IC-6, DP-4, SEC-3).</summary>
public sealed class OpenRecord(Door door, AmanaDb db, RecordBoxes boxes, LedgerBook ledger)
{
    public async Task<Outcome<OpenedRecord>> Handle(AccessContext who, ActivityId activity, string code, CancellationToken cancellationToken)
    {
        var record = await db.Set<RecordEntry>().FirstOrDefaultAsync(r => r.ActivityId == activity && r.Code == code, cancellationToken);
        if (record is null)
            return new Refusal("record.not-found");
        var consent = await db.Set<PersonConsent>().FirstAsync(c => c.Id == record.ConsentId, cancellationToken);
        var passage = await door.Ask(who, Operation.Open, activity, consent, record.Id.Value, cancellationToken);
        if (!passage.IsDone)
            return Outcome<OpenedRecord>.RefusedBy(passage.Refusals);
        var permit = await ledger.Disclose(who, passage.Result.Answer, new Happening("RecordOpened", activity, record.Id.Value), cancellationToken);
        return await boxes.Open(permit, record, consent, passage.Result.Activity, cancellationToken);
    }
}

/// <summary>Opens the boxes of one record with a permit that was given for it.</summary>
public sealed class RecordBoxes(AmanaDb db, Safe safe)
{
    internal async Task<OpenedRecord> Open(DisclosurePermit permit, RecordEntry record, PersonConsent consent, ActivitySnapshot activity, CancellationToken cancellationToken)
    {
        var form = activity.Forms.First(f => f.Id == record.FormVersionId);
        var answers = new List<KeptAnswer>(KeptAnswer.Read(await safe.OpenCoded(permit, record, cancellationToken)));
        var files = new List<Sensitive<string>>();
        foreach (var box in await db.Set<PersonBox>().AsNoTracking().Where(b => b.RecordId == record.Id && (b.Version == record.Version || b.Compartment == Compartment.Files)).ToListAsync(cancellationToken))
        {
            var content = await safe.OpenForPerson(permit, box, cancellationToken);
            if (box.Compartment == Compartment.Files)
                files.AddRange(PackedSubmission.Unpack(content).Files.Select(f => new Sensitive<string>(f.Name)));
            else
                answers.AddRange(KeptAnswer.Read(content));
        }

        return new OpenedRecord(record.Code, record.ReceivedAt, form, consent, [.. InFormOrder(form, answers)], files);
    }

    private static IEnumerable<OpenedAnswer> InFormOrder(FormVersion form, List<KeptAnswer> answers)
    {
        var order = form.Elements.Select((e, i) => (e.Path, i)).ToDictionary(x => x.Path, x => x.i, StringComparer.Ordinal);
        return answers.OrderBy(a => order.GetValueOrDefault(a.ElementPath, int.MaxValue)).ThenBy(a => a.P, StringComparer.Ordinal)
            .Select(a => new OpenedAnswer(a.P, form.Element(a.ElementPath), new Sensitive<string>(a.V)));
    }
}
