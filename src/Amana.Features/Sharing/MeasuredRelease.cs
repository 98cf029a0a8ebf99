using Amana.Domain.Sharing;

namespace Amana.Features.Sharing;

/// <summary>What was measured on the file as it would leave, and what would mend it where it may not.</summary>
/// <param name="InUse">Records in use.</param>
/// <param name="WithoutSharing">Records left out because the person did not say yes to sharing.</param>
/// <param name="ValuesLeftOut">Single values that were taken out.</param>
/// <param name="Advice">Changes that lead to larger groups; none where the threshold holds.</param>
public sealed record MeasuredRelease(MeasuredRisk Risk, int InUse, int WithoutSharing, int ValuesLeftOut, Amana.Disclosure.ReleaseAdvice? Advice)
{
    public bool Holds => Risk.Holds;
}
