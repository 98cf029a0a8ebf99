using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests.Subjects;

[Proves("DP-4")]
public sealed class A_compatible_use
{
    private static readonly Guid Id = Guid.Parse("0193a000-0000-7000-8000-0000000000c7");

    /// <summary>A day later than the consents of the tests.</summary>
    private static readonly DateTimeOffset Later = Given.Now.AddDays(1);

    private static CompatibleUse Use(DateOnly? until = null, params string[] needs) => new(Id, needs.Length == 0 ? ["N2"] : needs, new CompatibilityTest("Plan of clinics", "Same people, same aim", "Told in trust, for help", "Coded answers alone", "More help; no name", "Groups of ten"),
        new LocalText(Given.StartedActivity().Languages.Select(l => KeyValuePair.Create(l, "To plan clinics"))), until ?? Given.Today.AddDays(100), Given.InformationOfficer, Given.Now);

    /// <summary>A purpose that was told again after a need was added, with the use in the given standing.</summary>
    private static PurposeStatement Purpose(bool? compatible = null, CompatibleUse? use = null, DateTimeOffset? decidedAt = null)
    {
        var content = GivenPlans.PurposeContent();
        var purpose = PurposeStatement.Of(Given.Allowed(PurposeRules.State(Given.StartedActivity(), content with { Needs = [.. content.Needs.Where(n => n.Code != "N2"), new InformationNeed("N2", "Where are clinics missing?", content.Decisions[0].Code, Given.Today.AddDays(90))] }, Given.Lead, Given.Now)));
        purpose.Apply(Given.Allowed(PurposeRules.Weigh(purpose, "Worth it", new Dictionary<string, string>(), Given.FocalPoint, Given.Now)));
        purpose.Apply(Given.Allowed(PurposeRules.Publish(Given.StartedActivity(), purpose, Given.Now)));
        if (use is not null || compatible is not null)
            purpose.Apply(Given.Allowed(CompatibleUseRules.Propose(Given.StartedActivity(), purpose, use ?? Use(), Given.Now)));
        if (compatible is { } found)
            purpose.Apply(Given.Allowed(CompatibleUseRules.Decide(purpose.CompatibleUses[0], found, "Weighed", Given.FocalPoint, decidedAt ?? Given.Now.AddHours(1))));
        return purpose;
    }

    private static GateAnswer Asked(PurposeStatement purpose, PersonConsent consent, Operation operation = Operation.Open, DateTimeOffset? at = null, string need = "N2") =>
        Gate.Decide(Given.AnActivity().Collecting() with { Purpose = purpose, Now = at ?? Later }, new GateRequest(Given.Acting(Given.ProtectionOfficer), operation, need, consent)
        {
            To = ConsentPart.SharingWith(Given.Partner), Recipient = Given.Partner,
        });

    private static PersonConsent Consent(params ConsentPart[] more) => GivenConsents.Of(GivenConsents.SayingYes(more));

    private static string Only(GateAnswer answer) => Assert.Single(answer.Refusals).Slug;

    [Theory]
    [InlineData(Operation.Open)]
    [InlineData(Operation.Analyse)]
    [InlineData(Operation.Release)]
    public void Lets_the_need_reach_who_agreed_before_it_was_decided(Operation operation)
    {
        var consent = Consent(ConsentPart.SharingWith(Given.Partner));
        Assert.Equal("consent.for-an-older-purpose", Only(Asked(Purpose(), consent, operation)));
        Assert.Equal("consent.for-an-older-purpose", Only(Asked(Purpose(use: Use()), consent, operation)));
        Assert.Equal("consent.for-an-older-purpose", Only(Asked(Purpose(compatible: false), consent, operation)));
        Assert.True(Asked(Purpose(compatible: true), consent, operation).Allowed);
    }

    [Fact]
    public void Does_not_reach_who_agreed_after_it() =>
        Assert.Equal("consent.for-an-older-purpose", Only(Asked(Purpose(compatible: true, decidedAt: Given.Now), Consent())));

    [Fact]
    public void Covers_no_other_need() =>
        Assert.Equal("consent.for-an-older-purpose", Only(Asked(Purpose(compatible: true, use: Use(null, "N1")), Consent())));

