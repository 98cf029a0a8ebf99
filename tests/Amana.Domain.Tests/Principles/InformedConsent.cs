using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Rights;

namespace Amana.Domain.Tests;

[Proves("IC-1")]
public sealed class The_notice
{
    private static ActivitySnapshot With(Func<string, NoticeText, NoticeText?> change) => Given.AnActivity().Collecting() with { Notice = GivenPlans.Notice(change: change) };

    [Fact]
    public void Must_exist() => Given.AnActivity().Says("IC-1").IsNotMet("gap.no-notice");

    [Fact]
    public void That_is_whole_in_every_language_is_met() => Given.AnActivity().Collecting().Says("IC-1").IsMet();

    [Fact]
    public void Names_the_language_and_the_part_that_is_missing()
    {
        With((l, t) => l == "ar" ? null : t).Says("IC-1").IsNotMet("gap.notice-language");
        var gap = With((l, t) => l == "ar" ? t with { LimitsOfConfidentiality = "" } : t).Says("IC-1");
        Assert.Equal(("ar", "LimitsOfConfidentiality"), (gap.Names("language"), gap.Names("part")));
    }

    [Fact]
    public void Comes_before_the_first_question_about_the_person()
    {
        var s = Given.AnActivity().Collecting() with { Forms = [GivenForms.Published([GivenForms.Of("phone", "text", Sensitivity.Identifier), .. GivenForms.Elements()])] };
        s.Says("IC-1").IsNotMet("gap.question-before-notice");
        Assert.False(Gate.Stands(s, Operation.Collect).Allowed);
    }

    [Fact]
    public void Is_bound_to_every_word_by_its_hash()
    {
        var one = GivenPlans.Notice().Content;
        Assert.Equal(ConsentRules.HashOf(one), ConsentRules.HashOf(GivenPlans.Notice().Content));
        Assert.NotEqual(ConsentRules.HashOf(one), ConsentRules.HashOf(GivenPlans.Notice(change: (l, t) => l == "ar" ? t with { Rights = t.Rights + "." } : t).Content));
        Assert.NotEqual(ConsentRules.HashOf(one), ConsentRules.HashOf(one with { Basis = LegalBasis.VitalInterest }));
    }
}

[Proves("IC-2")]
public sealed class Asking_for_consent
{
    private static readonly StatedConsent No = new([], Refused: true, "ar", ConsentGiver.Self, ConsentMeans.Spoken);

    [Fact]
    public void Needs_a_notice() => Given.AnActivity().Says("IC-2").IsNotMet("gap.no-notice");

    [Fact]
    public void Needs_a_form() => (Given.AnActivity().Collecting() with { Forms = [] }).Says("IC-2").IsNotMet("gap.no-form");

    [Fact]
    public void In_every_form_is_met() => Given.AnActivity().Collecting().Says("IC-2").IsMet();

    [Fact]
    public void Forgotten_in_a_form_holds_collection()
    {
        var s = Given.AnActivity().Collecting() with { Forms = [GivenForms.Published(GivenForms.Without("consent"))] };
        s.Says("IC-2").IsNotMet("gap.consent-not-asked");
        Assert.False(Gate.Stands(s, Operation.Collect).Allowed);
    }

    [Fact]
    public void Gives_way_only_to_another_basis_with_its_reason()
    {
        (Given.AnActivity().Collecting() with { Notice = GivenPlans.Notice(LegalBasis.VitalInterest) }).Says("IC-2").IsMet();
        var without = ConsentRules.Write(Given.StartedActivity(), default, 1, GivenPlans.Notice().Content with { Basis = LegalBasis.VitalInterest, BasisReason = " " }, Given.Lead, Given.Now);
        Assert.Equal(("field.required", "BasisReason"), (Assert.Single(without.Refusals).Slug, without.Refusals[0].Field));
    }

    [Fact]
    public void And_hearing_no_receives_nothing()
    {
        var command = new ReceiveConsent(default, default, "en", Guid.NewGuid(), []);
        Assert.Equal("consent.not-given", Assert.Single(ConsentRules.Receive(command, No, GivenPlans.Notice(), Given.Now).Refusals).Slug);
    }

    [Fact]
    public void Keeps_notice_language_giver_means_and_time()
    {
        var notice = GivenPlans.Notice();
        var yes = new StatedConsent([ConsentAsk.Participation], false, "ar", ConsentGiver.CaregiverWithAssent, ConsentMeans.Thumbprint);
        var consent = PersonConsent.Of(Given.Allowed(ConsentRules.Receive(new ReceiveConsent(default, default, "en", Guid.NewGuid(), []), yes, notice, Given.Now)));
        Assert.Equal((notice.Id, notice.Hash, "ar", ConsentGiver.CaregiverWithAssent, ConsentMeans.Thumbprint, Given.Now),
            (consent.NoticeId, consent.NoticeHash, consent.Language, consent.GivenBy, consent.Means, consent.GivenAt));
    }
}

