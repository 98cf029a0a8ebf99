namespace Amana.Disclosure.Tests;

public sealed class People_alone_in_the_population
{
    [Fact]
    public void Are_estimated_by_zayatz_as_reckoned_by_hand()
    {
        // n = 4 of N = 8, classes of 1, 1, 2: P(1 of 1) = 1/2, P(1 of 2) = 2·C(6,3)/C(8,4) = 4/7.
        var all = (2.0 / 3 * 0.5) + (1.0 / 3 * 4 / 7);

        Assert.Equal(2 * (2.0 / 3 * 0.5 / all) / 0.5, PopulationUniques.Of(new ClassSizes([1, 1, 2]), 0.5).Zayatz, 1e-12);
    }

    [Fact]
    public void Are_found_again_in_a_population_that_follows_pitman()
    {
        var random = new Random(7);
        var sequence = Restaurant(random, theta: 50, alpha: 0.6, people: 100_000);
        var sample = Sizes(sequence.Take(5_000));
        double truth = Sizes(sequence).Count(s => s == 1);

        var estimate = PopulationUniques.Of(new ClassSizes(sample), 0.05);

        Assert.Equal(UniquenessModel.Pitman, estimate.Chosen);
        Assert.InRange(PitmanModel.Fit(new ClassSizes(sample)).Alpha, 0.55, 0.65);
        Assert.InRange(estimate.Estimate / truth, 0.85, 1.15);
    }

    [Fact]
    public void Are_found_again_in_a_population_that_follows_the_slide_negative_binomial()
    {
        var random = new Random(8);
        var population = Enumerable.Range(0, 20_000).Select(_ => 1 + NegativeBinomial(random, successes: 2, beta: 0.5)).ToArray();
        var sample = population.Select(size => Enumerable.Range(0, size).Count(_ => random.NextDouble() < 0.3)).Where(s => s > 0);
        double truth = population.Count(s => s == 1);

        var estimate = PopulationUniques.Of(new ClassSizes(sample), 0.3);

        Assert.InRange(estimate.SlideNegativeBinomial!.Value / truth, 0.9, 1.1);
        Assert.Contains(estimate.Chosen, new[] { UniquenessModel.SlideNegativeBinomial, UniquenessModel.Zayatz });
    }

    [Fact]
    public void Are_those_of_the_file_in_a_full_census() =>
        Assert.Equal(15512, PopulationUniques.Of(KAnonymity.Measure(Shared.Adult(), Shared.AdultKeys).Classes, 1).Estimate);

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Are_never_more_than_the_people(double fraction)
    {
        var estimate = PopulationUniques.Of(KAnonymity.Measure(Shared.Adult(), Shared.AdultKeys).Classes, fraction);

        Assert.InRange(estimate.Share, 0, 1);
        Assert.True(estimate.Estimate > 0);
    }

    [Fact]
    public void Are_left_to_zayatz_where_no_model_fits()
    {
        var estimate = PopulationUniques.Of(new ClassSizes([2, 2, 2]), 0.05);

        Assert.Equal((null, null, UniquenessModel.Zayatz, 0.0), (estimate.Pitman, estimate.SlideNegativeBinomial, estimate.Chosen, estimate.Estimate));
    }

    private static int[] Restaurant(Random random, double theta, double alpha, int people)
    {
        var (tables, seated, firstGuest) = (0, new int[people], new int[people]);
        for (var n = 0; n < people; n++)
        {
            var draw = random.NextDouble() * (n + theta);
            if (draw < theta + (tables * alpha))
            {
                firstGuest[tables] = n;
                seated[n] = tables++;
                continue;
            }

            // A table by its size less α: a random guest's table, turned down with probability α by its size, that is, by its first guest.
            var at = random.Next(n);
            while (firstGuest[seated[at]] == at && random.NextDouble() < alpha)
                at = random.Next(n);
            seated[n] = seated[at];
        }

        return seated;
    }

    private static IEnumerable<int> Sizes(IEnumerable<int> tables) => tables.GroupBy(t => t).Select(g => g.Count());

    private static int NegativeBinomial(Random random, int successes, double beta)
    {
        var failures = 0;
        for (var left = successes; left > 0;)
        {
            if (random.NextDouble() < beta)
                left--;
            else
                failures++;
        }

        return failures;
    }
}

public sealed class A_log_linear_model
{
    [Fact]
    public void Of_independent_keys_has_the_closed_form()
    {
        // Margins 3 and 1 by 2 and 2 of four rows: the two combinations met once have means 2·… = 3·2/4 and 1·2/4.
        var data = Data.Of("a,b", "1,x", "1,x", "1,y", "2,y");
        var risk = LogLinearRisk.Measure(data, ["a", "b"], 0.25).OrThrow();

        var (first, second) = (3 * (3 * 2 / 4.0), 3 * (1 * 2 / 4.0));
        Assert.Equal(Math.Exp(-first) + Math.Exp(-second), risk.PopulationUniques, 1e-12);
        Assert.Equal(((1 - Math.Exp(-first)) / first) + ((1 - Math.Exp(-second)) / second), risk.CorrectMatches, 1e-12);
    }

