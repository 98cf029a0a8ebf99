using Amana.Domain.Forms;
using Amana.Domain.Incidents;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Tests;

[Proves("SEC-1")]
public sealed class Classifying_elements
{
    [Fact]
    public void Is_met_when_each_has_its_sensitivity() => Given.AnActivity().ReadyToCollect().Says("SEC-1").IsMet();

    [Fact]
    public void Cannot_be_judged_without_a_form() => Given.AnActivity().Says("SEC-1").IsNotMet("gap.no-form");

    [Fact]
    public void Names_the_one_that_was_forgotten()
    {
        var forgotten = GivenForms.With("age", e => e with { Sensitivity = null });
        Assert.Equal("age", (Given.AnActivity().ReadyToCollect() with { Forms = [GivenForms.Draft(forgotten)] }).Says("SEC-1").Names("element"));
        Assert.Equal("form.element-unclassified", Assert.Single(FormRules.Publish(GivenForms.Draft(forgotten), GivenPlans.Purpose(), Given.Now).Refusals).Slug);
    }

    [Fact]
    public void Seals_what_nobody_classified_like_an_identifier() =>
        Assert.Equal(Compartment.Identity, RecordRules.CompartmentOf(GivenForms.Of("forgotten", "text", null)));
}

[Proves("SEC-2")]
public sealed class The_vault
{
    private static ActivitySnapshot Broken => Given.AnActivity().Collecting() with { Safekeeping = new SafekeepingState { LedgerReady = true } };

    [Fact]
    public void That_can_seal_is_met() => Given.AnActivity().Collecting().Says("SEC-2").IsMet();

    [Fact]
    public void That_cannot_seal_holds_collecting_and_opening()
    {
        Broken.Says("SEC-2").IsNotMet("gap.vault-not-ready");
        Assert.False(Gate.Stands(Broken, Operation.Collect).Allowed);
        Assert.False(Gate.Stands(Broken, Operation.Open).Allowed);
    }

    private static Element Words => GivenForms.Of("remark", "text", Sensitivity.Open);

    private static ActivitySnapshot Asking(params Element[] also) => Given.AnActivity().Collecting() with { Forms = [GivenForms.Published([.. GivenForms.Elements(), .. also])] };

    /// <summary>In words anybody can be named: what is not sealed under the person's key is not sealed, whatever somebody classed it as.</summary>
    [Theory]
    [InlineData("text", Sensitivity.Open, false)]
    [InlineData("string", Sensitivity.QuasiIdentifier, false)]
    [InlineData("barcode", Sensitivity.Open, false)]
    [InlineData("text", Sensitivity.Sensitive, true)]
    [InlineData("text", Sensitivity.Identifier, true)]
    [InlineData("integer", Sensitivity.Open, true)]
    public void Is_not_what_keeps_words_that_were_classed_as_open(string type, Sensitivity sensitivity, bool met)
    {
        var answer = Asking(GivenForms.Of("remark", type, sensitivity)).Says("SEC-2");
        if (met)
        {
            answer.IsMet();
            return;
        }

        answer.IsNotMet("gap.words-not-sealed");
        Assert.Equal("remark", answer.Names("element"));
        Assert.Equal([Operation.Collect], answer.Holding); // who has to see to them may go on opening
    }

    [Fact]
    public void Leaves_alone_what_cannot_be_written_into() =>
        Asking(Words with { Choices = [GivenForms.Choice("a")] }, Words with { Computed = true }, Words with { Role = ElementRole.ReceiptCode }).Says("SEC-2").IsMet();

    [Fact]
    public void Is_met_once_someone_said_why_words_cannot_name_anybody()
    {
        var s = Asking(Words);
        var form = s.Forms[0];
        foreach (var hollow in new[] { "", "no", "n/a n/a n/a n/a n/a" })
            Assert.Equal("Reason", Assert.Single(FormRules.NamesNobody(form, Words.Path, hollow, Given.ProtectionOfficer, Given.Now).Refusals).Field);
        Assert.Equal("form.words-are-sealed", Assert.Single(FormRules.NamesNobody(form, "/data/violence", "It is a number of a tent", Given.ProtectionOfficer, Given.Now).Refusals).Slug);
        form.Apply(Given.Allowed(FormRules.NamesNobody(form, Words.Path, "It is the number of a tent", Given.ProtectionOfficer, Given.Now)));
        s.Says("SEC-2").IsMet();
        Assert.Equal(Given.ProtectionOfficer, form.Element(Words.Path)!.NamesNobody!.By);
    }

