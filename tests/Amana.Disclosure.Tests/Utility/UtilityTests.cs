using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class Utility_of_numbers
{
    [Fact]
    public void Is_the_mean_change_by_root_two_spreads()
    {
        var (before, after) = (Data.Of("x,y", "1,1", "2,2", "3,3"), Data.Of("x,y", "2,1", "2,2", "3,3"));

        // s = 1 for both: (1/3 · 1/√2 + 0)/2.
        Assert.Equal(1 / (6 * Math.Sqrt(2)), NumericUtility.Measure(before, after, ["x", "y"]).OrThrow().InformationLoss, 1e-12);
    }

    [Fact]
    public void Sees_correlations_go()
    {
        var before = Data.Of("x,y", "1,2", "2,1", "3,3", "4,5", "5,4");
        var after = before.With(Column.FromValues("y", ["1", "2", "3", "4", "5"]));

        // Correlation 0.8 before and 1 after: eigenvalues 1.8, 0.2 and 2, 0.
        Assert.Equal((0.2 / 1.8) + 1, NumericUtility.Measure(before, after, ["x", "y"]).OrThrow().Eigenvalues, 1e-9);
        Assert.Equal(0, NumericUtility.Measure(before, before, ["x", "y"]).OrThrow().Eigenvalues, 1e-12);
    }

    [Fact]
    public void Rests_on_eigenvalues_that_keep_trace_and_product() =>
        Gen.Double[-3, 3].Array[9].Sample(v =>
        {
            var matrix = new double[3, 3];
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < 3; j++)
                    matrix[i, j] = Enumerable.Range(0, 3).Sum(k => v[(i * 3) + k] * v[(j * 3) + k]);
            }

            var values = SymmetricMatrix.Eigenvalues(matrix);
            Assert.Equal(matrix[0, 0] + matrix[1, 1] + matrix[2, 2], values.Sum(), 1e-8);
            var det = (v[0] * ((v[4] * v[8]) - (v[5] * v[7]))) - (v[1] * ((v[3] * v[8]) - (v[5] * v[6]))) + (v[2] * ((v[3] * v[7]) - (v[4] * v[6])));
            Assert.Equal(det * det, values[0] * values[1] * values[2], 1e-6 * Math.Max(1, det * det));
        });
}

public sealed class Detail_that_is_lost
{
    [Fact]
    public void Is_that_of_the_recoding_where_there_is_no_suppression()
    {
        var data = Shared.Adult();
        var hierarchies = Shared.AdultKeys.Select(RecodedAdult.Hierarchy).ToArray();
        var best = Recode.FindBest(data, hierarchies, new RecodingGoal { SuppressionLimit = .04, Objective = RecodingObjective.Entropy }).OrThrow();
        var levels = data;
        for (var a = 0; a < hierarchies.Length; a++)
            levels = levels.With(hierarchies[a].Coarsen(data[Shared.AdultKeys[a]], best.Levels[a]).OrThrow());

        Assert.Equal(best.Entropy, DetailLost.Measure(data, levels, Shared.AdultKeys).Bits, 1e-6);
    }

    [Fact]
    public void Is_none_when_nothing_changed_and_all_when_nothing_is_shown()
    {
        var data = Data.Of("a,b", "1,x", "2,y", "3,y");
        var nothing = data.With(Column.FromValues("a", [null, null, null]));

        Assert.Equal(0, DetailLost.Measure(data, data, ["a", "b"]).Bits);
        Assert.Equal([1.0, 0.0], DetailLost.Measure(data, nothing, ["a", "b"]).Columns.Select(c => c.Share));
    }
}

public sealed class Propensity_of_a_release
{
    private static readonly Microdata People = Make(1);

    private static Microdata Make(int seed)
    {
        var random = new Random(seed);
        return Data.Of("a,b", [.. Enumerable.Range(0, 3000).Select(_ => random.Next(4)).Select(a => $"a{a},b{(random.Next(3) + a) % 5}")]);
    }

