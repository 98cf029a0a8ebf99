using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;

namespace Amana.Domain.Tests;

public sealed class Reading_consent_from_answers
{
    private static readonly FormVersion Form = GivenForms.Draft([
        .. GivenForms.Elements(), GivenForms.Of("lang", "text", Sensitivity.Open, ElementRole.NoticeLanguage),
        GivenForms.Of("giver", "text", Sensitivity.Open, ElementRole.ConsentGivenBy), GivenForms.Of("means", "text", Sensitivity.Open, ElementRole.ConsentMeans)]);

    [Fact]
    public void Hears_giver_means_and_language()
    {
        var stated = ConsentRules.Read(Form, new Dictionary<string, string>
        {
            ["/data/consent"] = "yes", ["/data/lang"] = "ar", ["/data/giver"] = "caregiver_with_assent", ["/data/means"] = "spoken_with_witness",
        });
        Assert.Equal(("ar", ConsentGiver.CaregiverWithAssent, ConsentMeans.SpokenWithWitness, false), (stated.Language, stated.GivenBy, stated.Means, stated.Refused));
    }

    [Fact]
    public void Takes_nothing_said_for_no_yes_and_no_means()
    {
        var stated = ConsentRules.Read(Form, new Dictionary<string, string>());
        Assert.Empty(stated.Yeses);
        Assert.Equal((true, null, ConsentMeans.Spoken), (stated.Refused, stated.Language, stated.Means));
    }

    [Fact]
    public void States_no_refusal_where_nobody_was_asked() => Assert.False(ConsentRules.Read(GivenForms.Draft(GivenForms.Without("consent")), new Dictionary<string, string>()).Refused);

    [Fact]
    public void Under_another_basis_keeps_the_other_choices_the_persons_own()
    {
        var stated = new StatedConsent([], true, "en", ConsentGiver.Self, ConsentMeans.Spoken);
        var consent = PersonConsent.Of(Given.Allowed(ConsentRules.Receive(new ReceiveConsent(default, default, "en", Guid.NewGuid(), []), stated, GivenPlans.Notice(LegalBasis.VitalInterest), Given.Now)));
        Assert.True(consent.Permits(ConsentAsk.Participation, Given.Now));
        Assert.False(consent.Permits(ConsentAsk.Sharing, Given.Now));
    }
}

public sealed class A_submission
{
    private static readonly PersonId Someone = new(Guid.Parse("0193a000-0000-7000-8000-000000000999"));
    private static readonly AcceptRecord Accept = new(default, "K7", default, Someone, Guid.NewGuid(), [], [1]);

    private static ConsentReceived Consent(PersonId person) => Given.Allowed(ConsentRules.Receive(new ReceiveConsent(default, person, "en", Guid.NewGuid(), []),
        new StatedConsent([ConsentAsk.Participation], false, "en", ConsentGiver.Self, ConsentMeans.Spoken), GivenPlans.Notice(), Given.Now));

    private static GateAnswer Collecting(ActivitySnapshot s) => Gate.Decide(s, new GateRequest(Given.Acting(Given.Interviewer), Operation.Collect));

    private static HoldSubmission Hold(params IReadOnlyList<CheckFinding> findings) => new(default, default, findings, [9], Guid.NewGuid());

    private static ActivitySnapshot Lapsed => Given.AnActivity().Collecting().At(Given.Today.AddDays(91));

    [Fact]
    public void With_the_gates_yes_and_its_own_consent_becomes_a_record()
    {
        var s = Given.AnActivity().Collecting();
        var record = RecordEntry.Of(Given.Allowed(RecordRules.Accept(s.Activity, Accept, Collecting(s), Consent(Someone), s.Now)));
        Assert.Equal((RecordState.InUse, Someone, 1), (record.State, record.PersonId, record.Version));
    }

    [Fact]
    public void With_the_consent_of_another_is_refused()
    {
        var s = Given.AnActivity().Collecting();
        Assert.Equal("record.consent-of-another", Assert.Single(RecordRules.Accept(s.Activity, Accept, Collecting(s), Consent(new PersonId(Guid.NewGuid())), s.Now).Refusals).Slug);
    }

    [Fact]
    public void During_a_suspension_is_sealed_and_names_the_rule_that_holds_it()
    {
        var held = QuarantinedSubmission.Of(Given.Allowed(RecordRules.Quarantine(Lapsed.Activity, Hold(), Collecting(Lapsed), Lapsed.Now)));
        Assert.Equal(["DNH-2"], held.HeldBy);
        Assert.Equal((QuarantineState.Waiting, 1), (held.State, held.Box.Length));
        Assert.Contains(RecordRules.Accept(Lapsed.Activity, Accept, Collecting(Lapsed), Consent(Someone), Lapsed.Now).Refusals, r => r.Slug == "gap.risk-review-lapsed");
    }

    [Fact]
    public void In_quarantine_is_admitted_only_with_the_gates_yes_and_decided_once()
    {
        var held = QuarantinedSubmission.Of(Given.Allowed(RecordRules.Quarantine(Lapsed.Activity, Hold(), Collecting(Lapsed), Lapsed.Now)));
        Assert.NotEmpty(RecordRules.Admit(held, Collecting(Lapsed), Given.FocalPoint, "Why", Lapsed.Now).Refusals);
        held.Apply(Given.Allowed(RecordRules.Destroy(held, Given.FocalPoint, "Why", [7], Lapsed.Now)));
        Assert.Equal((QuarantineState.Destroyed, 0), (held.State, held.Box.Length));
        Assert.Equal("quarantine.decided-already", Assert.Single(RecordRules.Admit(held, new GateAnswer(true, [], []), Given.FocalPoint, "Why", Lapsed.Now).Refusals).Slug);
    }

    [Fact]
    public void That_waits_is_decided_only_with_a_reason()
    {
        var s = Given.AnActivity().Collecting();
        var held = QuarantinedSubmission.Of(Given.Allowed(RecordRules.Quarantine(s.Activity, Hold(new CheckFinding(Misfit.WrongType, "/data/age", true)), new GateAnswer(true, [], []), s.Now)));
        Assert.Empty(held.HeldBy);
        foreach (var reason in new[] { null, "", "  ", new string('x', RecordRules.MostReason + 1) })
        {
            Assert.Equal("quarantine.reason-missing", Assert.Single(RecordRules.Admit(held, new GateAnswer(true, [], []), Given.FocalPoint, reason, s.Now).Refusals).Slug);
            Assert.Equal("quarantine.reason-missing", Assert.Single(RecordRules.Destroy(held, Given.FocalPoint, reason, [], s.Now).Refusals).Slug);
        }

        Assert.Equal(QuarantineState.Admitted, Given.Allowed(RecordRules.Admit(held, new GateAnswer(true, [], []), Given.FocalPoint, "The phone was right", s.Now)).State);
    }

    [Fact]
    public void To_an_activity_that_does_not_collect_is_not_even_sealed() =>
        Assert.Equal("activity.not-collecting", Assert.Single(RecordRules.Quarantine(Situations.InStep(PimStep.Evaluate), Hold(), new GateAnswer(false, [], []), Given.Now).Refusals).Slug);
}

public sealed class A_sensitive_value
{
    [Fact]
    public void Prints_nothing_and_refuses_to_be_written()
    {
        var name = new Sensitive<string>("Made-up name");
        Assert.Equal("[withheld]", $"{name}");
        Assert.Throws<InvalidOperationException>(() => System.Text.Json.JsonSerializer.Serialize(new { name }));
        Assert.Equal("Made-up name", name.Reveal());
    }
}
