using System.Collections.Immutable;
using CsCheck;

namespace Amana.Disclosure.Tests;

/// <summary>How many random pairs of tables are attacked: some with every change, all of them when asked for the long suites.</summary>
internal static class Attacks
{
    public static int Pairs { get; } = Environment.GetEnvironmentVariable("AMANA_LONG") is "1" ? 10_000 : 1_000;
}

public sealed class Two_tables_about_the_same_people
{
    private static readonly string[][] Pairs = [["a", "b"], ["a", "c"], ["b", "c"], ["a"], ["b"], ["c"]];

    private static readonly Gen<Microdata> People =
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 2], (a, b, c) => new[] { $"a{a}", $"b{b}", $"c{c}" }).Array[5, 60]
            .Select(rows => Microdata.FromRows(["a", "b", "c"], rows));

    /// <summary>
    /// The attacker knows which combination of a, b and c each cell counts, and solves for the small cells by floating-point elimination.
    /// One of the tables may leave a few people out, as a filter would.
    /// </summary>
    [Fact]
    public void Give_no_small_cell_away_together()
    {
        Gen.Select(People, Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 2]).Sample(
            (people, first, second, without) =>
            {
                var guard = new DifferencingGuard();
                var all = Enumerable.Range(0, people.RowCount).ToImmutableArray();
                var some = all.Where(i => people["c"][i] != $"c{without}").ToImmutableArray();
                var cells = Cells(guard, people, all, Pairs[first]).Concat(Cells(guard, people, some, Pairs[second])).ToArray();
                var basis = new List<double[]>();
                foreach (var cell in cells.Where(c => c.Shown))
                    Add(basis, Vector(people, cell.Records));
                var found = cells.Count(c => !c.Shown && c.Records.Length is > 0 and < 5
                    && Reduce(basis, Vector(people, c.Records)).All(x => Math.Abs(x) <= 1e-9));

                Assert.Equal((0, 0), (found, guard.FollowedBefore));
            },
            iter: Attacks.Pairs,
            threads: 1);
    }

    [Fact]
    public void Do_not_show_the_few_that_a_filter_leaves_out()
    {
        var people = Data.Of("place,adult", [.. Enumerable.Range(0, 30).Select(i => $"p{i % 3},{(i < 3 ? "no" : "yes")}")]);
        var guard = new DifferencingGuard();
        var all = Enumerable.Range(0, 30).ToImmutableArray();
        guard.Publish(people, all, "place");
        var adults = all.Where(i => people["adult"][i] == "yes").ToImmutableArray();

        var table = guard.Publish(people.Rows(adults), adults, "place");

        Assert.All(Enumerable.Range(0, 3), i => Assert.IsType<PublishedCell.SuppressedToProtect>(table[i]));
        Assert.IsType<PublishedCell.SuppressedToProtect>(table.Total);
    }

    [Fact]
    public void Are_shown_alike_when_they_are_the_same_table()
    {
        var people = Data.Of("place", [.. Enumerable.Range(0, 30).Select(i => $"p{i % 3}")]);
        var guard = new DifferencingGuard();
        var all = Enumerable.Range(0, 30).ToImmutableArray();
        guard.Publish(people, all, "place");

        Assert.Equal(0, guard.Publish(people, all, "place").SuppressedCount);
    }

    [Fact]
    public void Do_not_show_a_margin_in_one_that_protects_a_cell_in_the_other()
    {
        // In the first table the total is withheld: one man, five women, and a woman less would be a small cell.
        var people = Data.Of("sex,place", "f,x", "f,x", "f,x", "f,y", "f,y", "m,y");
        var guard = new DifferencingGuard();
        ImmutableArray<int> all = [0, 1, 2, 3, 4, 5];
        var first = guard.Publish(people, all, "sex");

        var second = guard.Publish(people, all, "place");

        Assert.Equal(new PublishedCell.Published(5), first[0]);
        Assert.IsNotType<PublishedCell.Published>(first.Total);
        Assert.IsNotType<PublishedCell.Published>(second.Total);
    }

    [Fact]
    public void Do_not_show_in_one_what_small_cells_come_to_that_are_one_cell_in_the_other()
    {
        // One and two people in the first row of the first table; together, 3, they are a cell (and the total) only in the second.
        var people = Data.Of("a,c", ["x,c1", "x,c2", "x,c2", .. Enumerable.Repeat("x,c3", 6), .. Enumerable.Repeat("y,c3", 9)]);
        var guard = new DifferencingGuard();
        var all = Enumerable.Range(0, people.RowCount).ToImmutableArray();
        var first = guard.Publish(people, all, "a", "c");
        ImmutableArray<int> few = [0, 1, 2];

        guard.Publish(people.Rows(few), few, "a");

        Assert.False(first[0, 2] is PublishedCell.Published && first.RowTotal(0) is PublishedCell.Published);
        Assert.Equal(0, guard.FollowedBefore);
    }

    private static IEnumerable<(int[] Records, bool Shown)> Cells(DifferencingGuard guard, Microdata people, ImmutableArray<int> records, string[] by)
    {
        var data = people.Rows(records);
        var across = by.Length > 1 ? by[1] : null;
        var table = guard.Publish(data, records, by[0], across);
        int[] Of(string? r, string? c) => [.. records.Where(i => (r is null || people[by[0]][i] == r) && (c is null || people[by[1]][i] == c))];
        bool Shown(PublishedCell cell) => cell is PublishedCell.Published;
        yield return (Of(null, null), Shown(table.Total));
        for (var r = 0; r < table.RowLabels.Length; r++)
        {
            yield return (Of(table.RowLabels[r], null), Shown(table.RowTotal(r)));
            for (var c = 0; c < table.ColumnLabels.Length; c++)
                yield return (Of(table.RowLabels[r], table.ColumnLabels[c]), Shown(table[r, c]));
        }

        for (var c = 0; c < table.ColumnLabels.Length; c++)
            yield return (Of(null, table.ColumnLabels[c]), Shown(table.ColumnTotal(c)));
    }

    private static double[] Vector(Microdata people, int[] records)
    {
        var vector = new double[18];
        foreach (var i in records)
            vector[(((people["a"][i]![1] - '1') * 3) + (people["b"][i]![1] - '1')) * 2 + (people["c"][i]![1] - '1')] = 1;
        return vector;
    }

    private static void Add(List<double[]> basis, double[] vector)
    {
        var rest = Reduce(basis, vector);
        if (rest.Any(x => Math.Abs(x) > 1e-9))
            basis.Add(rest);
    }

    private static double[] Reduce(List<double[]> basis, double[] vector)
    {
        foreach (var row in basis)
        {
            var lead = Array.FindIndex(row, x => Math.Abs(x) > 1e-9);
            var factor = vector[lead] / row[lead];
            vector = [.. vector.Zip(row, (v, b) => v - (factor * b))];
        }

        return vector;
    }
}

