using Amana.Domain.Activities;
using Amana.Domain.Cases;
using Amana.Domain.Competency;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Impartiality;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Forms;
using Amana.Features.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>Tells the whole Design of an activity, so that every rule before collection is met.</summary>
internal sealed class DemoDesign(DemoTeller teller)
{
    public async Task Tell(DemoPlan plan, ActivityId id)
    {
        await Team(plan, id);
        var form = await Form(plan, id);
        await Words(plan, id, form);
        await Share(plan, id);
        await Brief(plan, id);
        await Risks(plan, id);
    }

    private async Task Team(DemoPlan plan, ActivityId id)
    {
        (string Who, TeamRole Role)[] seats = plan.Lead == "coordination"
            ? [("legal", TeamRole.ProtectionOfficer), ("coordination", TeamRole.InformationManagementOfficer), ("interviewer2", TeamRole.Enumerator), ("protection", TeamRole.ProtectionOfficer)]
            : [("protection", TeamRole.ProtectionOfficer), ("im", TeamRole.InformationManagementOfficer), ("caseworker", TeamRole.CaseWorker), ("interviewer1", TeamRole.Enumerator), ("interviewer2", TeamRole.Enumerator)];
        await teller.Do(async s =>
        {
            var db = s.GetRequiredService<AmanaDb>();
            var snapshot = (await s.GetRequiredService<Activities.ActivityReader>().Snapshot(id, teller.Cancelled))!;
            var happenings = new List<Platform.Ledger.Happening>();
            foreach (var (who, role) in seats)
            {
                var staff = (await db.Set<Domain.Accounts.StaffMember>().FindAsync([teller.Id(who)], teller.Cancelled))!;
                var assigned = DemoTeller.Allowed(CompetencyRules.Assign(snapshot.Activity, Ids.New<TeamMemberId>(teller.Clock), staff, role, [], teller.Now));
                var member = TeamMember.Of(assigned);
                db.Add(member);
                happenings.Add(Platform.Ledger.Happening.Of(assigned, id, assigned.Id.Value));
            }

            await s.GetRequiredService<Platform.Ledger.LedgerBook>().Commit(teller.As(plan.Lead), teller.Cancelled, happenings);
        });
    }