    /// <summary>What was said held for what it was classed as then.</summary>
    [Fact]
    public void Asks_again_when_words_are_classed_anew()
    {
        var form = GivenForms.Draft([.. GivenForms.Elements(), Words]);
        form.Apply(Given.Allowed(FormRules.NamesNobody(form, Words.Path, "It is the number of a tent", Given.ProtectionOfficer, Given.Now)));
        form.Apply(Given.Allowed(FormRules.Classify(form, GivenPlans.Purpose(), [new ClassifyElement(Words.Path, "N1", Sensitivity.QuasiIdentifier, ElementRole.None, null, null, null)])));
        Assert.Null(form.Element(Words.Path)!.NamesNobody);
    }

    [Fact]
    public void Holds_the_form_with_unsealed_words_and_no_other()
    {
        var s = Asking();
        var other = GivenForms.Published([.. GivenForms.Elements(), Words]);
        s = s with { Forms = [s.Forms[0], other] };
        bool Held(FormVersionId form) => Catalogue.Find("SEC-2")!.Judge(s, new GateRequest(Actor.House, Operation.Collect) { Form = form }).State == RuleState.NotMet;
        Assert.Equal((false, true), (Held(s.Forms[0].Id), Held(other.Id)));
    }

    [Theory]
    [InlineData(KeyPlace.Apart, null)]
    [InlineData(KeyPlace.SameFolder, "remark.keys-in-same-folder")]
    [InlineData(KeyPlace.SameVolume, "remark.keys-on-same-volume")]
    public void Whose_key_lies_beside_the_data_is_told_and_holds_nothing(KeyPlace place, string? told)
    {
        var s = Given.AnActivity().Collecting();
        var answer = (s with { Safekeeping = s.Safekeeping with { KeysBesideStore = place } }).Says("SEC-2");
        answer.IsMet();
        Assert.Equal(told is null ? [] : [told], answer.Remarks.Select(r => r.Slug));
        Assert.All(answer.Remarks, r => Assert.Equal("SEC-2", r.Args["rule"]));
    }

    [Theory]
    [InlineData(Sensitivity.Identifier, Compartment.Identity)]
    [InlineData(Sensitivity.Sensitive, Compartment.Narrative)]
    [InlineData(Sensitivity.QuasiIdentifier, null)]
    [InlineData(Sensitivity.Open, null)]
    public void Keeps_identifiers_and_sensitive_answers_under_the_persons_key(Sensitivity sensitivity, Compartment? compartment) =>
        Assert.Equal(compartment, RecordRules.CompartmentOf(GivenForms.Of("answer", "text", sensitivity)));
}

[Proves("SEC-3")]
public sealed class The_ledger
{
    [Fact]
    public void That_takes_entries_is_met() => Given.AnActivity().Collecting().Says("SEC-3").IsMet();

    [Fact]
    public void That_takes_none_holds_what_must_be_accounted_for()
    {
        var s = Given.AnActivity().Collecting() with { Safekeeping = new SafekeepingState { VaultReady = true } };
        s.Says("SEC-3").IsNotMet("gap.ledger-not-ready");
        foreach (var operation in new[] { Operation.Collect, Operation.Open, Operation.Release })
            Assert.False(Gate.Stands(s, operation).Allowed);
    }
}

[Proves("SEC-4")]
public sealed class A_request_of_a_person
{
    private static RightsRequest Request(int receivedDaysAgo, bool done = false)
    {
        var request = RightsRequest.Of(Given.Allowed(RightsRules.Request(Given.Activity, new AskRight(default, default, RightKind.Access, RequestChannel.Staff), Given.Now.AddDays(-receivedDaysAgo), 30)));
        if (done)
            request.Apply(Given.Allowed(RightsRules.Serve(request, null, Given.Now)));
        return request;
    }

