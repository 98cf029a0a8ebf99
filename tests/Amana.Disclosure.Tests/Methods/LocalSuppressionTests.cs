using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class Suppressing_cells_of_the_adult_file
{
    private static readonly string[] Keys = ["sex", "race", "marital-status", "education", "workclass"];
    private static readonly int[] ReferenceSums = [0, 1, 19, 1520, 182];

    [Fact]
    public void Takes_no_more_cells_than_the_reference()
    {
        var suppression = LocalSuppression.Run(Shared.Adult(), Keys);

        Assert.True(KAnonymity.Measure(suppression.Result, Keys).Holds(5));
        Assert.True(suppression.Suppressed.Sum() <= ReferenceSums.Sum(), string.Join(' ', suppression.Suppressed));
    }

    [Theory]
    [InlineData(16, 8, 4, 1, 2)]
    [InlineData(1000, 100, 20, 1, 4)]
    public void Takes_no_more_of_any_key_when_keys_are_as_important_as_for_the_reference(double a, double b, double c, double d, double e)
    {
        var suppression = LocalSuppression.Run(Shared.Adult(), Keys, new LocalSuppressionGoal { Weights = [a, b, c, d, e] });

        Assert.True(KAnonymity.Measure(suppression.Result, Keys).Holds(5));
        Assert.All(suppression.Suppressed.Zip(ReferenceSums), s => Assert.True(s.First <= s.Second, string.Join(' ', suppression.Suppressed)));
    }
}

public sealed class Suppressing_cells
{
    [Fact]
    public void Leaves_every_record_k_matches_by_comparison_of_every_pair() =>
        Gen.Select(Small.Microdata, Gen.Int[1, 6]).Sample((data, k) =>
        {
            var result = LocalSuppression.Run(data, Small.Keys, new LocalSuppressionGoal { K = k });
            for (var i = 0; i < data.RowCount && result.OutOfReach == 0; i++)
            {
                var matches = Enumerable.Range(0, data.RowCount)
                    .Count(j => Small.Keys.All(key => result.Result[key][i] is not { } x || result.Result[key][j] is not { } y || x == y));
                Assert.True(matches >= k);
            }

            Assert.Equal(data.RowCount < k ? data.RowCount : 0, result.OutOfReach);
        });

    [Fact]
    public void Holds_whichever_way_matches_are_counted_and_takes_as_few_cells() =>
        Gen.Select(Small.Microdata, Gen.Int[2, 5]).Where((data, k) => data.RowCount >= k).Sample((data, k) =>
        {
            LocalSuppression By(bool tables) =>
                LocalSuppression.Run(KeyClasses.Of(data, Small.Keys), new LocalSuppressionGoal { K = k }, tables, null, CancellationToken.None);
            var (byTables, byScan) = (By(tables: true), By(tables: false));

            Assert.True(KAnonymity.Measure(byTables.Result, Small.Keys).Holds(k));
            Assert.True(KAnonymity.Measure(byScan.Result, Small.Keys).Holds(k));
            Assert.Equal(byTables.Suppressed.Sum(), byScan.Suppressed.Sum());
        });

    [Fact]
    public void Changes_nothing_but_what_it_counts_as_taken_out() =>
        Gen.Select(Small.Microdata, Gen.Int[1, 6]).Sample((data, k) =>
        {
            var result = LocalSuppression.Run(data, Small.Keys, new LocalSuppressionGoal { K = k });
            for (var j = 0; j < Small.Keys.Length; j++)
            {
                var (before, after) = (data[Small.Keys[j]], result.Result[Small.Keys[j]]);
                var taken = Enumerable.Range(0, data.RowCount).Count(i => before[i] is not null && after[i] is null);
                Assert.Equal(result.Suppressed[j], taken);
                Assert.All(Enumerable.Range(0, data.RowCount), i => Assert.True(after[i] is null || after[i] == before[i]));
            }
        });

    [Fact]
    public void Leaves_a_file_alone_that_is_anonymous_already() =>
        Assert.Equal([0, 0], LocalSuppression.Run(Data.Of("a,b", "1,2", "1,2", "2,2", "2,2"), ["a", "b"], new LocalSuppressionGoal { K = 2 }).Suppressed);

    [Fact]
    public void Takes_the_same_cells_in_any_order_of_rows() =>
        Gen.Select(Small.Complete, Gen.Int[0, 1000]).Sample((data, seed) =>
        {
            var order = Enumerable.Range(0, data.RowCount).ToArray();
            new Random(seed).Shuffle(order);
            var goal = new LocalSuppressionGoal { K = 3 };

            string Rows(Microdata m) => string.Join('\n', Enumerable.Range(0, m.RowCount).Select(i => string.Join(',', Small.Keys.Select(k => m[k][i] ?? "-"))).Order(StringComparer.Ordinal));
            Assert.Equal(Rows(LocalSuppression.Run(data, Small.Keys, goal).Result), Rows(LocalSuppression.Run(data.Rows(order), Small.Keys, goal).Result));
        });

    [Fact]
    public void Spares_the_key_that_is_dear()
    {
        var data = Data.Of("a,b", "1,x", "1,x", "2,y", "2,y", "1,y");

        Assert.Equal([0, 1], LocalSuppression.Run(data, ["a", "b"], new LocalSuppressionGoal { K = 2, Weights = [10, 1] }).Suppressed);
        Assert.Equal([1, 0], LocalSuppression.Run(data, ["a", "b"], new LocalSuppressionGoal { K = 2, Weights = [1, 10] }).Suppressed);
    }
}
