using System.Collections.Immutable;
using CsCheck;

namespace Amana.Disclosure.Tests;

public sealed class The_francdat_file
{
    private static readonly string[] Keys = ["Key1", "Key2", "Key3", "Key4"];

    private readonly KAnonymity _anonymity = KAnonymity.Measure(
        Data.Weighted("Key1,Key2,Key3,Key4,w", "1,2,5,1,18", "1,2,1,1,45.5", "1,2,1,1,39", "3,3,1,5,17", "4,3,1,4,541", "4,3,1,1,8", "6,2,1,5,5", "1,2,5,1,92"), Keys);

    [Fact]
    public void Has_the_known_frequencies()
    {
        Assert.Equal([2, 2, 2, 1, 1, 1, 1, 2], Enumerable.Range(0, 8).Select(_anonymity.Frequency));
        Assert.Equal([110, 84.5, 84.5, 17, 541, 8, 5, 110], Enumerable.Range(0, 8).Select(_anonymity.Population));
    }

    [Fact]
    public void Has_the_known_risks()
    {
        double[] known = [.01714426160, .02204232618, .02204232618, .17707583400, .01165448015, .29706307738, .40235947811, .01714426160];
        var risk = IndividualRisk.Measure(_anonymity);

        Assert.All(known, (r, row) => Assert.Equal(r, risk[row], 1e-10));
        Assert.Equal(.966526, GlobalRisk.Of(risk).ExpectedReidentifications, 1e-6);
        Assert.Equal(.1208158, GlobalRisk.Of(risk).Share, 1e-7);
    }

    [Fact]
    public void Names_the_rows_above_a_limit() => Assert.Equal([5, 6], IndividualRisk.Measure(_anonymity).RowsAbove(.2));

    [Fact]
    public void Has_risk_one_over_f_as_a_full_census() =>
        Assert.Equal(6.0 / 8, GlobalRisk.Of(IndividualRisk.Measure(_anonymity, fullCensus: true)).Share, 1e-12);
}

public sealed class Three_keys_with_weights
{
    private static readonly string[] Complete = ["2,3,1,18", "3,3,3,45.5", "2,3,1,39", "2,3,2,17", "3,3,1,92", "3,3,1,8", "1,4,1,123.5", "2,3,1,51"];
    private static readonly string[] WithGaps = ["2,3,1,18", "3,3,3,45.5", "2,3,-,39", "2,3,2,17", "3,3,1,92", "3,3,1,8", "1,4,-,123.5", "2,3,1,51"];

    [Fact]
    public void Have_the_known_frequencies_and_risks()
    {
        var anonymity = KAnonymity.Measure(Data.Weighted("A,B,C,w", Complete), ["A", "B", "C"]);
        double[] approximate = [.01369863, .08579129, .01369863, .17707583, .01877883, .01877883, .03931625, .01369863];

        Assert.Equal([3, 1, 3, 1, 2, 2, 1, 3], Enumerable.Range(0, 8).Select(anonymity.Frequency));
        Assert.Equal([108, 45.5, 108, 17, 100, 100, 123.5, 108], Enumerable.Range(0, 8).Select(anonymity.Population));
        var risk = IndividualRisk.Measure(anonymity);
        Assert.All(approximate, (r, row) => Assert.Equal(r, risk[row], 1e-8));
        Assert.Equal(.01355297, IndividualRisk.Measure(anonymity, RiskFormula.Exact)[0], 1e-8);
    }

    [Fact]
    public void Match_a_missing_value_with_everything()
    {
        var anonymity = KAnonymity.Measure(Data.Weighted("A,B,C,w", WithGaps), ["A", "B", "C"]);

        Assert.Equal([3, 1, 4, 2, 2, 2, 1, 3], Enumerable.Range(0, 8).Select(anonymity.Frequency));
        Assert.Equal([108, 45.5, 125, 56, 100, 100, 123.5, 108], Enumerable.Range(0, 8).Select(anonymity.Population));
    }
}

public sealed class A_missing_key_value
{
    [Theory]
    [InlineData(1, new[] { 2, 3, 2, 4, 4.0 })]
    [InlineData(.5, new[] { 1.5, 2, 1.5, 3.5, 3.5 })]
    [InlineData(0, new[] { 1, 1, 1, 3, 3.0 })]
    public void Counts_by_alpha_for_the_others(double alpha, double[] known)
    {
        var data = Data.Of("a,b", "1,1", "1,2", "2,2", "-,2", "1,-");

        Assert.Equal(known, Enumerable.Range(0, 5).Select(KAnonymity.Measure(data, ["a", "b"], alpha).Frequency));
    }

    [Fact]
    public void Is_matched_as_a_comparison_of_every_pair_would_do() =>
        Small.Microdata.Sample(data =>
        {
            var measured = KAnonymity.Measure(data, Small.Keys);
            for (var i = 0; i < data.RowCount; i++)
                Assert.Equal(Enumerable.Range(0, data.RowCount).Count(j => Small.Keys.All(k => data[k][i] is not { } x || data[k][j] is not { } y || x == y)), measured.Frequency(i));
        });
}

