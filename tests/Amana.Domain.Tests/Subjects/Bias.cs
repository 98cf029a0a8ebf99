using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Impartiality;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

[Proves("IMP-3")]
public sealed class Chance_alone
{
    [Theory]
    [InlineData(3.841, 1, 0.05)] // critical values of the chi-square distribution, NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.4
    [InlineData(5.991, 2, 0.05)]
    [InlineData(18.307, 10, 0.05)]
    [InlineData(124.342, 100, 0.05)]
    [InlineData(10.828, 1, 0.001)]
    [InlineData(15.987, 10, 0.10)]
    public void Reaches_the_known_values_of_chi_square_as_often_as_the_tables_say(double value, int degrees, double tail) => Assert.Equal(tail, Chance.ChiSquareTail(value, degrees), tail * 0.002);

    [Fact]
    public void Is_certain_where_nothing_differs()
    {
        Assert.Equal((0.0, 1), Chance.ChiSquare([[10, 20], [10, 20]]));
        Assert.Equal(1.0, Chance.ChiSquareTail(0, 1));
        Assert.Equal(0.0, Chance.IntraclassCorrelation([[10, 20], [10, 20]]));
    }

    [Fact]
    public void Explains_nothing_where_each_row_has_its_own_answer() => Assert.Equal(1.0, Chance.IntraclassCorrelation([[30, 0], [0, 30]]), 1e-9);