    private static RuleAnswer With(params RightsRequest[] requests) => (Given.AnActivity().Collecting() with { Requests = requests }).Says("SEC-4");

    [Fact]
    public void That_was_never_made_needs_no_answer() => With().DoesNotApply("no-requests");

    [Fact]
    public void That_is_answered_or_has_time_is_met()
    {
        With(Request(100, done: true)).IsMet();
        With(Request(1)).IsMet();
    }

    [Fact]
    public void Warns_before_and_on_the_day_it_is_due()
    {
        With(Request(20)).IsDueSoon(Given.Today.AddDays(10), "gap.request-near");
        With(Request(30)).IsDueSoon(Given.Today, "gap.request-near");
    }

    [Fact]
    public void Past_its_day_shows_how_many_wait()
    {
        With(Request(31), Request(40), Request(30)).IsNotMet("gap.request-overdue");
        Assert.Equal("2", With(Request(31), Request(40), Request(30)).Names("count"));
    }
}

[Proves("SEC-5")]
public sealed class Data_that_is_kept
{
    private static readonly CollectionState Some = new() { Records = 3 };

    [Fact]
    public void Is_none_before_collection() => Given.AnActivity().ReadyToCollect().Says("SEC-5").DoesNotApply("nothing-kept");

    [Fact]
    public void Within_its_retention_is_met() => (Given.AnActivity().Collecting() with { Collection = Some }).Says("SEC-5").IsMet();

    [Fact]
    public void Without_a_retention_or_past_it_is_not_met()
    {
        (Given.AnActivity() with { Collection = Some }).Says("SEC-5").IsNotMet("gap.no-retention");
        (Given.AnActivity().ReadyToClose().At(Given.Today.AddDays(120).AddMonths(6).AddDays(1))).Says("SEC-5").IsNotMet("gap.retention-passed");
    }

    [Fact]
    public void After_closing_is_not_met()
    {
        var s = Given.AnActivity().ReadyToClose();
        s.Activity.Apply(Given.Allowed(Activities.ActivityRules.Enter(s.Activity, PimStep.Closed, Gate.MayEnter(s, PimStep.Closed), s.Now)));
        s.Says("SEC-5").IsNotMet("gap.kept-after-closing");
    }
}

[Proves("SEC-7")]
public sealed class An_incident
{
    private static Incident Of(IncidentSeverity severity, bool closed = false)
    {
        var incident = Incident.Of(Given.Allowed(IncidentRules.Report(default, Given.Activity, severity, "A phone was lost", Given.Lead, Given.Now)));
        if (closed)
        {
            incident.Apply(Given.Allowed(IncidentRules.Contain(incident, "The operation's focal point", Given.Now)));
            incident.Apply(Given.Allowed(IncidentRules.Close(incident, "Lock phones", Given.Now)));
        }

        return incident;
    }

    private static ActivitySnapshot With(params Incident[] incidents) => Given.AnActivity().Collecting() with { Incidents = incidents };

    [Fact]
    public void That_never_was_needs_nothing() => With().Says("SEC-7").DoesNotApply("no-incidents");

    [Theory]
    [InlineData(IncidentSeverity.Low)]
    [InlineData(IncidentSeverity.Moderate)]
    public void That_is_small_holds_nothing(IncidentSeverity severity) => With(Of(severity)).Says("SEC-7").IsMet();

    [Theory]
    [InlineData(IncidentSeverity.High)]
    [InlineData(IncidentSeverity.Severe)]
    public void That_is_severe_and_open_holds_release_and_linking(IncidentSeverity severity)
    {
        var s = With(Of(severity));
        s.Says("SEC-7").IsNotMet("gap.incident-open");
        Assert.False(Gate.Stands(s, Operation.Release).Allowed);
        Assert.False(Gate.Stands(s, Operation.Link).Allowed);
        Assert.True(Gate.Stands(s, Operation.Collect).Allowed);
        With(Of(severity, closed: true)).Says("SEC-7").IsMet();
    }

