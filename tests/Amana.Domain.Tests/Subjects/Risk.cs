using Amana.Domain.Principles;
using Amana.Domain.Risk;
using CsCheck;

namespace Amana.Domain.Tests;

public sealed class Assessing_risks
{
    private static IReadOnlyList<Shared.Refusal> Refused(RiskContent content) => RiskRules.Assess(Given.StartedActivity(), content, Given.ProtectionOfficer, Given.Now, 180).Refusals;

    [Fact]
    public void Without_any_risk_is_refused() => Assert.Equal("risk.none", Assert.Single(Refused(GivenPlans.Risks() with { Risks = [] })).Slug);

    [Fact]
    public void Stays_on_the_grid_of_four_by_four() => Gen.Select(Gen.Int[-1, 6], Gen.Int[-1, 6], Gen.Int[-1, 6], Gen.Int[-1, 6]).Sample((l, s, rl, rs) =>
    {
        var risk = GivenPlans.Risk("R1", RiskStage.Use, rl, rs) with { Likelihood = l, Severity = s };
        var onGrid = new[] { l, s, rl, rs }.All(v => v is >= 1 and <= 4);
        Assert.Equal(onGrid, Refused(GivenPlans.Risks() with { Risks = [risk] }).Count == 0);
    });

    [Theory]
    [InlineData(0, "risk.review-date-passed")]
    [InlineData(1, null)]
    [InlineData(180, null)]
    [InlineData(181, "risk.review-too-far")]
    public void Sets_a_review_ahead_but_not_too_far(int days, string? slug) =>
        Assert.Equal(slug, Refused(GivenPlans.Risks(Given.Today.AddDays(days))).SingleOrDefault()?.Slug);

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void Has_a_tolerance_on_the_grid(int tolerance) => Assert.Equal("risk.tolerance-out-of-range", Assert.Single(Refused(GivenPlans.Risks() with { Tolerance = tolerance })).Slug);

    [Fact]
    public void Gives_each_risk_its_own_code()
    {
        var risks = GivenPlans.Risks();
        Assert.Equal("risk.code-twice", Assert.Single(Refused(risks with { Risks = [risks.Risks[0], risks.Risks[0]] })).Slug);
    }

    [Fact]
    public void Anew_takes_the_approval_away()
    {
        var assessment = GivenPlans.Assessment(approvedFor: new RiskScope { Place = "f" });
        assessment.Apply(Given.Allowed(RiskRules.Assess(Given.StartedActivity(), GivenPlans.Risks(), Given.ProtectionOfficer, Given.Now, 180)));
        Assert.Equal((RiskState.Draft, null, null), (assessment.State, assessment.ApprovedAt, assessment.ApprovedBy));
    }
}

public sealed class Approving_risks
{
    [Fact]
    public void Counts_each_approval()
    {
        var assessment = GivenPlans.Assessment(approvedFor: new RiskScope { Place = "f" });
        Assert.Equal((1, "f", Given.FocalPoint), (assessment.Revision, assessment.ApprovedScope.Place, assessment.ApprovedBy!.Value));
        Assert.Equal("risk.already-approved", Assert.Single(RiskRules.Approve(Given.StartedActivity(), assessment, new RiskScope { Place = "f" }, Given.FocalPoint, Given.Now).Refusals).Slug);
    }

    [Fact]
    public void Past_its_own_review_date_is_refused() =>
        Assert.Equal("risk.review-date-passed", Assert.Single(RiskRules.Approve(Given.StartedActivity(), GivenPlans.Assessment(), new RiskScope { Place = "f" }, Given.FocalPoint, Given.Now.AddDays(90)).Refusals).Slug);

    [Fact]
    public void Comes_before_confirming() =>
        Assert.Equal("risk.not-approved", Assert.Single(RiskRules.Review(Given.StartedActivity(), GivenPlans.Assessment(), Given.Today.AddDays(9), new RiskScope { Place = "f" }, Given.FocalPoint, Given.Now, 180).Refusals).Slug);

    [Fact]
    public void In_a_closed_activity_is_refused() =>
        Assert.Contains(RiskRules.Approve(Situations.InStep(PimStep.Closed), GivenPlans.Assessment(), new RiskScope { Place = "f" }, Given.FocalPoint, Given.Now).Refusals, r => r.Slug == "activity.closed");

    [Fact]
    public void Is_reopened_once_until_reviewed()
    {
        var assessment = GivenPlans.Assessment(approvedFor: new RiskScope { Place = "f" });
        assessment.Apply(Given.Allowed(RiskRules.Reopen(assessment, "incident")));
        Assert.Equal("risk.already-reopened", Assert.Single(RiskRules.Reopen(assessment, "again").Refusals).Slug);
    }
}
