using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using CsCheck;

namespace Amana.Domain.Tests;

/// <summary>Every pair of state and act, against a table that was written by hand and not from the code.</summary>
[Proves("IC-2"), Proves("IC-5")]
public sealed class The_states_of_a_consent
{
    // Columns: Give, Request, Refuse, Renew, Withdraw, Invalidate, Lapse. "-" has no place.
    private const string Table = """
        Given        -      -          -        Renewed  Withdrawn  Invalidated  Expired
        Renewed      -      -          -        Renewed  Withdrawn  Invalidated  Expired
        Unknown      Given  Requested  Refused  -        Withdrawn  Invalidated  -
        Requested    Given  -          Refused  Renewed  Withdrawn  Invalidated  -
        Expired      -      Requested  Refused  Renewed  Withdrawn  Invalidated  -
        Refused      -      -          -        -        Withdrawn  -            -
        Withdrawn    -      -          -        -        -          -            -
        Invalidated  -      Requested  -        -        Withdrawn  -            -
        """;

    private static readonly Dictionary<(ConsentState, ConsentAct), ConsentState?> Pairs = Read();

    public static TheoryData<ConsentState, ConsentAct> All()
    {
        var all = new TheoryData<ConsentState, ConsentAct>();
        foreach (var state in Enum.GetValues<ConsentState>())
            foreach (var act in Enum.GetValues<ConsentAct>())
                all.Add(state, act);
        return all;
    }

    [Theory, MemberData(nameof(All))]
    public void Follow_from_one_another_as_the_table_says(ConsentState state, ConsentAct act) => Assert.Equal(Pairs[(state, act)], ConsentStates.After(state, act));

    [Fact]
    public void Permit_use_only_when_given_or_renewed() =>
        Assert.Equal([ConsentState.Given, ConsentState.Renewed], Enum.GetValues<ConsentState>().Where(ConsentStates.PermitsUse).Order());

    /// <summary>The same acts done to a consent and to a model that knows the table and a calendar only.</summary>
    [Fact]
    public void Are_those_of_a_model_after_any_acts() => Gen.Select(Gen.Enum<ConsentAct>(), Gen.Int[0, 200]).Array[1, 12].Sample(acts =>
    {
        var consent = GivenConsents.Of(GivenConsents.SayingYes(ConsentAsk.Sharing, ConsentAsk.Recontact), GivenConsents.NoticeFor(6));
        var (model, now, until) = (ConsentState.Given, Given.Now, Given.Today.AddMonths(6));
        foreach (var (act, days) in acts)
        {
            now = now.AddDays(days);
            if (until < DateOnly.FromDateTime(now.UtcDateTime))
                model = Pairs[(model, ConsentAct.Lapse)] ?? model;
            var next = act is ConsentAct.Lapse or ConsentAct.Give ? null : Pairs[(model, act)];
            Assert.Equal(next is not null, Done(consent, act, now));
            model = next ?? model;
            if (next is not null && act == ConsentAct.Renew)
                until = DateOnly.FromDateTime(now.UtcDateTime).AddMonths(6);
            Assert.Equal(model, consent.StateAt(now));
            var use = model is ConsentState.Given or ConsentState.Renewed;
            Assert.Equal(use, consent.Permits(ConsentPart.SharingWith(Given.Partner), now));
            Assert.Equal(use, consent.StandsAt(now));
        }
    }, iter: 400);

    private static bool Done(PersonConsent consent, ConsentAct act, DateTimeOffset now)
    {
        switch (act)
        {
            case ConsentAct.Withdraw: return Apply(ConsentRules.Withdraw(consent, [ConsentAsk.Participation], now), consent.Apply);
            case ConsentAct.Renew: return Apply(ConsentRules.Renew(consent, GivenConsents.SayingYes(ConsentAsk.Sharing), GivenConsents.NoticeFor(6), GivenConsents.Scope, Given.ProtectionOfficer, now), consent.Apply);
            case ConsentAct.Request: return Apply(ConsentRules.Request(consent, Given.ProtectionOfficer, now), consent.Apply);
            case ConsentAct.Refuse: return Apply(ConsentRules.Refuse(consent, Given.ProtectionOfficer, now), consent.Apply);
            case ConsentAct.Invalidate: return Apply(ConsentRules.Invalidate(consent, InvalidBecause.NotFree, Given.ProtectionOfficer, now), consent.Apply);
            default: return false; // given once, at the beginning; lapsing is done by time alone
        }
    }

