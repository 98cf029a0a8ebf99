using System.Collections.Immutable;
using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class Recoding_the_adult_file
{
    [Fact]
    public void Finds_the_known_levels_by_entropy_under_four_percent_suppression()
    {
        var best = Find(new RecodingGoal { K = 5, SuppressionLimit = .04, Objective = RecodingObjective.Entropy });

        Assert.Equal([1, 0, 1, 1, 3, 2, 2, 0, 1], best.Levels);
        Assert.Equal((906, 1046), (best.SuppressedRows.Length, best.Classes));
    }

    [Fact]
    public void Finds_the_known_levels_by_loss_with_any_suppression()
    {
        var best = Find(new RecodingGoal { K = 5, SuppressionLimit = 1 });

        Assert.Equal([0, 3, 0, 0, 2, 1, 1, 1, 0], best.Levels);
        Assert.Equal((2553, 602), (best.SuppressedRows.Length, best.Classes));
        Assert.Equal(.22041192847984292, best.Cost, 1e-14);
    }

    [Fact]
    public void Gives_a_file_in_which_every_group_is_large_enough()
    {
        var best = Find(new RecodingGoal { K = 5, SuppressionLimit = .04, Objective = RecodingObjective.Entropy });

        var released = best.Apply(leaveOutSuppressed: true);

        Assert.Equal(30162 - 906, released.RowCount);
        Assert.True(KAnonymity.Measure(released, Shared.AdultKeys).Holds(5));
    }

    private static Recoding Find(RecodingGoal goal)
    {
        var data = Shared.Adult();
        return Recode.FindBest(data, Shared.AdultKeys.Select(RecodedAdult.Hierarchy), goal).OrThrow();
    }
}

internal static class RecodedAdult
{
    public static Hierarchy Hierarchy(string key)
    {
        using var stream = File.OpenRead(Shared.Find($"adult_hierarchy_{key}.csv"));
        return Disclosure.Hierarchy.Read(key, stream).OrThrow();
    }
}

public sealed class The_best_recoding
{
    private static readonly ImmutableArray<Hierarchy> Hierarchies =
    [
        .. Small.Keys.Select(k => Hierarchy.FromLines(k, [["1", "low", "*"], ["2", "low", "*"], ["3", "high", "*"], ["4", "high", "*"]]).OrThrow()),
    ];

    [Fact]
    public void Is_the_one_that_counting_out_every_choice_finds() =>
        Gen.Select(Small.Complete, Gen.Int[1, 6], Gen.Double[0, 1], Gen.Enum<RecodingObjective>()).Sample((data, k, limit, objective) =>
        {
            var goal = new RecodingGoal { K = k, SuppressionLimit = limit, Objective = objective };
            var table = new LatticeTable(KeyClasses.Of(data, Small.Keys), Hierarchies, goal);
            var costs = from a in Enumerable.Range(0, 3)
                        from b in Enumerable.Range(0, 3)
                        from c in Enumerable.Range(0, 3)
                        let count = table.Count([a, b, c])
                        where count.Suppressed <= limit * data.RowCount
                        select table.Cost([a, b, c], count.SuppressionCost);

            if (Recode.FindBest(data, Hierarchies, goal) is Answer<Recoding>.Given { Value: var best })
                Assert.Equal(costs.Min(), best.Cost, 1e-12);
            else
                Assert.Empty(costs);
        });

