using Amana.Domain.Accounts;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using CsCheck;

namespace Amana.Domain.Tests;

public sealed class The_gate
{
    /// <summary>What can be taken out of an activity's records, one by one.</summary>
    private static readonly Func<ActivitySnapshot, ActivitySnapshot>[] Removals =
    [
        s => s with { Overlaps = null }, s => s with { Purpose = null }, s => s with { Consultations = [] }, s => s with { ResultsReturned = [] },
        s => s with { Risk = null }, s => s with { Forms = [] }, s => s with { Notice = null }, s => s with { Team = [] }, s => s with { Team = [.. s.Team.Take(1)] },
        s => s with { Team = [.. s.Team.Skip(1)] }, s => s with { Method = null }, s => s with { SharingPlan = null }, s => s with { Agreements = [] },
        s => s with { Organisations = [] }, s => s with { Releases = [] }, s => s with { Referral = null },
        s => s with { Safekeeping = s.Safekeeping with { VaultReady = false } }, s => s with { Safekeeping = s.Safekeeping with { LedgerReady = false } },
        s => s with { Notice = s.Notice is null ? null : GivenPlans.Notice(change: (l, t) => l == "ar" ? null : t) },
        s => s with { Purpose = s.Purpose is null ? null : GivenPlans.Purpose(weighed: false) }, s => s with { Purpose = s.Purpose is null ? null : GivenPlans.Purpose(weighed: s.Purpose.Proportionality is not null, published: false) },
        s => s with { Risk = s.Risk is null ? null : GivenPlans.Assessment() },
    ];

    /// <summary>The long run (AMANA_LONG=1) tries many more.</summary>
    private static bool Often => Environment.GetEnvironmentVariable("AMANA_LONG") == "1";

    private static readonly Gen<bool[]> Taken = Gen.Bool.Array[Removals.Length];

    private static readonly Gen<ActivitySnapshot> Situation = Gen.Int[0, 3].Select(i => i switch
    {
        0 => Given.AnActivity(),
        1 => Given.AnActivity().ReadyToCollect(),
        2 => Given.AnActivity().Collecting(),
        _ => Given.AnActivity().ReadyToClose(),
    });

    [Fact]
    public void Answers_the_same_whether_answers_of_rules_are_kept_or_not()
    {
        Gen.Select(Situation, Taken, Gen.Int[0, 400]).Sample((situation, taken, days) =>
        {
            var s = Removals.Where((_, i) => taken[i]).Aggregate(situation, (at, take) => take(at));
            var kept = s.At(s.Now.AddDays(days), s.Safekeeping.VaultReady);
            var asked = new GateRequest(Given.Acting(Given.Interviewer), Operation.Collect);
            var first = Gate.Decide(kept, asked);
            Assert.Equal(Said(Gate.Decide(s with { Now = kept.Now }, asked)), Said(first));
            Assert.Equal(Said(first), Said(Gate.Decide(kept, asked)));
        }, iter: 2_000);
    }

    [Fact]
    public void Judges_a_copy_anew()
    {
        var kept = Given.AnActivity().Collecting().At(Given.Now, vaultReady: true);
        var asked = new GateRequest(Given.Acting(Given.Interviewer), Operation.Collect);
        var before = Gate.Decide(kept, asked);
        var without = Gate.Decide(kept with { Risk = null }, asked);
        Assert.Contains(Said(without), said => !Said(before).Contains(said, StringComparer.Ordinal));
    }

    private static List<string> Said(GateAnswer answer) => [.. answer.Refusals.Select(r => $"{r.Slug} {string.Join(' ', r.Args.Select(a => $"{a.Key}={a.Value}"))}")];

    [Fact]
    public void Lets_a_ready_activity_open_for_collection()
    {
        var s = Given.AnActivity().ReadyToCollect();
        Assert.Empty(Gate.MayEnter(s, PimStep.Implement).Refusals);
        Assert.Empty(Gate.MayEnter(Given.AnActivity().ReadyToClose(), PimStep.Closed).Refusals);
        Assert.All(Catalogue.Evaluate(s), a => Assert.True(a.Holds, a.Rule.Id));
    }

    [Fact]
    public void Refuses_a_new_activity_with_every_reason_at_once()
    {
        var refused = Gate.MayEnter(Given.AnActivity(), PimStep.Implement);
        Assert.False(refused.Allowed);
        Assert.True(refused.Refusals.Select(r => r.Args["rule"]).Distinct().Count() >= 20);
        Assert.All(refused.Refusals, r => Assert.NotNull(r.Mend));
    }

