using Amana.Domain.Principles;

namespace Amana.Domain.Tests;

/// <summary>Asking one rule of a situation, and saying what it must answer.</summary>
internal static class Verdicts
{
    public static RuleAnswer Says(this ActivitySnapshot s, string rule) => (Catalogue.Find(rule) ?? throw new InvalidOperationException("No rule " + rule)).Evaluate(s);

    public static void IsMet(this RuleAnswer answer) => Check(answer, RuleState.Met);

    /// <summary>Not met, for exactly these reasons.</summary>
    public static void IsNotMet(this RuleAnswer answer, params string[] slugs) => Check(answer, RuleState.NotMet, slugs);

    public static void IsDueSoon(this RuleAnswer answer, DateOnly on, string slug)
    {
        Check(answer, RuleState.DueSoon, slug);
        Assert.Equal(on, answer.DueOn);
        Assert.True(answer.Holds);
    }

    public static void DoesNotApply(this RuleAnswer answer, string reason)
    {
        Check(answer, RuleState.NotApplicable);
        Assert.Equal(reason, answer.NotApplicableBecause);
    }

    /// <summary>What the gap names: the value of an argument, of the only gap.</summary>
    public static string Names(this RuleAnswer answer, string argument) => Assert.Single(answer.Gaps).Args[argument];

    private static void Check(RuleAnswer answer, RuleState state, params string[] slugs)
    {
        Assert.Equal(slugs.Order(StringComparer.Ordinal), answer.Gaps.Select(g => g.Slug).Order(StringComparer.Ordinal));
        Assert.Equal(state, answer.State);
        Assert.All(answer.Gaps, g => Assert.Equal(answer.Rule.Id, g.Args["rule"]));
    }
}
