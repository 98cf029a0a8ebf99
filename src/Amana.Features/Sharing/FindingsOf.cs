using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Forms;
using Amana.Domain.Sharing;
using Amana.Features.Sharing.Packages;

namespace Amana.Features.Sharing;

/// <summary>Makes of a prepared release what people understand: how many look alike, what makes people findable, who is at risk most, and each change with where it leads.</summary>
internal static class FindingsOf
{
    private static readonly (int From, int? To)[] Bands = [(1, 1), (2, 2), (3, 4), (5, 9), (10, 19), (20, null)];

    public static ReleaseFindings Release(PreparedRelease prepared, ReleaseDraft draft, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new WorkProgress(WorkStep.Measuring, 0, 1));
        var (table, measured) = (prepared.Table, prepared.Measured);
        var anonymity = table.Keys.Count == 0 ? null : KAnonymity.Measure(table.Microdata, table.Keys);
        return new ReleaseFindings(measured.Risk, measured.InUse, measured.WithoutSharing, measured.ValuesLeftOut, anonymity is null ? [] : Sizes(anonymity), Weights(measured.Advice),
            anonymity is null ? [] : Groups(table, anonymity, measured.Risk.Threshold, ReleaseProtocol.SmallCell(prepared.Activity)), Proposals(prepared, draft, progress, cancellationToken));
    }

    private static List<SizeBand> Sizes(KAnonymity anonymity)
    {
        var sizes = Enumerable.Range(0, anonymity.RowCount).Select(row => (int)Math.Floor(anonymity.Frequency(row))).ToList();
        return [.. Bands.Select(b => new SizeBand(b.From, b.To, sizes.Count(s => s >= b.From && (b.To is null || s <= b.To))))];
    }

    private static List<KeyWeight> Weights(ReleaseAdvice? advice) => advice is null ? [] : [.. advice.Contributions.Select(c => new KeyWeight(c.Key, c.Resolved, c.ShareOfUniqueness))];

    /// <summary>Categories in which the largest share is in groups that are too small. Of few people it is not said: they would be pointed at.</summary>
    private static List<GroupAtRisk> Groups(ReleaseTable table, KAnonymity anonymity, int threshold, int smallCell)
    {
        var groups = new List<GroupAtRisk>();
        foreach (var column in table.Microdata.Columns.Where(c => table.Keys.Contains(c.Name)))
        {
            foreach (var category in Enumerable.Range(0, table.Microdata.RowCount).Where(row => column[row] is not null).GroupBy(row => column[row]!, StringComparer.Ordinal))
            {
                var atRisk = category.Count(row => anonymity.Frequency(row) < threshold);
                if (category.Count() >= smallCell && atRisk > 0)
                    groups.Add(new GroupAtRisk(column.Name, category.Key, atRisk, category.Count()));
            }
        }

        return [.. groups.OrderByDescending(g => (double)g.AtRisk / g.Of).ThenByDescending(g => g.AtRisk).Take(6)];
    }

    /// <summary>Each change is made on the data and measured, so what is shown is what would leave. Those that are enough come first, of these the one that loses least.</summary>
    private static List<ReleaseProposal> Proposals(PreparedRelease prepared, ReleaseDraft draft, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        var changes = Changes(prepared, draft).ToList();
        var proposals = new List<ReleaseProposal>();
        foreach (var (kind, key, changed) in changes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new WorkProgress(WorkStep.Proposing, proposals.Count, changes.Count));
            var table = ReleaseTable.Of(changed, prepared.Activity.Forms, prepared.Records);
            if (changed.LeaveOutValues)
                table.LeaveOutValues(prepared.Measured.Risk.Threshold, cancellationToken);
            proposals.Add(new ReleaseProposal(kind, key, changed, table.Measure(prepared.Measured.Risk), Lost(prepared.Table, table)));
        }

        return [.. proposals.OrderByDescending(p => p.After.Holds).ThenBy(p => p.After.Holds ? 0 : p.After.Violators).ThenBy(p => p.DetailLost)];
    }

    private static IEnumerable<(ProposalKind Kind, string? Key, ReleaseDraft Draft)> Changes(PreparedRelease prepared, ReleaseDraft draft)
    {
        var columns = prepared.Table.Columns;
        if (!draft.LeaveOutValues && prepared.Table.Keys.Count > 0)
            yield return (ProposalKind.LeaveOutValues, null, draft with { LeaveOutValues = true });
        if (columns.FirstOrDefault(c => c.Element.Role == ElementRole.Age) is { } age && draft.Age != AgeDetail.ChildOrAdult)
            yield return draft.Age == AgeDetail.Years ? (ProposalKind.AgeGroups, age.Name, draft with { Age = AgeDetail.Groups }) : (ProposalKind.ChildOrAdult, age.Name, draft with { Age = AgeDetail.ChildOrAdult });
        if (draft.SixDomains)
            yield return (ProposalKind.OneDisabilityColumn, "disability", draft with { SixDomains = false });
        if (columns.FirstOrDefault(c => c.Element.Role == ElementRole.Place) is { } place && LevelOf(prepared.Table, place.Name) is > 1 and var level)
            yield return (ProposalKind.CoarserPlace, place.Name, draft with { PlaceLevel = level - 1 });
        foreach (var column in columns.Where(c => c.Key))
        {
            var without = column.Element.Path == "disability" ? draft.Columns.Where(path => !IsDomain(prepared, path)) : draft.Columns.Where(path => path != column.Element.Path);
            if (without.Any())
                yield return (ProposalKind.LeaveOutColumn, column.Name, draft with { Columns = [.. without] });
        }
    }

    private static bool IsDomain(PreparedRelease prepared, string path) => prepared.Activity.Forms.Select(f => f.Element(path)).Any(e => e is not null && WashingtonGroup.IsDomain(e.Role));

    private static int? LevelOf(ReleaseTable table, string place)
    {
        var column = table.Microdata[place];
        var levels = column.Categories.Select(HxlTags.LevelOf).Distinct().ToList();
        return levels is [{ } level] ? level : null;
    }

    /// <summary>The mean over the columns of what each lost, by entropy; a column that is gone lost all.</summary>
    private static double Lost(ReleaseTable before, ReleaseTable after)
    {
        var lost = 0.0;
        for (var i = 0; i < before.Columns.Count; i++)
        {
            var same = after.Columns.Select((c, at) => (c, at)).FirstOrDefault(x => x.c.Element.Path == before.Columns[i].Element.Path);
            lost += same.c is null ? 1 : DetailLost.Measure(Alone(before.Microdata.Columns[i]), Alone(after.Microdata.Columns[same.at]), ["v"]).Share;
        }

        return before.Columns.Count == 0 ? 0 : lost / before.Columns.Count;
    }

    private static Microdata Alone(Column column) => Microdata.FromColumns([Column.FromValues("v", Enumerable.Range(0, column.RowCount).Select(row => column[row]))]);
}
