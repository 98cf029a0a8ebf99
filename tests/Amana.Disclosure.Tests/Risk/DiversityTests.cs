using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class A_group_with_values_x_x_y_z
{
    private static readonly Microdata Data1 = Data.Of("k,s", "1,x", "1,x", "1,y", "1,z");

    private readonly LDiversity _diversity = LDiversity.Measure(Data1, ["k"], "s");

    [Fact]
    public void Has_three_distinct_values_and_the_known_entropy()
    {
        Assert.Equal(3, _diversity.Distinct(0));
        Assert.Equal(2.82842712475, _diversity.Entropy(0), 1e-11);
    }

    [Theory]
    [InlineData(1.01, 2, true)]
    [InlineData(1, 2, false)]
    [InlineData(2.01, 3, true)]
    [InlineData(2, 3, false)]
    public void Is_recursive_only_when_the_rest_outweighs_the_most_frequent(double c, int l, bool holds) =>
        Assert.Equal(holds, _diversity.IsRecursive(0, c, l));

    [Fact]
    public void Leaves_missing_sensitive_values_out() =>
        Assert.Equal(1, LDiversity.Measure(Data.Of("k,s", "1,x", "1,-"), ["k"], "s").SmallestDistinct);

    [Fact]
    public void Is_widened_by_those_whose_key_is_missing() =>
        Assert.Equal(2, LDiversity.Measure(Data.Of("k,s", "1,x", "-,y"), ["k"], "s").Distinct(0));

    [Fact]
    public void Counts_the_records_in_groups_that_are_too_alike() =>
        Assert.Equal(2, LDiversity.Measure(Data.Of("k,s", "1,x", "1,x", "2,x", "2,y"), ["k"], "s").ViolatorCount(2));
}

/// <summary>The salary example of Li et al. 2007: groups {3,4,5}, {6,8,11} and {7,9,10} of nine values.</summary>
public sealed class Nine_salaries_in_three_groups
{
    private static readonly Microdata Salaries =
        Data.Of("k,s", "a,3", "a,4", "a,5", "b,6", "b,11", "b,8", "c,7", "c,9", "c,10");

    [Fact]
    public void Lie_at_the_published_ordered_distances()
    {
        var closeness = TCloseness.MeasureOrdered(Salaries, ["k"], "s");

        Assert.Equal(.375, closeness[0], 1e-12);
        Assert.Equal(.167, closeness[3], 1e-3);
        Assert.Equal(.375, closeness.Largest, 1e-12);
    }

    [Fact]
    public void Lie_two_thirds_apart_when_all_values_are_equally_far() =>
        Assert.Equal(2.0 / 3, TCloseness.MeasureEqual(Salaries, ["k"], "s").Largest, 1e-12);

    [Fact]
    public void Lie_nearer_when_groups_of_values_are_near()
    {
        string[][] lines = [.. Enumerable.Range(3, 9).Select(v => new[] { $"{v}", v < 6 ? "low" : v < 9 ? "middle" : "high", "*" })];
        var closeness = TCloseness.MeasureHierarchical(Salaries, ["k"], "s", Hierarchy.FromLines("s", lines).OrThrow()).OrThrow();

        // Two thirds of {3,4,5} have to leave "low" for the other two groups, over the whole height of the tree.
        Assert.Equal(2.0 / 3, closeness[0], 1e-12);
        // A third of {6,11,8} changes place inside its group (half the height), a third goes over to "low".
        Assert.Equal(.5, closeness[3], 1e-12);
    }

    [Fact]
    public void Are_refused_when_the_hierarchy_lacks_a_value()
    {
        var hierarchy = Hierarchy.FromLines("s", [["3", "*"]]).OrThrow();

        Assert.IsType<Answer<TCloseness>.Refused>(TCloseness.MeasureHierarchical(Salaries, ["k"], "s", hierarchy));
    }

    [Fact]
    public void Lie_between_zero_and_one_for_any_data() =>
        Small.Microdata.Sample(data =>
        {
            Assert.InRange(TCloseness.MeasureEqual(data, ["a", "b"], "c").Largest, 0, 1);
            Assert.InRange(TCloseness.MeasureOrdered(data, ["a", "b"], "c").Largest, 0, 1);
        });
}

public sealed class Six_rows_of_four_variables
{
    private static readonly string[] Keys = ["v1", "v2", "v3", "v4"];

    private readonly Suda _suda = Suda.Measure(Data.Of("v1,v2,v3,v4", "1,1,1,1", "1,2,1,1", "2,1,1,2", "2,2,2,2", "1,1,2,1", "3,1,1,2"), Keys);

    [Fact]
    public void Have_the_known_scores() => Assert.Equal([2, 6, 4, 10, 6, 6], Enumerable.Range(0, 6).Select(_suda.Score));

    [Fact]
    public void Are_all_certain_matches_in_a_full_census() => Assert.All(_suda.IntrusionScores(1), s => Assert.Equal(1, s, 1e-12));

    [Fact]
    public void Spread_the_intrusion_score_by_their_scores()
    {
        var sample = Suda.Measure(
            Data.Of("v1,v2,v3,v4", "1,1,1,1", "1,2,1,1", "2,1,1,2", "2,2,2,2", "1,1,2,1", "3,1,1,2", "1,1,1,2", "1,1,1,2"), Keys);

        var scores = sample.IntrusionScores(.1);

        // U = 6, P = 2, φ = .1: DIS = .25; with Q = 1.2 the record that scores most is the likeliest to be found.
        var inverse = Enumerable.Range(0, 8).Select(sample.Score).Where(s => s > 0).Sum(s => Math.Pow(s, -1.2));
        Assert.Equal(1 / (1 + (18 / (Math.Pow(sample.Score(3), 1.2) * inverse))), scores[3], 1e-12);
        Assert.Equal(3, Array.IndexOf(scores, scores.Max()));
        Assert.Equal(0, scores[7]);
    }
}

public sealed class Special_uniques
{
    /// <summary>Every set of keys of every record, by definition.</summary>
    [Fact]
    public void Are_found_as_their_definition_says() =>
        Small.Complete.Sample(data =>
        {
            var suda = Suda.Measure(data, Small.Keys);
            for (var i = 0; i < data.RowCount; i++)
            {
                var unique = Enumerable.Range(0, 8).Select(set => Enumerable.Range(0, data.RowCount).Count(j => Same(data, i, j, set)) == 1).ToArray();
                var minimal = Enumerable.Range(1, 7).Where(set => unique[set] && Enumerable.Range(1, set - 1).All(part => (part & set) != part || !unique[part])).ToArray();
                Assert.Equal(minimal.Sum(set => Factorial(3 - int.PopCount(set))), suda.Score(i));
                var ofFirst = minimal.Where(set => (set & 1) != 0).Sum(set => Factorial(3 - int.PopCount(set)));
                Assert.Equal(suda.Score(i) == 0 ? 0 : ofFirst / suda.Score(i), suda.Contributions(i)[0], 1e-12);
            }
        });

    [Fact]
    public void Are_not_made_by_a_missing_value() =>
        Assert.Equal(0, Suda.Measure(Data.Of("a", "1", "1", "-"), ["a"]).Highest);

    private static bool Same(Microdata data, int i, int j, int set) =>
        Enumerable.Range(0, 3).All(k => (set & (1 << k)) == 0 || data[Small.Keys[k]][i] == data[Small.Keys[k]][j]);

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