    [Fact]
    public void Is_adjusted_over_all_questions_and_never_falls_below_the_raw_probability()
    {
        double[] raw = [0.01, 0.04, 0.03, 0.5];
        var adjusted = Chance.BenjaminiHochberg(raw);
        Assert.Equal([0.04, 0.16 / 3, 0.16 / 3, 0.5], adjusted.Select(a => Math.Round(a, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.All(raw.Zip(adjusted), p => Assert.True(p.Second >= p.First));
    }
}

[Proves("IMP-3")]
public sealed class Records_that_are_watched
{
    private static readonly Guid Amal = Guid.Parse("0193a000-0000-7000-8000-000000000a01");
    private static readonly Guid Basim = Guid.Parse("0193a000-0000-7000-8000-000000000a02");
    private static readonly Guid Camille = Guid.Parse("0193a000-0000-7000-8000-000000000a03");

    private static readonly FormVersion Form = GivenForms.Published(
    [
        .. GivenForms.Elements(),
        GivenForms.Of("start", "start", Sensitivity.Open) with { Computed = true }, GivenForms.Of("end", "end", Sensitivity.Open) with { Computed = true },
        .. Enumerable.Range(1, 10).Select(i => GivenForms.Of("q" + i, "select_one", Sensitivity.QuasiIdentifier) with { Choices = [GivenForms.Choice("a"), GivenForms.Choice("b"), GivenForms.Choice("c"), GivenForms.Choice("dk")] }),
    ]);

    [Fact]
    public void That_differ_by_nothing_but_chance_raise_nothing()
    {
        var quiet = 0;
        for (var seed = 1; seed <= 20; seed++)
            quiet += Found(Many(seed, 240)).Count == 0 ? 1 : 0;
        Assert.True(quiet >= 18, quiet + " of 20");
    }

    [Fact]
    public void Whose_answers_hang_on_who_asks_raise_the_question_by_name()
    {
        var found = Found(Many(7, 240, change: (i, r) => r.Interviewer == Basim && i % 3 != 0 ? Answering(r, "q4", "c") : r));
        Assert.Equal((BiasKind.InterviewerEffect, "q4"), (Assert.Single(found).Kind, found[0].About));
        Assert.True(found[0].Measure >= BiasLimits.Correlation);
    }

    [Fact]
    public void That_one_interviewer_filled_far_too_fast_raise_the_interviewer()
    {
        var found = Found(Many(8, 240, change: (i, r) => r.Interviewer == Camille && i % 4 == 0 ? Answering(r, "end", "2026-11-01T10:04:00Z") : r));
        Assert.Equal((BiasKind.TooFast, Camille.ToString("N")), (Assert.Single(found).Kind, found[0].About));
    }

    [Fact]
    public void That_one_interviewer_copied_raise_the_interviewer()
    {
        WatchedRecord? first = null;
        var found = Found(Many(9, 240, change: (i, r) => r.Interviewer != Amal || i % 4 != 0 ? r : first is null ? first = r : r with { Answers = first.Answers }));
        Assert.Equal(Amal.ToString("N"), Assert.Single(found, f => f.Kind == BiasKind.TooAlike).About);
    }

    [Fact]
    public void With_rounded_ages_raise_heaping()
    {
        var found = Found(Many(10, 240, change: (i, r) => Answering(r, "age", i % 2 == 0 ? "30" : r.Answers["age".Path()])));
        Assert.Contains(found, f => f is { Kind: BiasKind.Heaping, About: "age", Measure: > 175 });
    }

    [Fact]
    public void That_are_often_not_answered_raise_the_question_and_the_group_that_answers_less()
    {
        var found = Found(Many(11, 240, change: (i, r) => r.Answers["sex".Path()] == "f" && i % 2 == 0 ? Answering(r, "q2", "dk") : r));
        Assert.Contains(found, f => f is { Kind: BiasKind.NoAnswer, About: "q2" });
        Assert.Contains(found, f => f is { Kind: BiasKind.NoAnswerByGroup, About: "q2" });
    }

    [Fact]
    public void Of_a_group_that_is_behind_its_plan_raise_the_group()
    {
        ExpectedStratum[] plan = [new(PopulationGroup.Women, 150), new(PopulationGroup.Men, 150), new(PopulationGroup.Refugees, 100)];
        var found = Found(Many(12, 240, change: (_, r) => Answering(r, "sex", r.Interviewer == Amal ? "f" : "m")), plan);
        Assert.Equal((BiasKind.Coverage, "Women"), (Assert.Single(found, f => f.Kind == BiasKind.Coverage).Kind, found.First(f => f.Kind == BiasKind.Coverage).About));
    }

    [Fact]
    public void Of_a_group_that_refuses_or_is_refused_much_more_raise_that_group()
    {
        var form = GivenForms.Published([.. Form.Elements, GivenForms.Of("share", "select_one", Sensitivity.Open) with { Ask = ConsentAsk.Sharing, Choices = [GivenForms.Choice("yes"), GivenForms.Choice("no")] }]);
        WatchedRecord Asked(WatchedRecord r, bool yes) => Answering(r with { Form = form }, "share", yes ? "yes" : "no");
        Assert.DoesNotContain(Found(Many(14, 240, change: (i, r) => Asked(r, i % 5 != 0))), f => f.Kind == BiasKind.RefusedByGroup);
        var found = Found(Many(14, 240, change: (i, r) => Asked(r, i % 5 != 0 && (r.Answers["sex".Path()] == "m" || i % 2 == 0))));
        var about = Assert.Single(found, f => f.Kind == BiasKind.RefusedByGroup);
        Assert.Equal("Sharing:Sex:Female", about.About);
        Assert.True(about.Measure > BiasLimits.RefusedBetweenGroups);
        var declined = Found(Many(15, 240, change: (i, r) => r with { Declined = r.Answers["difficulty".Path()] == "lot" || i % 6 == 0 }));
        Assert.Contains(declined, f => f is { Kind: BiasKind.RefusedByGroup, About: "Service:Disability:With" });
    }

    [Fact]
    public void Are_judged_exactly_and_told_as_the_counter_makes_them()
    {
        ExpectedStratum[] plan = [new(PopulationGroup.Women, 150), new(PopulationGroup.Men, 150)];
        var records = Many(12, 240, change: (i, r) => Answering(Answering(r, "sex", i < 17 ? "f" : "m"), "q2", i % 3 == 0 ? "dk" : "a"));
        var exact = BiasWatching.Of(records, plan, 0);
        var told = BiasWatching.Told(exact, records, plan, members => members.Count / 10 * 10);
        Assert.Equal([51, 50], [exact.Coverage[0].Counted, told.Coverage[0].Counted]);
        Assert.All(told.NonResponse, n => Assert.Equal((0, 0), (n.Answered % 10, n.NoAnswer % 10)));
        Assert.Equal(exact.NonResponse.Select(n => n.Adjusted), told.NonResponse.Select(n => n.Adjusted));
        Assert.Equal(exact.Effects.Select(e => (e.ChiSquare, e.Adjusted)), told.Effects.Select(e => (e.ChiSquare, e.Adjusted)));
        var watched = BiasRules.Watch(Given.Activity, exact, told, [], () => new BiasFindingId(Guid.CreateVersion7()), Given.Now);
        Assert.Same(told, watched.Measures);
        Assert.Equal(50 / 150.0, Assert.Single(watched.Raised, f => f.Kind == BiasKind.Coverage).Measure);
    }

    [Fact]
    public void Of_a_group_that_was_not_told_of_yet_is_told_in_tenths()
    {
        var exact = BiasMeasures.None with { Records = 240, RefusedBy = [new GroupRefusals(RefusedWhat.Sharing, GroupedBy.Status, [new RefusedShare("refugee", 100, 54), new RefusedShare("resident", 100, 20)], 0.001)] };
        var told = exact with { RefusedBy = [new GroupRefusals(RefusedWhat.Sharing, GroupedBy.Status, [new RefusedShare("resident", 100, 20)], null)] };
        var watched = BiasRules.Watch(Given.Activity, exact, told, [], () => new BiasFindingId(Guid.CreateVersion7()), Given.Now);
        Assert.Equal(("Sharing:Status:refugee", 0.3), (Assert.Single(watched.Raised).About, watched.Raised[0].Measure));
    }

    [Fact]
    public void Of_few_who_agreed_raise_the_refusals() => Assert.Equal(BiasKind.Refusals, Assert.Single(Found(Many(13, 240), refusals: 61)).Kind);

    [Fact]
    public void Raise_one_finding_for_as_long_as_it_stands_and_another_when_it_comes_back_worse()
    {
        var measures = BiasWatching.Of(Many(13, 240), [], 61);
        var first = Watch(measures, []);
        var standing = BiasFinding.Of(Assert.Single(first.Raised));
        Assert.Empty(Watch(measures, [standing]).Raised);
        standing.Apply(Given.Allowed(BiasRules.Answer(standing, "Market day", Given.Lead, Given.Now)));
        Assert.Empty(Watch(measures, [standing]).Raised);
        var worse = Watch(measures with { Refusals = 160 }, [standing]);
        Assert.Single(worse.Raised);
        Assert.Equal([standing.Id], worse.Gone);
        Assert.Equal([standing.Id], Watch(measures with { Refusals = 3 }, [standing]).Gone);
    }

    [Fact]
    public void Are_answered_for_by_someone_else_than_the_interviewer_they_are_about()
    {
        var about = BiasFinding.Of(Assert.Single(Found(Many(8, 240, change: (i, r) => r.Interviewer == Camille && i % 4 == 0 ? Answering(r, "end", "2026-11-01T10:04:00Z") : r)))).With("About", Given.Interviewer.Value.ToString("N"));
        Assert.Equal("bias.answered-by-interviewer", Assert.Single(BiasRules.Answer(about, "I am quick", Given.Interviewer, Given.Now).Refusals).Slug);
        Assert.Equal("field.required", Assert.Single(BiasRules.Answer(about, " ", Given.Lead, Given.Now).Refusals).Slug);
        about.Apply(Given.Allowed(BiasRules.Answer(about, "Short form that day", Given.Lead, Given.Now)));
        Assert.False(about.IsOpen);
        Assert.Equal("bias.answered-already", Assert.Single(BiasRules.Answer(about, "Again", Given.Lead, Given.Now).Refusals).Slug);
    }

    private static IReadOnlyList<BiasFindingRaised> Found(IReadOnlyList<WatchedRecord> records, IReadOnlyList<ExpectedStratum>? plan = null, int refusals = 0) =>
        Watch(BiasWatching.Of(records, plan ?? [], refusals), []).Raised;

    private static BiasWatched Watch(BiasMeasures measures, IReadOnlyList<BiasFinding> known) =>
        BiasRules.Watch(Given.Activity, measures, measures, known, () => new BiasFindingId(Guid.CreateVersion7()), Given.Now);

    /// <summary>Records by three interviewers that differ by chance only, then changed one by one.</summary>
    private static List<WatchedRecord> Many(int seed, int count, Func<int, WatchedRecord, WatchedRecord>? change = null)
    {
        var random = new Random(seed);
        var records = new List<WatchedRecord>();
        for (var i = 0; i < count; i++)
        {
            var answers = new Dictionary<string, string>
            {
                ["sex".Path()] = random.Next(2) == 0 ? "f" : "m", ["age".Path()] = random.Next(18, 70).ToString(System.Globalization.CultureInfo.InvariantCulture), ["difficulty".Path()] = random.Next(8) == 0 ? "lot" : "none",
                ["start".Path()] = "2026-11-01T10:00:00Z", ["end".Path()] = $"2026-11-01T10:{random.Next(20, 50)}:00Z",
            };
            for (var q = 1; q <= 10; q++)
                answers[("q" + q).Path()] = random.Next(30) == 0 ? "dk" : "abc"[random.Next(3)].ToString();
            var record = new WatchedRecord(new[] { Amal, Basim, Camille }[i % 3], Form, answers);
            records.Add(change?.Invoke(i / 3, record) ?? record);
        }

        return records;
    }

    private static WatchedRecord Answering(WatchedRecord record, string name, string answer) => record with { Answers = new Dictionary<string, string>(record.Answers) { [name.Path()] = answer } };
}

internal static class Paths
{
    public static string Path(this string name) => "/data/" + name;
}

[Proves("IMP-4")]
public sealed class A_figure_s_passport
{
    private static readonly (Guid, int)[] Records = [.. Enumerable.Range(1, 100).Select(i => (new Guid(i, 0, 0, new byte[8]), 1))];

    private static FigurePassport Of(IReadOnlyCollection<(Guid, int)> records) => FigurePassport.Of(records, 25, Situations.MethodContent(), "sex / None / N1", Given.Now);

    [Fact]
    public void Says_n_base_method_coverage_uncertainty_and_limits()
    {
        var passport = Of(Records);
        Assert.Equal((100, 125, "Every tenth tent", 0.5), (passport.Records, passport.Asked, passport.Method, passport.Coverage!.Value));
        Assert.Equal(0.098, passport.HalfWidth, 1e-9);
        Assert.Contains("People outside the camps", passport.Limits, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_same_data_the_same_and_other_data_otherwise()
    {
        Assert.Equal(Of(Records).DataVersion, Of([.. Records.Reverse()]).DataVersion);
        Assert.NotEqual(Of(Records).DataVersion, Of([.. Records.Skip(1)]).DataVersion);
        Assert.NotEqual(Of(Records).DataVersion, Of([(Records[0].Item1, 2), .. Records.Skip(1)]).DataVersion);
    }
}
