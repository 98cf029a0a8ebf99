using Amana.Domain.Accounts;
using Amana.Domain.Competency;
using Amana.Domain.Consent;
using Amana.Domain.Emergencies;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using CsCheck;

namespace Amana.Domain.Tests.Subjects;

public sealed class An_override
{
    private static readonly string[] NeverGiveWay = ["IC-2", "IC-4", "IC-5", "SEC-2", "SEC-3", "SEC-5"];

    private static readonly (string Rule, Operation Operation)[] Pairs =
        [.. Catalogue.Rules.Where(Overridable.Is).SelectMany(r => r.Guards.Select(g => (r.Id, g)))];

    private static readonly Gen<ActivitySnapshot> Situation = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, (risk, team, vault, referral) => Given.AnActivity().Collecting() switch
    {
        var s => s with
        {
            Risk = risk ? s.Risk : null, Team = team ? s.Team : [], Safekeeping = s.Safekeeping with { VaultReady = vault }, Referral = referral ? s.Referral : null,
        },
    });

    [Fact]
    public void Is_refused_for_what_gives_way_to_nobody()
    {
        foreach (var id in NeverGiveWay)
            Assert.Contains(Ask(id, Operation.Collect).Refusals, r => r.Slug is "override.never");
        Assert.Contains(Ask("PC-1", Operation.Collect).Refusals, r => r.Slug == "override.never"); // it guards no operation
        Assert.Contains(Ask("DNH-2", Operation.Open).Refusals, r => r.Slug == "override.not-guarded");
        Assert.Contains(Ask("DNH-2", Operation.Collect, hours: 73).Refusals, r => r.Slug == "override.hours-out-of-range");
        Assert.Contains(Ask("DNH-2", Operation.Collect, reason: "quickly").Refusals, r => r.Slug == "override.reason-short");
        Assert.Contains(Ask("XX-9", null).Refusals, r => r.Slug == "field.required");
    }

    [Fact]
    public void Takes_two_people_and_ends_by_itself()
    {
        var asked = Asked("DNH-2", Operation.Collect);
        Assert.Equal("override.own", Assert.Single(OverrideRules.Decide(asked, agrees: true, Given.Lead, Given.Now).Refusals).Slug);
        Assert.False(asked.LivesAt(Given.Now));
        asked.Apply(Given.Allowed(OverrideRules.Decide(asked, agrees: true, Given.FocalPoint, Given.Now)));
        Assert.True(asked.LivesAt(Given.Now.AddHours(23.9)));
        Assert.False(asked.LivesAt(Given.Now.AddHours(24)));
        asked.Apply(Given.Allowed(OverrideRules.End(asked, Given.Now.AddHours(1))));
        Assert.False(asked.LivesAt(Given.Now.AddHours(2)));
        Assert.Equal("override.over-already", Assert.Single(OverrideRules.End(asked, Given.Now).Refusals).Slug);
    }

    /// <summary>The property: with overrides, an operation is refused for exactly what it is refused for without them, save the rules that they name for it.</summary>
    [Fact]
    public void Opens_nothing_that_it_does_not_name() => Gen.Select(Situation, Gen.Bool.Array[Pairs.Length], Gen.Int[0, 30]).Sample((s, chosen, hours) =>
    {
        var live = Pairs.Where((_, i) => chosen[i]).ToList();
        var with = s with { Now = Given.Now.AddHours(hours), Overrides = [.. live.Select(p => Agreed(p.Rule, p.Operation))] };
        foreach (var operation in Enum.GetValues<Operation>())
        {
            var request = new GateRequest(Given.Acting(Given.ProtectionOfficer), operation, "N1");
            var (before, after) = (Gate.Decide(with with { Overrides = [] }, request), Gate.Decide(with, request));
            var named = hours < 24 ? live.Where(p => p.Operation == operation).Select(p => p.Rule).ToHashSet(StringComparer.Ordinal) : [];
            var expected = before.Refusals.Except(before.Rules.Where(a => named.Contains(a.Rule.Id) && !a.Holds).SelectMany(a => a.Gaps)).Select(r => r.Slug);
            Assert.Equal(expected, after.Refusals.Select(r => r.Slug));
            Assert.DoesNotContain(after.Overridden, NeverGiveWay.Contains);
        }
    }, iter: 200);

    [Fact]
    public void Of_another_activity_or_for_another_operation_opens_nothing()
    {
        var lapsed = Given.AnActivity().Collecting() with { Risk = null };
        Assert.False(Gate.Stands(lapsed, Operation.Collect).Allowed);
        Assert.True(Gate.Stands(lapsed with { Overrides = [Agreed("DNH-2", Operation.Collect)] }, Operation.Collect).Allowed);
        Assert.False(Gate.Stands(lapsed with { Overrides = [Agreed("DNH-2", Operation.Release)] }, Operation.Collect).Allowed);
        Assert.False(Gate.Stands(lapsed with { Overrides = [Agreed("DNH-2", Operation.Collect, new ActivityId(Guid.NewGuid()))] }, Operation.Collect).Allowed);
    }

    [Fact]
    public void Has_no_part_in_stepping_on() =>
        Assert.False(Gate.MayEnter(Given.AnActivity().ReadyToCollect() with { Risk = null, Overrides = [Agreed("DNH-2", Operation.Collect)] }, PimStep.Implement).Allowed);

    private static Decision<OverrideAsked> Ask(string rule, Operation? operation, int hours = 24, string reason = "The flood is here and the review is tomorrow", ActivityId? activity = null) =>
        OverrideRules.Ask(new AskOverride(new OverrideId(Guid.NewGuid()), activity ?? Given.Activity, rule, operation, reason, hours), [], Given.Lead, new OperationLimits(), Given.Now);

    private static RuleOverride Asked(string rule, Operation operation, ActivityId? activity = null) => RuleOverride.Of(Given.Allowed(Ask(rule, operation, activity: activity)));

    private static RuleOverride Agreed(string rule, Operation operation, ActivityId? activity = null)
    {
        var asked = Asked(rule, operation, activity);
        asked.Apply(Given.Allowed(OverrideRules.Decide(asked, agrees: true, Given.FocalPoint, Given.Now)));
        return asked;
    }
}

