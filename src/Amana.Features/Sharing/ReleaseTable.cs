using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Analysis;
using Amana.Features.Sharing.Packages;

namespace Amana.Features.Sharing;

/// <summary>One column of a release in the making.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Somebody could know it beforehand.</param>
/// <param name="Element">What asked it.</param>
/// <param name="Choices">Codes that it may hold; none where answers are free.</param>
/// <param name="Grouped">Its values are groups of what was answered.</param>
/// <param name="Value">Its value for a record.</param>
internal sealed record ReleaseColumn(string Name, bool Key, Element Element, IReadOnlyList<ElementChoice> Choices, bool Grouped, Func<CodedRecord, string?> Value);

/// <summary>The table of a release in the making: its columns, which of them are keys, and the values as they would leave.</summary>
internal sealed class ReleaseTable
{
    private ReleaseTable(Microdata microdata, IReadOnlyList<ReleaseColumn> columns, IReadOnlyList<Hierarchy> hierarchies) =>
        (Microdata, Columns, Keys, Hierarchies) = (microdata, columns, [.. columns.Where(c => c.Key).Select(c => c.Name)], hierarchies);

    public Microdata Microdata { get; private set; }

    /// <summary>Its columns, in the order of the microdata.</summary>
    public IReadOnlyList<ReleaseColumn> Columns { get; }

    public IReadOnlyList<string> Keys { get; }

    /// <summary>How keys could be coarsened further, for the advice.</summary>
    public IReadOnlyList<Hierarchy> Hierarchies { get; }

    /// <summary>Builds the table from what was chosen; what may not leave is not in it, whatever was asked.</summary>
    public static ReleaseTable Of(ReleaseDraft draft, IReadOnlyList<FormVersion> forms, IReadOnlyList<CodedRecord> records)
    {
        var chosen = ReleaseColumns.Allowed(forms).Where(e => draft.Columns.Contains(e.Path)).ToList();
        var columns = new List<ReleaseColumn>();
        foreach (var element in chosen)
        {
            if (WashingtonGroup.IsDomain(element.Role) && !draft.SixDomains)
            {
                if (columns.All(c => c.Name != "disability"))
                    columns.Add(new ReleaseColumn("disability", true, Disability, [new ElementChoice(WashingtonGroup.With, LocalText.Empty), new ElementChoice(WashingtonGroup.Without, LocalText.Empty)], true, r => WashingtonGroup.Of(r.Form, r.Answers)));
                continue;
            }

            var name = NameOf(element, draft);
            if (columns.Any(c => c.Name == name))
                name = element.Path.Trim('/').Replace('/', '.'); // two questions of the same name in different groups
            var grouped = element.Role == ElementRole.Age && draft.Age != AgeDetail.Years;
            columns.Add(new ReleaseColumn(name, ReleaseColumns.IsKey(element) || draft.FurtherKeys.Contains(element.Path), element, grouped ? AgeChoices(draft.Age) : element.Role == ElementRole.Place && draft.PlaceLevel is not null ? [] : element.Choices, grouped, ValueOf(element, draft)));
        }

        var microdata = Microdata.FromColumns(columns.Select(c => Column.FromValues(c.Name, records.Select(c.Value))));
        var hierarchies = chosen.Where(e => e.Role == ElementRole.Age).Select(e => AgeHierarchy(NameOf(e, draft), e, draft, records)).OfType<Hierarchy>();
        return new ReleaseTable(microdata, columns, [.. hierarchies]);
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

    /// <summary>Measures against the same limits.</summary>
    public MeasuredRisk Measure(MeasuredRisk like) => Measure(like.Threshold, like.GlobalLimit, like.RecordLimit);

    public MeasuredRisk Measure(int threshold, double? global = null, double? record = null)
    {
        var rows = Microdata.RowCount;
        var names = Microdata.Columns.Select(c => c.Name).ToList();
        if (Keys.Count == 0 || rows == 0)
            return new MeasuredRisk(Keys, names, rows, 0, threshold, rows, rows == 0 ? 0 : 1, rows == 0 ? 0 : 1, global, record);
        var anonymity = KAnonymity.Measure(Microdata, Keys);
        var risk = IndividualRisk.Measure(anonymity);
        return new MeasuredRisk(Keys, names, rows, (int)Math.Floor(anonymity.Smallest), threshold, anonymity.ViolatorCount(threshold), GlobalRisk.Of(risk).Share, risk.Highest, global, record);
    }

    private static readonly Element Disability = new() { Path = "disability", Name = "disability", Role = ElementRole.Disability };

    private static IReadOnlyList<ElementChoice> AgeChoices(AgeDetail detail) =>
        [.. (detail == AgeDetail.ChildOrAdult ? AgeBrackets.ChildAndAdult : AgeBrackets.All).Select(code => new ElementChoice(code, LocalText.Empty))];

    private static string NameOf(Element element, ReleaseDraft draft) => element.Role == ElementRole.Age && draft.Age != AgeDetail.Years ? "age_group" : element.Name;

    private static Func<CodedRecord, string?> ValueOf(Element element, ReleaseDraft draft) => (element.Role, draft.Age) switch
    {
        (ElementRole.Age, AgeDetail.Groups) => r => AgeBrackets.Of(r.Answers.GetValueOrDefault(element.Path)),
        (ElementRole.Age, AgeDetail.ChildOrAdult) => r => AgeBrackets.ChildOrAdult(r.Answers.GetValueOrDefault(element.Path)),
        (ElementRole.Place, _) when draft.PlaceLevel is { } level => r => Cut(r.Answers.GetValueOrDefault(element.Path), level),
        _ => r => r.Answers.GetValueOrDefault(element.Path),
    };

    /// <summary>A P-code cut to its administrative level: the country and two digits for each. What is no P-code is left out rather than shown finer than was wished.</summary>
    private static string? Cut(string? code, int level) => code is null || HxlTags.LevelOf(code) is not { } has ? null : has <= level ? code : code[..(2 + 2 * level)];

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
