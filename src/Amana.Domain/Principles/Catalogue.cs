namespace Amana.Domain.Principles;

/// <summary>All rules of the eight principles, in their order.</summary>
public static class Catalogue
{
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        .. PeopleCentred.Rules, .. DoNoHarm.Rules, .. DefinedPurpose.Rules, .. InformedConsent.Rules,
        .. DataProtection.Rules, .. Competency.Rules, .. Impartiality.Rules, .. Coordination.Rules,
    ];

    /// <summary>The rule with the id, or none.</summary>
    public static Rule? Find(string id) => Rules.FirstOrDefault(r => string.Equals(r.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>Every rule's answer for the activity.</summary>
    public static IReadOnlyList<RuleAnswer> Evaluate(ActivitySnapshot activity) => [.. Rules.Select(r => r.Evaluate(activity))];
}
