using System.Reflection;
using Amana.Domain.Principles;

namespace Amana.Domain.Tests;

public sealed class The_catalogue
{
    private static readonly string[] Prefixes = ["PC", "DNH", "DP", "IC", "SEC", "CC", "IMP", "CO"];

    [Fact]
    public void Has_the_forty_five_rules_of_the_eight_principles_in_order()
    {
        int[] counts = [5, 5, 7, 6, 8, 4, 5, 5];
        var expected = Prefixes.Zip(counts).SelectMany(p => Enumerable.Range(1, p.Second).Select(n => $"{p.First}-{n}"));
        Assert.Equal(expected, Catalogue.Rules.Select(r => r.Id));
        Assert.All(Catalogue.Rules, r => Assert.StartsWith(Prefixes[(int)r.Principle] + "-", r.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void Really_evaluates_at_least_two_rules_of_each_principle() =>
        Assert.All(Enum.GetValues<Principle>(), p => Assert.True(Catalogue.Rules.Count(r => r.Principle == p && r.IsEvaluated) >= 2));

    [Fact]
    public void Names_the_source_of_each_rule() => Assert.All(Catalogue.Rules, r => Assert.False(string.IsNullOrWhiteSpace(r.Source)));

    [Fact]
    public void Knows_what_its_proofs_prove()
    {
        var proved = Proofs.All.Keys.ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Catalogue.Rules.Select(r => r.Id).Except(proved));
        Assert.Empty(proved.Except(Catalogue.Rules.Select(r => r.Id)));
    }

    [Fact]
    public void Finds_a_rule_however_it_is_written()
    {
        Assert.Equal("DNH-2", Catalogue.Find("dnh-2")?.Id);
        Assert.Null(Catalogue.Find("DNH-9"));
    }
}

[Proves("SEC-6")]
[Proves("IMP-3")]
public sealed class A_rule_that_is_not_evaluated_yet
{
    public static TheoryData<string> Unevaluated => [.. Catalogue.Rules.Where(r => !r.IsEvaluated).Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Unevaluated))]
    public void Says_so_and_counts_as_a_gap_never_as_met(string rule)
    {
        Given.AnActivity().Collecting().Says(rule).IsNotMet("rule.not-evaluated");
        Given.AnActivity().ReadyToClose().Says(rule).IsNotMet("rule.not-evaluated");
    }

    [Theory]
    [MemberData(nameof(Unevaluated))]
    public void Shows_as_a_finding_that_somebody_can_mend(string rule) =>
        Assert.Contains(Finding.Of(Catalogue.Evaluate(Given.AnActivity().Collecting())), f => f.Rule.Id == rule && f.Gap.Mend is not null);
}

/// <summary>Tests by the rule that they prove, as sentences.</summary>
internal static class Proofs
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> All { get; } = Find();

    private static SortedDictionary<string, IReadOnlyList<string>> Find()
    {
        var tests = from type in typeof(Proofs).Assembly.GetTypes()
                    from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    where method.GetCustomAttributes<FactAttribute>().Any()
                    from proof in type.GetCustomAttributes<ProvesAttribute>().Concat(method.GetCustomAttributes<ProvesAttribute>())
                    select (proof.Rule, Sentence: $"{type.Name}.{method.Name}");
        var all = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var rule in tests.GroupBy(t => t.Rule, StringComparer.Ordinal))
            all[rule.Key] = [.. rule.Select(t => t.Sentence).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return all;
    }
}