    [Fact]
    public void That_is_not_contained_in_time_shows_and_still_holds_nothing_while_it_is_small()
    {
        var s = With(Of(IncidentSeverity.Low));
        (s with { Now = s.Now.AddDays(s.Limits.ContainDays) }).Says("SEC-7").IsMet();
        var late = s with { Now = s.Now.AddDays(s.Limits.ContainDays).AddMinutes(1) };
        late.Says("SEC-7").IsNotMet("gap.incident-not-contained");
        Assert.Empty(late.Says("SEC-7").Holding);
    }

    [Fact]
    public void Is_closed_only_after_it_was_contained() =>
        Assert.Equal("incident.not-contained", Assert.Single(IncidentRules.Close(Of(IncidentSeverity.Low), "None", Given.Now).Refusals).Slug);
}

[Proves("SEC-8")]
public sealed class A_transfer
{
    [Fact]
    public void That_is_not_planned_needs_no_agreement() => (Given.AnActivity().Collecting() with { SharingPlan = GivenPlans.NotSharing() }).Says("SEC-8").DoesNotApply("nothing-shared");

    [Fact]
    public void Under_an_agreement_in_force_is_met() => Given.AnActivity().Collecting().Says("SEC-8").IsMet();

    [Fact]
    public void Without_one_in_force_holds_release()
    {
        var s = Given.AnActivity().Collecting();
        (s with { Agreements = [] }).Says("SEC-8").IsNotMet("gap.no-agreement");
        (s with { Agreements = [GivenPlans.Agreement(until: Given.Today.AddDays(-1))] }).Says("SEC-8").IsNotMet("gap.no-agreement");
        Assert.False(Gate.Stands(s with { Agreements = [] }, Operation.Release).Allowed);
    }

    [Fact]
    public void Without_a_sharing_plan_holds_release()
    {
        var s = Given.AnActivity().Collecting() with { SharingPlan = null, Agreements = [] };
        Assert.Contains(Gate.Stands(s, Operation.Release).Refusals, r => r.Slug == "gap.no-sharing-plan");
    }

    [Fact]
    public void To_another_recipient_is_not_held_by_the_one_without_an_agreement()
    {
        var other = new Shared.OrganisationId(Guid.CreateVersion7());
        var s = Given.AnActivity().Collecting();
        s = s with { SharingPlan = GivenPlans.Plan(new PlannedRecipient(Given.Partner, "Records", SharingDetail.DeidentifiedRecords, null), new PlannedRecipient(other, "Records", SharingDetail.DeidentifiedRecords, null)) };
        s.Says("SEC-8").IsNotMet("gap.no-agreement");
        Assert.True(DataProtection.TransfersCovered.Judge(s, new GateRequest(Actor.House, Operation.Release) { Recipient = Given.Partner }).Holds);
        Assert.False(DataProtection.TransfersCovered.Judge(s, new GateRequest(Actor.House, Operation.Release) { Recipient = other }).Holds);
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(14, true)]
    public void Warns_before_its_agreement_ends(int days, bool warns)
    {
        var answer = (Given.AnActivity().Collecting() with { Agreements = [GivenPlans.Agreement(until: Given.Today.AddDays(days))] }).Says("SEC-8");
        if (warns) answer.IsDueSoon(Given.Today.AddDays(days), "gap.agreement-ends");
        else answer.IsMet();
    }

    [Fact]
    public void Under_a_suspended_agreement_is_not_met()
    {
        (Given.AnActivity().Collecting() with { Agreements = [GivenPlans.Suspended(GivenPlans.Agreement())] }).Says("SEC-8").IsNotMet("gap.agreement-suspended");
    }

    [Fact]
    public void Under_terms_that_one_side_alone_accepted_is_not_met()
    {
        (Given.AnActivity().Collecting() with { Agreements = [GivenPlans.Proposed()] }).Says("SEC-8").IsNotMet("gap.agreement-waits");
        (Given.AnActivity().Collecting() with { Agreements = [GivenPlans.Accepted(GivenPlans.Proposed())] }).Says("SEC-8").IsMet();
    }

