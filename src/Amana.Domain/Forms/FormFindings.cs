using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Forms;

/// <summary>How much a finding weighs: only what is serious holds publishing up.</summary>
public enum ReviewWeight { Note, Concern, Serious }

/// <summary>What a review of the form found: by rule and place, with what it hangs on (a topic, languages, a list). The words live in the texts, under <c>finding.&lt;rule&gt;</c>.</summary>
public sealed record ReviewFinding(string Rule, ReviewWeight Weight, string Path, string Sheet, int Row, string Detail)
{
    /// <summary>What tells findings of one form apart, and holds across its versions: the row may move.</summary>
    public string Key => $"{Rule} {Path} {Detail}";
}

/// <summary>Why a finding stays: whose word, and when. It holds for later versions of the form too, for the same rule, question and detail.</summary>
public sealed record FindingAnswer(string Key, string Reason, StaffId By, DateTimeOffset At);

public sealed record FindingAnswered : Change
{
    internal FindingAnswered() { }
    public FindingAnswer Answer { get; internal init; } = null!;
}

/// <summary>What a review found is mended in the form, or answered with a reason that others can read.</summary>
public static class FindingRules
{
    /// <summary>Shortest reason that says something.</summary>
    public const int ShortestReason = 10;

    public const int LongestReason = 600;

    /// <summary>Answers a finding of a draft. A reason is given again to replace the last.</summary>
    public static Decision<FindingAnswered> Answer(FormVersion form, string key, string? reason, StaffId by, DateTimeOffset now)
    {
        if (form.State != FormState.Draft)
            return new Refusal("form.not-a-draft", Principle.DefinedPurpose).MendedBy(Mender.You, MendPage.Form);
        if (form.Findings.All(f => f.Key != key))
            return new Refusal("form.finding-unknown").At("Reason").MendedBy(Mender.You, MendPage.Form);
        var text = reason?.Trim() ?? "";
        if (text.Length is < ShortestReason or > LongestReason)
            return new Refusal("form.finding-reason", Principle.DoNoHarm).At("Reason").MendedBy(Mender.You, MendPage.Form);
        return new FindingAnswered { Answer = new FindingAnswer(key, text, by, now) };
    }

    /// <summary>Serious findings without an answer, as refusals.</summary>
    public static IEnumerable<Refusal> Unanswered(FormVersion form) => form.OpenFindings.Where(f => f.Weight == ReviewWeight.Serious)
        .Select(f => new Refusal("form.finding-open", Principle.DoNoHarm).At(f.Path).With("element", f.Path.Length == 0 ? form.Title : f.Path[(f.Path.LastIndexOf('/') + 1)..]).With("rule", f.Rule)
            .MendedBy(Mender.InformationManagementOfficer, MendPage.Form));
}
