using Amana.Domain.Sharing;
using Amana.Domain.Shared;

namespace Amana.Features.Sharing;

/// <summary>What a release is to hold.</summary>
/// <param name="AgreementId">Under which agreement, and so to whom.</param>
/// <param name="Columns">Paths of the elements.</param>
/// <param name="FurtherKeys">Paths of open elements that somebody could know about a person here; quasi-identifiers always count.</param>
/// <param name="Age">How much an age tells.</param>
/// <param name="SixDomains">The Washington Group questions one by one; otherwise one column with or without a disability.</param>
/// <param name="LeaveOutValues">Takes single values out where groups stay too small (local suppression).</param>
public sealed record ReleaseDraft(
    AgreementId AgreementId, IReadOnlyList<string> Columns, IReadOnlyList<string> FurtherKeys, AgeDetail Age = AgeDetail.Groups, bool SixDomains = false, bool LeaveOutValues = false);

/// <summary>What was measured on the file as it would leave, and what would mend it where it may not.</summary>
/// <param name="InUse">Records in use.</param>
/// <param name="WithoutSharing">Records left out because the person did not say yes to sharing.</param>
/// <param name="ValuesLeftOut">Single values that were taken out.</param>
/// <param name="Advice">Changes that lead to larger groups; none where the threshold holds.</param>
public sealed record MeasuredRelease(MeasuredRisk Risk, int InUse, int WithoutSharing, int ValuesLeftOut, Amana.Disclosure.ReleaseAdvice? Advice)
{
    public bool Holds => Risk.Rows > 0 && Risk.SmallestGroup >= Risk.Threshold;
}