    [Fact]
    public void Never_throws_whatever_is_missing() => Gen.Select(Situation, Taken).Sample((s, taken) =>
    {
        var left = Without(s, taken);
        Assert.All(Catalogue.Evaluate(left), a => Assert.DoesNotContain(a.Gaps, g => g.Slug == "rule.cannot-be-judged"));
        foreach (var operation in Enum.GetValues<Operation>())
            Gate.Stands(left, operation);
    }, iter: Often ? 20_000 : 300);

    [Fact]
    public void Takes_a_rule_that_cannot_judge_for_not_met()
    {
        var broken = Given.AnActivity().Collecting() with { Consultations = null!, Forms = null!, Team = null!, Requests = null! };
        foreach (var id in new[] { "PC-1", "DP-2", "CC-1", "CC-2", "SEC-4", "IC-1" })
            broken.Says(id).IsNotMet("rule.cannot-be-judged");
    }

    [Fact]
    public void Never_allows_because_something_is_missing() => Gen.Select(Situation, Taken, Taken).Sample((s, some, more) =>
    {
        var less = Without(s, some);
        var least = Without(s, [.. some.Zip(more, (a, b) => a || b)]);
        foreach (var operation in Enum.GetValues<Operation>())
            Assert.True(Gate.Stands(less, operation).Allowed || !Gate.Stands(least, operation).Allowed, operation.ToString());
        foreach (var step in Enum.GetValues<PimStep>())
            Assert.True(Gate.MayEnter(less, step).Allowed || !Gate.MayEnter(least, step).Allowed, step.ToString());
    }, iter: Often ? 40_000 : 500);

    [Fact]
    public void Never_lets_a_rule_block_erasure() => Gen.Select(Situation, Taken).Sample((s, taken) =>
    {
        Assert.DoesNotContain(Catalogue.Rules, r => r.Guards.Contains(Operation.Erase));
        foreach (var actor in new[] { Actor.House, Actor.PersonWithReceipt, Given.Acting(Given.FocalPoint, Duty.DataProtectionFocalPoint) })
            Assert.True(Gate.Decide(Without(s, taken), new GateRequest(actor, Operation.Erase)).Allowed);
    }, iter: 100);

    [Fact]
    public void Lets_nobody_else_erase() =>
        Assert.Equal("actor.may-not-erase", Assert.Single(Gate.Decide(Given.AnActivity().Collecting(), new GateRequest(Given.Acting(Given.Lead, Duty.Administrator), Operation.Erase)).Refusals).Slug);

    [Fact]
    public void Is_shut_before_collection_and_after_closing()
    {
        var house = new GateRequest(Actor.House, Operation.Collect);
        Assert.Equal("activity.not-collecting", Assert.Single(Gate.Decide(Given.AnActivity().ReadyToCollect(), house).Refusals).Slug);
        Assert.True(Gate.Decide(Given.AnActivity().Collecting(), house).Allowed);
        Assert.Contains(Gate.Decide(Given.AnActivity().ReadyToClose(), house).Refusals, r => r.Slug == "activity.not-collecting");
        Assert.Contains(Gate.Decide(Given.AnActivity(), new GateRequest(Given.Acting(Given.ProtectionOfficer), Operation.Analyse, "N1")).Refusals, r => r.Slug == "activity.not-running");
    }

    [Theory]
    [InlineData(Operation.Release, "consent.sharing-not-given")]
    [InlineData(Operation.Refer, "consent.referral-not-given")]
    public void Lets_one_record_leave_only_with_its_own_yes(Operation operation, string slug)
    {
        var stated = new StatedConsent([ConsentAsk.Participation], false, "en", ConsentGiver.Self, ConsentMeans.Spoken);
        var consent = PersonConsent.Of(Given.Allowed(ConsentRules.Receive(new ReceiveConsent(default, default, "en", Guid.NewGuid(), []), stated, GivenPlans.Notice(), Given.Now)));
        var answer = Gate.Decide(Given.AnActivity().Collecting(), new GateRequest(Given.Acting(Given.ProtectionOfficer), operation, "N1", consent));
        Assert.Equal(slug, Assert.Single(answer.Refusals).Slug);
    }

    [Fact]
    public void Answers_under_a_version_of_the_catalogue() => Assert.Equal("2015.1", Gate.Stands(Given.AnActivity(), Operation.Collect).CatalogueVersion);

    private static ActivitySnapshot Without(ActivitySnapshot s, bool[] taken)
    {
        for (var i = 0; i < Removals.Length; i++)
            if (taken[i])
                s = Removals[i](s);
        return s;
    }
}