public sealed class Households
{
    private readonly IndividualRisk _risk = IndividualRisk.Measure(KAnonymity.Measure(
        Data.Weighted("k1,k2,w,h", "1,1,10,1", "1,1,20,1", "2,1,15,2", "2,2,5,2", "3,2,30,3", "3,2,40,3").InHouseholdsOf("h"), ["k1", "k2"]));

    [Fact]
    public void Share_the_risk_of_every_member()
    {
        var household = HouseholdRisk.Measure(_risk);
        double[] known = [.1119048363, .1119048363, .5179623735, .5179623735, .0519788126, .0519788126];

        Assert.All(known, (r, row) => Assert.Equal(r, household.OfRow[row], 1e-10));
        Assert.Equal(1.3636920447, household.Global.ExpectedReidentifications, 1e-10);
    }

    [Fact]
    public void Leave_the_individual_risks_as_they_are()
    {
        double[] known = [.0576119888, .0576119888, .1934321572, .4023594781, .0263362041, .0263362041];

        Assert.All(known, (r, row) => Assert.Equal(r, _risk[row], 1e-10));
        Assert.Equal(.7636880211, GlobalRisk.Of(_risk).ExpectedReidentifications, 1e-10);
    }
}

public sealed class The_adult_file
{
    [Fact]
    public void Has_the_known_classes_and_risk()
    {
        var anonymity = KAnonymity.Measure(Shared.Adult(), Shared.AdultKeys);

        Assert.Equal(30162, anonymity.RowCount);
        Assert.Equal(19502, anonymity.Classes.Count);
        Assert.Equal(15512, anonymity.Uniques);
        Assert.Equal(4196, anonymity.ViolatorCount(3) - anonymity.Uniques);
        Assert.Equal(.6465751607983555, GlobalRisk.Of(IndividualRisk.Measure(anonymity)).Share, 1e-15);
    }

    [Fact]
    public void Has_the_known_risk_when_each_row_stands_for_ten()
    {
        var data = Shared.Adult().With(Column.FromValues("w", Enumerable.Repeat("10", 30162))).WeightedBy("w").OrThrow();
        var global = GlobalRisk.Of(IndividualRisk.Measure(KAnonymity.Measure(data, Shared.AdultKeys)));

        Assert.Equal(4559.130077, global.ExpectedReidentifications, 1e-6);
        Assert.Equal(.1511547668, global.Share, 1e-10);
    }
}

public sealed class Individual_risk
{
    [Fact]
    public void Lies_between_zero_and_one_and_falls_with_the_population() =>
        Gen.Select(Gen.Int[1, 60], Gen.Double[1.0001, 5000], Gen.Enum<RiskFormula>()).Sample((f, more, formula) =>
        {
            var near = IndividualRisk.Of(f, f * more, formula);
            var far = IndividualRisk.Of(f, f * more * 1.01, formula);
            Assert.InRange(near, 0, 1.0 / f + 1e-12);
            Assert.True(far > 0 && far <= near * (1 + 1e-9));
        });

    /// <summary>The expected 1/F by summing the negative binomial itself.</summary>
    [Fact]
    public void Is_the_expectation_it_is_defined_as() =>
        Gen.Select(Gen.Int[1, 30], Gen.Double[0.02, 0.98]).Sample((f, p) =>
        {
            var (probability, expected) = (Math.Pow(p, f), 0.0);
            for (var h = f; h < 20_000; h++)
            {
                expected += probability / h;
                probability *= h * (1 - p) / (h - f + 1.0);
            }

            Assert.Equal(expected, IndividualRisk.Of(f, f / p, RiskFormula.Exact), 1e-8 * expected);
        });
}

public sealed class The_order_of_rows
{
    [Fact]
    public void Does_not_change_any_risk() =>
        Gen.Select(Small.Microdata, Gen.Int[0, 1000]).Sample((data, seed) =>
        {
            var order = Enumerable.Range(0, data.RowCount).ToArray();
            new Random(seed).Shuffle(order);
            var shuffled = Microdata.FromColumns(data.Columns.Select(c => Column.FromValues(c.Name, order.Select(i => c[i]))));
            var (before, after) = (KAnonymity.Measure(data, Small.Keys), KAnonymity.Measure(shuffled, Small.Keys));
            Assert.Equal(order.Select(before.Frequency), order.Select((_, i) => after.Frequency(i)));
        });
}

/// <summary>Small random microdata with gaps.</summary>
internal static class Small
{
    public static readonly ImmutableArray<string> Keys = ["a", "b", "c"];

    public static readonly Gen<Microdata> Microdata =
        Gen.Int[0, 3].Array[3].Array[1, 25].Select(rows => Disclosure.Microdata.FromRows([.. Keys], rows.Select(r => r.Select(v => v == 0 ? null : $"{v}").ToArray())));

    public static readonly Gen<Microdata> Complete =
        Gen.Int[1, 4].Array[3].Array[1, 40].Select(rows => Disclosure.Microdata.FromRows([.. Keys], rows.Select(r => r.Select(v => (string?)$"{v}").ToArray())));
}
