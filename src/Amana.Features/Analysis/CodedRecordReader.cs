using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Purpose;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Records;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Analysis;

/// <summary>A record whose box is still shut, with its consent.</summary>
public sealed record SealedRecord
{
    public required RecordEntry Entry { get; init; }

    public required PersonConsent Consent { get; init; }
}

/// <summary>The coded answers of one record by element path, and the form that asked them. Nothing that is sealed per person.</summary>
public sealed record CodedRecord(RecordId Id, FormVersion Form, IReadOnlyDictionary<string, string> Answers);

/// <summary>Reads coded answers in bulk, for figures and releases: one query, then every box with the ledger's permit.</summary>
public sealed class CodedRecordReader(AmanaDb db, Safe safe, TimeProvider clock)
{
    /// <summary>All records in use for the need, still sealed, with their consents.</summary>
    public async Task<IReadOnlyList<SealedRecord>> InUse(ActivityId activity, string? need, CancellationToken cancellationToken) =>
        await (await RecordsInUse.Of(db, activity, need, clock.Today(), cancellationToken)).OrderBy(r => r.Entry.Id).ToListAsync(cancellationToken);

    /// <summary>Opens the coded answers. Of a question in a repeat the first answer stands.</summary>
    public async Task<IReadOnlyList<CodedRecord>> Open(DisclosurePermit permit, IEnumerable<FormVersion> forms, IReadOnlyList<SealedRecord> records, CancellationToken cancellationToken, Action<int>? progress = null)
    {
        var byId = forms.ToDictionary(f => f.Id);
        var opened = new List<CodedRecord>(records.Count);
        foreach (var record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (opened.Count % 100 == 0)
                progress?.Invoke(opened.Count);
            var answers = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var answer in KeptAnswer.Read(await safe.OpenCoded(permit, record.Entry, cancellationToken)))
                if (answer.V.Trim() is { Length: > 0 } value)
                    answers.TryAdd(answer.ElementPath, value);
            opened.Add(new CodedRecord(record.Entry.Id, byId[record.Entry.FormVersionId], answers));
        }

        return opened;
    }
}

/// <summary>Which records may be read in bulk: the one place that says it for figures, releases and exports.</summary>
internal static class RecordsInUse
{
    /// <summary>All records in use whose consent stands and was given for the need, still sealed. A withdrawn or lapsed one is not among them from that moment (IC-5), and for a need that
    /// the purpose did not state then, people are asked anew first, unless a decision in force found it compatible with what they were told (DP-4). Without a need all whose consent stands: only the house watches the collection itself so.</summary>
    public static async Task<IQueryable<SealedRecord>> Of(AmanaDb db, ActivityId activity, string? need, DateOnly today, CancellationToken cancellationToken)
    {
        var before = need is null ? null : (await db.Set<PurposeStatement>().AsNoTracking().FirstOrDefaultAsync(p => p.ActivityId == activity, cancellationToken))?.CompatibleBefore(need, today);
        var consents = db.Set<PersonConsent>().AsNoTracking().Standing(today);
        return from record in db.Set<RecordEntry>().AsNoTracking()
               join consent in need is null ? consents : consents.Covering(need, before) on record.ConsentId equals consent.Id
               where record.ActivityId == activity && record.State == RecordState.InUse
               select new SealedRecord { Entry = record, Consent = consent };
    }
}
