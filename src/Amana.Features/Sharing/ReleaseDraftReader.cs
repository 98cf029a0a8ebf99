using System.Globalization;
using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Analysis;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;
using Amana.Features.Sharing.Packages;

namespace Amana.Features.Sharing;

/// <summary>A release in the making: the state it was made in, what was measured, and the file as it would leave.</summary>
internal sealed record PreparedRelease(Passage Passage, Agreement Agreement, MeasuredRelease Measured, ReleaseTable Table, IReadOnlyList<CodedRecord> Records)
{
    public ActivitySnapshot Activity => Passage.Activity;

    /// <summary>The same, with what the file tells beside figures that were shown; and the memory that goes on with both.</summary>
    public async Task<(PreparedRelease Release, HeldBeside Held)> Hold(FileBesideFigures beside, AccessContext who, CancellationToken cancellationToken)
    {
        var held = await beside.Hold(who, Passage, Records, Shown, cancellationToken);
        return (this with { Measured = Measured with { Risk = Measured.Risk with { Telling = held.Telling } } }, held);
    }

    /// <summary>The columns as they would be seen, for holding them beside figures: several answers are several values.</summary>
    private IReadOnlyList<ShownColumn> Shown => [.. Table.Columns.Select((c, i) => new ShownColumn(c.Name, row => Table.Microdata.Columns[i][row] is not { } value ? [] : AnalysisRules.HasManyAnswers(c.Element) ? value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [value]))];
}

/// <summary>Makes a release ready, for measuring and for submitting alike, so that what was measured is what leaves. Only records whose consent stands and says yes to
/// sharing with this recipient are in it (IC-3, IC-5).</summary>
public sealed class ReleaseDraftReader(Door door, AmanaDb db, CodedRecordReader records, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    internal async Task<Outcome<PreparedRelease>> Prepare(AccessContext who, ActivityId activity, ReleaseDraft draft, CancellationToken cancellationToken, IProgress<WorkProgress>? progress = null)
    {
        var recipient = await db.Set<Agreement>().Where(a => a.Id == draft.AgreementId).Select(a => (OrganisationId?)a.RecipientId).FirstOrDefaultAsync(cancellationToken);
        var passage = await door.Ask(who, new GateRequest(who.Actor, Operation.Release, who.NeedCode) { Recipient = recipient }, activity, null, cancellationToken);
        if (!passage.IsDone)
            return Outcome<PreparedRelease>.RefusedBy(passage.Refusals);
        var s = passage.Result.Activity;
        var agreement = s.Agreements.FirstOrDefault(a => a.Id == draft.AgreementId);
        if (SharingRules.MayPrepare(s.SharingPlan, agreement, s.Today) is { Count: > 0 } refusals)
            return Outcome<PreparedRelease>.RefusedBy(refusals);
        if (SharingRules.MayHold(agreement!, [.. ReleaseColumns.Allowed(s.Forms).Where(e => draft.Columns.Contains(e.Path))]) is { Count: > 0 } beyond)
            return Outcome<PreparedRelease>.RefusedBy(beyond);
        var inUse = await records.InUse(activity, who.NeedCode!, cancellationToken);
        var shared = inUse.Where(r => r.Consent.Permits(ConsentPart.SharingWith(agreement!.RecipientId), s.Now)).ToList();
        if (shared.Count == 0 || draft.Columns.Count == 0)
            return new Refusal("release.no-records", Principle.DataProtection).At("Columns");
        if (await door.InBulk(who, Operation.Release, activity, shared.Count, cancellationToken) is { } spent)
            return spent;
        var permit = await ledger.Disclose(who, passage.Result.Answer, new Happening("ReleaseMeasured", activity, agreement!.Id.Value)
            .With("n", shared.Count).With("columns", draft.Columns.Count), cancellationToken);
        var opened = await records.Open(permit, s.Forms, shared, cancellationToken, done => progress?.Report(new WorkProgress(WorkStep.Reading, done, shared.Count)));
        var table = ReleaseTable.Of(draft, s.Forms, opened);
        var (threshold, global, record) = LimitsOf(draft.Audience, agreement, s.Limits);
        var leftOut = draft.LeaveOutValues ? table.LeaveOutValues(threshold, cancellationToken) : 0;
        var risk = table.Measure(threshold, global, record);
        var advice = risk.Keys.Count > 0 && risk.SmallestGroup < threshold ? ReleaseAdvice.For(table.Microdata, table.Keys, threshold, table.Hierarchies, cancellationToken) : null;
        return new PreparedRelease(passage.Result, agreement, new MeasuredRelease(risk, inUse.Count, inUse.Count - shared.Count, leftOut, advice), table, opened);
    }

    /// <summary>The content of the release: rows in the order of their pseudonyms, which has nothing to do with the order they came in.</summary>
    internal PackedRelease Write(PreparedRelease prepared, ReleaseId id)
    {
        var rows = prepared.Records.Select((record, row) => (Code: Pseudonym(id, record.Id), Row: row)).OrderBy(r => r.Code, StringComparer.Ordinal).ToList();
        var columns = prepared.Table.Columns.Select((column, index) =>
        {
            var values = rows.Select(r => prepared.Table.Microdata.Columns[index][r.Row]).ToList();
            var kind = column.Grouped ? ColumnKind.Choice : PackedRelease.KindOf(column.Element, values);
            return new PackedColumn(column.Name, column.Element.Label, HxlTags.Of(column.Element, values), kind, column.Key, column.Choices, values);
        });
        return new PackedRelease([.. rows.Select(r => r.Code)], [.. columns], new LeftOutCounts(prepared.Measured.InUse, prepared.Measured.WithoutSharing, prepared.Measured.ValuesLeftOut));
    }

    /// <summary>What the operation's protocol asks: of partners the group size, of what becomes public the global and the single risk too.</summary>
    private static (int K, double? Global, double? Record) LimitsOf(ReleaseAudience audience, Agreement agreement, Domain.Accounts.OperationLimits limits) => audience == ReleaseAudience.Public
        ? (Math.Max(agreement.SmallestGroup, limits.PublicK), limits.PublicGlobalRiskPercent / 100.0, limits.PublicRecordRiskPercent / 100.0)
        : (Math.Max(agreement.SmallestGroup, limits.PartnerK), null, null);

    /// <summary>The rows of a file whose people have since withdrawn, or taken back their yes to sharing.</summary>
    internal async Task<int> NoLongerShared(Release release, PackedRelease packed, CancellationToken cancellationToken)
    {
        var still = (await records.InUse(release.ActivityId, release.NeedCode, cancellationToken)).Where(r => r.Consent.Permits(ConsentPart.SharingWith(release.RecipientId), clock.Now()))
            .Select(r => Pseudonym(release.Id, r.Entry.Id)).ToHashSet(StringComparer.Ordinal);
        return packed.Rows.Count(r => !still.Contains(r));
    }

    /// <summary>A keyed code for one row of one release: another recipient's, or another release's, is another. With the keyring, and only with it, a withdrawn row can be named to its recipient.</summary>
    private string Pseudonym(ReleaseId release, RecordId record) => Ids.CodeOf(safe.Index("release-row", string.Create(CultureInfo.InvariantCulture, $"{release.Value:N}\n{record.Value:N}")), 16);
}