    [Fact]
    public void Ends_on_its_last_day_or_when_it_is_given_up()
    {
        var purpose = Purpose(compatible: true, use: Use(Given.Today.AddDays(5)));
        Assert.True(Asked(purpose, Consent(), at: Given.Now.AddDays(5)).Allowed);
        Assert.Equal("consent.for-an-older-purpose", Only(Asked(purpose, Consent(), at: Given.Now.AddDays(6))));
        purpose.Apply(Given.Allowed(CompatibleUseRules.GiveUp(purpose.CompatibleUses[0], "People are asked anew", Given.Lead, Later)));
        Assert.Equal("consent.for-an-older-purpose", Only(Asked(purpose, Consent())));
    }

    [Fact]
    public void Never_outweighs_a_no_an_objection_or_a_withdrawal()
    {
        Assert.Equal("consent.sharing-not-given", Only(Asked(Purpose(compatible: true), Consent(), Operation.Release)));
        var withdrawn = Consent();
        withdrawn.Apply(Given.Allowed(ConsentRules.Withdraw(withdrawn, [ConsentAsk.Participation], Later)));
        Assert.Equal("consent.withdrawn", Only(Asked(Purpose(compatible: true), withdrawn)));
        var lapsed = GivenConsents.Of(GivenConsents.SayingYes(), GivenConsents.NoticeFor(1));
        Assert.Equal("consent.expired", Only(Asked(Purpose(compatible: true), lapsed, at: Given.Now.AddDays(50))));
    }

    [Fact]
    public void Is_decided_by_somebody_else_once_and_with_a_reason()
    {
        var use = Purpose(use: Use()).CompatibleUses[0];
        Assert.Equal("compatible.decided-by-author", Assert.Single(CompatibleUseRules.Decide(use, true, "Yes", Given.InformationOfficer, Later).Refusals).Slug);
        Assert.Equal("field.required", Assert.Single(CompatibleUseRules.Decide(use, true, " ", Given.FocalPoint, Later).Refusals).Slug);
        Assert.Equal("compatible.decided-already", Assert.Single(CompatibleUseRules.Decide(Purpose(compatible: false).CompatibleUses[0], true, "Yes", Given.FocalPoint, Later).Refusals).Slug);
        var byItsAuthor = use with { Decided = new DecidedUse(true, "Yes", use.By, Later) };
        Assert.False(byItsAuthor.Carries("N2", Given.Today));
    }

    [Fact]
    public void Says_each_part_in_every_language_for_needs_of_the_purpose_and_at_most_two_years()
    {
        IReadOnlyList<string> Slugs(CompatibleUse use) => [.. CompatibleUseRules.Propose(Given.StartedActivity(), Purpose(), use, Given.Now).Refusals.Select(r => r.Slug)];
        Assert.Empty(Slugs(Use()));
        Assert.Equal(["field.required"], Slugs(Use() with { Test = Use().Test with { Consequences = "" } }));
        Assert.Equal(["compatible.need-unknown"], Slugs(Use(null, "N9")));
        Assert.Equal(["compatible.until-out-of-range"], Slugs(Use(Given.Today)));
        Assert.Equal(["compatible.until-out-of-range"], Slugs(Use(Given.Today.AddDays(731))));
        Assert.Equal(["compatible.language-missing"], Slugs(Use() with { ToldPublicly = LocalText.Empty }));
    }

    [Fact]
    public void Shows_while_it_waits_when_it_lapsed_and_when_it_was_refused_and_holds_nobody_else()
    {
        var s = Given.AnActivity().Collecting();
        (s with { Purpose = Purpose(use: Use()) }).Says("DP-4").IsNotMet("gap.compatible-use-waits");
        (s with { Purpose = Purpose(compatible: false) }).Says("DP-4").IsNotMet("gap.compatible-use-refused");
        (s with { Purpose = Purpose(compatible: true) }).Says("DP-4").IsMet();
        (s with { Purpose = Purpose(compatible: true), Now = Given.Now.AddDays(101) }).Says("DP-4").IsNotMet("gap.compatible-use-lapsed");
        (s with { Purpose = Purpose(compatible: true), Now = Given.Now.AddDays(95) }).Says("DP-4").IsDueSoon(Given.Today.AddDays(100), "gap.compatible-use-ends");
        var given = Purpose(compatible: false);
        given.Apply(Given.Allowed(CompatibleUseRules.GiveUp(given.CompatibleUses[0], "Asked anew", Given.Lead, Later)));
        (s with { Purpose = given }).Says("DP-4").IsMet();
        Assert.True(Asked(Purpose(compatible: false), Consent(), need: "N1").Allowed);
    }
}
