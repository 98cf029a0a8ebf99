using Amana.Domain.Activities;
using Amana.Domain.Cases;
using Amana.Domain.Competency;
using Amana.Domain.Impartiality;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;

namespace Amana.Domain.Tests;

/// <summary>Situations of an activity, in the field's words. Each makes a new snapshot; none changes the one it is given.</summary>
internal static class Situations
{
    /// <summary>In Design with everything recorded that opening for collection asks.</summary>
    public static ActivitySnapshot ReadyToCollect(this ActivitySnapshot s) => s.Planned(PimStep.Design);

    /// <summary>Open for collection, every rule met that guards an operation.</summary>
    public static ActivitySnapshot Collecting(this ActivitySnapshot s) => s.Planned(PimStep.Implement).Published();

    /// <summary>Past collection, with everything recorded that closing asks.</summary>
    public static ActivitySnapshot ReadyToClose(this ActivitySnapshot s)
    {
        var evaluated = s.Planned(PimStep.Evaluate);
        evaluated.Purpose!.Apply(Given.Allowed(Purpose.PurposeRules.Use(evaluated.Purpose, "N1", "Lights on two paths", Given.Today, Given.Lead)));
        return evaluated.Published() with
        {
            Collection = new CollectionState { Records = 40 },
            Bias = new BiasState(evaluated.Now.AddDays(-1), 40),
            ResultsReturned = [Returned()],
            Releases = [ARelease(approved: true)],
        };
    }

    public static ResultsReturned Returned(params PopulationGroup[] groups) => ResultsReturned.Of(Given.Allowed(ParticipationRules.Return(InStep(PimStep.Evaluate),
        new ReturnResults(new ConsultationId(Guid.CreateVersion7()), Given.Today, "Meeting", "Map of the paths", groups.Length == 0 ? [PopulationGroup.Women, PopulationGroup.InternallyDisplaced] : groups), Given.Today)));

    public static ActivitySnapshot At(this ActivitySnapshot s, DateOnly day) => s with { Now = new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero) };

    public static ActivitySnapshot Consulted(this ActivitySnapshot s, params PimStep[] steps) => s with { Consultations = [.. steps.Select(step => Consultation(step))] };

    public static Consultation Consultation(PimStep step, params PopulationGroup[] groups) => Participation.Consultation.Of(Given.Allowed(ParticipationRules.Hold(InStep(step),
        new RecordConsultation(new ConsultationId(Guid.CreateVersion7()), step, Given.Today.AddDays(-1), groups.Length == 0 ? [PopulationGroup.Women, PopulationGroup.InternallyDisplaced] : groups,
            ConsultationMethod.FocusGroup, 12, "The path is dark", "We ask about light first"), Given.ProtectionOfficer, Given.Today)));

    /// <summary>The same activity, walked to the step with the gate's yes.</summary>
    public static Activity InStep(PimStep step)
    {
        var activity = Given.StartedActivity();
        for (var next = PimStep.Design; next <= step; next++)
            activity.Apply(Given.Allowed(ActivityRules.Enter(activity, next, new GateAnswer(true, [], []), Given.Now.AddDays(-15))));
        return activity;
    }

    public static ReleaseNote ANote { get; } = new("People in forty tents of the river camps", "Every tenth tent, women heard apart", "Forty of two hundred tents planned", "People outside the camps are missed");

    public static Release ARelease(bool approved = false)
    {
        var risk = new MeasuredRisk(["sex", "age"], ["sex", "age", "path"], 40, 5, 3, 0, 0.02);
        var agreement = GivenPlans.Agreement();
        var release = Release.Of(Given.Allowed(SharingRules.Propose(InStep(PimStep.Implement),
            new ProposeRelease(new ReleaseId(Guid.CreateVersion7()), agreement.Id, "N1", "Paths in October", ANote, "00", [1]), agreement, risk, Given.InformationOfficer, Given.Now)));
        if (approved)
            release.Apply(Given.Allowed(SharingRules.Decide(release, agreement, true, "Safe and useful", Given.ProtectionOfficer, Given.Now)));
        return release;
    }

    public static ReferralPathway Referral(bool live = true) => ReferralPathway.Of(Given.Allowed(ReferralRules.Set(Given.StartedActivity(),
        [new ReferralStep("survivor-care", "Women's clinic", "Made-up Health", "Day and night, by the well", live, Given.Today)], Given.Now)));

    public static MethodStatement Method(MethodContent? content = null) =>
        MethodStatement.Of(Given.Allowed(ImpartialityRules.State(Given.StartedActivity(), content ?? MethodContent(), Given.InformationOfficer, Given.Now)));

    public static MethodContent MethodContent() => new()
    {
        Population = "People in three camps", Frame = "List of tents", Selection = "Every tenth tent", WhoIsMissed = "People outside the camps",
        Strata = [new ExpectedStratum(PopulationGroup.Women, 200)],
        Sources = [new StatedSource(SourceKind.PeopleThemselves, SourceReliability.MostlyReliable, SourceVerification.OneSource, "")],
    };

    private static ActivitySnapshot Published(this ActivitySnapshot s)
    {
        s.Forms[0].Apply(Given.Allowed(Forms.FormRules.Publish(s.Forms[0], s.Purpose, Given.Now.AddDays(-10))));
        return s;
    }

    private static Activity PlannedActivity(PimStep step)
    {
        var activity = InStep(step);
        activity.Apply(Given.Allowed(ActivityRules.PlanRetention(activity, new RetentionPlan(6, AfterRetention.Destroy, "Longest follow-up"))));
        activity.Apply(Given.Allowed(ActivityRules.PublishFeedbackChannel(activity, new FeedbackChannel(new LocalText([new("en", "Box at the well"), new("ar", "صندوق عند البئر")]), 7))));
        activity.Apply(Given.Allowed(ActivityRules.PlanCapacity(activity, new CapacityPlan(4, 10, "Four phones", "From the camp fund"))));
        return activity;
    }

    private static ActivitySnapshot Planned(this ActivitySnapshot s, PimStep step)
    {
        var form = GivenForms.Draft();
        var method = Method();
        method.Apply(Given.Allowed(ImpartialityRules.ReviewNeutrality(form, "No leading words", Given.ProtectionOfficer, Given.Now)));
        var ready = s with
        {
            Activity = PlannedActivity(step),
            Overlaps = OverlapReview.Of(Given.Allowed(OverlapRules.Search(s.Activity, [], 50, Given.Lead, Given.Now))),
            Consultations = [.. Enumerable.Range(0, (int)step + 1).Select(i => Consultation((PimStep)i))],
            Purpose = GivenPlans.Purpose(),
            Forms = [form],
            Notice = GivenPlans.Notice(),
            Team =
            [
                Given.Seat(TeamRole.ProtectionOfficer, Given.ProtectionOfficer), Given.Seat(TeamRole.InformationManagementOfficer, Given.InformationOfficer),
                Given.Seat(TeamRole.Enumerator, Given.Interviewer),
            ],
            Method = method,
            SharingPlan = GivenPlans.Plan(),
            Agreements = [GivenPlans.Agreement()],
            Organisations = [Given.Organisation(Given.Us, "US"), Given.Organisation(Given.Partner, "PARTNER")],
            Referral = Referral(),
        };
        return ready with { Risk = GivenPlans.Assessment(approvedFor: ready.RiskScope()) };
    }
}
