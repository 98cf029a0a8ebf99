using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Domain.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>One answer that a version changed.</summary>
public sealed record ChangedAnswer(string Path, Element? Element, Sensitive<string> Before, Sensitive<string> After);

/// <summary>One version of a record: how it came, from whom, when, why, and what it changed against the one before.</summary>
/// <param name="Version">From 1.</param>
/// <param name="At">When it came.</param>
/// <param name="By">The phone's label or the staff member's name, as staff know them.</param>
/// <param name="How">None for the first; else an edit on the device or a correction.</param>
/// <param name="Changes">Answers that differ from the version before.</param>
/// <param name="Words">What was written about this version.</param>
public sealed record OpenedVersion(int Version, DateTimeOffset At, string By, AmendReason? How, IReadOnlyList<ChangedAnswer> Changes, IReadOnlyList<OpenedComment> Words);

/// <summary>The versions of one record, newest first.</summary>
public sealed record OpenedHistory(RecordEntry Record, FormVersion Form, IReadOnlyList<OpenedVersion> Versions, IReadOnlyDictionary<StaffId, string> Staff);

/// <summary>Opens the history of one record for a stated need: every version's boxes. Entered before it is shown.</summary>
public sealed class OpenRecordHistory(RecordDoor records, RecordContent content, AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<OpenedHistory>> Handle(AccessContext who, ActivityId activity, string code, CancellationToken cancellationToken)
    {
        var through = await records.Ask(who, Operation.Open, activity, code, cancellationToken);
        if (!through.IsDone)
            return Outcome<OpenedHistory>.RefusedBy(through.Refusals);
        var (record, _, passage) = through.Result;
        var permit = await ledger.Disclose(who, passage.Answer, new Happening("RecordHistoryOpened", activity, record.Id.Value).With("versions", record.Version), cancellationToken);
        var form = passage.Activity.Forms.First(f => f.Id == record.FormVersionId);
        var earlier = await db.Set<RecordVersion>().AsNoTracking().Where(v => v.RecordId == record.Id).OrderBy(v => v.Version).ToListAsync(cancellationToken);
        var words = await content.Comments(permit, record, cancellationToken);
        var names = await Names(cancellationToken);
        var versions = new List<OpenedVersion>();
        var before = new List<KeptAnswer>();
        for (var i = 0; i <= earlier.Count; i++)
        {
            var answers = i < earlier.Count ? await content.Answers(permit, record, earlier[i], cancellationToken) : await content.Answers(permit, record, cancellationToken);
            var cause = i == 0 ? null : earlier[i - 1];
            var number = i < earlier.Count ? earlier[i].Version : record.Version;
            versions.Add(new OpenedVersion(number, cause?.ReplacedAt ?? record.ReceivedAt, names.GetValueOrDefault(cause?.ReplacedBy ?? record.CollectedBy, "?"), cause?.Reason,
                cause is null ? [] : Differences(form, before, answers), [.. words.Where(w => w.Version == number)]));
            before = answers;
        }

        versions.Reverse();
        return new OpenedHistory(record, form, versions, words.Select(w => w.By).Distinct().ToDictionary(s => s, s => names.GetValueOrDefault(s.Value, "?")));
    }

    /// <summary>What differs between two versions, in the order of the form; ids of the submission itself are left out.</summary>
    internal static List<ChangedAnswer> Differences(FormVersion form, List<KeptAnswer> before, List<KeptAnswer> after)
    {
        var (old, now) = (ByPath(before), ByPath(after));
        return [.. RecordContent.InFormOrder(form, old.Keys.Union(now.Keys, StringComparer.Ordinal).Where(p => !p.Contains("/meta/", StringComparison.Ordinal) && old.GetValueOrDefault(p) != now.GetValueOrDefault(p))
            .Select(p => new KeptAnswer(p, now.GetValueOrDefault(p) ?? ""))).Select(a => new ChangedAnswer(a.Path, a.Element, new Sensitive<string>(old.GetValueOrDefault(a.Path) ?? ""), a.Value))];
    }

    private static Dictionary<string, string> ByPath(List<KeptAnswer> answers)
    {
        var by = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var answer in answers)
            by.TryAdd(answer.P, answer.V);
        return by;
    }

    private async Task<Dictionary<Guid, string>> Names(CancellationToken cancellationToken)
    {
        var names = await db.Set<StaffMember>().AsNoTracking().ToDictionaryAsync(s => s.Id.Value, s => s.Name, cancellationToken);
        foreach (var phone in await db.Set<AppUser>().AsNoTracking().Select(a => new { a.Id, a.Label }).ToListAsync(cancellationToken))
            names.TryAdd(phone.Id.Value, phone.Label);
        return names;
    }
}