[Proves("IC-3")]
public sealed class Separate_yeses
{
    private static ActivitySnapshot With(params Element[] elements) => Given.AnActivity().ReadyToCollect() with { Forms = [GivenForms.Draft(elements)] };

    [Fact]
    public void Are_met_when_each_is_asked() => Given.AnActivity().ReadyToCollect().Says("IC-3").IsMet();

    [Theory]
    [InlineData("consent_sharing", "Sharing")]
    [InlineData("consent_referral", "Referral")]
    public void Are_missed_by_name(string element, string ask) => Assert.Equal(ask, With([.. GivenForms.Without(element)]).Says("IC-3").Names("ask"));

    [Fact]
    public void Are_asked_for_photo_and_audio() => Assert.Equal("PhotoAudio", With([.. GivenForms.Elements(), GivenForms.Of("voice", "audio", Sensitivity.Identifier)]).Says("IC-3").Names("ask"));

    /// <summary>Whoever stands on a list that phones bring back to the field is looked for again: taking part is no yes to that.</summary>
    [Fact]
    public void Are_asked_for_being_contacted_again()
    {
        ActivitySnapshot Listing(params IEnumerable<Element> elements) => Given.AnActivity().ReadyToCollect() with
        {
            Forms = [GivenForms.Draft([.. elements]).With(nameof(FormVersion.Entities), new List<EntityUse> { new("visits", "/data", []) })],
        };
        Assert.Equal("Recontact", Listing(GivenForms.Elements()).Says("IC-3").Names("ask"));
        Listing([.. GivenForms.Elements(), GivenForms.YesNo("consent_contact") with { Ask = ConsentAsk.Recontact }]).Says("IC-3").IsMet();
    }

    [Fact]
    public void Are_missed_for_the_recipient_and_the_service_that_nobody_is_asked_about()
    {
        var other = new Shared.OrganisationId(Guid.Parse("0193a000-0000-7000-8000-0000000000a9"));
        Element[] elements =
        [
            .. GivenForms.Without("consent_sharing", "consent_referral"),
            GivenForms.YesNo("consent_sharing") with { Ask = ConsentAsk.Sharing, AskFor = ConsentPart.SharingWith(other).To },
            GivenForms.YesNo("consent_referral") with { Ask = ConsentAsk.Referral, AskFor = "food" },
        ];
        With(elements).Says("IC-3").IsNotMet("gap.recipient-not-asked", "gap.service-not-asked");
    }

    [Fact]
    public void Are_not_asked_for_what_is_not_planned()
    {
        var s = With([.. GivenForms.Without("consent_sharing", "consent_referral", "violence")]) with { SharingPlan = GivenPlans.NotSharing() };
        s.Says("IC-3").IsMet();
    }

    [Fact]
    public void Cannot_be_judged_without_a_form() => Given.AnActivity().Says("IC-3").IsNotMet("gap.no-form");

    [Fact]
    public void Never_imply_one_another()
    {
        var answers = new Dictionary<string, string> { ["/data/consent"] = "yes", ["/data/consent_sharing"] = "no" };
        var stated = ConsentRules.Read(GivenForms.Draft(), answers);
        Assert.Equal([ConsentAsk.Participation], stated.Yeses);
        var consent = PersonConsent.Of(Given.Allowed(ConsentRules.Receive(new ReceiveConsent(default, default, "en", Guid.NewGuid(), []), stated, GivenPlans.Notice(), Given.Now)));
        Assert.False(consent.Permits(ConsentPart.SharingWith(Given.Partner), Given.Now));
        Assert.False(consent.Permits(ConsentAsk.Referral, Given.Now));
    }
}

[Proves("IC-4")]
public sealed class Saying_no
{
    [Fact]
    public void Must_be_possible()
    {
        Given.AnActivity().ReadyToCollect().Says("IC-4").IsMet();
        var onlyYes = GivenForms.With("consent", e => e with { Choices = [GivenForms.Choice("yes")] });
        (Given.AnActivity().ReadyToCollect() with { Forms = [GivenForms.Draft(onlyYes)] }).Says("IC-4").IsNotMet("gap.no-way-to-say-no");
    }

