using System.Globalization;
using System.Reflection;
using System.Text;
using Amana.Domain.Principles;

namespace Amana.Domain.Tests;

/// <summary>Writes <c>docs/principles.md</c> from the catalogue, the English texts and the tests that prove each rule.</summary>
internal static class PrinciplesPage
{
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append("# The eight principles as rules\n\n")
            .Append(CultureInfo.InvariantCulture, $"Catalogue {Rule.CatalogueVersion}: {Catalogue.Rules.Count} rules, {Catalogue.Rules.Count(r => r.IsEvaluated)} of them evaluated. ")
            .Append("This page is written from the code and checked by a test; do not edit it. To write it anew: `AMANA_WRITE_DOCS=1 dotnet test --project tests/Amana.Domain.Tests`.\n\n")
            .Append("The principles are those of *Principles of Protection Information Management* (first PIM Working Meeting, May 2015). Each rule answers *met*, *due soon*, *not met* or ")
            .Append("*not applicable*; what cannot be judged is not met. A rule **gates** a step (the activity enters it only when the rule holds) and **guards** operations ")
            .Append("(they are done only while it holds). Nothing guards erasure. The rules are in `src/Amana.Domain/Principles`, one file for each principle.\n");
        foreach (var principle in Enum.GetValues<Principle>())
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {(int)principle + 1}. {Words.English($"principle.{principle}.name")}\n\n{Words.English($"principle.{principle}.says")}\n");
            foreach (var rule in Catalogue.Rules.Where(r => r.Principle == principle))
                One(page, rule);
        }

        return page.ToString();
    }

    private static void One(StringBuilder page, Rule rule)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {rule.Id} {Words.English($"rule.{rule.Id}.name")}\n\n{Words.English($"rule.{rule.Id}.asks")}\n\n")
            .Append(CultureInfo.InvariantCulture, $"- Gates: {Listed(rule.Gates)} · guards: {Listed(rule.Guards)}\n")
            .Append(CultureInfo.InvariantCulture, $"- Code: `{Code(rule)}` · source: {rule.Source}\n");
        if (!rule.IsEvaluated)
            page.Append("- **Not evaluated yet**: it counts as a gap, never as met, and holds nothing up.\n");
        Ways(page, Principles.EachWay.All[rule.Id]);
        page.Append("- Proved by:\n");
        foreach (var proof in Proofs.All.GetValueOrDefault(rule.Id) ?? [])
            page.Append(CultureInfo.InvariantCulture, $"  - {proof.Replace('_', ' ').Replace(".", ": ", StringComparison.Ordinal)}\n");
    }

    /// <summary>The four kinds of trial that every rule goes through, with the situation in which each was seen.</summary>
    private static void Ways(StringBuilder page, Principles.Ways ways) => page
        .Append(CultureInfo.InvariantCulture, $"- Tried each way: met ({ways.Met}); not met ({ways.NotMet}); lapses by time alone ({ways.Lapsed ?? "nothing that it looks at ages"}); ")
        .Append(CultureInfo.InvariantCulture, $"shuts {(ways.Steps.Count + ways.Operations.Count == 0 ? "no door, and shows" : string.Join(", ", [.. ways.Steps.Select(s => "the way into " + s), .. ways.Operations.Select(o => o.ToString())]))}\n");

    private static string Code(Rule rule) => (from type in typeof(Rule).Assembly.GetExportedTypes()
                                              where type.Namespace == typeof(Rule).Namespace
                                              from property in type.GetProperties(BindingFlags.Public | BindingFlags.Static)
                                              where property.PropertyType == typeof(Rule) && ReferenceEquals(property.GetValue(null), rule)
                                              select type.Name + "." + property.Name).Single();

    private static string Listed<T>(IReadOnlyList<T> values) where T : struct, Enum => values.Count == 0 ? "nothing" : string.Join(", ", values);
}
