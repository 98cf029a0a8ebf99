namespace Amana.Linkage.Tests;

/// <summary>A made-up population of which the error rates are known.</summary>
internal static class Made
{
    internal const int People = 3000;
    internal static readonly (string Field, int Values, double Errors)[] Fields = [("district", 60, 0.10), ("birth", 400, 0.05), ("code", 900, 0.20), ("trade", 25, 0.15)];

    internal static readonly LinkageModel Model = new(
        [.. Fields.Select(f => Comparison.Exact(f.Field))],
        [
            BlockingRule.On(BlockKey.Whole("birth"), BlockKey.Whole("district")),
            BlockingRule.On(BlockKey.Whole("code"), BlockKey.Whole("trade")),
        ]);

    internal static (List<LinkRecord> Left, List<LinkRecord> Right) Files(int seed)
    {
        var random = new Random(seed);
        var (left, right) = (new List<LinkRecord>(), new List<LinkRecord>());
        for (var i = 0; i < People; i++)
        {
            var truth = Fields.Select(f => random.Next(f.Values)).ToArray();
            left.Add(Record($"{i}", truth));
            right.Add(Record($"{i}", [.. Fields.Select((f, k) => random.NextDouble() < f.Errors ? (truth[k] + 1 + random.Next(f.Values - 1)) % f.Values : truth[k])]));
        }

        return (left, right);
    }

    private static LinkRecord Record(string id, int[] values) =>
        new(id, Fields.Select((f, k) => (f.Field, Value: (string?)$"v{values[k]}")).ToDictionary(x => x.Field, x => x.Value, StringComparer.Ordinal));
}

public class Weights_learnt_without_the_truth
{
    [Fact]
    public void Come_close_to_the_rates_that_made_the_data()
    {
        var (left, right) = Made.Files(4);
        var weights = Linker.Link(Made.Model, left, right).Model.Weights!;
        for (var i = 0; i < Made.Fields.Length; i++)
        {
            Assert.InRange(weights.M[i][0], 1 - Made.Fields[i].Errors - 0.04, 1 - Made.Fields[i].Errors + 0.04);
            Assert.InRange(weights.U[i][0] * Made.Fields[i].Values, 0.85, 1.15);
            Assert.Equal(1, weights.M[i].Sum(), 6);
            Assert.Equal(1, weights.U[i].Sum(), 6);
        }

        // Only pairs that a rule brings together can be counted: 1 - (1 - 0.95·0.9)(1 - 0.8·0.85) of them.
        Assert.InRange(weights.Prior * Made.People, 0.9 * 0.954, 1.1 * 0.954);
        Assert.Empty(weights.Notes);
    }

    [Fact]
    public void Are_the_same_each_time()
    {
        var (left, right) = Made.Files(5);
        var (one, two) = (Linker.Link(Made.Model, left, right), Linker.Link(Made.Model, left, right));
        Assert.Equal(one.Model.Weights!.M.SelectMany(x => x), two.Model.Weights!.M.SelectMany(x => x));
        Assert.Equal(one.Links.Select(l => (l.Left, l.Right)), two.Links.Select(l => (l.Left, l.Right)));
    }

    [Fact]
    public void Give_probabilities_that_come_true()
    {
        var (left, right) = Made.Files(6);
        var pairs = Linker.Link(Made.Model, left, right, new LinkOptions { ReviewFrom = 0.02, OneToOne = false }).Pairs;
        Assert.InRange(pairs.Count(p => string.Equals(p.Left, p.Right, StringComparison.Ordinal)) / pairs.Sum(p => p.Probability), 0.93, 1.07);
    }

    [Fact]
    public void Kept_with_the_model_are_used_as_they_are()
    {
        var (left, right) = Made.Files(7);
        var trained = Linker.Link(Made.Model, left, right).Model;
        Assert.Same(trained.Weights, Linker.Link(trained, left, right).Model.Weights);
        var other = new LinkageModel([Comparison.Exact("birth")], Made.Model.Rules, trained.Weights);
        Assert.Throws<ArgumentException>(() => Linker.Link(other, left, right));
    }

    [Fact]
    public void Say_which_could_not_be_learnt()
    {
        var (left, right) = Made.Files(8);
        var result = Linker.Link(Made.Model with { Rules = [BlockingRule.On(BlockKey.Whole("birth"), BlockKey.Whole("district"))] }, left, right);
        Assert.Equal(2, result.Notes.Count);
        Assert.Contains("birth", string.Concat(result.Notes), StringComparison.Ordinal);
    }
}

public class A_linkage
{
    [Fact]
    public void Explains_each_pair_by_evidence_that_adds_up()
    {
        var (left, right) = Made.Files(9);
        var result = Linker.Link(Made.Model, left, right);
        Assert.All(result.Pairs.Take(200), p => Assert.Equal(p.Bits, result.Model.Weights!.PriorBits + p.Because.Sum(a => a.Bits), 9));
    }

