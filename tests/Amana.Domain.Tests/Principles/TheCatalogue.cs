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
    public void Evaluates_every_rule_from_kept_records() => Assert.All(Catalogue.Rules, r => Assert.True(r.IsEvaluated, r.Id));

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
