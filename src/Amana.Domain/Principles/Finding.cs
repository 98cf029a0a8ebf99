using Amana.Domain.Shared;

namespace Amana.Domain.Principles;

/// <summary>A rule that is not met, or soon will not be, as the page shows it: what, who can mend it, by when, and what it holds up meanwhile.</summary>
public sealed record Finding(Rule Rule, RuleState State, Refusal Gap, DateOnly? DueOn, IReadOnlyList<Operation> HoldsUp)
{
    /// <summary>All findings of the answers: unmet before due, in the order of the catalogue.</summary>
    public static IReadOnlyList<Finding> Of(IEnumerable<RuleAnswer> answers) =>
        [.. answers.Where(a => a.State is RuleState.NotMet or RuleState.DueSoon)
            .SelectMany(a => a.Gaps.Select(g => new Finding(a.Rule, a.State, g, a.DueOn, a.Holding)))
            .OrderBy(f => f.State == RuleState.NotMet ? 0 : 1)];
}
