using Amana.Domain.Accounts;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Tests;

/// <summary>What is written in Assess and Design: purpose, notice, risks, plan, agreement.</summary>
internal static class GivenPlans
{
    public static PurposeContent PurposeContent() => new()
    {
        Statement = new LocalText([new("en", "To learn where people are at risk on the way to water"), new("ar", "لمعرفة أين يتعرض الناس للخطر في طريق الماء")]),
        ProtectionOutcome = "Fewer attacks on the way to water",
        CategoriesOfPeople = "Displaced people in the river camps",
        OutOfScope = "Names of perpetrators",
        Decisions = [new DecisionServed("D1", "Where to put patrols and lights")],
        Needs = [new InformationNeed("N1", "On which paths are people attacked?", "D1", Given.Today.AddDays(60))],
    };

    /// <summary>A purpose as it is before collection: weighed by someone else and published.</summary>
    public static PurposeStatement Purpose(PurposeContent? content = null, bool weighed = true, bool published = true, IReadOnlyDictionary<string, string>? special = null)
    {
        var statement = PurposeStatement.Of(Given.Allowed(PurposeRules.State(Given.StartedActivity(), content ?? PurposeContent(), Given.Lead, Given.Now.AddDays(-30))));
        if (weighed)
            statement.Apply(Given.Allowed(PurposeRules.Weigh(statement, "Worth it: the answers decide where lights stand", special ?? new Dictionary<string, string>(), Given.FocalPoint, Given.Now.AddDays(-29))));
        if (published)
            statement.Apply(Given.Allowed(PurposeRules.Publish(Given.StartedActivity(), statement, Given.Now.AddDays(-28))));
        return statement;
    }

    public static NoticeText NoticeText() => new()
    {
        WhoAsks = "We", Purpose = "To make paths safer", WhatIsCollected = "Where and what", WhoWillSee = "The team", LimitsOfConfidentiality = "Unless a life is in danger",
        Voluntary = "You may say no", NoLossOfAid = "No aid is lost", HowLongKept = "A year", Rights = "See, correct, erase", HowToWithdrawOrComplain = "The code on your receipt",
        ConsentScript = "Do you want to take part?",
    };

    public static Notice Notice(LegalBasis basis = LegalBasis.Consent, Func<string, NoticeText, NoticeText?>? change = null)
    {
        var texts = new SortedDictionary<string, NoticeText>(StringComparer.Ordinal);
        foreach (var language in new[] { "en", "ar" })
            if ((change is null ? NoticeText() : change(language, NoticeText())) is { } text)
                texts[language] = text;
        var content = new NoticeContent { Texts = texts, Basis = basis, BasisReason = basis == LegalBasis.Consent ? "" : "People cannot choose freely here" };
        return Domain.Consent.Notice.Of(Given.Allowed(ConsentRules.Write(Given.StartedActivity(), new NoticeId(Guid.CreateVersion7()), 1, content, Given.ProtectionOfficer, Given.Now.AddDays(-25))));
    }

    /// <summary>One risk for each stage, all small and owned.</summary>
    public static RiskContent Risks(DateOnly? reviewOn = null) => new()
    {
        Tolerance = 6,
        ReviewOn = reviewOn ?? Given.Today.AddDays(90),
        OpinionOfPeople = "Women ask not to be seen talking to interviewers at the wells",
        Risks = [.. Enum.GetValues<RiskStage>().Select((stage, i) => Risk("R" + (i + 1), stage))],
    };

    public static AssessedRisk Risk(string code, RiskStage stage, int likelihood = 2, int severity = 2) => new()
    {
        Code = code, Text = "Somebody is seen", Stage = stage, Likelihood = 3, Severity = 3, Mitigation = "Talk in private", OwnerId = Given.ProtectionOfficer,
        ResidualLikelihood = likelihood, ResidualSeverity = severity,
    };

    public static RiskAssessment Assessment(RiskContent? content = null, RiskScope? approvedFor = null, DateTimeOffset? at = null)
    {
        var when = at ?? Given.Now.AddDays(-24);
        var assessment = RiskAssessment.Of(Given.Allowed(RiskRules.Assess(Given.StartedActivity(), content ?? Risks(), Given.ProtectionOfficer, when, 365)));
        if (approvedFor is not null)
            assessment.Apply(Given.Allowed(RiskRules.Approve(Given.StartedActivity(), assessment, approvedFor, Given.FocalPoint, when)));
        return assessment;
    }

    public static SharingPlan Plan(params PlannedRecipient[] recipients) => SharingPlan.Of(Given.Allowed(SharingRules.Plan(Given.StartedActivity(),
        recipients.Length == 0 ? [new PlannedRecipient(Given.Partner, "Records without identity", SharingDetail.DeidentifiedRecords, null)] : recipients, null, Given.InformationOfficer, Given.Now)));

    public static SharingPlan NotSharing() =>
        SharingPlan.Of(Given.Allowed(SharingRules.Plan(Given.StartedActivity(), [], "Nobody could use it safely", Given.InformationOfficer, Given.Now)));

    public static AgreementTerms Terms(DateOnly? until = null) => new("Sharing on paths", "Safer paths", [SharingDetail.Figures, SharingDetail.DeidentifiedRecords, SharingDetail.Referral], "Sealed, need to know",
        new Period(Given.Today.AddDays(-30), until ?? Given.Today.AddDays(300)), 3);

    /// <summary>Somebody who may speak for an organisation on agreements.</summary>
    public static Actor Speaker(OrganisationId side, StaffId? who = null) => new(ActorKind.Staff, who ?? Given.Lead, side, [Duty.Coordinator]);

    /// <summary>Terms that one side proposed, and nobody else has seen.</summary>
    public static Agreement Proposed(AgreementTerms? terms = null, OrganisationId? with = null) => Domain.Sharing.Agreement.Of(Given.Allowed(AgreementRules.Propose(
        new ProposeAgreement(new AgreementId(Guid.CreateVersion7()), Given.Us, with ?? Given.Partner, terms ?? Terms()), Given.Organisation(with ?? Given.Partner, "PARTNER"), Speaker(Given.Us), Given.Now)));

    /// <summary>The same, accepted by the other side too.</summary>
    public static Agreement Agreement(DateOnly? until = null) => Accepted(Proposed(Terms(until)));

    public static Agreement Accepted(Agreement agreement)
    {
        agreement.Apply(Given.Allowed(AgreementRules.Answer(agreement, AgreementActKind.Accepted, agreement.Hash, "", Speaker(agreement.RecipientId), Given.Now)));
        return agreement;
    }

    public static Agreement Suspended(Agreement agreement)
    {
        agreement.Apply(Given.Allowed(AgreementRules.Suspend(agreement, "A table was passed on", Speaker(Given.Us), Given.Now)));
        return agreement;
    }
}
