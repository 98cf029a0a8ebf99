using Amana.Domain.Analysis;
using Amana.Domain.Forms;
using Amana.Domain.Shared;

namespace Amana.Features.Analysis;

/// <summary>One variable of a table: its categories in order, and in which of them a record lies.</summary>
internal sealed class Variable
{
    private readonly Dictionary<string, int> _index;
    private readonly Func<CodedRecord, string?> _of;

    private Variable(IEnumerable<Category> known, Func<CodedRecord, string?> of, IReadOnlyList<CodedRecord> records)
    {
        _of = of;
        List<Category> categories = [.. known];
        var seen = categories.Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
        categories.AddRange(records.Select(of).OfType<string>().Where(seen.Add).Order(StringComparer.Ordinal).Select(code => new Category(CategoryKind.Plain, code, LocalText.Empty)));
        if (records.Any(r => of(r) is null))
            categories.Add(Category.NoAnswer);
        Categories = categories;
        _index = categories.Select((c, i) => (c.Code, i)).ToDictionary(x => x.Code, x => x.i, StringComparer.Ordinal);
    }

    public IReadOnlyList<Category> Categories { get; }

    public int IndexOf(CodedRecord record) => _index[_of(record) ?? Category.NoAnswer.Code];

    public static Variable Of(Element question, IReadOnlyList<CodedRecord> records) => new(Choices(question), r => r.Answers.GetValueOrDefault(question.Path), records);

    /// <summary>The variable of a breakdown; none for none.</summary>
    public static Variable? Of(Breakdown by, IReadOnlyList<FormVersion> forms, IReadOnlyList<CodedRecord> records) => by.Kind switch
    {
        BreakdownKind.Sex => ByRole(ElementRole.Sex, forms, records),
        BreakdownKind.Place => ByRole(ElementRole.Place, forms, records),
        BreakdownKind.AgeGroup => forms.Any(f => f.WithRole(ElementRole.Age) is not null)
            ? new Variable(AgeBrackets.All.Select(code => new Category(CategoryKind.Plain, code, LocalText.Empty)), r => AgeBrackets.Of(Answer(r, ElementRole.Age)), records)
            : ByRole(ElementRole.AgeGroup, forms, records),
        BreakdownKind.Disability => new Variable(
            [new Category(CategoryKind.Disability, WashingtonGroup.With, LocalText.Empty), new Category(CategoryKind.Disability, WashingtonGroup.Without, LocalText.Empty)],
            r => WashingtonGroup.Of(r.Form, r.Answers), records),
        BreakdownKind.Question => Of(AnalysisRules.Questions(forms).First(q => q.Path == by.Path), records),
        _ => null,
    };

    private static Variable ByRole(ElementRole role, IReadOnlyList<FormVersion> forms, IReadOnlyList<CodedRecord> records) => new(
        AnalysisRules.Filled(forms).SelectMany(f => f.Elements).Where(e => e.Role == role).SelectMany(Choices).DistinctBy(c => c.Code, StringComparer.Ordinal),
        r => Answer(r, role), records);

    private static string? Answer(CodedRecord record, ElementRole role) => record.Form.WithRole(role) is { } element ? record.Answers.GetValueOrDefault(element.Path) : null;

    private static IEnumerable<Category> Choices(Element element) => element.Choices.Select(c => new Category(CategoryKind.Choice, c.Code, c.Label));
}