public sealed class A_file_beside_shown_tables
{
    private static readonly Microdata People = Microdata.FromRows(["sex"], [.. Enumerable.Range(0, 20).Select(i => new[] { i < 12 ? "f" : "m" })]);

    [Fact]
    public void Tells_by_a_value_that_leaves_few_people_out_and_not_by_others()
    {
        var guard = new DifferencingGuard();
        var women = new KnownCount("sex", [.. Enumerable.Range(0, 10)]); // two of twelve are not in the file
        var men = new KnownCount("sex", [.. Enumerable.Range(12, 8)]);
        var older = new KnownCount("age", [0, 1, 2, 3, 4, 5]); // six others are women too
        Assert.Empty(guard.Telling([women, men, older]));
        guard.Publish(People, [.. Enumerable.Range(0, 20)], "sex");
        Assert.Equal([women], guard.Telling([women, men, older]));
        Assert.Equal([women], guard.Telling([women, men, older])); // asking is no showing
    }

    [Fact]
    public void Is_minded_by_tables_after_it()
    {
        var guard = new DifferencingGuard();
        guard.Take([new KnownCount("sex", [.. Enumerable.Range(0, 10)])]);
        var table = DifferencingGuard.From(guard.Memory).Publish(People, [.. Enumerable.Range(0, 20)], "sex");
        Assert.True(table.RowTotal(table.RowLabels.IndexOf("f")) is not PublishedCell.Published);
    }
}