    private static bool Apply<T>(Decision<T> decision, Action<T> apply)
    {
        if (decision is not Decision<T>.Allowed(var change))
            return false;
        apply(change);
        return true;
    }

    private static Dictionary<(ConsentState, ConsentAct), ConsentState?> Read() => Table.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(l => Enum.GetValues<ConsentAct>().Select((act, i) => (Key: (Enum.Parse<ConsentState>(l[0]), act), Then: l[i + 1] == "-" ? (ConsentState?)null : Enum.Parse<ConsentState>(l[i + 1]))))
        .ToDictionary(x => x.Key, x => x.Then);
}

[Proves("IC-3")]
public sealed class A_yes
{
    private static readonly OrganisationId Other = new(Guid.Parse("0193a000-0000-7000-8000-0000000000a9"));
    private static readonly ConsentScope Two = new([Given.Partner, Other], [GivenConsents.Care, "legal aid"], ["N1"]);

    [Fact]
    public void In_general_is_a_yes_to_those_who_are_named_now_and_to_nobody_who_comes_later()
    {
        var consent = GivenConsents.With(ConsentAsk.Participation, ConsentAsk.Sharing);
        Assert.True(consent.Permits(ConsentPart.SharingWith(Given.Partner), Given.Now));
        Assert.False(consent.Permits(ConsentPart.SharingWith(Other), Given.Now));
        Assert.False(GivenConsents.Of(GivenConsents.SayingYes(ConsentAsk.Sharing), scope: ConsentScope.None).Permits(ConsentPart.SharingWith(Given.Partner), Given.Now));
    }

    [Fact]
    public void To_one_recipient_or_service_says_nothing_of_another()
    {
        var consent = GivenConsents.Of(GivenConsents.SayingYes(ConsentPart.SharingWith(Other), ConsentPart.ReferralTo("Legal aid")), scope: Two);
        Assert.False(consent.Permits(ConsentPart.SharingWith(Given.Partner), Given.Now));
        Assert.True(consent.Permits(ConsentPart.SharingWith(Other), Given.Now));
        Assert.True(consent.Permits(ConsentPart.ReferralTo(" legal  AID "), Given.Now));
        Assert.False(consent.Permits(ConsentPart.ReferralTo(GivenConsents.Care), Given.Now));
    }

    [Fact]
    public void To_all_with_a_no_to_one_leaves_that_one_out()
    {
        var stated = GivenConsents.SayingYes(ConsentAsk.Sharing) with { Noes = [ConsentPart.SharingWith(Given.Partner)] };
        var consent = GivenConsents.Of(stated, scope: Two);
        Assert.Equal([ConsentAsk.Participation, ConsentPart.SharingWith(Other)], consent.Yeses);
    }

    [Fact]
    public void Is_read_from_a_question_of_its_own_and_from_each_choice_of_several()
    {
        IReadOnlyList<Element> elements =
        [
            GivenForms.YesNo("consent") with { Ask = ConsentAsk.Participation },
            GivenForms.YesNo("share_partner") with { Ask = ConsentAsk.Sharing, AskFor = ConsentPart.SharingWith(Given.Partner).To },
            GivenForms.YesNo("share_other") with { Ask = ConsentAsk.Sharing, AskFor = ConsentPart.SharingWith(Other).To },
            GivenForms.Of("refer", "select_multiple", Sensitivity.Open) with { Ask = ConsentAsk.Referral, Choices = [GivenForms.Choice("legal_aid"), GivenForms.Choice(GivenConsents.Care)] },
        ];
        var stated = ConsentRules.Read(GivenForms.Draft(elements), new Dictionary<string, string>
        {
            ["/data/consent"] = "yes", ["/data/share_partner"] = "no", ["/data/share_other"] = "yes", ["/data/refer"] = "legal_aid",
        });
        Assert.Equal([ConsentAsk.Participation, ConsentPart.SharingWith(Other), ConsentPart.ReferralTo("legal aid")], stated.Yeses);
        Assert.Equal([ConsentPart.SharingWith(Given.Partner), ConsentPart.ReferralTo(GivenConsents.Care)], stated.Noes);
    }

