using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;

namespace Amana.Domain.Analysis;

/// <summary>By what a question is broken down.</summary>
public enum BreakdownKind { None, Sex, AgeGroup, Disability, Place, Question }

/// <summary>One breakdown; the path only for another question.</summary>
public sealed record Breakdown(BreakdownKind Kind, string? Path = null)
{
    public static Breakdown None { get; } = new(BreakdownKind.None);

    /// <summary>As addresses and forms write it.</summary>
    public string Code => Kind == BreakdownKind.Question ? "q:" + Path : Kind.ToString();

    public static Breakdown Parse(string? code) => code switch
    {
        ['q', ':', .. var path] => new Breakdown(BreakdownKind.Question, path),
        _ => Enum.TryParse<BreakdownKind>(code, out var kind) && Enum.IsDefined(kind) && kind != BreakdownKind.Question ? new Breakdown(kind) : None,
    };
}

/// <summary>What can be counted and crossed: coded questions that lie under the activity's key. What is sealed per person is not read in bulk.</summary>
public static class AnalysisRules
{
    /// <summary>Coded questions of all forms that were filled, each once with every choice it ever had.</summary>
    public static IReadOnlyList<Element> Questions(IEnumerable<FormVersion> forms) =>
    [
        .. Filled(forms).SelectMany(f => f.Elements).Where(e => e.IsCoded && !e.Repeated && IsOpenToCounting(e)).GroupBy(e => e.Path, StringComparer.Ordinal)
            .Select(g => g.First() with { Choices = [.. g.SelectMany(e => e.Choices).DistinctBy(c => c.Code, StringComparer.Ordinal)] }),
    ];

    /// <summary>Whether one person may have chosen several answers.</summary>
    public static bool HasManyAnswers(Element question) => question.Type.StartsWith("select_multiple", StringComparison.Ordinal) || question.Type == "select";

    /// <summary>Coded questions that cannot be counted in bulk, because their answers are sealed under each person's own key.</summary>
    public static IReadOnlyList<Element> SealedQuestions(IEnumerable<FormVersion> forms) =>
        [.. Filled(forms).SelectMany(f => f.Elements).Where(e => e.IsCoded && !IsOpenToCounting(e)).DistinctBy(e => e.Path, StringComparer.Ordinal)];

    /// <summary>The breakdowns that the forms allow, other questions apart.</summary>
    public static IReadOnlyList<BreakdownKind> Breakdowns(IEnumerable<FormVersion> forms)
    {
        var roles = Filled(forms).SelectMany(f => f.Elements).Where(e => !e.Repeated && IsOpenToCounting(e)).Select(e => e.Role).ToHashSet();
        List<BreakdownKind> kinds = [BreakdownKind.None];
        if (roles.Contains(ElementRole.Sex))
            kinds.Add(BreakdownKind.Sex);
        if (roles.Contains(ElementRole.Age) || roles.Contains(ElementRole.AgeGroup))
            kinds.Add(BreakdownKind.AgeGroup);
        if (roles.Contains(ElementRole.Disability) || roles.Any(WashingtonGroup.IsDomain))
            kinds.Add(BreakdownKind.Disability);
        if (roles.Contains(ElementRole.Place))
            kinds.Add(BreakdownKind.Place);
        return kinds;
    }

    /// <summary>Remembers what was shown, so that the next figures count on it. Never refused: what was shown was shown.</summary>
    public static FiguresRemembered Remember(FiguresShownId id, ActivityId activity, byte[] box) => new() { Id = id, ActivityId = activity, Box = box };

    /// <summary>Why a question cannot be counted in this way; none when it can.</summary>
    public static IReadOnlyList<Refusal> MayCount(IReadOnlyList<FormVersion> forms, string path, Breakdown by)
    {
        var errors = new FieldErrors();
        var questions = Questions(forms);
        if (SealedQuestions(forms).Any(e => e.Path == path || e.Path == by.Path))
            errors.Add(new Refusal("analysis.sealed-per-person", Principle.DataProtection).At("Question"));
        else
            errors.Must(questions.Any(q => q.Path == path), "Question", "analysis.question-not-coded", Principle.DefinedPurpose);
        var known = by.Kind == BreakdownKind.Question ? questions.Any(q => q.Path == by.Path && q.Path != path) : Breakdowns(forms).Contains(by.Kind);
        return errors.Must(known || errors.Any, "By", "analysis.breakdown-not-asked", Principle.PeopleCentred).All;
    }

    /// <summary>Forms that phones have or had, the newest first.</summary>
    public static IEnumerable<FormVersion> Filled(IEnumerable<FormVersion> forms) => forms.Where(f => f.State != FormState.Draft).OrderByDescending(f => f.UploadedAt);

    private static bool IsOpenToCounting(Element element) => RecordRules.CompartmentOf(element) is null;
}
