namespace Amana.Domain.Accounts;

/// <summary>One limit of an operation by its name, with the range that no operation may leave. The ranges are Amana's own: beyond them a limit would protect nobody, or would end the work.</summary>
/// <param name="Name">Name of the property of <see cref="OperationLimits"/>.</param>
/// <param name="Least">Smallest value that may be set.</param>
/// <param name="Most">Greatest value that may be set.</param>
/// <param name="Of">Reads it.</param>
/// <param name="With">The limits with another value in its place.</param>
public sealed record OperationLimit(string Name, int Least, int Most, Func<OperationLimits, int> Of, Func<OperationLimits, int, OperationLimits> With)
{
    /// <summary>Every limit, those about what may be shown and shared first.</summary>
    public static IReadOnlyList<OperationLimit> All { get; } =
    [
        new(nameof(OperationLimits.SmallCell), 3, 100, l => l.SmallCell, (l, v) => l with { SmallCell = v }),
        new(nameof(OperationLimits.SmallCellGrave), 5, 200, l => l.SmallCellGrave, (l, v) => l with { SmallCellGrave = v }),
        new(nameof(OperationLimits.PartnerK), 3, 100, l => l.PartnerK, (l, v) => l with { PartnerK = v }),
        new(nameof(OperationLimits.PublicK), 5, 200, l => l.PublicK, (l, v) => l with { PublicK = v }),
        new(nameof(OperationLimits.PublicGlobalRiskPercent), 1, 5, l => l.PublicGlobalRiskPercent, (l, v) => l with { PublicGlobalRiskPercent = v }),
        new(nameof(OperationLimits.PublicRecordRiskPercent), 1, 20, l => l.PublicRecordRiskPercent, (l, v) => l with { PublicRecordRiskPercent = v }),
        new(nameof(OperationLimits.RequestDays), 1, 60, l => l.RequestDays, (l, v) => l with { RequestDays = v }),
        new(nameof(OperationLimits.ContainDays), 1, 14, l => l.ContainDays, (l, v) => l with { ContainDays = v }),
        new(nameof(OperationLimits.MaxReviewDays), 14, 365, l => l.MaxReviewDays, (l, v) => l with { MaxReviewDays = v }),
        new(nameof(OperationLimits.AccuracyDays), 7, 365, l => l.AccuracyDays, (l, v) => l with { AccuracyDays = v }),
        new(nameof(OperationLimits.BiasDays), 1, 30, l => l.BiasDays, (l, v) => l with { BiasDays = v }),
        new(nameof(OperationLimits.FindingDays), 1, 60, l => l.FindingDays, (l, v) => l with { FindingDays = v }),
        new(nameof(OperationLimits.ServiceDays), 14, 180, l => l.ServiceDays, (l, v) => l with { ServiceDays = v }),
        new(nameof(OperationLimits.EmergencyReviewHours), 1, 72, l => l.EmergencyReviewHours, (l, v) => l with { EmergencyReviewHours = v }),
        new(nameof(OperationLimits.OverrideHours), 1, 72, l => l.OverrideHours, (l, v) => l with { OverrideHours = v }),
        new(nameof(OperationLimits.OverlapThreshold), 10, 90, l => l.OverlapThreshold, (l, v) => l with { OverlapThreshold = v }),
        new(nameof(OperationLimits.NoticeDays), 3, 60, l => l.NoticeDays, (l, v) => l with { NoticeDays = v }),
    ];
}