    [Fact]
    public void Of_a_kind_that_the_agreement_does_not_name_is_not_met()
    {
        var figures = GivenPlans.Accepted(GivenPlans.Proposed(GivenPlans.Terms() with { Kinds = [SharingDetail.Figures] }));
        (Given.AnActivity().Collecting() with { Agreements = [figures] }).Says("SEC-8").IsNotMet("gap.agreement-not-for-kind");
    }

    [Fact]
    public void Of_figures_needs_none() =>
        (Given.AnActivity().Collecting() with { SharingPlan = GivenPlans.Plan(new PlannedRecipient(Given.Partner, "Totals", SharingDetail.Figures, null)), Agreements = [] }).Says("SEC-8").IsMet();
}

[Proves("SEC-6")]
public sealed class The_accuracy_of_records
{
    private static readonly DateOnly Opened = Given.Today.AddDays(-15);
    private static ActivitySnapshot Kept => Given.AnActivity().Collecting() with { Collection = new CollectionState { Records = 12 } };

    [Fact]
    public void Is_no_question_while_nothing_is_kept() => Given.AnActivity().Collecting().Says("SEC-6").DoesNotApply("nothing-kept");

    [Theory]
    [InlineData(75, false)]
    [InlineData(76, true)]
    [InlineData(90, true)]
    public void Is_looked_at_for_the_first_time_some_months_after_opening(int days, bool warns)
    {
        var answer = Kept.At(Opened.AddDays(days)).Says("SEC-6");
        if (warns) answer.IsDueSoon(Opened.AddDays(90), "gap.accuracy-near");
        else answer.IsMet();
    }

    [Fact]
    public void Lapses_when_nobody_looks()
    {
        Kept.At(Opened.AddDays(91)).Says("SEC-6").IsNotMet("gap.accuracy-lapsed");
        (Kept with { Accuracy = new Records.AccuracyState(Given.Today.AddDays(-1), []) }).Says("SEC-6").IsNotMet("gap.accuracy-lapsed");
        (Kept with { Accuracy = new Records.AccuracyState(Given.Today.AddDays(80), []) }).Says("SEC-6").IsMet();
    }

    [Fact]
    public void Is_not_met_while_a_recipient_does_not_know_of_corrections()
    {
        var s = Kept with { Accuracy = new Records.AccuracyState(null, [new Records.UntoldCorrections(default, "Paths in October", 3)]) };
        s.Says("SEC-6").IsNotMet("gap.corrections-untold");
        Assert.Equal("3", s.Says("SEC-6").Names("count"));
    }

    [Theory]
    [InlineData(0, 0, 0, 30, "accuracy.checked-out-of-range")]
    [InlineData(41, 0, 0, 30, "accuracy.checked-out-of-range")]
    [InlineData(5, 6, 0, 30, "accuracy.wrong-out-of-range")]
    [InlineData(5, 2, 3, 30, "accuracy.corrected-out-of-range")]
    [InlineData(5, 2, 2, 0, "accuracy.next-out-of-range")]
    [InlineData(5, 2, 2, 91, "accuracy.next-out-of-range")]
    public void Is_not_kept_as_looked_at_with_numbers_that_cannot_be(int looked, int wrong, int corrected, int next, string slug) => Assert.Equal(slug, Assert.Single(Records.AccuracyRules.Review(
        Given.StartedActivity(), new Records.ReviewAccuracyOf(default, looked, wrong, corrected, "Ages were guessed", Given.Today.AddDays(next)), 40, 90, Given.Lead, Given.Now).Refusals).Slug);

    [Fact]
    public void Is_told_only_of_what_was_given()
    {
        Assert.Equal("accuracy.release-not-approved", Assert.Single(Records.AccuracyRules.Tell(Situations.ARelease(), "By letter", Given.Lead, Given.Now).Refusals).Slug);
        Assert.Equal("By letter", Given.Allowed(Records.AccuracyRules.Tell(Situations.ARelease(approved: true), " By letter ", Given.Lead, Given.Now)).How);
    }
}
