using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class Swapped_ranks
{
    private static readonly Gen<Column> Columns = Gen.Int[0, 30].Array[2, 80].Select(v => Column.FromValues("x", v.Select(n => n == 0 ? null : $"{n}")));

    [Fact]
    public void Leave_the_same_values_in_the_file() =>
        Gen.Select(Columns, Gen.Double[0.01, 1], Gen.Int[0, 99]).Sample((column, range, seed) =>
        {
            var swapped = RankSwapping.Run(column, range, seed);

            Assert.Equal(column.Codes.ToArray().Order(), swapped.Codes.ToArray().Order());
            Assert.Equal(Missing(column), Missing(swapped));
            Assert.Equal(swapped.Codes.ToArray(), RankSwapping.Run(column, range, seed).Codes.ToArray());
        });

    [Fact]
    public void Lie_within_the_range()
    {
        var column = Column.FromValues("x", Enumerable.Range(0, 1000).Select(i => $"{i}"));

        var swapped = RankSwapping.Run(column, 0.05, 1);

        Assert.All(Enumerable.Range(0, 1000), i => Assert.InRange(Math.Abs(swapped.Codes[i] - column.Codes[i]), 0, 50));
        Assert.True(Enumerable.Range(0, 1000).Count(i => swapped.Codes[i] != column.Codes[i]) > 950);
    }

    private static int[] Missing(Column c) => [.. Enumerable.Range(0, c.RowCount).Where(i => c[i] is null)];
}

public sealed class Swapped_households
{
    private static readonly RecordSwappingGoal Goal = new() { Places = ["region", "village"], Keys = ["age", "sex"], Alike = ["head"], K = 2, Rate = 0.1, Seed = 5 };

    private static Microdata People(int seed)
    {
        var random = new Random(seed);
        var rows = new List<string>();
        for (var home = 0; home < 300; home++)
        {
            var (village, head) = (random.Next(8), random.Next(2));
            for (var member = 0; member <= random.Next(3); member++)
                rows.Add($"r{village / 4},v{village},{random.Next(5)},{random.Next(2)},h{head},{home}");
        }

        return Data.Of("region,village,age,sex,head,home", [.. rows]).InHouseholdsOf("home");
    }

    [Fact]
    public void Leave_as_many_people_and_homes_of_each_kind_in_every_village()
    {
        var people = People(1);

        var swapped = RecordSwapping.Run(people, Goal).OrThrow();

        string[] Counts(Microdata m) => [.. Enumerable.Range(0, m.RowCount).Select(i => $"{m["region"][i]} {m["village"][i]} {m["head"][i]}").Order(StringComparer.Ordinal)];
        Assert.Equal(Counts(people), Counts(swapped.Result));
        Assert.Equal(Values(people, "age"), Values(swapped.Result, "age"));
        Assert.True(swapped.Swapped >= 30 && swapped.AtRisk > 0 && swapped.WithoutPartner < swapped.AtRisk, $"{swapped.Swapped} {swapped.AtRisk} {swapped.WithoutPartner}");
    }

    [Fact]
    public void Stay_together_and_in_a_village_of_their_region()
    {
        var swapped = RecordSwapping.Run(People(2), Goal).OrThrow().Result;

        foreach (var home in Enumerable.Range(0, swapped.RowCount).GroupBy(i => swapped.Household![i]))
            Assert.Single(home.Select(i => swapped["village"][i]).Distinct());
        Assert.All(Enumerable.Range(0, swapped.RowCount), i => Assert.Equal($"r{(swapped["village"][i]![1] - '0') / 4}", swapped["region"][i]));
    }

    [Fact]
    public void Move_those_at_risk_that_have_a_like_one_elsewhere()
    {
        // Home 0 is the only one with age 9 in its village; homes 3 and 4 are like it, elsewhere.
        var people = Data.Of("village,age,home", "a,9,0", "a,1,1", "a,1,2", "b,1,3", "b,1,4").InHouseholdsOf("home");

        var swapped = RecordSwapping.Run(people, new RecordSwappingGoal { Places = ["village"], Keys = ["age"], K = 2, Rate = 0 }).OrThrow();

        Assert.Equal((2, 1, 0, "b"), (swapped.Swapped, swapped.AtRisk, swapped.WithoutPartner, swapped.Result["village"][0]));
    }

    [Fact]
    public void Are_refused_where_a_home_is_in_two_places() =>
        Assert.Equal(
            new Fault("record-swapping.household-in-two-places", 2, "home"),
            Assert.IsType<Answer<RecordSwapping>.Refused>(RecordSwapping.Run(Data.Of("village,age,home", "a,1,1", "b,1,1").InHouseholdsOf("home"), new RecordSwappingGoal { Places = ["village"], Keys = ["age"] })).Fault);

    [Fact]
    public void Are_the_same_for_the_same_seed() =>
        Assert.Equal(Values(RecordSwapping.Run(People(3), Goal).OrThrow().Result, "village"), Values(RecordSwapping.Run(People(3), Goal).OrThrow().Result, "village"));

    private static string?[] Values(Microdata m, string column) => [.. Enumerable.Range(0, m.RowCount).Select(i => m[column][i])];
}

public sealed class Correlated_noise
{
    private static readonly Microdata People = Make();