    [Fact]
    public void Is_nothing_for_the_same_records()
    {
        var same = Propensity.Measure(People, People, ["a", "b"]).OrThrow();

        Assert.Equal((0.0, 8), (Math.Round(same.Score, 12), same.Parameters));
    }

    [Fact]
    public void Is_near_one_time_chance_for_other_records_of_the_same_people() =>
        Assert.InRange(Enumerable.Range(2, 12).Average(seed => Propensity.Measure(People, Make(seed), ["a", "b"]).OrThrow().Ratio), 0.4, 2);

    [Fact]
    public void Is_all_where_every_record_gives_itself_away()
    {
        var other = Data.Of("a,b", [.. Enumerable.Repeat("z,b1", 3000)]);

        Assert.InRange(Propensity.Measure(People, other, ["a", "b"]).OrThrow().Score, 0.2, 0.25);
    }
}

public sealed class Values_taken_out
{
    [Fact]
    public void Are_counted_by_variable_and_group_and_say_who_loses_most()
    {
        var before = Data.Of("a,b,sex", "1,x,f", "1,y,f", "2,x,m", "2,y,m", "2,-,m", "2,y,-");
        var after = Data.Of("a,b,sex", "-,x,f", "-,-,f", "2,x,m", "2,-,m", "2,-,m", "2,y,-");

        var cells = SuppressedCells.Of(before, after, ["a", "b"], "sex");

        Assert.Equal(4, cells.Cells);
        Assert.Equal(new SuppressedShare("", "f", 2, 3), cells.LosesMost);
        Assert.Equal((3 / 2.0) / (4 / 6.0), cells.Disparity, 1e-12);
        Assert.Contains(new SuppressedShare("b", "m", 3, 1), cells.Shares);
        Assert.Contains(new SuppressedShare("a", null, 1, 0), cells.Shares);
    }

    [Fact]
    public void Are_the_cells_that_suppression_says()
    {
        var data = Shared.Adult();
        string[] keys = ["sex", "race", "marital-status", "education", "workclass"];
        var result = LocalSuppression.Run(data, keys);

        Assert.Equal(result.Suppressed.Sum(), SuppressedCells.Of(data, result.Result, keys, "race").Cells);
        Assert.NotEqual("White", SuppressedCells.Of(data, result.Result, keys, "race").LosesMost!.Group);
    }
}

public sealed class A_published_indicator
{
    [Fact]
    public void Has_the_interval_of_wilson()
    {
        // 10 of 100: 0.0552 to 0.1744.
        var (low, high) = IndicatorChange.Wilson(0.1, 100);

        Assert.Equal((0.0552, 0.1744), (Math.Round(low, 4), Math.Round(high, 4)));
    }

    [Fact]
    public void Is_set_beside_what_it_becomes()
    {
        var before = Data.Of("need,sex", [.. Enumerable.Repeat("yes,f", 10), .. Enumerable.Repeat("no,f", 90), .. Enumerable.Repeat("yes,m", 50)]);
        var after = before.With(Column.FromValues("need", Enumerable.Range(0, 150).Select(i => i < 9 ? null : before["need"][i])));

        var changes = IndicatorChange.Of(before, after, "need", "sex");

        var yes = Assert.Single(changes, c => c is { Category: "yes", Group: "f" });
        Assert.Equal((0.1, 1 / 91.0), (yes.Before, yes.After));
        Assert.False(yes.Holds);
        Assert.True(Assert.Single(changes, c => c is { Category: "yes", Group: "m" }).Holds);
    }

    [Fact]
    public void Weighs_its_records_and_widens_for_it()
    {
        var equal = IndicatorChange.Of(Data.Weighted("q,w", "y,1", "n,1", "y,1", "n,1"), Data.Of("q", "y"), "q")[1];
        var uneven = IndicatorChange.Of(Data.Weighted("q,w", "y,3", "n,3", "y,1", "n,1"), Data.Of("q", "y"), "q")[1];

        Assert.Equal((0.5, 0.5), (equal.Before, uneven.Before));
        Assert.True(uneven.Low < equal.Low && uneven.High > equal.High);
    }
}