public sealed class A_record_opened_because_of_danger_to_life
{
    [Fact]
    public void Opens_to_the_team_and_the_focal_point_without_role_purpose_or_competency()
    {
        var s = Given.AnActivity().Collecting() with { Team = [Given.Seat(TeamRole.Enumerator, Given.Interviewer, expires: Given.Today.AddDays(-1), briefed: false)] };
        Assert.True(Gate.InEmergency(s, Given.Acting(Given.Interviewer), Consent()).Allowed);
        Assert.True(Gate.InEmergency(s, Given.Acting(Given.FocalPoint, Duty.DataProtectionFocalPoint), Consent()).Allowed);
        Assert.Equal("emergency.not-on-team", Assert.Single(Gate.InEmergency(s, Given.Acting(Given.Lead, Duty.Administrator), Consent()).Refusals).Slug);
    }

    [Fact]
    public void Stays_shut_when_consent_was_withdrawn_the_vault_is_not_ready_or_nothing_runs()
    {
        var s = Given.AnActivity().Collecting();
        var withdrawn = Consent();
        withdrawn.Apply(Given.Allowed(ConsentRules.Withdraw(withdrawn, [ConsentAsk.Participation], Given.Now)));
        var focal = Given.Acting(Given.FocalPoint, Duty.DataProtectionFocalPoint);
        Assert.Contains(Gate.InEmergency(s, focal, withdrawn).Refusals, r => r.Slug == "consent.withdrawn");
        Assert.Contains(Gate.InEmergency(s with { Safekeeping = s.Safekeeping with { VaultReady = false } }, focal, Consent()).Refusals, r => r.Slug == "gap.vault-not-ready");
        Assert.False(Gate.InEmergency(Given.AnActivity(), focal, Consent()).Allowed);
        Assert.False(Gate.InEmergency(s, focal with { Kind = ActorKind.Phone }, Consent()).Allowed);
        Assert.False(Gate.InEmergency(s, focal with { Scope = new TokenScope([Given.Activity], [.. Enum.GetValues<TokenUse>()]) }, Consent()).Allowed);
    }

    [Fact]
    public void Blocks_the_next_until_a_second_person_has_looked()
    {
        var first = EmergencyOpening.Of(Given.Allowed(Open([])));
        Assert.Equal("emergency.own-not-reviewed", Assert.Single(Open([first]).Refusals).Slug);
        Assert.True(Open([first], by: Given.Lead) is Decision<RecordOpenedInEmergency>.Allowed); // another's own danger does not wait
        Assert.Equal("emergency.review-overdue", Assert.Single(Open([first], by: Given.Lead, now: Given.Now.AddHours(24)).Refusals).Slug);
        Assert.Equal("emergency.own-review", Assert.Single(EmergencyRules.Review(first, EmergencyVerdict.Justified, null, Given.Interviewer, Given.Now).Refusals).Slug);
        Assert.Equal("field.required", Assert.Single(EmergencyRules.Review(first, EmergencyVerdict.NotJustified, " ", Given.FocalPoint, Given.Now).Refusals).Slug);
        first.Apply(Given.Allowed(EmergencyRules.Review(first, EmergencyVerdict.Justified, null, Given.FocalPoint, Given.Now)));
        Assert.True(Open([first]) is Decision<RecordOpenedInEmergency>.Allowed);
        Assert.Equal("emergency.reviewed-already", Assert.Single(EmergencyRules.Review(first, EmergencyVerdict.Justified, null, Given.FocalPoint, Given.Now).Refusals).Slug);
        Assert.Equal("emergency.reason-length", Assert.Single(Open([], reason: 19).Refusals).Slug);
    }

