using System.Globalization;
using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class Coding_the_ends
{
    [Fact]
    public void Puts_the_oldest_and_the_youngest_together()
    {
        var ages = Column.FromValues("age", ["3", "40", "80", null, "97"]);

        var top = EndCoding.Top(ages, 80, "80+").OrThrow();
        var bottom = EndCoding.Bottom(ages, 4, "0-4").OrThrow();

        Assert.Equal(["3", "40", "80+", null, "80+"], Enumerable.Range(0, 5).Select(i => top[i]));
        Assert.Equal(["0-4", "40", "80", null, "97"], Enumerable.Range(0, 5).Select(i => bottom[i]));
    }

    [Fact]
    public void Is_refused_for_what_is_not_a_number() =>
        Assert.IsType<Answer<Column>.Refused>(EndCoding.Top(Column.FromValues("age", ["old"]), 80, "80+"));
}

public sealed class Post_randomisation
{
    private static readonly Gen<Column> Columns = Gen.Int[0, 4].Array[1, 60].Select(v => Column.FromValues("x", v.Select(i => i == 0 ? null : $"{i}")));

    [Fact]
    public void Leaves_the_expected_counts_as_they_are() =>
        Gen.Select(Columns, Gen.Double.Unit).Sample((column, keep) =>
        {
            var matrix = PostRandomisation.Matrix(column, keep);
            var counts = column.Categories.Select((_, v) => column.Codes.ToArray().Count(c => c == v)).ToArray();
            for (var w = 0; w < counts.Length; w++)
            {
                Assert.Equal(counts[w], counts.Select((n, v) => n * matrix[v, w]).Sum(), 1e-9);
                Assert.Equal(1, counts.Select((_, v) => matrix[w, v]).Sum(), 1e-9);
            }
        });

    [Fact]
    public void Moves_as_often_as_its_matrix_says()
    {
        var column = Column.FromValues("x", Enumerable.Range(0, 40_000).Select(i => i % 4 == 0 ? "a" : "b"));
        var drawn = PostRandomisation.Run(column, .8, seed: 7);
        var stayed = Enumerable.Range(0, 10_000).Count(i => drawn[4 * i] == "a") / 10_000.0;

        Assert.Equal(PostRandomisation.Matrix(column, .8)[0, 0], stayed, .02);
    }

    [Fact]
    public void Gives_the_same_for_the_same_seed_and_leaves_missing_values() =>
        Gen.Select(Columns, Gen.Double.Unit, Gen.Int).Sample((column, keep, seed) =>
        {
            var drawn = PostRandomisation.Run(column, keep, seed);
            Assert.Equal(drawn.Codes.ToArray(), PostRandomisation.Run(column, keep, seed).Codes.ToArray());
            Assert.All(Enumerable.Range(0, column.RowCount), i => Assert.Equal(column[i] is null, drawn[i] is null));
        });
}

public sealed class Microaggregated_numbers
{
    [Fact]
    public void Come_in_groups_of_k_and_keep_their_mean() =>
        Gen.Select(Gen.Int[0, 1000].Array[4, 60], Gen.Int[2, 4]).Sample((values, k) =>
        {
            var rows = values.Select(v => new[] { Text(v), Text(v % 17) }).ToArray();
            var result = Microaggregation.Run(Microdata.FromRows(["x", "y"], rows), ["x", "y"], k).OrThrow();

            Assert.True(KAnonymity.Measure(result, ["x", "y"]).Holds(k));
            Assert.Equal(values.Average(), result["x"].Numbers().OrThrow().Average(), 1e-6);
        });

    [Fact]
    public void Join_those_that_lie_together()
    {
        var result = Microaggregation.Run(Data.Of("x", "1", "100", "2", "101", "3", "102"), ["x"], 3).OrThrow();

        Assert.Equal([2, 101, 2, 101, 2, 101], result["x"].Numbers().OrThrow());
    }

    [Theory]
    [InlineData("-", "microaggregation.missing-value")]
    [InlineData("far", "column.not-a-number")]
    public void Are_refused_where_a_value_is_no_number(string value, string slug) =>
        Assert.Equal(new Fault(slug, 2, "x"), Assert.IsType<Answer<Microdata>.Refused>(Microaggregation.Run(Data.Of("x", "1", value, "3"), ["x"], 2)).Fault);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
