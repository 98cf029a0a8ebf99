using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Tests.Subjects;

public sealed class Proposing_an_agreement
{
    private static readonly ProposeAgreement Sound = new(default, Given.Us, Given.Partner, GivenPlans.Terms());

    private static string? Refused(ProposeAgreement command, Actor? by = null) =>
        AgreementRules.Propose(command, Given.Organisation(Given.Partner, "PARTNER"), by ?? GivenPlans.Speaker(Given.Us), Given.Now).Refusals.SingleOrDefault()?.Slug;

    private static ProposeAgreement With(Func<AgreementTerms, AgreementTerms> change) => Sound with { Terms = change(Sound.Terms) };

    [Fact]
    public void That_is_sound_is_allowed_to_either_side()
    {
        Assert.Null(Refused(Sound));
        Assert.Null(Refused(Sound, GivenPlans.Speaker(Given.Partner)));
    }

    [Fact]
    public void That_names_no_real_limit_is_refused()
    {
        Assert.Equal("agreement.smallest-group-out-of-range", Refused(With(t => t with { SmallestGroup = 1 })));
        Assert.Equal("agreement.period-reversed", Refused(With(t => t with { InForce = new Period(Given.Today, Given.Today.AddDays(-1)) })));
        Assert.Equal("agreement.with-itself", Refused(Sound with { RecipientId = Given.Us }));
        Assert.Equal("agreement.kinds-missing", Refused(With(t => t with { Kinds = [] })));
        Assert.Equal("field.required", Refused(With(t => t with { Safeguards = "" })));
    }

    [Fact]
    public void Is_for_a_person_of_one_of_the_sides_with_the_duty()
    {
        Assert.Equal("actor.duty-missing", Refused(Sound, GivenPlans.Speaker(Given.Us) with { Duties = [Duty.Administrator] }));
        Assert.Equal("agreement.not-your-side", Refused(Sound, GivenPlans.Speaker(new OrganisationId(Guid.CreateVersion7()))));
        Assert.Equal("agreement.by-a-person", Refused(Sound, Actor.House));
    }
}

public sealed class An_agreement_between_two_sides
{
    private static readonly OrganisationId Third = new(Guid.Parse("0193a000-0000-7000-8000-0000000000ff"));

    private static IReadOnlyList<string> Slugs<T>(Decision<T> decision) => [.. decision.Refusals.Select(r => r.Slug)];

    private static Decision<AgreementAnswered> Answer(Agreement a, AgreementActKind answer, OrganisationId side, string reason = "Too wide", string? hash = null) =>
        AgreementRules.Answer(a, answer, hash ?? a.Hash, reason, GivenPlans.Speaker(side), Given.Now);

    [Fact]
    public void Is_in_force_only_once_the_other_side_accepted_the_same_terms()
    {
        var agreement = GivenPlans.Proposed();
        Assert.Equal((AgreementState.Waiting, false), (agreement.State, agreement.IsInForce(Given.Today)));
        Assert.Equal(["agreement.your-side-accepted"], Slugs(Answer(agreement, AgreementActKind.Accepted, Given.Us)));
        Assert.Equal(["agreement.not-your-side"], Slugs(Answer(agreement, AgreementActKind.Accepted, Third)));
        Assert.Equal(["agreement.changed-meanwhile"], Slugs(Answer(agreement, AgreementActKind.Accepted, Given.Partner, hash: "00")));
        Assert.False(agreement.IsInForce(Given.Today));
        agreement.Apply(Given.Allowed(Answer(agreement, AgreementActKind.Accepted, Given.Partner)));
        Assert.Equal((AgreementState.Agreed, true), (agreement.State, agreement.IsInForce(Given.Today)));
        Assert.Equal(["agreement.not-waiting", "agreement.your-side-accepted"], Slugs(Answer(agreement, AgreementActKind.Accepted, Given.Partner)));
    }

