using System.Diagnostics;

namespace Amana.Linkage.Tests;

public class Public_test_files
{
    private static readonly LinkageModel Febrl = new(
        [
            Comparison.Name("given_name", "surname"), Comparison.Name("surname", "given_name"), Comparison.Date("date_of_birth"),
            Comparison.Code("soc_sec_id"), Comparison.Code("street_number"), Comparison.Text("address_1"), Comparison.Text("suburb"),
            Comparison.Code("postcode"), Comparison.Exact("state"),
        ],
        [
            BlockingRule.On(BlockKey.Whole("soc_sec_id")), BlockingRule.On(BlockKey.Whole("date_of_birth")),
            BlockingRule.On(BlockKey.EitherOrder("surname", "given_name")), BlockingRule.On(BlockKey.Skeleton("given_name"), BlockKey.Whole("postcode")),
            BlockingRule.On(BlockKey.Skeleton("surname"), BlockKey.Whole("suburb")), BlockingRule.On(BlockKey.Whole("address_1"), BlockKey.Whole("street_number")),
        ]);

    private static readonly LinkageModel Fake = new(
        [
            Comparison.Name("first_name", "surname"), Comparison.Name("surname", "first_name"), Comparison.Date("dob"), Comparison.Text("city"), Comparison.Email("email"),
        ],
        [
            BlockingRule.On(BlockKey.Whole("dob")), BlockingRule.On(BlockKey.Whole("email")), BlockingRule.On(BlockKey.EitherOrder("surname", "first_name")),
            BlockingRule.On(BlockKey.Skeleton("surname"), BlockKey.Year("dob")), BlockingRule.On(BlockKey.Skeleton("first_name"), BlockKey.Year("dob")),
            BlockingRule.On(BlockKey.MonthAndDay("dob"), BlockKey.Start("city", 2)),
            BlockingRule.On(BlockKey.Whole("surname"), BlockKey.Whole("city")), BlockingRule.On(BlockKey.Whole("first_name"), BlockKey.Whole("city")),
        ]);

    /// <summary>5,000 people, each in both files with errors; made by the FEBRL generator (Christen and others 2005).</summary>
    [Fact]
    public void Febrl_4_is_linked_nearly_without_fault()
    {
        var evaluation = LinkFebrl(Febrl, "FEBRL 4");
        Assert.True(evaluation.Precision > 0.998 && evaluation.F1 > 0.995, $"{evaluation}");
    }

    /// <summary>Where people have no national number, as is the rule in this field.</summary>
    [Fact]
    public void Febrl_4_is_linked_well_without_the_national_number()
    {
        var poorer = new LinkageModel(
            [.. Febrl.Comparisons.Where(c => c.Field is not "soc_sec_id")],
            [.. Febrl.Rules.Where(r => !r.Fields.Contains("soc_sec_id", StringComparer.Ordinal))]);
        var evaluation = LinkFebrl(poorer, "FEBRL 4 without national number");
        Assert.True(evaluation.Precision > 0.99 && evaluation.F1 > 0.97, $"{evaluation}");
    }

    [Fact]
    public void Febrl_4_is_linked_by_names_date_and_suburb_alone()
    {
        string[] kept = ["given_name", "surname", "date_of_birth", "suburb", "state"];
        var poorest = new LinkageModel(
            [.. Febrl.Comparisons.Where(c => kept.Contains(c.Field, StringComparer.Ordinal))],
            [
                BlockingRule.On(BlockKey.Whole("date_of_birth")), BlockingRule.On(BlockKey.EitherOrder("surname", "given_name")),
                BlockingRule.On(BlockKey.Skeleton("surname"), BlockKey.Whole("suburb")), BlockingRule.On(BlockKey.Skeleton("given_name"), BlockKey.Whole("suburb")),
            ]);
        var evaluation = LinkFebrl(poorest, "FEBRL 4 by names, date and suburb");
        Assert.True(evaluation.Precision > 0.9 && evaluation.F1 > 0.9, $"{evaluation}");
    }

    /// <summary>251 people in 1,000 rows with many gaps, slips and swapped names; every pair of rows of one person counts.</summary>
    [Fact]
    public void Fake_1000_is_deduplicated_without_wrong_merges()
    {
        var records = SharedData.Read("fake_1000.csv", "unique_id");
        var truth = Grouping.PairsWithin(records.GroupBy(r => r["cluster"], StringComparer.Ordinal).Select(g => (IReadOnlyList<string>)[.. g.Select(r => r.Id)])).ToList();
        var clock = Stopwatch.StartNew();
        var result = Linker.Deduplicate(Fake, records);
        var evaluation = Report("fake_1000", result, Evaluation.Of(Grouping.PairsWithin(result.Clusters), truth, ordered: false), clock);
        Assert.True(evaluation.Precision > 0.98 && evaluation.F1 > 0.94, $"{evaluation}");
    }

    private static Evaluation LinkFebrl(LinkageModel model, string name)
    {
        var left = SharedData.Read("dataset4a.csv", "rec_id");
        var right = SharedData.Read("dataset4b.csv", "rec_id");
        var clock = Stopwatch.StartNew();
        var result = Linker.Link(model, left, right);
        var truth = left.Select(r => (r.Id, r.Id.Replace("-org", "-dup-0", StringComparison.Ordinal)));
        return Report(name, result, Evaluation.Of(result.Links.Select(l => (l.Left, l.Right)), truth), clock);
    }

    private static Evaluation Report(string name, LinkResult result, Evaluation e, Stopwatch clock)
    {
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{name}: precision {e.Precision:F4}, recall {e.Recall:F4}, F1 {e.F1:F4}; {result.Candidates:N0} pairs compared, {clock.Elapsed.TotalSeconds:F1} s with learning");
        return e;
    }
}
