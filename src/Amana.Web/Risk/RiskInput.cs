using System.Globalization;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Web.Ui;

namespace Amana.Web.Risk;

/// <summary>The assessment as the form has it: rows may be empty or half-filled; codes are given by the page and stay.</summary>
public sealed class RiskInput
{
    public List<RiskRow> Risks { get; set; } = [];
    public int? Tolerance { get; set; }
    public DateParts ReviewOn { get; set; } = new();
    public string? OpinionOfPeople { get; set; }

    public static RiskInput Of(RiskContent? content) => content is null
        ? new RiskInput { Tolerance = RiskContent.Empty.Tolerance }
        : new RiskInput
        {
            Risks = [.. content.Risks.Select(RiskRow.Of)], Tolerance = content.Tolerance, ReviewOn = DateParts.Of(content.ReviewOn), OpinionOfPeople = content.OpinionOfPeople,
        };

    /// <summary>One more row with the next free code.</summary>
    public RiskRow Add()
    {
        var taken = Risks.Select(r => int.TryParse(r.Code.AsSpan(Math.Min(1, r.Code.Length)), CultureInfo.InvariantCulture, out var n) ? n : 0).DefaultIfEmpty(0).Max();
        var row = new RiskRow { Code = "R" + (taken + 1).ToString(CultureInfo.InvariantCulture), IsNew = true };
        Risks.Add(row);
        return row;
    }

    /// <summary>A risk of the library, with what is usually done about it still planned.</summary>
    public void Add(LibraryRisk known, string language)
    {
        var row = Add();
        (row.Stage, row.Harmed, row.Text, row.Mitigation) = (known.Stage, known.Harmed, known.Text.In(language), known.Mitigation.In(language));
        (row.Likelihood, row.Severity, row.ResidualLikelihood, row.ResidualSeverity, row.State) = (known.Likelihood, known.Severity, known.ResidualLikelihood, known.ResidualSeverity, MitigationState.Planned);
    }

    /// <summary>The assessment as rules know it; rows without words are left out. What the form alone can see missing comes back beside it.</summary>
    public (RiskContent Content, IReadOnlyList<Refusal> Missing) Read()
    {
        var rows = Risks.Where(r => !r.IsEmpty).ToList();
        var missing = rows.Where(r => r.Harmed is null || r.Stage is null).Select(r => new Refusal("risk.harmed-or-stage-missing").At("Risks." + r.Code).With("risk", r.Code)).ToList();
        if (ReviewOn.ToDate() is null)
            missing.Add(new Refusal("field.required").At(nameof(ReviewOn)));
        return (new RiskContent
        {
            Risks = [.. rows.Select(r => r.ToRisk())], Tolerance = Tolerance ?? 0, ReviewOn = ReviewOn.ToDate() ?? default, OpinionOfPeople = OpinionOfPeople?.Trim() ?? "",
        }, missing);
    }
}

/// <summary>One risk of the form.</summary>
public sealed class RiskRow
{
    public string Code { get; set; } = "";
    public string? Text { get; set; }
    public HarmedParty? Harmed { get; set; }
    public RiskStage? Stage { get; set; }
    public int? Likelihood { get; set; }
    public int? Severity { get; set; }
    public string? Mitigation { get; set; }
    public string? Evidence { get; set; }
    public Guid? Owner { get; set; }
    public MitigationState? State { get; set; }
    public int? ResidualLikelihood { get; set; }
    public int? ResidualSeverity { get; set; }

    /// <summary>Added just now, so shown open.</summary>
    public bool IsNew { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && string.IsNullOrWhiteSpace(Mitigation);

    public static RiskRow Of(AssessedRisk risk) => new()
    {
        Code = risk.Code, Text = risk.Text, Harmed = risk.Harmed, Stage = risk.Stage, Likelihood = risk.Likelihood, Severity = risk.Severity, Mitigation = risk.Mitigation, Evidence = risk.Evidence,
        Owner = risk.OwnerId?.Value, State = risk.MitigationState, ResidualLikelihood = risk.ResidualLikelihood, ResidualSeverity = risk.ResidualSeverity,
    };

    public AssessedRisk ToRisk() => new()
    {
        Code = Code, Text = Text?.Trim() ?? "", Harmed = Harmed ?? default, Stage = Stage ?? default, Likelihood = Likelihood ?? 0, Severity = Severity ?? 0,
        Mitigation = Mitigation?.Trim() ?? "", Evidence = Evidence?.Trim() ?? "", OwnerId = Owner is { } owner ? new StaffId(owner) : null, MitigationState = State ?? default,
        ResidualLikelihood = ResidualLikelihood ?? 0, ResidualSeverity = ResidualSeverity ?? 0,
    };
}
