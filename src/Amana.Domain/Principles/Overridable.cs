namespace Amana.Domain.Principles;

/// <summary>Which rules may give way for one operation and a limited time, by two people. Consent, refusal and withdrawal, sealing, the ledger and the end of keeping give way to nobody.</summary>
public static class Overridable
{
    private static readonly HashSet<string> Never = new(StringComparer.Ordinal) { "IC-2", "IC-4", "IC-5", "SEC-2", "SEC-3", "SEC-5" };

    public static bool Is(Rule rule) => rule.Guards.Count > 0 && !Never.Contains(rule.Id);

    /// <summary>The rules that give way for the operation now.</summary>
    internal static IReadOnlyList<string> Now(ActivitySnapshot s, Operation operation, IEnumerable<RuleAnswer> answers) =>
        [.. answers.Where(a => !a.Holds && Is(a.Rule) && s.Overrides.Any(o => o.RuleId == a.Rule.Id && o.Operation == operation && o.ActivityId == s.Activity.Id && o.LivesAt(s.Now))).Select(a => a.Rule.Id)];
}
