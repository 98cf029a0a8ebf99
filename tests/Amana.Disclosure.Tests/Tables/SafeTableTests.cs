using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class The_table_of_regions_and_sources
{
    private static readonly long[] Counts =
    [
        11, 11, 55, 36, 7, 1, 29, 18, 5, 8, 35, 25, 13, 2, 17, 13, 9, 14, 63, 52, 12, 9, 24, 22, 6, 4, 22, 8, 9, 3, 38, 15,
    ];

    private readonly SafeTable _table = SafeTable.Protect(
        CountTable.TwoWay("ABCDEFGH".Select(c => c.ToString()), ["annet", "arbeid", "soshjelp", "trygd"], Counts), new TableRule { Minimum = 6 });

    [Fact]
    public void Withholds_the_small_cells_and_their_neighbour_in_the_same_row()
    {
        var withheld = from r in Enumerable.Range(0, 8)
                       from c in Enumerable.Range(0, 4)
                       where _table[r, c] is not PublishedCell.Published
                       select $"{_table.RowLabels[r]}-{_table.ColumnLabels[c]}-{(_table[r, c] is PublishedCell.SuppressedSmall ? "small" : "other")}";

        Assert.Equal(
            [
                "B-annet-other", "B-arbeid-small", "C-annet-small", "C-arbeid-other", "D-annet-other", "D-arbeid-small",
                "G-annet-other", "G-arbeid-small", "H-annet-other", "H-arbeid-small",
            ],
            withheld);
        Assert.Equal(10, _table.SuppressedCount);
    }

    [Fact]
    public void Shows_all_margins()
    {
        Assert.Equal(new PublishedCell.Published(596), _table.Total);
        Assert.All(Enumerable.Range(0, 8), r => Assert.IsType<PublishedCell.Published>(_table.RowTotal(r)));
        Assert.All(Enumerable.Range(0, 4), c => Assert.IsType<PublishedCell.Published>(_table.ColumnTotal(c)));
    }
}

public sealed class A_safe_table
{
    private static readonly Gen<(int Rows, int Columns, long[] Counts)> Tables =
        from rows in Gen.Int[1, 3]
        from columns in Gen.Int[1, rows == 3 ? 2 : 3]
        from counts in Gen.Frequency((3, Gen.Long[0, 4]), (2, Gen.Long[0, 7])).Array[rows * columns]
        select (rows, columns, counts);

    private static readonly Gen<(int Rows, int Columns, long[] Counts)> SquareTables =
        Gen.Frequency((2, Gen.Long[0, 2]), (3, Gen.Long[3, 5])).Array[9].Select(counts => (3, 3, counts));

    private static readonly Gen<TableRule> Rules =
        Gen.Select(Gen.Int[3, 5], Gen.Enum<ZeroCells>(), (minimum, zeros) => new TableRule { Minimum = minimum, Zeros = zeros });

    [Fact]
    public void Gives_no_withheld_cell_away_to_somebody_who_tries_every_table_that_fits() =>
        Gen.Select(Tables, Rules).Sample((t, rule) => FindsNothing(new Attacker(Protect(t, rule), most: 8)), iter: 300);

    [Fact]
    public void Gives_nothing_away_when_it_is_three_by_three() =>
        SquareTables.Sample(t => FindsNothing(new Attacker(Protect(t, new TableRule { Minimum = 3 }), most: 6)), iter: 50);

    [Fact]
    public void Gives_nothing_away_to_somebody_who_knows_the_total() =>
        Gen.Select(Tables.Where(t => t.Rows > 1 && t.Columns > 1 && t.Counts.Sum() > 0), Rules).Sample(
            (t, rule) => FindsNothing(new Attacker(Protect(t, rule with { TotalIsKnown = true }), most: 8 + t.Counts.Max())), iter: 100);

    [Fact]
    public void Gives_no_withheld_cell_away_to_linear_algebra()
    {
        var larger = from rows in Gen.Int[2, 8]
                     from columns in Gen.Int[2, 6]
                     from counts in Gen.Frequency((1, Gen.Long[0, 4]), (4, Gen.Long[0, 300])).Array[rows * columns]
                     select (rows, columns, counts);
        Gen.Select(larger, Rules).Sample((t, rule) => Assert.Empty(new Attacker(Protect(t, rule), 0).LinearlyDetermined()));
    }

    [Fact]
    public void Never_shows_a_small_count() =>
        Gen.Select(Tables, Rules).Sample((t, rule) =>
        {
            var table = Protect(t, rule);
            for (var i = 0; i < t.Counts.Length; i++)
            {
                if (table[i / t.Columns, i % t.Columns] is PublishedCell.Published p)
                    Assert.True(p.Count == t.Counts[i] && (p.Count >= rule.Minimum || (p.Count == 0 && rule.Zeros == ZeroCells.Published)));
            }
        });

    [Fact]
    public void Is_shown_as_it_is_when_no_cell_is_small()
    {
        var table = Protect((2, 2, [5, 0, 7, 90]), new TableRule());

        Assert.Equal(0, table.SuppressedCount);
        Assert.Equal(new PublishedCell.Published(0), table[0, 1]);
    }

