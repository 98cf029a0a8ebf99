using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Tests;

public sealed class Proposing_a_release
{
    private static readonly Agreement Agreement = GivenPlans.Agreement();

    private static IReadOnlyList<Refusal> Refused(MeasuredRisk risk, DateTimeOffset? at = null) => SharingRules.Propose(Situations.InStep(PimStep.Implement),
        new ProposeRelease(default, Agreement.Id, "N1", "Paths", Situations.ANote, "00", [1]), Agreement, risk, Given.Lead, at ?? Given.Now).Refusals;

    private static MeasuredRisk Measured(int smallest, int threshold = 3, int rows = 40) => new(["sex", "age"], ["sex", "age"], rows, smallest, threshold, 7, 0.1);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(9, true)]
    public void Is_refused_below_the_threshold_with_the_records_at_risk(int smallest, bool allowed)
    {
        var refusals = Refused(Measured(smallest));
        if (allowed)
        {
            Assert.Empty(refusals);
            return;
        }

        var refusal = Assert.Single(refusals);
        Assert.Equal(("release.group-too-small", "2", "3", "7"), (refusal.Slug, refusal.Args["smallest"], refusal.Args["threshold"], refusal.Args["count"]));
    }

    [Fact]
    public void Needs_keys_and_records()
    {
        Assert.Equal("release.keys-missing", Assert.Single(Refused(Measured(5) with { Keys = [] })).Slug);
        Assert.Equal("release.no-records", Assert.Single(Refused(Measured(0, rows: 0))).Slug);
    }

    [Fact]
    public void Needs_the_agreement_in_force_on_the_day()
    {
        Assert.Empty(Refused(Measured(5), Given.Now.AddDays(300)));
        Assert.Equal("release.agreement-not-in-force", Assert.Single(Refused(Measured(5), Given.Now.AddDays(301))).Slug);
    }
}

public sealed class Deciding_on_a_release
{
    [Fact]
    public void By_someone_else_approves_once()
    {
        var release = Situations.ARelease(approved: true);
        Assert.Equal((ReleaseState.Approved, Given.ProtectionOfficer), (release.State, release.DecidedBy!.Value));
        Assert.Equal("release.decided-already", Assert.Single(SharingRules.Decide(release, GivenPlans.Agreement(), true, "Again", Given.FocalPoint, Given.Now).Refusals).Slug);
    }

    [Fact]
    public void After_the_agreement_was_suspended_can_only_decline()
    {
        var agreement = GivenPlans.Agreement();
        GivenPlans.Suspended(agreement);
        Assert.Equal("release.agreement-not-in-force", Assert.Single(SharingRules.Decide(Situations.ARelease(), agreement, true, "Yes", Given.FocalPoint, Given.Now).Refusals).Slug);
        Assert.Empty(SharingRules.Decide(Situations.ARelease(), agreement, false, "Trust is broken", Given.FocalPoint, Given.Now).Refusals);
    }

    [Fact]
    public void Says_why() => Assert.Equal(("field.required", "Reason"),
        SharingRules.Decide(Situations.ARelease(), GivenPlans.Agreement(), false, " ", Given.FocalPoint, Given.Now).Refusals.Select(r => (r.Slug, r.Field!)).Single());
}