    [Fact]
    public void Needs_both_again_when_the_terms_change_from_either_side()
    {
        foreach (var side in new[] { Given.Us, Given.Partner })
        {
            var agreement = GivenPlans.Agreement();
            Assert.Equal(["agreement.nothing-changed"], Slugs(AgreementRules.Revise(agreement, agreement.Terms, Given.Organisation(Given.Partner, "P"), GivenPlans.Speaker(side), Given.Now)));
            agreement.Apply(Given.Allowed(AgreementRules.Revise(agreement, agreement.Terms with { SmallestGroup = 10 }, Given.Organisation(Given.Partner, "P"), GivenPlans.Speaker(side), Given.Now)));
            Assert.Equal((2, AgreementState.Waiting, false), (agreement.Revision, agreement.State, agreement.IsInForce(Given.Today)));
            Assert.Equal(3, Assert.Single(agreement.Earlier).Terms.SmallestGroup);
            agreement.Apply(Given.Allowed(Answer(agreement, AgreementActKind.Accepted, agreement.OtherSide(side))));
            Assert.True(agreement.IsInForce(Given.Today));
        }
    }

    [Fact]
    public void Going_back_to_earlier_terms_does_not_bring_earlier_acceptances_back()
    {
        var agreement = GivenPlans.Agreement();
        var first = agreement.Terms;
        foreach (var terms in new[] { first with { SmallestGroup = 10 }, first })
            agreement.Apply(Given.Allowed(AgreementRules.Revise(agreement, terms, Given.Organisation(Given.Partner, "P"), GivenPlans.Speaker(Given.Us), Given.Now)));
        Assert.False(agreement.IsInForce(Given.Today));
    }

    [Fact]
    public void Is_returned_or_declined_with_a_reason()
    {
        var agreement = GivenPlans.Proposed();
        Assert.Equal(["field.required"], Slugs(Answer(agreement, AgreementActKind.Declined, Given.Partner, " ")));
        agreement.Apply(Given.Allowed(Answer(agreement, AgreementActKind.Returned, Given.Partner)));
        Assert.Equal(AgreementState.Returned, agreement.State);
        agreement.Apply(Given.Allowed(Answer(agreement, AgreementActKind.Declined, Given.Partner)));
        Assert.Equal(AgreementState.Declined, agreement.State);
        Assert.Equal(["agreement.not-waiting"], Slugs(Answer(agreement, AgreementActKind.Accepted, Given.Partner)));
        Assert.Equal(["agreement.declined"], Slugs(AgreementRules.Revise(agreement, agreement.Terms with { SmallestGroup = 9 }, Given.Organisation(Given.Partner, "P"), GivenPlans.Speaker(Given.Us), Given.Now)));
    }

    [Fact]
    public void Altered_past_the_rules_is_accepted_by_nobody()
    {
        Assert.False(GivenPlans.Agreement().With(nameof(Agreement.Purpose), "Anything").IsInForce(Given.Today));
        Assert.False(GivenPlans.Agreement().With(nameof(Agreement.SmallestGroup), 2).IsInForce(Given.Today));
        Assert.False(GivenPlans.Agreement().With(nameof(Agreement.RecipientId), Third).IsInForce(Given.Today));
    }

    [Fact]
    public void Broken_holds_again_only_when_both_sides_recorded_it_as_resolved()
    {
        var agreement = GivenPlans.Suspended(GivenPlans.Agreement());
        Assert.Equal((AgreementState.Suspended, false), (agreement.State, agreement.IsInForce(Given.Today)));
        agreement.Apply(Given.Allowed(AgreementRules.Resolve(agreement, "Called back", GivenPlans.Speaker(Given.Partner), Given.Now)));
        Assert.False(agreement.IsInForce(Given.Today));
        Assert.Equal(["agreement.your-side-resolved"], Slugs(AgreementRules.Resolve(agreement, "Called back", GivenPlans.Speaker(Given.Partner), Given.Now)));
        Assert.Equal(["agreement.not-your-side"], Slugs(AgreementRules.Resolve(agreement, "Called back", GivenPlans.Speaker(Third), Given.Now)));
        agreement.Apply(Given.Allowed(AgreementRules.Resolve(agreement, "Destroyed", GivenPlans.Speaker(Given.Us), Given.Now)));
        Assert.True(agreement.IsInForce(Given.Today));
        GivenPlans.Suspended(agreement);
        Assert.False(agreement.IsInForce(Given.Today));
        Assert.Equal((false, false), (agreement.HasResolved(Given.Us), agreement.HasResolved(Given.Partner)));
    }
}

