using Amana.Domain.Shared;

namespace Amana.Domain.Sharing;

/// <summary>Who will be able to see it: the recipient's staff alone, or anybody.</summary>
public enum ReleaseAudience { Partner, Public }

/// <summary>Who could try to find somebody in it, in plain words.</summary>
public enum AttackScenario { Neighbour, HolderOfAList, AnybodyOnline }

/// <summary>What a release is to hold.</summary>
/// <param name="AgreementId">Under which agreement, and so to whom.</param>
/// <param name="Columns">Paths of the elements.</param>
/// <param name="FurtherKeys">Paths of open elements that somebody could know about a person here; quasi-identifiers always count.</param>
/// <param name="Age">How much an age tells.</param>
/// <param name="SixDomains">The Washington Group questions one by one; otherwise one column with or without a disability.</param>
/// <param name="LeaveOutValues">Takes single values out where groups stay too small (local suppression).</param>
/// <param name="Audience">Who will be able to see it.</param>
/// <param name="PlaceLevel">P-codes cut to this administrative level; none as they are.</param>
public sealed record ReleaseDraft(
    AgreementId AgreementId, IReadOnlyList<string> Columns, IReadOnlyList<string> FurtherKeys, AgeDetail Age = AgeDetail.Groups, bool SixDomains = false, bool LeaveOutValues = false,
    ReleaseAudience Audience = ReleaseAudience.Partner, int? PlaceLevel = null)
{
    /// <summary>Equal in what it holds, whatever the order.</summary>
    public bool IsSameAs(ReleaseDraft other) => this with { Columns = other.Columns, FurtherKeys = other.FurtherKeys } == other
        && Columns.Order(StringComparer.Ordinal).SequenceEqual(other.Columns.Order(StringComparer.Ordinal), StringComparer.Ordinal)
        && FurtherKeys.Order(StringComparer.Ordinal).SequenceEqual(other.FurtherKeys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
}

/// <summary>Why the release is made, and against whom it is measured.</summary>
public sealed record ReleaseIntent(string NeedCode, AttackScenario Scenario);