    [Fact]
    public void Of_the_only_pair_keeps_every_count() =>
        Assert.Equal(2 * Math.Exp(-1), LogLinearRisk.Measure(Data.Of("a,b", "1,x", "1,x", "1,y", "2,y"), ["a", "b"], 0.5, LogLinearModel.AllPairs).OrThrow().PopulationUniques, 1e-6);

    [Fact]
    public void Finds_what_it_was_drawn_from()
    {
        var random = new Random(3);
        double[][] shares = [.. new[] { 20, 15, 12 }.Select(m => Enumerable.Range(1, m).Select(i => 1.0 / i).ToArray())];
        string Draw(double[] of)
        {
            var draw = random.NextDouble() * of.Sum();
            var i = 0;
            for (; i < of.Length - 1 && (draw -= of[i]) > 0; i++)
            {
            }

            return $"{i}";
        }

        var population = Enumerable.Range(0, 40_000).Select(_ => string.Join(',', shares.Select(Draw))).ToArray();
        var sample = population.Where(_ => random.NextDouble() < 0.1).ToArray();
        var alone = population.GroupBy(p => p).Where(g => g.Count() == 1).Select(g => g.Key).ToHashSet();
        var data = Data.Of("a,b,c", sample);

        foreach (var model in Enum.GetValues<LogLinearModel>())
        {
            var estimate = LogLinearRisk.Measure(data, ["a", "b", "c"], 0.1, model).OrThrow().PopulationUniques;
            Assert.InRange(estimate / sample.Count(alone.Contains), 0.5, 2);
        }
    }

    [Fact]
    public void Is_refused_over_a_missing_value() =>
        Assert.Equal(new Fault("log-linear.missing-value", 2, "b"), Assert.IsType<Answer<LogLinearRisk>.Refused>(LogLinearRisk.Measure(Data.Of("a,b", "1,x", "1,-"), ["a", "b"], 0.5)).Fault);
}

public sealed class Three_attackers
{
    [Fact]
    public void Expect_what_their_knowledge_gives_them()
    {
        var data = Data.Weighted("Key1,Key2,Key3,Key4,w", "1,2,5,1,18", "1,2,1,1,45.5", "1,2,1,1,39", "3,3,1,5,17", "4,3,1,4,541", "4,3,1,1,8", "6,2,1,5,5", "1,2,5,1,92");

        var risks = AttackerRisks.Of(KAnonymity.Measure(data, ["Key1", "Key2", "Key3", "Key4"]));

        Assert.Equal(new AttackerRisk(1, 1, 6.0 / 8), risks.Prosecutor);
        var marketer = ((2 / 110.0) + (2 / 84.5) + (1 / 17.0) + (1 / 541.0) + (1 / 8.0) + (1 / 5.0)) / 8;
        Assert.Equal(marketer, risks.Marketer, 1e-12);
        Assert.Equal((0, 1 / 5.0, marketer), (risks.Journalist.AtRisk, risks.Journalist.Highest, risks.Journalist.SuccessRate));
    }

    [Fact]
    public void Know_the_same_when_the_file_holds_everybody()
    {
        var risks = AttackerRisks.Of(KAnonymity.Measure(Shared.Adult(), Shared.AdultKeys));

        Assert.Equal(.6465751607983555, risks.Marketer, 1e-12);
        Assert.Equal(risks.Prosecutor, risks.Journalist);
    }
}

public sealed class Released_numbers
{
    private static readonly Microdata People = Microdata.FromRows(["income", "age"], [.. Enumerable.Range(0, 200).Select(i => new[] { $"{1000 + (i * i)}", $"{20 + (i * 7 % 60)}" })]);

    [Fact]
    public void That_are_the_true_ones_find_everybody()
    {
        var risk = NumericDisclosure.Measure(People, People, ["income", "age"]).OrThrow();

        Assert.Equal((200, 1.0, 1.0), (risk.Rows, risk.Close, risk.Linked));
    }

    [Fact]
    public void That_are_means_of_groups_find_at_most_one_in_k()
    {
        var released = Microaggregation.Run(People, ["income", "age"], 5).OrThrow();

        var risk = NumericDisclosure.Measure(People, released, ["income", "age"]).OrThrow();

        Assert.InRange(risk.Linked, 0.05, 0.2);
        Assert.InRange(risk.Close, 0, 0.2);
    }
}
