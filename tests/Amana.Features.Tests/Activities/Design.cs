using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Impartiality;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Activities;
using Amana.Features.Participation;
using Amana.Features.Platform;
using Amana.Features.Purpose;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Tests.Activities;

/// <summary>All that Design asks, done in the order of the work.</summary>
internal static class Design
{
    public static PurposeContent APurpose(this Planning planning) => new()
    {
        Statement = new LocalText([new("en", "To learn where people are at risk on the way to water"), new("ar", "لمعرفة أين يتعرض الناس للخطر في طريق الماء")]),
        ProtectionOutcome = "Fewer attacks on the way to water", CategoriesOfPeople = "Women and girls of the river camps", OutOfScope = "Names of perpetrators",
        Decisions = [new DecisionServed("D1", "Where to put patrols and lights")],
        Needs = [new InformationNeed("N1", "On which paths are people attacked?", "D1", planning.Today.AddDays(60))],
    };

    /// <summary>From Assess into Design, through the use cases.</summary>
    public static async Task EnterDesign(this Planning p)
    {
        Assert.True((await p.Consult(PimStep.Assess, PopulationGroup.Women)).IsDone);
        Assert.True((await p.Do<SearchRegistry, int>(u => u.Handle(p.Lead, p.Activity, default))).IsDone);
        Assert.Empty((await p.Enter(PimStep.Design)).Refusals);
    }

    /// <summary>Everything that opening for collection asks.</summary>
    public static async Task Complete(this Planning p)
    {
        Assert.True((await p.Consult(PimStep.Design, PopulationGroup.Women, PopulationGroup.Girls)).IsDone);
        Assert.True((await p.Do<StatePurpose, Nothing>(u => u.Handle(p.Lead, p.Activity, p.APurpose(), default))).IsDone);
        Assert.True((await p.Do<WeighPurpose, Nothing>(u => u.Handle(p.FocalPoint, p.Activity, "Worth it", new Dictionary<string, string>(), default))).IsDone);
        Assert.True((await p.Do<PublishPurpose, Nothing>(u => u.Handle(p.Lead, p.Activity, default))).IsDone);
        Assert.True((await p.Do<PlanRetention, Nothing>(u => u.Handle(p.Lead, p.Activity, new RetentionPlan(6, AfterRetention.Destroy, "Follow-up"), default))).IsDone);
        Assert.True((await p.Do<PlanCapacity, Nothing>(u => u.Handle(p.Lead, p.Activity, new CapacityPlan(4, 6, "Phones", "Covered"), default))).IsDone);
        var channel = new FeedbackChannel(new LocalText([new("en", "At the centre"), new("ar", "في المركز")]), 14);
        Assert.True((await p.Do<PublishFeedbackChannel, Nothing>(u => u.Handle(p.Lead, p.Activity, channel, default))).IsDone);
        await p.Commit(db => Others(p, db));
        await p.Commit(db => Approve(p, db));
    }