    private static Microdata Make()
    {
        var random = new Random(4);
        return Microdata.FromRows(["x", "y"], [.. Enumerable.Range(0, 4000).Select(_ => random.NextDouble() * 100).Select(x => new[] { $"{x:F3}", $"{(2 * x) + (random.NextDouble() * 50):F3}" })]);
    }

    [Fact]
    public void Keeps_means_spreads_and_correlations()
    {
        var noisy = CorrelatedNoise.Run(People, ["x", "y"], 0.2, seed: 9).OrThrow();

        foreach (var name in new[] { "x", "y" })
        {
            var (before, after) = (People[name].Numbers().OrThrow(), noisy[name].Numbers().OrThrow());
            Assert.Equal(before.Average(), after.Average(), before.Average() * 0.03);
            Assert.InRange(Spread(after) / Spread(before), 0.95, 1.05);
        }

        Assert.InRange(NumericUtility.Measure(People, noisy, ["x", "y"]).OrThrow().Eigenvalues, 0, 0.1);
        Assert.InRange(NumericDisclosure.Measure(People, noisy, ["x", "y"]).OrThrow().Linked, 0, 0.05);
    }

    [Fact]
    public void Leaves_gaps_and_refuses_words()
    {
        var noisy = CorrelatedNoise.Run(Data.Of("x,y", "1,2", "-,3", "3,5"), ["x", "y"], 0.1, 1).OrThrow();

        Assert.Null(noisy["x"][1]);
        Assert.NotNull(noisy["y"][1]);
        Assert.Equal(new Fault("column.not-a-number", 2, "x"), Assert.IsType<Answer<Microdata>.Refused>(CorrelatedNoise.Run(Data.Of("x", "1", "a"), ["x"], 0.1, 1)).Fault);
    }

    private static double Spread(double[] v) => Math.Sqrt(v.Average(x => (x - v.Average()) * (x - v.Average())));
}

public sealed class Coarse_values
{
    [Theory]
    [InlineData("2026-03-05", DateDetail.Month, "2026-03")]
    [InlineData("2026-03-05T10:11:12Z", DateDetail.Quarter, "2026-Q1")]
    [InlineData("2026-10", DateDetail.Quarter, "2026-Q4")]
    [InlineData("1987", DateDetail.Year, "1987")]
    public void Of_dates_keep_what_is_asked(string value, DateDetail detail, string left) =>
        Assert.Equal(left, DateCoarsening.Run(Column.FromValues("d", [value, null]), detail).OrThrow()[0]);

    [Theory]
    [InlineData("5.3.2026", DateDetail.Month)]
    [InlineData("2026-02-30", DateDetail.Year)]
    [InlineData("1987", DateDetail.Month)]
    public void Are_refused_where_there_is_no_such_date(string value, DateDetail detail) =>
        Assert.Equal(new Fault("date.not-a-date", 2, "d"), Assert.IsType<Answer<Column>.Refused>(DateCoarsening.Run(Column.FromValues("d", ["2026-01-01", value]), detail)).Fault);

    [Fact]
    public void Of_places_keep_the_levels_above()
    {
        Assert.Equal(["SY01", "SY02"], PlaceCoarsening.ByCode(Column.FromValues("p", ["SY0102", "SY0203", "SY0101"]), 4).OrThrow().Categories);
        Assert.IsType<Answer<Column>.Refused>(PlaceCoarsening.ByCode(Column.FromValues("p", ["SY"]), 4));
        var grid = PlaceCoarsening.ByGrid(Data.Of("lat,lon", "36.21,37.16", "36.27,37.11", "-36.21,179.99"), "lat", "lon", 0.1).OrThrow();
        Assert.Equal(("36.25", "37.15", "36.25"), (grid["lat"][0], grid["lon"][1], grid["lat"][1]));
        Assert.Equal(("-36.25", "179.95"), (grid["lat"][2], grid["lon"][2]));
        Assert.IsType<Answer<Microdata>.Refused>(PlaceCoarsening.ByGrid(Data.Of("lat,lon", "91,0"), "lat", "lon", 0.1));
    }

    [Fact]
    public void Of_numbers_are_bands() =>
        Assert.Equal(["0-4", "18-59", "5-17", "60+"], NumberBands.Run(Column.FromValues("age", ["3", "4", "5", "59", "60", "99", null]), [0, 5, 18, 60]).OrThrow().Categories.Order(StringComparer.Ordinal));
}

public sealed class Pseudonyms_of_records
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void Are_the_same_for_a_recipient_and_others_for_another()
    {
        var column = Column.FromValues("id", Enumerable.Range(0, 500).Select(i => $"{i}"));
        var (first, again, other) = (Pseudonyms.Run(column, Secret, "Agency A"), Pseudonyms.Run(column, Secret, "Agency A"), Pseudonyms.Run(column, Secret, "Agency B"));

        Assert.Equal(first.Categories, again.Categories);
        Assert.Equal(500, first.Categories.Length);
        Assert.Empty(first.Categories.Intersect(other.Categories));
        Assert.All(first.Categories, c => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{16}$", c));
        Assert.NotEqual(Enumerable.Range(0, 500), first.Codes.ToArray());
    }

    [Fact]
    public void Need_a_secret() => Assert.Throws<ArgumentException>(() => Pseudonyms.Run(Column.FromValues("id", ["1"]), new byte[8], "Agency A"));
}
