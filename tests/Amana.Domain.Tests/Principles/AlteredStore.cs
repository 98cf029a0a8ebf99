using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Sharing;

namespace Amana.Domain.Tests;

/// <summary>What the subjects' own rules refuse is seen again by the principles, should it stand in the store all the same.</summary>
public sealed class A_store_that_was_altered
{
    private static ActivitySnapshot Running => Given.AnActivity().Collecting();

    [Fact, Proves("DP-3"), Proves("IMP-5")]
    public void Shows_a_purpose_weighed_by_its_author()
    {
        var purpose = GivenPlans.Purpose();
        purpose.With(nameof(purpose.Proportionality), purpose.Proportionality! with { By = purpose.AuthorId });
        (Running with { Purpose = purpose }).Says("DP-3").IsNotMet("gap.weighed-by-author");
        (Running with { Purpose = purpose }).Says("IMP-5").IsNotMet("gap.weighed-by-author");
    }

    [Fact, Proves("IMP-5")]
    public void Shows_a_risk_assessment_approved_by_its_author()
    {
        var s = Running;
        s.Risk!.With(nameof(Risk.RiskAssessment.ApprovedBy), s.Risk!.AuthorId);
        s.Says("IMP-5").IsNotMet("gap.risk-approved-by-author");
    }

    [Fact, Proves("IMP-5")]
    public void Shows_a_release_approved_by_who_proposed_it()
    {
        var release = Situations.ARelease(approved: true);
        release.With(nameof(release.DecidedBy), release.ProposedBy);
        (Running with { Releases = [release] }).Says("IMP-5").IsNotMet("gap.release-approved-by-author");
    }

    [Fact, Proves("IMP-4")]
    public void Shows_a_release_without_its_method()
    {
        var release = Situations.ARelease();
        (Running with { Releases = [release.With(nameof(release.MethodNote), ReleaseNote.Empty)] }).Says("IMP-4")
            .IsNotMet("gap.release-without-method", "gap.release-without-method", "gap.release-without-method", "gap.release-without-method");
        var answer = (Running with { Releases = [Situations.ARelease().With(nameof(release.MethodNote), Situations.ANote with { Coverage = "ok" })] }).Says("IMP-4");
        Assert.Equal(nameof(NotePart.Coverage), answer.Names("notepart"));
    }

    [Fact, Proves("IC-2")]
    public void Shows_another_basis_without_its_reason()
    {
        var notice = GivenPlans.Notice(LegalBasis.VitalInterest);
        notice.With(nameof(notice.Content), notice.Content with { BasisReason = "" });
        (Running with { Notice = notice }).Says("IC-2").IsNotMet("gap.basis-without-reason");
    }

    [Fact, Proves("CO-3")]
    public void Shows_a_place_without_code_and_an_activity_for_nobody()
    {
        var s = Running;
        s.Activity.With(nameof(s.Activity.Place), Place.Unknown).With(nameof(s.Activity.Population), Array.Empty<PopulationGroup>());
        s.Says("CO-3").IsNotMet("gap.place-without-code", "gap.no-population-group");
    }
}

public sealed class The_door_of_the_gate
{
    private static readonly Actor Officer = Given.Acting(Given.ProtectionOfficer);

    private static PersonConsent Consent(params ConsentPart[] yeses) => GivenConsents.With(yeses);

    [Fact, Proves("IC-5"), Proves("SEC-5")]
    public void Lets_withdrawn_data_be_erased()
    {
        var consent = Consent(ConsentAsk.Participation);
        consent.Apply(Given.Allowed(ConsentRules.Withdraw(consent, [ConsentAsk.Participation], Given.Now)));
        Assert.True(Gate.Decide(Given.AnActivity(), new GateRequest(Actor.PersonWithReceipt, Operation.Erase, null, consent)).Allowed);
    }

    [Fact, Proves("IC-2")]
    public void Does_not_take_the_consent_of_another_activity()
    {
        var elsewhere = Consent(ConsentAsk.Participation).With(nameof(PersonConsent.ActivityId), new Shared.ActivityId(Guid.NewGuid()));
        Assert.Equal("consent.for-another-activity", Assert.Single(Gate.Decide(Given.AnActivity().Collecting(), new GateRequest(Officer, Operation.Open, "N1", elsewhere)).Refusals).Slug);
    }

    [Fact, Proves("IC-6"), Proves("CC-2")]
    public void Is_shut_to_a_role_that_ended_and_to_staff_who_left()
    {
        var s = Given.AnActivity().Collecting();
        s.Team[0].Member.Apply(Given.Allowed(CompetencyRules.End(s.Team[0].Member, Given.Now)));
        Assert.Contains(Gate.Decide(s, new GateRequest(Officer, Operation.Open, "N1")).Refusals, r => r.Slug == "actor.no-role");
        var left = Given.AnActivity().Collecting();
        left.Team[0].Staff.With("Active", false);
        Assert.Equal(["staff.left", "gap.nobody-may-open"], Gate.Decide(left, new GateRequest(Officer, Operation.Open, "N1")).Refusals.Select(r => r.Slug));
    }

    [Fact, Proves("SEC-8")]
    public void Asks_an_agreement_with_this_recipient_not_with_another()
    {
        var s = Given.AnActivity().Collecting();
        (s with { Agreements = [GivenPlans.Agreement().With(nameof(Agreement.RecipientId), Given.Us)] }).Says("SEC-8").IsNotMet("gap.no-agreement");
    }

    [Fact, Proves("IC-1")]
    public void Asks_consent_before_what_could_point_to_a_person() =>
        (Given.AnActivity().Collecting() with { Forms = [GivenForms.Published([GivenForms.Of("family_size", "integer", Sensitivity.QuasiIdentifier), .. GivenForms.Elements()])] })
            .Says("IC-1").IsNotMet("gap.question-before-notice");
}
