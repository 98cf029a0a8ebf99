using System.Text.RegularExpressions;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

public sealed partial class The_texts
{
    /// <summary>Enums whose words lie under another key than <c>vocabulary</c>.</summary>
    private static readonly Dictionary<Type, Func<string, IEnumerable<string>>> OtherKeys = new()
    {
        [typeof(Principle)] = v => [$"principle.{v}.name", $"principle.{v}.short", $"principle.{v}.says"],
        [typeof(PimStep)] = v => ["step." + v],
        [typeof(Operation)] = v => [$"operation.{v}.name", $"operation.{v}.held"],
        [typeof(RuleState)] = v => ["rulestate." + v],
        [typeof(Mender)] = v => ["mender." + v],
        [typeof(MendPage)] = v => ["mendpage." + v],
    };

    public static TheoryData<string> Slugs => [.. Words.Slugs];

    public static TheoryData<string> Rules => [.. Catalogue.Rules.Select(r => r.Id)];

    public static TheoryData<string> Enums => [.. typeof(Rule).Assembly.GetExportedTypes().Where(t => t.IsEnum).Select(t => t.FullName!)];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Say_every_refusal(string slug) => Said("refusal." + slug);

    [Fact]
    public void Say_every_refusal_that_features_and_hosts_make() => Assert.All(Words.SlugsOutsideTheDomain, slug => Said("refusal." + slug));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Say_what_every_rule_asks(string rule)
    {
        Said($"rule.{rule}.name");
        Said($"rule.{rule}.asks");
    }

    [Theory]
    [MemberData(nameof(Enums))]
    public void Have_a_word_for_every_value(string type)
    {
        var words = typeof(Rule).Assembly.GetType(type)!;
        foreach (var value in Enum.GetNames(words))
            foreach (var key in OtherKeys.TryGetValue(words, out var keys) ? keys(value) : [$"vocabulary.{words.Name}.{value}"])
                Said(key);
    }

    [Fact]
    public void Say_why_a_rule_does_not_apply()
    {
        Assert.True(Words.Reasons.Count >= 10);
        Assert.All(Words.Reasons, r => Said("notapplicable." + r));
    }

    [Fact]
    public void Name_every_part_of_the_notice() => Assert.All(new NoticeText().Parts, p => Said("vocabulary.NoticePart." + p.Key));

    /// <summary>A plural may say its number in words: "tomorrow", "in two days". Nothing else may drop a placeholder, and none may add one.</summary>
    [Fact]
    public void Hold_the_same_placeholders_in_every_language() => Assert.All(Words.All.Where(t => t.Value.ContainsKey("en")), t => Assert.All(t.Value.Values, text =>
    {
        var wanted = Words.Placeholders(t.Value["en"]);
        Assert.Equal(wanted, PluralKey().IsMatch(t.Key) && !Words.Placeholders(text).Contains("count") ? [.. Words.Placeholders(text), .. wanted.Where(p => p == "count")] : Words.Placeholders(text));
    }));

    [Fact]
    public void Are_not_said_for_refusals_that_no_longer_exist() =>
        Assert.Empty(Words.All.Keys.Where(k => k.StartsWith("refusal.gap.", StringComparison.Ordinal)).Select(k => k["refusal.".Length..]).Except(Words.Slugs));

    [Fact]
    public void Are_filled_by_what_each_gap_brings()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var situation in EverySituation())
            foreach (var gap in Catalogue.Evaluate(situation).SelectMany(a => a.Gaps))
            {
                seen.Add(gap.Slug);
                Assert.Empty(Words.Placeholders(Words.English("refusal." + gap.Slug)).Except(gap.Args.Keys));
            }
        Assert.True(seen.Count >= 25, "Only " + seen.Count + " gaps were seen");
    }

    [Fact]
    public void Are_slugs_written_out_whole_in_the_source()
    {
        foreach (var file in Repository.DomainSources())
            foreach (Match made in MadeRefusal().Matches(File.ReadAllText(file)))
                Assert.DoesNotContain("+", made.Groups[1].Value, StringComparison.Ordinal);
    }

    private static IEnumerable<ActivitySnapshot> EverySituation()
    {
        yield return Given.AnActivity();
        yield return Given.AnActivity().ReadyToCollect() with { Notice = null, Team = [], SharingPlan = null, Risk = GivenPlans.Assessment(), Safekeeping = new SafekeepingState() };
        yield return Given.AnActivity().ReadyToCollect() with { Forms = [GivenForms.Draft([GivenForms.Of("x", "audio", null) with { NeedCode = null }], ["en"])], Agreements = [], Organisations = [] };
        yield return Given.AnActivity().Collecting().At(Given.Today.AddDays(200)) with { Referral = null };
        yield return Given.AnActivity().Collecting().At(Given.Today.AddDays(85));
        yield return Given.AnActivity().ReadyToClose().At(Given.Today.AddDays(600)) with { ResultsReturned = [], Releases = [] };
    }

    private static void Said(string key)
    {
        Assert.True(Words.All.TryGetValue(key, out var texts), "No text " + key);
        foreach (var language in Words.Languages)
            Assert.False(string.IsNullOrWhiteSpace(texts.GetValueOrDefault(language)), $"{key} is not said in {language}");
        Assert.Contains(texts["ar"], c => c is >= '\u0600' and <= '\u06FF');
    }

    [GeneratedRegex("\\.(zero|one|two)$")]
    private static partial Regex PluralKey();

    [GeneratedRegex("new Refusal\\(([^),]*)")]
    private static partial Regex MadeRefusal();
}
