using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using CsCheck;

namespace Amana.Domain.Tests;

public sealed class Steps_of_an_activity
{
    private static readonly GateAnswer Yes = new(true, [], []);

    [Fact]
    public void Follow_one_another()
    {
        foreach (var from in Enum.GetValues<PimStep>())
            foreach (var to in Enum.GetValues<PimStep>())
            {
                var slug = ActivityRules.Enter(Situations.InStep(from), to, Yes, Given.Now).Refusals.SingleOrDefault()?.Slug;
                Assert.Equal(from == PimStep.Closed ? "activity.closed" : to == from + 1 ? null : "activity.step-out-of-order", slug);
            }
    }

    [Fact]
    public void Are_not_entered_against_the_gate()
    {
        var no = Gate.MayEnter(Given.AnActivity(), PimStep.Design);
        Assert.Equal(no.Refusals, ActivityRules.Enter(Given.StartedActivity(), PimStep.Design, no, Given.Now).Refusals);
        Assert.NotEmpty(no.Refusals);
    }

    [Fact]
    public void Remember_when_collection_opened_and_the_activity_closed()
    {
        var closed = Situations.InStep(PimStep.Closed);
        Assert.NotNull(closed.OpenedAt);
        Assert.NotNull(closed.ClosedAt);
        Assert.Null(Situations.InStep(PimStep.Design).OpenedAt);
    }
}

public sealed class Starting_an_activity
{
    [Fact]
    public void Tells_everything_that_is_missing_at_once()
    {
        var bare = new StartActivity(default, " ", MatrixCategory.PopulationData, new Place(" ", ""), [], new Period(Given.Today, Given.Today.AddDays(-1)), Given.Us, [], SensitivityLevel.Public);
        Assert.Equal(["field.required", "activity.place-missing", "activity.population-missing", "activity.languages-missing", "activity.period-reversed"],
            ActivityRules.Start(bare, 1, Given.Lead, Given.Now).Refusals.Select(r => r.Slug));
    }
}

public sealed class An_overlap_score
{
    private static readonly string[] Places = ["XX", "XX01", "XX0101", "YY07"];

    private static readonly Gen<Activity> Activities = Gen.Select(Gen.Enum<MatrixCategory>(), Gen.Int[0, 3].Select(i => Places[i]), Gen.Enum<PopulationGroup>().List[1, 4], Gen.Int[0, 400], Gen.Int[0, 400])
        .Select((category, place, groups, start, days) => Activity.Start(Given.Allowed(ActivityRules.Start(new StartActivity(new ActivityId(Guid.CreateVersion7()), "Made up", category,
            new Place(place, place), groups, new Period(Given.Today.AddDays(start), Given.Today.AddDays(start + days)), Given.Us, ["en"], SensitivityLevel.Public), 1, Given.Lead, Given.Now))));

    [Fact]
    public void Lies_between_0_and_100_and_is_whole_for_the_same() => Gen.Select(Activities, Activities).Sample((a, b) =>
    {
        Assert.InRange(OverlapScore.Between(a, b).Total, 0, 100);
        Assert.Equal(100, OverlapScore.Between(a, a).Total);
    });

    [Fact]
    public void Counts_place_by_code_whether_wider_or_narrower() => Gen.Select(Activities, Activities).Sample((a, b) =>
        Assert.Equal(OverlapScore.Between(a, b).Place, OverlapScore.Between(b, a).Place));

    [Fact]
    public void Finds_only_what_reaches_the_threshold_highest_first() => Gen.Select(Activities, Activities.List[0, 12], Gen.Int[0, 100]).Sample((planned, registry, threshold) =>
    {
        var found = Given.Allowed(OverlapRules.Search(planned, registry, threshold, Given.Lead, Given.Now)).Found;
        Assert.Equal(registry.Count(a => OverlapScore.Between(planned, a).Total >= threshold), found.Count);
        Assert.Equal(found.Select(f => f.Score.Total).OrderDescending(), found.Select(f => f.Score.Total));
    }, iter: 200);

    [Fact]
    public void Needs_a_reason_with_its_answer()
    {
        var review = OverlapReview.Of(Given.Allowed(OverlapRules.Search(Given.StartedActivity(), [], 50, Given.Lead, Given.Now)));
        Assert.Equal(["field.required", "overlap.not-found"], OverlapRules.Answer(review, new ActivityId(Guid.NewGuid()), OverlapAnswer.Join, "").Refusals.Select(r => r.Slug));
    }
}
