using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class Advice_on_a_release_with_villages
{
    private static readonly Hierarchy Places =
        Hierarchy.FromLines("village", [["v1", "north", "*"], ["v2", "north", "*"], ["v3", "south", "*"], ["v4", "south", "*"]]).OrThrow();

    private static readonly Microdata People = Data.Of(
        "sex,village",
        [.. Enumerable.Range(0, 24).Select(i => $"{(i % 2 == 0 ? "f" : "m")},v{1 + (i / 2 % 4)}")]);

    private readonly ReleaseAdvice _advice = ReleaseAdvice.For(People, ["sex", "village"], 5, [Places]);

    [Fact]
    public void Says_how_it_stands() => Assert.Equal((3, 24, 0), ((int)_advice.Now.SmallestGroup, _advice.Now.BelowK, _advice.Now.Uniques));

    [Fact]
    public void Says_what_the_smallest_group_is_without_a_key()
    {
        var drop = _advice.Changes.OfType<ReleaseChange.DropKey>().Single(d => d.Key == "sex");

        Assert.Equal((6, true), ((int)drop.After.SmallestGroup, drop.ReachesK));
    }

    [Fact]
    public void Proposes_the_lowest_level_that_is_enough()
    {
        var coarsen = _advice.Changes.OfType<ReleaseChange.CoarsenKey>().Single();

        Assert.Equal(("village", 1, true, 6), (coarsen.Key, coarsen.Level, coarsen.ReachesK, (int)coarsen.After.SmallestGroup));
    }

    [Fact]
    public void Counts_the_values_that_would_have_to_be_left_out()
    {
        var suppress = _advice.Changes.OfType<ReleaseChange.SuppressCells>().Single();

        Assert.True(suppress.ReachesK);
        Assert.InRange(suppress.Count, 1, 24);
        Assert.Equal(suppress.Count, suppress.Cells.Sum(c => c.Cells));
    }

    [Fact]
    public void Proposes_nothing_where_every_group_is_large_enough()
    {
        var advice = ReleaseAdvice.For(People, ["sex", "village"], 3, [Places]);

        Assert.True(advice.HoldsAlready);
        Assert.Empty(advice.Changes);
    }
}

public sealed class Advice_on_any_release
{
    [Fact]
    public void Puts_what_reaches_k_first_and_tells_the_truth_about_it() =>
        Gen.Select(Small.Microdata, Gen.Int[2, 5]).Sample((data, k) =>
        {
            var advice = ReleaseAdvice.For(data, Small.Keys, k);
            Assert.Equal(advice.Changes.OrderByDescending(c => c.ReachesK), advice.Changes);
            foreach (var drop in advice.Changes.OfType<ReleaseChange.DropKey>())
                Assert.Equal(KAnonymity.Measure(data, Small.Keys.Remove(drop.Key)).Holds(k), drop.ReachesK);
            Assert.Equal(advice.Changes.Length == 0, KAnonymity.Measure(data, Small.Keys).Holds(k));
        });

    [Fact]
    public void Names_the_key_that_makes_people_findable_first()
    {
        var data = Data.Of("a,id", [.. Enumerable.Range(0, 12).Select(i => $"x,{i}")]);

        var advice = ReleaseAdvice.For(data, ["a", "id"], 5);

        Assert.Equal(new KeyContribution("id", 12, 1), advice.Contributions[0]);
        Assert.Equal(new KeyContribution("a", 0, 0), advice.Contributions[1]);
    }

    [Fact]
    public void Can_be_given_on_a_single_key() =>
        Assert.True(ReleaseAdvice.For(Data.Of("a", "1", "1", "1", "2"), ["a"], 2).Changes.OfType<ReleaseChange.DropKey>().Single().ReachesK);
}