    [Fact]
    public void Does_not_apply_where_consent_is_not_the_basis() =>
        (Given.AnActivity().ReadyToCollect() with { Notice = GivenPlans.Notice(LegalBasis.LegalObligation) }).Says("IC-4").DoesNotApply("other-legal-basis");

    [Fact]
    public void Cannot_be_judged_without_a_form() => Given.AnActivity().Says("IC-4").IsNotMet("gap.no-form");

    [Theory]
    [InlineData("no")]
    [InlineData("")]
    [InlineData("nein, ja")]
    [InlineData(null)]
    public void Is_anything_that_is_not_yes(string? answer)
    {
        var answers = answer is null ? [] : new Dictionary<string, string> { ["/data/consent"] = answer };
        Assert.True(ConsentRules.Read(GivenForms.Draft(), answers).Refused);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData(" Oui ")]
    [InlineData("sí")]
    [InlineData("1")]
    public void Is_not_heard_in_a_yes(string answer) => Assert.False(ConsentRules.Read(GivenForms.Draft(), new Dictionary<string, string> { ["/data/consent"] = answer }).Refused);
}

[Proves("IC-5")]
public sealed class Withdrawing_consent
{
    private static PersonConsent AConsent(params ConsentPart[] yeses) => GivenConsents.With(yeses);

    [Fact]
    public void Is_told_in_every_language()
    {
        Given.AnActivity().ReadyToCollect().Says("IC-5").IsMet();
        (Given.AnActivity().ReadyToCollect() with { Notice = null }).Says("IC-5").IsNotMet("gap.withdrawal-not-told", "gap.withdrawal-not-told");
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, false)]
    public void Is_followed_by_erasure_within_a_day(int hours, bool met)
    {
        var s = Given.AnActivity().Collecting();
        var answer = (s with { Collection = new CollectionState { WithdrawnNotErased = 1, OldestWithdrawal = s.Now.AddHours(-hours) } }).Says("IC-5");
        if (met) answer.IsMet();
        else answer.IsNotMet("gap.withdrawn-not-erased");
    }

    private static RecipientNotice Notice(int openedDaysAgo, int? toldDaysAgo = null, bool confirmed = false)
    {
        var request = Given.Allowed(RightsRules.Request(Given.Activity, new AskRight(default, default, RightKind.Withdrawal, RequestChannel.PublicPage), Given.Now.AddDays(-openedDaysAgo), 30));
        var notice = RecipientNotice.Of(RightsRules.MustTell(default, request, Given.Partner, 30));
        if (toldDaysAgo is { } days)
            notice.Apply(Given.Allowed(RightsRules.Tell(notice, Given.Now.AddDays(-days), 30)));
        if (confirmed)
            notice.Apply(Given.Allowed(RightsRules.Confirm(notice, RecipientAnswer.Erased, Given.FocalPoint, Given.Now)));
        return notice;
    }

    private static RuleAnswer With(RecipientNotice notice) => (Given.AnActivity().Collecting() with { RecipientNotices = [notice] }).Says("IC-5");

    [Fact]
    public void Is_told_to_recipients_who_must_confirm_in_time()
    {
        With(Notice(10)).IsMet();
        Assert.Equal(RuleState.DueSoon, With(Notice(20)).State);
        With(Notice(31)).IsNotMet("gap.recipient-not-told");
        With(Notice(31, toldDaysAgo: 5)).IsMet();
        With(Notice(70, toldDaysAgo: 31)).IsNotMet("gap.recipient-not-confirmed");
        With(Notice(70, toldDaysAgo: 31, confirmed: true)).IsMet();
    }

    [Fact]
    public void Is_confirmed_only_by_who_was_told_and_once()
    {
        Assert.Equal("recipient.not-told", Assert.Single(RightsRules.Confirm(Notice(1), RecipientAnswer.Erased, Given.FocalPoint, Given.Now).Refusals).Slug);
        Assert.Equal("recipient.confirmed-already", Assert.Single(RightsRules.Confirm(Notice(9, 8, true), RecipientAnswer.Erased, Given.FocalPoint, Given.Now).Refusals).Slug);
        Assert.Equal("recipient.confirmed-already", Assert.Single(RightsRules.Tell(Notice(9, 8, true), Given.Now, 30).Refusals).Slug);
    }

    [Fact]
    public void Or_its_lapse_by_time_is_said_before_and_shows_after()
    {
        RuleAnswer At(CollectionState state) => (Given.AnActivity().Collecting() with { Collection = state }).Says("IC-5");
        At(new CollectionState { NextLapse = Given.Today.AddDays(15) }).IsMet();
        Assert.Equal((RuleState.DueSoon, (DateOnly?)Given.Today.AddDays(14)), (At(new CollectionState { NextLapse = Given.Today.AddDays(14) }).State, At(new CollectionState { NextLapse = Given.Today.AddDays(14) }).DueOn));
        At(new CollectionState { Lapsed = 2 }).IsNotMet("gap.consents-lapsed");
    }

    [Fact]
    public void Of_one_part_leaves_the_others()
    {
        var consent = AConsent(ConsentAsk.Participation, ConsentAsk.Sharing, ConsentAsk.Referral);
        consent.Apply(Given.Allowed(ConsentRules.Withdraw(consent, [ConsentAsk.Sharing], Given.Now)));
        Assert.False(consent.Permits(ConsentPart.SharingWith(Given.Partner), Given.Now));
        Assert.True(consent.Permits(ConsentPart.ReferralTo(GivenConsents.Care), Given.Now));
    }

    [Fact]
    public void Of_participation_ends_every_use_at_once()
    {
        var consent = AConsent(ConsentAsk.Participation, ConsentAsk.Sharing);
        consent.Apply(Given.Allowed(ConsentRules.Withdraw(consent, [ConsentAsk.Participation], Given.Now)));
        Assert.All(Enum.GetValues<ConsentAsk>(), ask => Assert.False(consent.Permits(ask, Given.Now)));
        var answer = Gate.Decide(Given.AnActivity().Collecting(), new GateRequest(Given.Acting(Given.ProtectionOfficer), Operation.Open, "N1", consent));
        Assert.Equal("consent.withdrawn", Assert.Single(answer.Refusals).Slug);
    }

    [Fact]
    public void Twice_changes_nothing_more()
    {
        var consent = AConsent(ConsentAsk.Participation);
        consent.Apply(Given.Allowed(ConsentRules.Withdraw(consent, [ConsentAsk.Participation], Given.Now)));
        Assert.Equal("consent.already-withdrawn", Assert.Single(ConsentRules.Withdraw(consent, [ConsentAsk.Participation], Given.Now).Refusals).Slug);
    }
}