    private static Decision<RecordOpenedInEmergency> Open(IReadOnlyCollection<EmergencyOpening> earlier, StaffId? by = null, DateTimeOffset? now = null, int reason = 40) => EmergencyRules.Open(
        new OpenInEmergency(new EmergencyId(Guid.NewGuid()), Given.Activity, default, default, reason, [1]), new GateAnswer(true, [], []), by ?? Given.Interviewer, earlier, 24, now ?? Given.Now);

    private static PersonConsent Consent() => PersonConsent.Of(Given.Allowed(ConsentRules.Receive(new ReceiveConsent(default, default, "en", Guid.NewGuid(), []),
        new StatedConsent([ConsentAsk.Participation], false, "en", ConsentGiver.Self, ConsentMeans.Spoken), GivenPlans.Notice(), Given.Now)));
}

public sealed class A_program_with_a_token
{
    private static readonly Gen<(Actor Holder, TokenScope Scope)> Acting = Gen.Select(
        Gen.Int[0, 4].Select(i => new[] { Given.Lead, Given.ProtectionOfficer, Given.InformationOfficer, Given.Interviewer, Given.FocalPoint }[i]), Gen.Bool, Gen.Bool.Array[4],
        (who, here, uses) => (Given.Acting(who, who == Given.FocalPoint ? [Duty.DataProtectionFocalPoint] : []),
            new TokenScope([here ? Given.Activity : new ActivityId(Guid.NewGuid())], [.. Enum.GetValues<TokenUse>().Where((_, i) => uses[i])])));

    /// <summary>The property: by a token nobody may what they may not themselves, and nothing that the token does not name.</summary>
    [Fact]
    public void May_never_more_than_its_holder_and_its_scope() => Acting.Sample(a =>
    {
        var s = Given.AnActivity().Collecting();
        var cut = a.Holder with { Scope = a.Scope, Duties = [] };
        foreach (var operation in Enum.GetValues<Operation>())
        {
            var byToken = Gate.Decide(s, new GateRequest(cut, operation, "N1")).Allowed;
            Assert.True(!byToken || Gate.Decide(s, new GateRequest(a.Holder, operation, "N1")).Allowed, operation.ToString());
            Assert.True(!byToken || (TokenScope.UseFor(operation) is { } use && a.Scope.Covers(s.Activity.Id, use)), operation.ToString());
        }

        Assert.True(Authority.MayPlan(s, cut).Count > 0 || (Authority.MayPlan(s, a.Holder).Count == 0 && a.Scope.Covers(s.Activity.Id, TokenUse.Plan)));
        Assert.True(Authority.MayRead(s, cut).Count > 0 || (Authority.MayRead(s, a.Holder).Count == 0 && a.Scope.Covers(s.Activity.Id, null)));
        Assert.NotEmpty(Authority.MayApprove(s, cut));
        Assert.NotEmpty(Authority.MayVouch(s, cut));
        Assert.NotEmpty(Authority.MayWeigh(s, cut));
        Assert.NotEmpty(Authority.MaySetUp(cut));
        Assert.NotEmpty(Authority.MayStart(cut, Given.Us));
    }, iter: 300);

    [Fact]
    public void Has_it_for_a_year_at_most_and_for_something()
    {
        Assert.Equal(["token.no-activity", "token.no-use", "token.days-out-of-range"], Issue(new TokenScope([], []), 366).Refusals.Select(r => r.Slug));
        var token = ApiToken.Issue(Given.Allowed(Issue(new TokenScope([Given.Activity], [TokenUse.Read]), 30)));
        Assert.True(token.LivesAt(Given.Now.AddDays(29)));
        Assert.False(token.LivesAt(Given.Now.AddDays(30)));
        token.Apply(Given.Allowed(ApiTokenRules.Revoke(token, Given.Now)));
        Assert.False(token.LivesAt(Given.Now.AddDays(1)));
    }

    private static Decision<ApiTokenIssued> Issue(TokenScope scope, int days) =>
        ApiTokenRules.Issue(new IssueApiToken(new ApiTokenId(Guid.NewGuid()), Given.Lead, "weekly figures", "00", scope, days), Given.Now);
}