    [Fact]
    public void Is_taken_back_for_one_recipient_or_for_all()
    {
        PersonConsent Made() => GivenConsents.Of(GivenConsents.SayingYes(ConsentAsk.Sharing, ConsentAsk.Recontact), scope: Two);
        var one = Made();
        one.Apply(Given.Allowed(ConsentRules.Withdraw(one, [ConsentPart.SharingWith(Other)], Given.Now)));
        Assert.Equal([ConsentAsk.Participation, ConsentPart.SharingWith(Given.Partner), ConsentAsk.Recontact], one.Yeses);
        var all = Made();
        all.Apply(Given.Allowed(ConsentRules.Withdraw(all, [ConsentAsk.Sharing], Given.Now)));
        Assert.Equal([ConsentAsk.Participation, ConsentAsk.Recontact], all.Yeses);
    }

    [Fact]
    public void Is_written_as_one_word_and_read_back() => Gen.Select(Gen.Enum<ConsentAsk>(), Gen.String[0, 12]).Sample((ask, to) =>
    {
        var part = string.IsNullOrWhiteSpace(to) ? new ConsentPart(ask) : new ConsentPart(ask, ConsentPart.ReferralTo(to).To);
        Assert.True(ConsentPart.TryParse(part.ToString(), out var read));
        Assert.Equal(part, read);
    }, iter: 200);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("sharing")]
    [InlineData("Sharing:")]
    [InlineData("Everything")]
    public void Is_not_read_from_anything_else(string text) => Assert.False(ConsentPart.TryParse(text, out _));

    [Fact]
    public void Lets_a_record_go_to_the_recipient_and_the_service_it_names_alone()
    {
        var consent = GivenConsents.With(ConsentAsk.Participation, ConsentAsk.Sharing, ConsentAsk.Referral);
        GateAnswer Ask(Operation operation, ConsentPart? to) => Gate.Decide(Given.AnActivity().Collecting(), new GateRequest(Given.Acting(Given.ProtectionOfficer), operation, "N1", consent) { To = to });
        Assert.True(Ask(Operation.Release, ConsentPart.SharingWith(Given.Partner)).Allowed);
        Assert.True(Ask(Operation.Refer, ConsentPart.ReferralTo(GivenConsents.Care)).Allowed);
        foreach (var to in new ConsentPart?[] { null, ConsentAsk.Sharing, ConsentPart.SharingWith(Other), ConsentPart.ReferralTo(GivenConsents.Care) })
            Assert.Equal("consent.sharing-not-given", Assert.Single(Ask(Operation.Release, to).Refusals).Slug);
        foreach (var to in new ConsentPart?[] { null, ConsentAsk.Referral, ConsentPart.ReferralTo("food"), ConsentPart.SharingWith(Given.Partner) })
            Assert.Equal("consent.referral-not-given", Assert.Single(Ask(Operation.Refer, to).Refusals).Slug);
    }
}

[Proves("IC-2")]
public sealed class A_consent_that_lapses
{
    private static GateAnswer Open(PersonConsent consent, DateOnly day) =>
        Gate.Decide(Given.AnActivity().Collecting().At(day), new GateRequest(Given.Acting(Given.ProtectionOfficer), Operation.Open, "N1", consent));

    [Fact]
    public void Permits_use_until_its_last_day_and_not_after()
    {
        var consent = GivenConsents.Of(GivenConsents.SayingYes(), GivenConsents.NoticeFor(1));
        var last = Given.Today.AddMonths(1);
        Assert.Equal(last, consent.ExpiresOn);
        Assert.True(Open(consent, last).Allowed);
        Assert.Equal("consent.expired", Assert.Single(Open(consent, last.AddDays(1)).Refusals).Slug);
        Assert.Equal(ConsentState.Expired, consent.StateAt(Given.Now.AddMonths(1).AddDays(1)));
    }

    [Fact]
    public void Is_given_anew_for_the_notice_and_the_purpose_of_now()
    {
        var consent = GivenConsents.Of(GivenConsents.SayingYes(ConsentAsk.Sharing), GivenConsents.NoticeFor(1));
        var (later, notice) = (Given.Now.AddMonths(2), GivenConsents.NoticeFor(12));
        consent.Apply(Given.Allowed(ConsentRules.Renew(consent, GivenConsents.SayingYes(), notice, new ConsentScope([], [], ["N1", "N2"]), Given.ProtectionOfficer, later)));
        Assert.Equal((ConsentState.Renewed, notice.Hash, true, false), (consent.StateAt(later), consent.NoticeHash, consent.CoversNeed("N2"), consent.Permits(ConsentPart.SharingWith(Given.Partner), later)));
        Assert.Equal(DateOnly.FromDateTime(later.UtcDateTime).AddMonths(12), consent.ExpiresOn);
    }