    [Fact]
    public void Gives_each_record_one_partner_at_most_and_never_mixes_up_the_ids_of_two_files()
    {
        var (left, right) = Made.Files(10);
        var result = Linker.Link(Made.Model, left, right, new LinkOptions { LinkFrom = 0.3 });
        Assert.Equal(result.Links.Count, result.Links.Select(l => l.Left).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(result.Links.Count, result.Links.Select(l => l.Right).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(result.Links.Count, result.Clusters.Count);
        Assert.All(result.Clusters, c => Assert.Equal(2, c.Count));
    }

    [Fact]
    public void Says_which_blocks_it_left_out()
    {
        var (left, right) = Made.Files(11);
        var model = Made.Model with { Rules = [.. Made.Model.Rules, BlockingRule.On(BlockKey.Whole("trade"))] };
        var result = Linker.Link(model, left, right, new LinkOptions { LargestBlock = 5000 });
        Assert.Contains(result.Notes, n => n.StartsWith("The rule trade left out a block of", StringComparison.Ordinal));
    }

    [Fact]
    public void Compares_each_pair_once_however_many_rules_bring_it_together()
    {
        var (left, right) = Made.Files(12);
        var twice = Made.Model with { Rules = [.. Made.Model.Rules, .. Made.Model.Rules] };
        Assert.Equal(Linker.Link(Made.Model, left, right).Candidates, Linker.Link(twice, left, right).Candidates);
    }

    [Fact]
    public void Weighs_a_rare_name_more_than_a_common_one()
    {
        var names = Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? $"rare{(char)('a' + (i / 4 % 26))}{(char)('a' + (i / 104))}" : "common").ToList();
        var left = names.Select((n, i) => ById($"{i}", n, i)).ToList();
        var model = new LinkageModel(
            [Comparison.Name("name"), Comparison.Exact("place"), Comparison.Exact("number")],
            [BlockingRule.On(BlockKey.Whole("place"), BlockKey.Whole("number")), BlockingRule.On(BlockKey.Whole("name"), BlockKey.Whole("number"))]);
        var result = Linker.Link(model, left, left, new LinkOptions { ReviewFrom = 1e-12 });
        double BitsOf(int i) => result.Pairs.Single(p => string.Equals(p.Left, $"{i}", StringComparison.Ordinal) && string.Equals(p.Right, $"{i}", StringComparison.Ordinal)).Because[0].Bits;
        Assert.True(BitsOf(0) > BitsOf(1) + 3, $"{BitsOf(0)} against {BitsOf(1)}");
    }

    [Fact]
    public void Across_scripts_finds_the_person()
    {
        string[] arabic = ["محمد", "فاطمة", "خالد", "زينب", "يوسف", "سعيد", "جمال", "عثمان", "حسين", "مصطفى"];
        string[] latin = ["Mohammed", "Fatima", "Khaled", "Zainab", "Youssef", "Said", "Jamal", "Othman", "Hussein", "Mustafa"];
        var random = new Random(2);
        var (left, right) = (new List<LinkRecord>(), new List<LinkRecord>());
        for (var i = 0; i < 400; i++)
        {
            var (given, family) = (random.Next(10), random.Next(10));
            var born = $"{1950 + random.Next(60)}-{1 + random.Next(12):D2}-{1 + random.Next(28):D2}";
            left.Add(Person($"a{i}", arabic[given], arabic[family], born));
            right.Add(Person($"b{i}", latin[given], latin[family], i % 5 == 0 ? born[..4] : born));
        }

        var model = new LinkageModel(
            [Comparison.Name("given", "family"), Comparison.Name("family", "given"), Comparison.Date("born")],
            [BlockingRule.On(BlockKey.Skeleton("given"), BlockKey.Year("born")), BlockingRule.On(BlockKey.Skeleton("family"), BlockKey.Year("born")), BlockingRule.On(BlockKey.Whole("born"))]);
        var result = Linker.Link(model, left, right, new LinkOptions { LinkFrom = 0.5 });
        var evaluation = Evaluation.Of(result.Links.Select(l => (l.Left, l.Right)), Enumerable.Range(0, 400).Select(i => ($"a{i}", $"b{i}")));
        Assert.True(evaluation.F1 > 0.9, $"{evaluation}");
    }

    private static LinkRecord ById(string id, string name, int i) =>
        new(id, new Dictionary<string, string?>(StringComparer.Ordinal) { ["name"] = name, ["place"] = $"p{i % 7}", ["number"] = $"{i % 53}" });

    private static LinkRecord Person(string id, string given, string family, string born) =>
        new(id, new Dictionary<string, string?>(StringComparer.Ordinal) { ["given"] = given, ["family"] = family, ["born"] = born });
}

public class Groups
{
    [Fact]
    public void Are_joined_directly_or_through_others()
    {
        var groups = Grouping.Connected([(1, 2), (3, 4), (2, 5), (4, 6), (7, 8), (5, 1)]);
        Assert.Equal([[1, 2, 5], [3, 4, 6], [7, 8]], groups.Select(g => g.Order().ToArray()));
        Assert.Equal(7, Grouping.PairsWithin(groups).Count());
    }

    [Fact]
    public void Of_two_files_take_the_heaviest_pair_first()
    {
        ScoredPair[] pairs = [new("a", "x", 5, []), new("a", "y", 9, []), new("b", "y", 8, []), new("b", "x", 1, [])];
        Assert.Equal([("a", "y"), ("b", "x")], Grouping.OneToOne(pairs).Select(p => (p.Left, p.Right)));
    }

    [Fact]
    public void Are_measured_by_pairs()
    {
        var evaluation = Evaluation.Of([("a", "b"), ("d", "c"), ("x", "y")], [("a", "b"), ("c", "d"), ("e", "f"), ("g", "h")], ordered: false);
        Assert.Equal((2L, 1L, 2L), (evaluation.Right, evaluation.Wrong, evaluation.Missed));
        Assert.Equal((2 / 3d, 0.5), (evaluation.Precision, evaluation.Recall));
        Assert.Equal(4 / 7d, evaluation.F1, 12);
        Assert.Equal(0, Evaluation.Of([], [("a", "b")]).F1);
    }
}
