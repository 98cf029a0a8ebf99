using Amana.Domain.Principles;

namespace Amana.Domain.Tests.Principles;

/// <summary>Submissions are decided by what was read of an activity a while ago, as long as no plan changed since: so nothing that collecting itself changes may decide.</summary>
public sealed class Rules_that_guard_collecting
{
    private static readonly ActivitySnapshot[] Standing =
        [Given.AnActivity(), Given.AnActivity().ReadyToCollect(), Given.AnActivity().Collecting(), Given.AnActivity().Collecting().At(Given.Today.AddDays(400)), Given.AnActivity().ReadyToClose()];

    [Fact]
    public void Look_at_no_counts_of_records() => Assert.All(Standing, s =>
    {
        var counted = s with
        {
            Collection = new CollectionState { Records = 100_000, Refusals = 500, InQuarantine = 70, PhonesInUse = 90, BusiestDay = 5000, WithdrawnNotErased = 9, OldestWithdrawal = s.Now.AddDays(-30) },
            Safekeeping = s.Safekeeping with { LastCheckpointAt = s.Now },
            Bias = new Impartiality.BiasState(s.Now.AddDays(-40), 9, 4, s.Now.AddDays(-30)),
            Accuracy = new Records.AccuracyState(Given.Today.AddDays(-9), [new Records.UntoldCorrections(default, "R", 3)]),
        };
        var (before, after) = (Decide(s with { Collection = new CollectionState() }), Decide(counted));
        Assert.Equal(before.Allowed, after.Allowed);
        Assert.Equal(before.Refusals.Select(r => r.Slug), after.Refusals.Select(r => r.Slug));
    });

    [Fact]
    public void Are_some_and_let_collecting_through_when_they_are_met()
    {
        Assert.Contains(Catalogue.Rules, r => r.Guards.Contains(Operation.Collect));
        Assert.True(Decide(Given.AnActivity().Collecting()).Allowed);
    }

    private static GateAnswer Decide(ActivitySnapshot s) => Gate.Decide(s, new GateRequest(Given.Acting(Given.Interviewer), Operation.Collect));
}