    [Fact, Proves("DP-4")]
    public void Or_stands_covers_no_need_that_was_stated_later()
    {
        var consent = GivenConsents.Of(GivenConsents.SayingYes(), scope: new ConsentScope([], [], ["N7"]));
        Assert.Equal("consent.for-an-older-purpose", Assert.Single(Open(consent, Given.Today).Refusals).Slug);
        Assert.True(GivenConsents.With(ConsentAsk.Participation).CoversNeed("N1"));
        Assert.False(GivenConsents.Of(GivenConsents.SayingYes(), scope: new ConsentScope([], [], ["N11"])).CoversNeed("N1"));
    }
}

[Proves("IC-2")]
public sealed class Who_speaks_for_a_child
{
    private static FormVersion Form(bool asksTheChild) => GivenForms.Draft(
    [
        .. GivenForms.Elements(), GivenForms.Of("by", "select_one", Sensitivity.Open, ElementRole.ConsentGivenBy) with { Choices = [GivenForms.Choice("self"), GivenForms.Choice("caregiver")] },
        .. asksTheChild ? [GivenForms.Of("child", "select_one", Sensitivity.Open, ElementRole.ChildAssent) with { Choices = [GivenForms.Choice("yes"), GivenForms.Choice("no"), GivenForms.Choice("too_young")] }] : Array.Empty<Element>(),
        GivenForms.Of("witness", "select_one", Sensitivity.Open, ElementRole.ConsentWitness), GivenForms.Of("interpreter", "text", Sensitivity.Identifier, ElementRole.ConsentInterpreter),
    ]);

    private static StatedConsent Said(string by, string? child) => ConsentRules.Read(Form(true), new Dictionary<string, string>
    {
        ["/data/consent"] = "yes", ["/data/by"] = by, ["/data/child"] = child ?? "", ["/data/witness"] = "community_member", ["/data/interpreter"] = "A made-up name",
    });

    [Theory]
    [InlineData("self", null, ConsentGiver.Self, ChildAssent.NotStated, false)]
    [InlineData("caregiver", "yes", ConsentGiver.CaregiverWithAssent, ChildAssent.Given, false)]
    [InlineData("caregiver", "too_young", ConsentGiver.Caregiver, ChildAssent.TooYoung, false)]
    [InlineData("caregiver", "no", ConsentGiver.Caregiver, ChildAssent.Refused, true)]
    [InlineData("caregiver_with_assent", null, ConsentGiver.CaregiverWithAssent, ChildAssent.Given, false)]
    [InlineData("uncle", null, ConsentGiver.Representative, ChildAssent.NotStated, false)]
    public void Is_heard_and_a_childs_no_is_a_no(string by, string? child, ConsentGiver giver, ChildAssent assent, bool refused)
    {
        var said = Said(by, child);
        Assert.Equal((giver, assent, refused), (said.GivenBy, said.Assent, said.Refused));
        Assert.Equal(refused, ConsentRules.Receive(GivenConsents.Receiving(), said, GivenPlans.Notice(), Given.Now) is not Decision<ConsentReceived>.Allowed);
    }

    [Fact]
    public void Is_written_down_with_witness_and_interpreter_and_no_name()
    {
        var consent = GivenConsents.Of(Said("caregiver", "yes"));
        Assert.Equal((ConsentWitness.CommunityMember, ConsentInterpreter.Other, ChildAssent.Given), (consent.Witness, consent.Interpreter, consent.Assent));
    }

    [Fact]
    public void Must_ask_the_child_where_a_caregiver_may_speak()
    {
        ActivitySnapshot With(FormVersion form) => Given.AnActivity().ReadyToCollect() with { Forms = [form] };
        With(Form(asksTheChild: false)).Says("IC-2").IsNotMet("gap.assent-not-asked");
        With(Form(asksTheChild: true)).Says("IC-2").IsMet();
    }
}
