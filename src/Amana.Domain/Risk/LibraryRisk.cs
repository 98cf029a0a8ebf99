using Amana.Domain.Shared;

namespace Amana.Domain.Risk;

/// <summary>A risk that the field knows, ready to be adapted to a place: whom it harms at which stage, on the 4 × 4 grid before and after what is usually done about it.</summary>
public sealed record LibraryRisk
{
    public required string Code { get; init; }
    public RiskStage Stage { get; init; }
    public HarmedParty Harmed { get; init; }
    public int Likelihood { get; init; }
    public int Severity { get; init; }
    public int ResidualLikelihood { get; init; }
    public int ResidualSeverity { get; init; }
    public LocalText Text { get; init; } = LocalText.Empty;
    public LocalText Mitigation { get; init; } = LocalText.Empty;

    /// <summary>As a risk of an assessment, in words of one language, mitigation still planned. Nobody has accepted it.</summary>
    public AssessedRisk In(string language, string code, StaffId? owner) => new()
    {
        Code = code, Text = Text.In(language), Harmed = Harmed, Stage = Stage, Likelihood = Likelihood, Severity = Severity, Mitigation = Mitigation.In(language), OwnerId = owner,
        MitigationState = MitigationState.Planned, ResidualLikelihood = ResidualLikelihood, ResidualSeverity = ResidualSeverity,
    };
}
