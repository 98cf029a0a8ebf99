using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Principles;

namespace Amana.Domain.Analysis;

/// <summary>The operation's protocol of disclosure, for one activity: which counts are too small to be shown.</summary>
public static class ReleaseProtocol
{
    /// <summary>The least count that is shown. The higher limit holds where survivors of violence or children at risk may be counted: case management, what is held strictly confidential, and forms
    /// that ask about sex life or surface needs of gender-based violence or child protection.</summary>
    public static int SmallCell(ActivitySnapshot s) => IsGrave(s) ? Math.Max(s.Limits.SmallCell, s.Limits.SmallCellGrave) : s.Limits.SmallCell;

    private static bool IsGrave(ActivitySnapshot s) => s.Activity.Category == MatrixCategory.CaseManagement || s.Activity.Level == SensitivityLevel.StrictlyConfidential
        || s.Forms.SelectMany(f => f.Elements).Any(e => e.Special == SpecialCategory.SexLife || e.UrgentNeed is { } need && (need.Contains("gbv", StringComparison.OrdinalIgnoreCase) || need.Contains("child", StringComparison.OrdinalIgnoreCase)));
}
