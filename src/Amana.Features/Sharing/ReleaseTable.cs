using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Forms;
using Amana.Domain.Sharing;
using Amana.Features.Analysis;

namespace Amana.Features.Sharing;

/// <summary>The table of a release in the making: its columns, which of them are keys, and the values as they would leave.</summary>
internal sealed class ReleaseTable
{
    private ReleaseTable(Microdata microdata, IReadOnlyList<string> keys, IReadOnlyList<Hierarchy> hierarchies) => (Microdata, Keys, Hierarchies) = (microdata, keys, hierarchies);

    public Microdata Microdata { get; private set; }
    public IReadOnlyList<string> Keys { get; }

    /// <summary>How keys could be coarsened further, for the advice.</summary>
    public IReadOnlyList<Hierarchy> Hierarchies { get; }

    /// <summary>Builds the table from what was chosen; what may not leave is not in it, whatever was asked.</summary>
    public static ReleaseTable Of(ReleaseDraft draft, IReadOnlyList<FormVersion> forms, IReadOnlyList<CodedRecord> records)
    {
        var chosen = ReleaseColumns.Allowed(forms).Where(e => draft.Columns.Contains(e.Path)).ToList();
        var columns = new List<(string Name, bool Key, Func<CodedRecord, string?> Value)>();
        foreach (var element in chosen)
        {
            if (WashingtonGroup.IsDomain(element.Role) && !draft.SixDomains)
            {
                if (columns.All(c => c.Name != "disability"))
                    columns.Add(("disability", true, r => WashingtonGroup.Of(r.Form, r.Answers)));
                continue;
            }

            var name = NameOf(element, draft);
            if (columns.Any(c => c.Name == name))
                name = element.Path.Trim('/').Replace('/', '.'); // two questions of the same name in different groups
            columns.Add((name, ReleaseColumns.IsKey(element) || draft.FurtherKeys.Contains(element.Path), ValueOf(element, draft)));
        }

        var microdata = Microdata.FromColumns(columns.Select(c => Column.FromValues(c.Name, records.Select(c.Value))));
        var hierarchies = chosen.Where(e => e.Role == ElementRole.Age).Select(e => AgeHierarchy(NameOf(e, draft), e, draft, records)).OfType<Hierarchy>();
        return new ReleaseTable(microdata, [.. columns.Where(c => c.Key).Select(c => c.Name)], [.. hierarchies]);
    }

    /// <summary>Takes single values out until every group reaches k; answers how many.</summary>
    public int LeaveOutValues(int k, CancellationToken cancellationToken)
    {
        if (Keys.Count is 0 or > 16)
            return 0;
        var suppression = LocalSuppression.Run(Microdata, Keys, new LocalSuppressionGoal { K = k }, cancellation: cancellationToken);
        Microdata = suppression.Result;
        return suppression.Suppressed.Sum();
    }

    public MeasuredRisk Measure(int threshold)
    {
        var rows = Microdata.RowCount;
        var names = Microdata.Columns.Select(c => c.Name).ToList();
        if (Keys.Count == 0 || rows == 0)
            return new MeasuredRisk(Keys, names, rows, 0, threshold, rows, rows == 0 ? 0 : 1);
        var anonymity = KAnonymity.Measure(Microdata, Keys);
        return new MeasuredRisk(Keys, names, rows, (int)Math.Floor(anonymity.Smallest), threshold, anonymity.ViolatorCount(threshold), GlobalRisk.Of(IndividualRisk.Measure(anonymity)).Share);
    }

    private static string NameOf(Element element, ReleaseDraft draft) => element.Role == ElementRole.Age && draft.Age != AgeDetail.Years ? "age_group" : element.Name;

    private static Func<CodedRecord, string?> ValueOf(Element element, ReleaseDraft draft) => (element.Role, draft.Age) switch
    {
        (ElementRole.Age, AgeDetail.Groups) => r => AgeBrackets.Of(r.Answers.GetValueOrDefault(element.Path)),
        (ElementRole.Age, AgeDetail.ChildOrAdult) => r => AgeBrackets.ChildOrAdult(r.Answers.GetValueOrDefault(element.Path)),
        _ => r => r.Answers.GetValueOrDefault(element.Path),
    };

    /// <summary>The levels above the one that was chosen.</summary>
    private static Hierarchy? AgeHierarchy(string name, Element element, ReleaseDraft draft, IReadOnlyList<CodedRecord> records)
    {
        if (draft.Age == AgeDetail.ChildOrAdult)
            return null;
        var lines = records.Select(r => r.Answers.GetValueOrDefault(element.Path)).Where(a => AgeBrackets.Of(a) is not null).Distinct(StringComparer.Ordinal)
            .Select(a => draft.Age == AgeDetail.Years ? new[] { a!, AgeBrackets.Of(a)!, AgeBrackets.ChildOrAdult(a)! } : [AgeBrackets.Of(a)!, AgeBrackets.ChildOrAdult(a)!])
            .DistinctBy(line => line[0], StringComparer.Ordinal).ToList();
        return lines.Count == 0 ? null : Hierarchy.FromLines(name, lines).OrThrow();
    }
}