    private async Task<FormVersionId> Form(DemoPlan plan, ActivityId id)
    {
        var workbook = plan.Workbook ?? await Sample(plan);
        var version = await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<UploadForm>().Handle(teller.As(plan.Lead), id, workbook, plan.Form + ".csv", teller.Cancelled)));
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<AcceptProposals>().Handle(teller.As(plan.Lead), id, version, "N2", teller.Cancelled)));
        await teller.Plan(plan.Lead, id, (s, _) =>
        {
            var draft = s.Forms.First(f => f.Id == version);
            var given = draft.Elements.Where(e => e.Name is "urgent_help" or "phone" or "full_name")
                .Select(e => ElementProposals.For(e, "N1") with { NeedCode = "N1", UrgentNeed = e.Name == "urgent_help" ? "legal" : null }).ToList();
            var classified = DemoTeller.Allowed(FormRules.Classify(draft, s.Purpose, given));
            draft.Apply(classified);
            return [classified];
        });
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<PublishForm>().Handle(teller.As(plan.Lead), id, version, teller.Cancelled)));
        return version;
    }

    private async Task<byte[]> Sample(DemoPlan plan)
    {
        await using var stream = typeof(DemoDesign).Assembly.GetManifestResourceStream($"samples/{plan.Form}.csv") ?? throw new InvalidOperationException($"No sample form {plan.Form}.");
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, teller.Cancelled);
        return bytes.ToArray();
    }

    private Task Words(DemoPlan plan, ActivityId id, FormVersionId version) => teller.Plan("protection", id, (s, db) =>
    {
        var content = new NoticeContent { Texts = new SortedDictionary<string, NoticeText>(plan.Languages.ToDictionary(l => l, DemoWords.Notice), StringComparer.Ordinal) };
        var notice = DemoTeller.Allowed(ConsentRules.Write(s.Activity, Ids.New<NoticeId>(teller.Clock), 1, content, teller.Id("protection"), teller.Now));
        db.Add(Notice.Of(notice));
        var method = DemoTeller.Allowed(ImpartialityRules.State(s.Activity, new MethodContent
        {
            Population = "People aged 12 and over who pass or live in the area; younger children through a caregiver.", Frame = "Every place of the list, each week, at changing hours.",
            Selection = "Every fourth person or household, women and men by turns; interviewers of both sexes.",
            Strata = [.. plan.Population.Take(4).Select(g => new ExpectedStratum(g, 300))], WhoIsMissed = "People who cross at night; people who cannot leave their homes.",
            KnownLimits = "Not a random sample; shares are not for the whole population.",
            Sources =
            [
                new StatedSource(SourceKind.PeopleThemselves, SourceReliability.MostlyReliable, SourceVerification.OneSource, "Each tells what they lived through."),
                new StatedSource(SourceKind.CommunityGroup, SourceReliability.Mixed, SourceVerification.TwoIndependentSources, "Used to understand, never counted."),
            ],
        }, teller.Id("im"), teller.Now));
        var statement = MethodStatement.Of(method);
        var reviewed = DemoTeller.Allowed(ImpartialityRules.ReviewNeutrality(s.Forms.First(f => f.Id == version), "No leading questions; people may prefer not to answer.", teller.Id("focal"), teller.Now));
        statement.Apply(reviewed);
        db.Add(statement);
        var retention = DemoTeller.Allowed(ActivityRules.PlanRetention(s.Activity, new RetentionPlan(6, AfterRetention.Destroy, "Advocacy needs the figures for half a year.")));
        s.Activity.Apply(retention);
        var channel = DemoTeller.Allowed(ActivityRules.PublishFeedbackChannel(s.Activity, new FeedbackChannel(DemoWords.Feedback(s.LanguagesSpoken), 7)));
        s.Activity.Apply(channel);
        var capacity = DemoTeller.Allowed(ActivityRules.PlanCapacity(s.Activity, new CapacityPlan(11, 8, "Eleven phones, two power banks each", "Interviewers' pay and transport until the end")));
        s.Activity.Apply(capacity);
        return [notice, method, reviewed, retention, channel, capacity];
    });

    private Task Share(DemoPlan plan, ActivityId id) => teller.Plan(plan.Lead, id, (s, db) =>
    {
        var agreement = s.Agreements.FirstOrDefault(a => a.Title == DemoAgreements.Main) ?? s.Agreements.First(a => a.AcceptedByBoth && a.SuspendedAt is null);
        var planned = DemoTeller.Allowed(SharingRules.Plan(s.Activity, [new PlannedRecipient(agreement.RecipientId, "Answers without names, each month", SharingDetail.DeidentifiedRecords, agreement.Id)], null, teller.Id(plan.Lead), teller.Now));
        db.Add(SharingPlan.Of(planned));
        var pathway = DemoTeller.Allowed(ReferralRules.Set(s.Activity, [new ReferralStep("legal", "Legal help desk", "Harbour Legal Aid", "By the case worker, the same day", Live: true, teller.Today)], teller.Now));
        db.Add(ReferralPathway.Of(pathway));
        return [planned, pathway];
    });

    /// <summary>Once there is a purpose, a notice and a pathway to read.</summary>
    private Task Brief(DemoPlan plan, ActivityId id) => teller.Plan(plan.Lead, id, (s, _) =>
    {
        var acknowledged = s.Team.Select(t => (t.Member, Change: DemoTeller.Allowed(CompetencyRules.Acknowledge(t.Member, t.Member.StaffId, teller.Now)))).ToList();
        acknowledged.ForEach(a => a.Member.Apply(a.Change));
        return [.. acknowledged.Select(a => a.Change)];
    });

    private async Task Risks(DemoPlan plan, ActivityId id)
    {
        await teller.Plan("protection", id, (s, db) =>
        {
            var real = DateOnly.FromDateTime(teller.Clock.Real.UtcDateTime);
            var review = plan.ReviewLapsed ? real.AddDays(-2) : plan.Records > 0 ? real.AddDays(12) : teller.Today.AddDays(170);
            var change = DemoTeller.Allowed(RiskRules.Assess(s.Activity, new RiskContent { Risks = Assessed(), Tolerance = 6, ReviewOn = review, OpinionOfPeople = "People fear most to be seen talking to us; they asked for places that are not watched." },
                teller.Id("protection"), teller.Now, 180));
            db.Add(RiskAssessment.Of(change));
            return [change];
        });
        await teller.Plan("focal", id, (s, db) =>
        {
            var change = DemoTeller.Allowed(RiskRules.Approve(s.Activity, s.Risk!, s.RiskScope(), teller.Id("focal"), teller.Now));
            s.Risk!.Apply(change);
            db.Add(RiskRevision.Of(change));
            return [change];
        });
    }

    private AssessedRisk[] Assessed() =>
    [
        Risk("R1", "People are seen talking to us and are punished for it", HarmedParty.Person, RiskStage.Collection, 3, 4, "Talk inside service points, at changing hours; stop at any sign", 1, 4),
        Risk("R2", "A phone is taken and read", HarmedParty.Person, RiskStage.Storage, 3, 3, "Records leave the phone at once and are sealed; phones are locked", 1, 3),
        Risk("R3", "Figures single out a small group", HarmedParty.Group, RiskStage.Use, 2, 3, "Small counts are not shown; figures are read by two people", 1, 3),
        Risk("R4", "A partner passes data on", HarmedParty.Community, RiskStage.Sharing, 2, 4, "Agreement, no names, groups of at least three", 1, 4),
        Risk("R5", "Help that follows makes people known", HarmedParty.Person, RiskStage.Action, 2, 3, "Legal teams visit everybody at a site, not only those who spoke", 1, 3),
        Risk("R6", "Without data, people turned back stay unseen", HarmedParty.Community, RiskStage.NotActing, 3, 3, "Collect the least that serves, and use it within days", 1, 3),
    ];

    private AssessedRisk Risk(string code, string text, HarmedParty harmed, RiskStage stage, int likelihood, int severity, string mitigation, int residualLikelihood, int residualSeverity) => new()
    {
        Code = code, Text = text, Harmed = harmed, Stage = stage, Likelihood = likelihood, Severity = severity, Mitigation = mitigation, OwnerId = teller.Id("protection"),
        MitigationState = MitigationState.InPlace, ResidualLikelihood = residualLikelihood, ResidualSeverity = residualSeverity,
    };
}