    /// <summary>What the other subjects of Design decide: team, form, notice, method, sharing, risks.</summary>
    private static async Task Others(Planning p, AmanaDb db)
    {
        var activity = await db.Set<Activity>().FirstAsync(a => a.Id == p.Activity);
        var (now, by) = (p.House.Clock.Now(), p.Officer.Actor.StaffId!.Value);
        foreach (var (who, role) in new[] { (p.Officer, TeamRole.ProtectionOfficer), (p.InformationOfficer, TeamRole.InformationManagementOfficer) })
        {
            var staff = await db.Set<Domain.Accounts.StaffMember>().FirstAsync(s => s.Id == who.Actor.StaffId);
            var seat = TeamMember.Of(Planning.Allowed(CompetencyRules.Assign(activity, Ids.New<TeamMemberId>(p.House.Clock), staff, role, [], now)));
            seat.Apply(Planning.Allowed(CompetencyRules.Acknowledge(seat, staff.Id, now)));
            db.Add(seat);
        }

        var form = FormVersion.Of(Planning.Allowed(FormRules.Upload(activity, Ids.New<FormVersionId>(p.House.Clock),
            new ReadForm("paths", "1", "Paths", [1], "paths.xlsx", "<h:html/>", "00", ["en", "ar"], Elements(), []), [], p.InformationOfficer.Actor.StaffId!.Value, now)));
        db.Add(form);
        db.Add(Notice.Of(Planning.Allowed(ConsentRules.Write(activity, Ids.New<NoticeId>(p.House.Clock), 1, new NoticeContent
        {
            Texts = new SortedDictionary<string, NoticeText>(StringComparer.Ordinal) { ["en"] = Words(), ["ar"] = Words() },
        }, by, now))));
        var method = MethodStatement.Of(Planning.Allowed(ImpartialityRules.State(activity, new MethodContent
        {
            Population = "Women and girls", Frame = "Camp lists", Selection = "Every tenth", Strata = [new ExpectedStratum(PopulationGroup.Women, 50)], WhoIsMissed = "Those on the move", KnownLimits = "None",
        }, by, now)));
        method.Apply(Planning.Allowed(ImpartialityRules.ReviewNeutrality(form, "Reads neutral", by, now)));
        db.Add(method);
        db.Add(SharingPlan.Of(Planning.Allowed(SharingRules.Plan(activity, [], "Nobody could use it safely", by, now))));
        db.Add(RiskAssessment.Of(Planning.Allowed(RiskRules.Assess(activity, new RiskContent
        {
            ReviewOn = p.Today.AddDays(90), OpinionOfPeople = "Not at the wells",
            Risks = [.. Enum.GetValues<RiskStage>().Select((stage, i) => new AssessedRisk
            {
                Code = "R" + (i + 1), Text = "Somebody is seen", Stage = stage, Likelihood = 3, Severity = 3, Mitigation = "Talk in private", OwnerId = by, ResidualLikelihood = 2, ResidualSeverity = 2,
            })],
        }, by, now, 180))));
    }

    private static async Task Approve(Planning p, AmanaDb db)
    {
        var s = await p.Snapshot();
        var activity = await db.Set<Activity>().FirstAsync(a => a.Id == p.Activity);
        var risk = await db.Set<RiskAssessment>().FirstAsync(r => r.ActivityId == p.Activity);
        risk.Apply(Planning.Allowed(RiskRules.Approve(activity, risk, s.RiskScope(), p.FocalPoint.Actor.StaffId!.Value, p.House.Clock.Now())));
    }

    private static IReadOnlyList<Element> Elements() =>
    [
        Coded("consent", "yes", "no") with { NeedCode = null, Sensitivity = Sensitivity.Open, Ask = ConsentAsk.Participation },
        Coded("sex", "f", "m") with { Role = ElementRole.Sex },
        Coded("age", "12-17", "18-59") with { Role = ElementRole.AgeGroup },
        Coded("difficulty", "none", "lot") with { Role = ElementRole.Disability },
    ];

    private static Element Coded(string name, params string[] codes) => new()
    {
        Path = "/data/" + name, Name = name, Type = "select_one", Label = LocalText.English(name), NeedCode = "N1", Sensitivity = Sensitivity.QuasiIdentifier,
        Choices = [.. codes.Select(c => new ElementChoice(c, LocalText.English(c)))],
    };

    private static NoticeText Words() => new()
    {
        WhoAsks = "We", Purpose = "Safer paths", WhatIsCollected = "Where", WhoWillSee = "The team", LimitsOfConfidentiality = "Unless a life is in danger", Voluntary = "You may say no",
        NoLossOfAid = "No aid is lost", HowLongKept = "Six months", Rights = "See, correct, erase", HowToWithdrawOrComplain = "The code on your receipt", ConsentScript = "Do you want to take part?",
    };
}