public sealed class A_signed_copy_of_an_organisation_outside_the_house
{
    private static readonly SignedCopy Paper = new("Country director", Given.Today, "Folder 4");

    private static Decision<SignedCopyEntered> Enter(Agreement a, bool staffed = false, SignedCopy? copy = null) => AgreementRules.EnterCopy(a, copy ?? Paper, staffed, GivenPlans.Speaker(Given.Us), Given.Now);

    private static Decision<SignedCopyJudged> Judge(Agreement a, StaffId by, bool same = true) => AgreementRules.JudgeCopy(a, same, GivenPlans.Speaker(Given.Us, by), Given.Now);

    [Fact]
    public void Counts_once_a_second_person_confirmed_it()
    {
        var agreement = GivenPlans.Proposed();
        Assert.Equal("agreement.no-copy", Assert.Single(Judge(agreement, Given.FocalPoint).Refusals).Slug);
        agreement.Apply(Given.Allowed(Enter(agreement)));
        Assert.False(agreement.IsInForce(Given.Today));
        Assert.Equal("agreement.copy-by-author", Assert.Single(Judge(agreement, Given.Lead).Refusals).Slug);
        agreement.Apply(Given.Allowed(Judge(agreement, Given.FocalPoint)));
        Assert.True(agreement.IsInForce(Given.Today));
    }

    [Fact]
    public void That_is_not_what_the_paper_says_counts_for_nothing_and_is_entered_anew()
    {
        var agreement = GivenPlans.Proposed();
        agreement.Apply(Given.Allowed(Enter(agreement)));
        Assert.Equal("agreement.not-waiting", Assert.Single(Enter(agreement).Refusals).Slug);
        agreement.Apply(Given.Allowed(Judge(agreement, Given.FocalPoint, same: false)));
        Assert.False(agreement.IsInForce(Given.Today));
        Assert.Empty(Enter(agreement).Refusals);
    }

    [Fact]
    public void Does_not_stand_for_a_side_that_has_people_here_nor_come_from_tomorrow()
    {
        var agreement = GivenPlans.Proposed();
        Assert.Equal("agreement.side-has-staff", Assert.Single(Enter(agreement, staffed: true).Refusals).Slug);
        Assert.Equal("agreement.signed-in-future", Assert.Single(Enter(agreement, copy: Paper with { SignedOn = Given.Today.AddDays(1) }).Refusals).Slug);
    }

    [Fact]
    public void Is_of_no_use_for_terms_that_changed_before_it_was_confirmed()
    {
        var agreement = GivenPlans.Proposed();
        agreement.Apply(Given.Allowed(Enter(agreement)));
        agreement.Apply(Given.Allowed(AgreementRules.Revise(agreement, agreement.Terms with { SmallestGroup = 9 }, Given.Organisation(Given.Partner, "P"), GivenPlans.Speaker(Given.Us), Given.Now)));
        Assert.Equal("agreement.no-copy", Assert.Single(Judge(agreement, Given.FocalPoint).Refusals).Slug);
    }

    [Fact]
    public void Of_a_breach_resolved_lifts_it_and_accepts_no_terms()
    {
        var agreement = GivenPlans.Proposed();
        agreement.Apply(Given.Allowed(Enter(agreement)));
        agreement.Apply(Given.Allowed(Judge(agreement, Given.FocalPoint)));
        GivenPlans.Suspended(agreement);
        agreement.Apply(Given.Allowed(AgreementRules.Resolve(agreement, "Called back", GivenPlans.Speaker(Given.Us), Given.Now)));
        agreement.Apply(Given.Allowed(Enter(agreement)));
        Assert.False(agreement.IsInForce(Given.Today));
        agreement.Apply(Given.Allowed(Judge(agreement, Given.FocalPoint)));
        Assert.True(agreement.IsInForce(Given.Today));
        var never = GivenPlans.Suspended(GivenPlans.Proposed());
        never.Apply(Given.Allowed(Enter(never)));
        never.Apply(Given.Allowed(Judge(never, Given.FocalPoint)));
        Assert.False(never.HasAccepted(Given.Partner));
    }
}