[Proves("IC-6")]
public sealed class Identity
{
    private static GateAnswer Open(Actor actor, ActivitySnapshot? s = null) => Gate.Decide(s ?? Given.AnActivity().Collecting(), new GateRequest(actor, Operation.Open, "N1"));

    [Fact]
    public void Is_seen_by_a_role_whose_task_needs_it()
    {
        Given.AnActivity().Collecting().Says("IC-6").IsMet();
        Assert.True(Open(Given.Acting(Given.ProtectionOfficer)).Allowed);
    }

    [Fact]
    public void Is_not_seen_by_other_roles_nor_by_any_duty()
    {
        foreach (var actor in new[]
        {
            Given.Acting(Given.InformationOfficer), Given.Acting(Given.Interviewer), Given.Acting(Given.FocalPoint, Accounts.Duty.DataProtectionFocalPoint),
            Given.Acting(Given.Lead, Accounts.Duty.Administrator, Accounts.Duty.Coordinator), Actor.House, Actor.PersonWithReceipt,
        })
            Assert.Contains(Open(actor).Refusals, r => r.Slug == "actor.no-role");
    }

    [Fact]
    public void Needs_somebody_who_may_see_it() =>
        (Given.AnActivity().Collecting() with { Team = [Given.Seat(Competency.TeamRole.Enumerator, Given.Interviewer)] }).Says("IC-6").IsNotMet("gap.nobody-may-open");

    [Fact]
    public void Is_out_of_reach_once_nobody_who_may_see_it_is_competent_and_briefed()
    {
        var s = Given.AnActivity().Collecting();
        (s with { Team = [Given.Seat(Competency.TeamRole.CaseWorker, Given.ProtectionOfficer, briefed: false)] }).Says("IC-6").IsNotMet("gap.nobody-may-open");
        var until = s with { Team = [Given.Seat(Competency.TeamRole.CaseWorker, Given.ProtectionOfficer, expires: Given.Today.AddDays(10))] };
        until.At(Given.Today.AddDays(10)).Says("IC-6").IsMet();
        until.At(Given.Today.AddDays(11)).Says("IC-6").IsNotMet("gap.nobody-may-open");
    }

    [Fact]
    public void Must_be_marked_as_such() =>
        (Given.AnActivity().Collecting() with { Forms = [GivenForms.Published(GivenForms.With("name", e => e with { Sensitivity = null }))] }).Says("IC-6").IsNotMet("gap.element-unclassified");
}
