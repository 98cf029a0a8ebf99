using System.Globalization;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Shared;
using Amana.Web.Ui;

namespace Amana.Web.Purpose;

/// <summary>The purpose as the form has it: rows may be empty, codes are given by the page and stay.</summary>
public sealed class PurposeInput
{
    public List<WordsIn> Statement { get; set; } = [];
    public string? ProtectionOutcome { get; set; }
    public string? CategoriesOfPeople { get; set; }
    public string? OutOfScope { get; set; }
    public List<DecisionRow> Decisions { get; set; } = [];
    public List<NeedRow> Needs { get; set; } = [];

    public static PurposeInput Of(PurposeContent content, IEnumerable<string> languages)
    {
        var input = new PurposeInput
        {
            Statement = WordsIn.Of(languages, content.Statement), ProtectionOutcome = content.ProtectionOutcome, CategoriesOfPeople = content.CategoriesOfPeople, OutOfScope = content.OutOfScope,
            Decisions = [.. content.Decisions.Select(d => new DecisionRow { Code = d.Code, Text = d.Text })],
            Needs = [.. content.Needs.Select(n => new NeedRow { Code = n.Code, Question = n.Question, Decision = n.DecisionCode, ReviewOn = DateParts.Of(n.ReviewOn) })],
        };
        input.AddDecision();
        input.AddNeed();
        return input;
    }

    public void AddDecision() => Decisions.Add(new DecisionRow { Code = NextCode("D", Decisions.Select(d => d.Code)) });

    public void AddNeed() => Needs.Add(new NeedRow { Code = NextCode("N", Needs.Select(n => n.Code)) });

    /// <summary>The purpose as rules know it; rows without words are left out. What the form alone can see missing comes back beside it.</summary>
    public (PurposeContent Content, IReadOnlyList<Refusal> Missing) Read()
    {
        var needs = Needs.Where(n => !string.IsNullOrWhiteSpace(n.Question)).ToList();
        var content = new PurposeContent
        {
            Statement = WordsIn.ToText(Statement),
            ProtectionOutcome = ProtectionOutcome?.Trim() ?? "",
            CategoriesOfPeople = CategoriesOfPeople?.Trim() ?? "",
            OutOfScope = OutOfScope?.Trim() ?? "",
            Decisions = [.. Decisions.Where(d => !string.IsNullOrWhiteSpace(d.Text)).Select(d => new DecisionServed(d.Code, d.Text!.Trim()))],
            Needs = [.. needs.Select(n => new InformationNeed(n.Code, n.Question!.Trim(), n.Decision ?? "", n.ReviewOn.ToDate() ?? default))],
        };
        return (content, [.. needs.Where(n => n.ReviewOn.ToDate() is null)
            .Select(n => new Refusal("purpose.need-without-review", Principle.DefinedPurpose).At("Needs").With("need", n.Code))]);
    }

    private static string NextCode(string letter, IEnumerable<string> taken) =>
        letter + (taken.Select(c => int.TryParse(c.AsSpan(Math.Min(1, c.Length)), CultureInfo.InvariantCulture, out var n) ? n : 0).DefaultIfEmpty(0).Max() + 1).ToString(CultureInfo.InvariantCulture);
}

/// <summary>A decision that the information serves.</summary>
public sealed class DecisionRow
{
    public string Code { get; set; } = "";
    public string? Text { get; set; }
}

/// <summary>An information need, the decision it serves, and when its use is reviewed.</summary>
public sealed class NeedRow
{
    public string Code { get; set; } = "";
    public string? Question { get; set; }
    public string? Decision { get; set; }
    public DateParts ReviewOn { get; set; } = new();
}

/// <summary>The weighing by someone else.</summary>
public sealed class WeighInput
{
    public string? Text { get; set; }
    public List<SpecialRow> Special { get; set; } = [];
}

/// <summary>Why one element of a special category is asked.</summary>
public sealed class SpecialRow
{
    public string Path { get; set; } = "";
    public string? Why { get; set; }
}