    /// <summary>Five keys of 50,000 listed values do not fit one number of 64 bits.</summary>
    [Fact]
    public void Is_the_same_however_many_values_the_hierarchies_list()
    {
        string[] keys = ["a", "b", "c", "d", "e"];
        string[][] used = [["1", "low", "*"], ["2", "low", "*"], ["3", "high", "*"], ["4", "high", "*"]];
        string[][] listed = [.. Enumerable.Range(100, 50_000).Select(i => new[] { $"{i}", "other", "*" }), .. used];
        var (few, many) = (keys.Select(k => Hierarchy.FromLines(k, used).OrThrow()).ToArray(), keys.Select(k => Hierarchy.FromLines(k, listed).OrThrow()).ToArray());
        Gen.Int[1, 4].Array[5].Array[10, 60].Sample(
            rows =>
            {
                var data = Microdata.FromRows(keys, rows.Select(r => r.Select(v => (string?)$"{v}").ToArray()));
                var goal = new RecodingGoal { K = 3, SuppressionLimit = .2, Objective = RecodingObjective.Entropy };
                var (one, other) = (Recode.FindBest(data, few, goal).OrThrow(), Recode.FindBest(data, many, goal).OrThrow());
                Assert.Equal(one.Levels, other.Levels);
                Assert.Equal(one.SuppressedRows, other.SuppressedRows);
            },
            iter: 20);
    }

    [Fact]
    public void Leaves_groups_of_k_and_loss_as_defined() =>
        Gen.Select(Small.Complete, Gen.Int[1, 6]).Sample((data, k) =>
        {
            var best = Recode.FindBest(data, Hierarchies, new RecodingGoal { K = k, SuppressionLimit = 1 }).OrThrow();

            Assert.True(KAnonymity.Measure(best.Apply(leaveOutSuppressed: true), Small.Keys).Holds(k));
            Assert.Equal(LossOf(best.Apply()), best.Cost, 1e-9);
        });

    [Fact]
    public void Is_refused_when_a_value_has_no_place_in_its_hierarchy()
    {
        var refused = Recode.FindBest(Data.Of("a,b,c", "1,1,9"), Hierarchies, new RecodingGoal());

        Assert.Equal(new Fault("hierarchy.value-unknown", 1, "c"), Assert.IsType<Answer<Recoding>.Refused>(refused).Fault);
    }

    [Fact]
    public void Is_refused_when_k_is_out_of_reach()
    {
        var refused = Recode.FindBest(Data.Of("a,b,c", "1,1,2", "1,1,3"), Hierarchies, new RecodingGoal { K = 3 });

        Assert.Equal("recoding.out-of-reach", Assert.IsType<Answer<Recoding>.Refused>(refused).Fault.Slug);
    }

    [Fact]
    public void Stops_when_it_is_told_to() =>
        Assert.Throws<OperationCanceledException>(() =>
            Recode.FindBest(Data.Of("a,b,c", "1,1,2"), Hierarchies, new RecodingGoal(), cancellation: new CancellationToken(canceled: true)));

    /// <summary>The loss from the released values alone: half the values under "low" and "high", all of them under a suppressed cell.</summary>
    private static double LossOf(Microdata released)
    {
        double n = released.RowCount;
        var product = Small.Keys.Select(k => Enumerable.Range(0, released.RowCount).Sum(r => released[k][r] switch { "low" or "high" => .5, "*" or null => 1, _ => .25 }))
            .Select(sum => 1 + ((sum - (n / 4)) / (n - (n / 4)))).Aggregate((a, b) => a * b);
        return Math.Pow(product, 1.0 / 3) - 1;
    }
}

public sealed class A_hierarchy
{
    [Theory]
    [InlineData("a;x\nb\n", "hierarchy.uneven-line", 2)]
    [InlineData("a;x\na;x\n", "hierarchy.value-twice", 2)]
    [InlineData("a;x;p\nb;x;q\n", "hierarchy.group-split", 2)]
    [InlineData("", "hierarchy.empty", 0)]
    public void Is_refused_when_it_is_not_one(string text, string slug, int line)
    {
        var read = Hierarchy.Read("v", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.Equal(new Fault(slug, line, "v"), Assert.IsType<Answer<Hierarchy>.Refused>(read).Fault);
    }

    [Fact]
    public void Coarsens_values_and_leaves_missing_ones_missing()
    {
        var hierarchy = Hierarchy.FromLines("v", [["a", "x"], ["b", "x"], ["c", "y"]]).OrThrow();

        var coarse = hierarchy.Coarsen(Column.FromValues("v", ["c", null, "b"]), 1).OrThrow();

        Assert.Equal(["y", null, "x"], new[] { coarse[0], coarse[1], coarse[2] });
    }
}