    [Fact]
    public void Withholds_empty_cells_too_where_absence_tells_something()
    {
        var table = Protect((2, 2, [5, 0, 7, 90]), new TableRule { Zeros = ZeroCells.Suppressed });

        Assert.IsType<PublishedCell.SuppressedSmall>(table[0, 1]);
        Assert.True(table.SuppressedCount >= 4);
    }

    [Fact]
    public void Is_withheld_as_a_whole_where_even_the_marks_would_tell()
    {
        // Four people in four cells: a total marked small and four cells with at least one person could only be one each.
        var table = SafeTable.Protect(CountTable.OneWay(["a", "b", "c", "d"], [1, 1, 1, 1]));

        Assert.True(table.IsWithheld);
        Assert.All(Enumerable.Range(0, 4), r => Assert.IsType<PublishedCell.SuppressedToProtect>(table[r]));
    }

    [Fact]
    public void Keeps_a_known_total_and_protects_against_those_who_know_it()
    {
        var counts = CountTable.OneWay(["women", "men"], [40, 1]);

        var table = SafeTable.Protect(counts, new TableRule { TotalIsKnown = true });

        Assert.Equal(new PublishedCell.Published(41), table.Total);
        Assert.IsType<PublishedCell.SuppressedToProtect>(table[0]);
        Assert.IsType<PublishedCell.SuppressedSmall>(table[1]);
    }

    [Fact]
    public void Refuses_a_minimum_that_tells_the_count_by_itself() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Protect((1, 1, [1]), new TableRule { Minimum = 2 }));

    [Fact]
    public void Counts_the_rows_of_microdata_with_empty_combinations()
    {
        var data = Data.Of("place,sex", "x,f", "x,f", "y,m", "y,-");
        var table = SafeTable.Protect(CountTable.Of(data, "place", "sex", "not said"));

        Assert.Equal(["f", "m", "not said"], table.ColumnLabels);
        Assert.Equal(new PublishedCell.Published(0), table[0, 1]);
        Assert.IsType<PublishedCell.SuppressedSmall>(table[0, 0]);
    }

    private static void FindsNothing(Attacker attacker) =>
        Assert.All(attacker.PossibleValues(), (values, cell) => Assert.True(attacker.IsShown(cell) || values.Count > 1));

    private static SafeTable Protect((int Rows, int Columns, long[] Counts) t, TableRule rule) => SafeTable.Protect(
        CountTable.TwoWay(Enumerable.Range(0, t.Rows).Select(i => $"r{i}"), Enumerable.Range(0, t.Columns).Select(i => $"c{i}"), t.Counts), rule);
}

public sealed class Sums_of_contributions
{
    [Fact]
    public void Are_safe_by_percent_and_unsafe_by_dominance_as_known()
    {
        double[] contributions = [52000, 50000, 4000, 4000];

        Assert.True(MagnitudeRules.IsSafeByPercent(110000, 52000, 50000, 10));
        Assert.True(MagnitudeRules.IsSafeByPercent(contributions, 10));
        Assert.False(MagnitudeRules.IsSafeByPercent(contributions, 16));
        Assert.False(MagnitudeRules.IsSafeByDominance(contributions, 2, 90.9));
        Assert.True(MagnitudeRules.IsSafeByDominance(contributions, 2, 93));
    }
}

public sealed class A_cell_key
{
    private static readonly NoiseStep[] Three = [new(.3, -1), new(.7, 0), new(1, 1)];
    private static readonly PerturbationTable Table = new([[new(1, 0)], [new(1, 0)], [new(1, 0)], Three]);

    [Fact]
    public void Is_the_fraction_of_the_sum_and_gives_the_known_noise()
    {
        var key = CellKey.Of([.9, .3, .6]);

        Assert.Equal(.8, key.Value, 1e-12);
        Assert.Equal(4, Table.Perturb(3, key));
        Assert.Equal(2, Table.Perturb(3, CellKey.Of([.2])));
        Assert.Equal(3, Table.Perturb(3, CellKey.Of([.5])));
    }

    [Fact]
    public void Does_not_depend_on_the_order_of_the_records() =>
        Gen.Double.Unit.Array[1, 30].Sample(keys => Assert.Equal(CellKey.Of(keys), CellKey.Of(keys.Reverse())));

    [Fact]
    public void Refuses_noise_that_makes_a_count_negative() =>
        Assert.Throws<ArgumentException>(() => new PerturbationTable([[new NoiseStep(1, -1)]]));
}

public sealed class Rounding_to_base_three
{
    [Theory]
    [InlineData(4, .3, 6)]
    [InlineData(4, .4, 3)]
    [InlineData(5, .6, 6)]
    [InlineData(5, .7, 3)]
    [InlineData(6, .0, 6)]
    public void Goes_up_as_often_as_the_rest_is_large(long count, double key, long rounded) =>
        Assert.Equal(rounded, RandomRounding.Round(count, CellKey.Of([key])));

    [Fact]
    public void Is_unbiased()
    {
        const int Draws = 3000;
        var sum = Enumerable.Range(0, Draws).Sum(i => RandomRounding.Round(7, CellKey.Of([i / (double)Draws])));
        Assert.Equal(7.0, sum / (double)Draws, .01);
    }
}
