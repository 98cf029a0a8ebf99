using System.Collections.Immutable;
using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class Locally_recoded_data
{
    private static readonly ImmutableArray<Hierarchy> Hierarchies =
        [.. Small.Keys.Select(k => Hierarchy.FromLines(k, [["1", "low", "*"], ["2", "low", "*"], ["3", "high", "*"], ["4", "high", "*"]]).OrThrow())];

    [Fact]
    public void Have_groups_of_k_for_somebody_who_takes_every_label_at_its_word() =>
        Gen.Select(Small.Complete, Gen.Int[1, 6]).Where((data, k) => data.RowCount >= k).Sample((data, k) =>
        {
            var recoding = LocalRecoding.Run(data, Hierarchies, k).OrThrow();

            var groups = Enumerable.Range(0, data.RowCount).GroupBy(i => string.Join('|', Small.Keys.Select(key => recoding.Result[key][i])), StringComparer.Ordinal).ToArray();
            Assert.All(groups, g => Assert.True(g.Count() >= k));
            Assert.Equal(groups.Length, recoding.Classes);
            foreach (var key in Small.Keys)
            {
                Assert.All(Enumerable.Range(0, data.RowCount), i =>
                    Assert.Contains(recoding.Result[key][i], new[] { data[key][i], data[key][i] is "1" or "2" ? "low" : "high", "*" }));
            }
        });

    [Fact]
    public void Lose_less_than_the_best_levels_for_all()
    {
        var data = Shared.Adult();
        var hierarchies = Shared.AdultKeys.Select(RecodedAdult.Hierarchy).ToArray();

        var recoding = LocalRecoding.Run(data, hierarchies, 5).OrThrow();

        Assert.True(KAnonymity.Measure(recoding.Result, Shared.AdultKeys, alpha: 0).Holds(5));
        Assert.InRange(recoding.Loss, 0.01, 0.2204);
        Assert.DoesNotContain(Shared.AdultKeys, k => recoding.Result[k].Codes.Contains(Column.Missing));
    }

    [Fact]
    public void Are_the_same_in_any_order_of_rows() =>
        Gen.Select(Small.Microdata, Gen.Int[0, 1000]).Where((data, _) => data.RowCount >= 2).Sample((data, seed) =>
        {
            var order = Enumerable.Range(0, data.RowCount).ToArray();
            new Random(seed).Shuffle(order);
            string Rows(Microdata m) => string.Join('\n', Enumerable.Range(0, m.RowCount).Select(i => string.Join(',', Small.Keys.Select(k => m[k][i] ?? "-"))).Order(StringComparer.Ordinal));

            Assert.Equal(Rows(LocalRecoding.Run(data, Hierarchies, 2).OrThrow().Result), Rows(LocalRecoding.Run(data.Rows(order), Hierarchies, 2).OrThrow().Result));
        });
}

public sealed class Suppression_in_parts
{
    [Fact]
    public void Reaches_k_within_every_group() =>
        Gen.Select(Small.Complete, Gen.Int[2, 4]).Sample((data, k) =>
        {
            var result = LocalSuppression.RunWithin(data, ["a", "b"], "c", new LocalSuppressionGoal { K = k });

            foreach (var rows in Enumerable.Range(0, data.RowCount).GroupBy(i => data["c"][i]))
                Assert.True(rows.Count() < k || KAnonymity.Measure(result.Result.Rows(rows), ["a", "b"]).Holds(k));
            Assert.Equal(Enumerable.Range(0, data.RowCount).GroupBy(i => data["c"][i]).Where(g => g.Count() < k).Sum(g => g.Count()), result.OutOfReach);
        });

    [Fact]
    public void Reaches_k_on_every_set_of_keys() =>
        Gen.Select(Small.Complete.Where(d => d.RowCount >= 4), Gen.Int[1, 2], Gen.Int[2, 4]).Sample((data, size, k) =>
        {
            var result = LocalSuppression.RunOnSets(data, Small.Keys, size, new LocalSuppressionGoal { K = k });

            foreach (var set in new[] { "a", "b", "c", "ab", "ac", "bc" }.Where(s => s.Length == size))
                Assert.True(KAnonymity.Measure(result.Result, set.Select(c => $"{c}")).Holds(k));
            Assert.Equal(Small.Keys.Sum(key => result.Result[key].Codes.ToArray().Count(c => c == Column.Missing)), result.Suppressed.Sum());
        });
}
