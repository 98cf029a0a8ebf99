using Amana.Domain.Activities;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Purpose;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Templates;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>Tells one activity: its start, its assessment, and how far it goes. Design is told by <see cref="DemoDesign"/>.</summary>
internal sealed class DemoActivity(DemoTeller teller)
{
    private readonly DemoDesign _design = new(teller);

    public Task<ActivityId> Start(DemoPlan plan, int number) => teller.Do(async s =>
    {
        teller.Clock.DaysAgo(plan.StartedDaysAgo);
        var period = new Period(teller.Today.AddDays(7), teller.Today.AddDays(7 + plan.Days));
        var change = DemoTeller.Allowed(ActivityRules.Start(new StartActivity(Ids.New<ActivityId>(teller.Clock), plan.Title, plan.Category, plan.Place, plan.Population, period,
            teller.OrganisationOf(plan.Lead), plan.Languages, plan.Level), number, teller.Id(plan.Lead), teller.Now));
        s.GetRequiredService<AmanaDb>().Add(Activity.Start(change));
        await s.GetRequiredService<LedgerBook>().Commit(teller.As(plan.Lead), teller.Cancelled, Happening.Of(change, change.Id));
        return change.Id;
    });

    public async Task Tell(DemoPlan plan, ActivityId id)
    {
        teller.Clock.DaysAgo(plan.StartedDaysAgo - 1);
        await Look(plan, id);
        await Consult(plan, id, PimStep.Assess, plan.Population);
        if (plan.Reaches == PimStep.Assess)
            return;
        teller.Clock.DaysAgo(plan.StartedDaysAgo - 3);
        await Enter(plan, id, PimStep.Design);
        if (plan.Template is { } template)
        {
            await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<StartFromTemplate>().Handle(teller.As(plan.Lead), id, template, plan.Languages[0], teller.Cancelled)));
            return;
        }

        await State(plan, id);
        await Consult(plan, id, PimStep.Design, [PopulationGroup.Women, PopulationGroup.OlderPeople]);
        if (plan.Form is null)
            return;
        teller.Clock.DaysAgo(plan.StartedDaysAgo - 6);
        await _design.Tell(plan, id);
        if (plan.Reaches == PimStep.Design)
            return;
        teller.Clock.DaysAgo(plan.StartedDaysAgo - 8);
        await Enter(plan, id, PimStep.Implement);
        await Consult(plan, id, PimStep.Implement, [PopulationGroup.Girls, PopulationGroup.Boys]);
        if (plan.Reaches == PimStep.Implement)
            return;
        teller.Clock.DaysAgo(plan.StartedDaysAgo - 40);
        await Enter(plan, id, PimStep.Evaluate);
        if (plan.Reaches == PimStep.Closed)
            await Finish(plan, id);
    }

    private Task Look(DemoPlan plan, ActivityId id) => teller.Do(async s =>
    {
        var db = s.GetRequiredService<AmanaDb>();
        var registry = await db.Set<Activity>().ToListAsync(teller.Cancelled);
        var searched = DemoTeller.Allowed(OverlapRules.Search(registry.First(a => a.Id == id), registry, 50, teller.Id(plan.Lead), teller.Now));
        var review = OverlapReview.Of(searched);
        db.Add(review);
        List<Happening> happenings = [Happening.Of(searched, id).With("found", searched.Found.Count)];
        if (!plan.LeavesOverlapsOpen)
            foreach (var found in searched.Found)
            {
                var answered = DemoTeller.Allowed(OverlapRules.Answer(review, found.OtherId, OverlapAnswer.NewIsNeeded, "It asks other people, or other questions; we build on its list of places."));
                review.Apply(answered);
                happenings.Add(Happening.Of(answered, id));
            }

        await s.GetRequiredService<LedgerBook>().Commit(teller.As(plan.Lead), teller.Cancelled, happenings);
    });

    private Task Consult(DemoPlan plan, ActivityId id, PimStep step, IReadOnlyList<PopulationGroup> groups) => teller.Plan("protection", id, (s, db) =>
    {
        var change = DemoTeller.Allowed(ParticipationRules.Hold(s.Activity, new RecordConsultation(Ids.New<ConsultationId>(teller.Clock), step, teller.Today, groups, ConsultationMethod.FocusGroup, 14,
            "People ask that nobody notes where they sleep, and that someone comes back with answers.", "The question about the place of sleep was dropped; results are read out in each site."), teller.Id("protection"), teller.Today));
        db.Add(Consultation.Of(change));
        return [change];
    });

    private Task State(DemoPlan plan, ActivityId id) => teller.Plan(plan.Lead, id, (s, db) =>
    {
        var content = new PurposeContent
        {
            Statement = DemoWords.Purpose(plan.Title, plan.Languages),
            ProtectionOutcome = "Fewer people are harmed or left without help, and those responsible hear of it.",
            CategoriesOfPeople = "People of all ages who live in or pass through the area.",
            OutOfScope = "No names of those responsible, no places of sleep, no biometrics.",
            Decisions = [new DecisionServed("D1", "Where legal and protection teams go this week"), new DecisionServed("D2", "What we raise with authorities and donors each month")],
            Needs =
            [
                new InformationNeed("N1", "Who needs urgent help, and where?", "D1", teller.Today.AddDays(120)),
                new InformationNeed("N2", "What risks do people face, by sex, age and disability?", "D2", teller.Today.AddDays(150)),
            ],
        };
        var stated = DemoTeller.Allowed(PurposeRules.State(s.Activity, content, teller.Id(plan.Lead), teller.Now));
        var purpose = PurposeStatement.Of(stated);
        var weighed = DemoTeller.Allowed(PurposeRules.Weigh(purpose, "Short, voluntary, and each answer leads to help or advocacy; the questions that were only interesting are gone.",
            new Dictionary<string, string>(StringComparer.Ordinal), teller.Id("focal"), teller.Now));
        purpose.Apply(weighed);
        var published = DemoTeller.Allowed(PurposeRules.Publish(s.Activity, purpose, teller.Now));
        purpose.Apply(published);
        db.Add(purpose);
        return [stated, weighed, published];
    });

    public Task Enter(DemoPlan plan, ActivityId id, PimStep step) => teller.Plan(plan.Lead, id, (s, _) =>
    {
        var change = DemoTeller.Allowed(ActivityRules.Enter(s.Activity, step, Gate.MayEnter(s, step), teller.Now));
        s.Activity.Apply(change);
        return [change];
    });

    private async Task Finish(DemoPlan plan, ActivityId id)
    {
        await Consult(plan, id, PimStep.Evaluate, [PopulationGroup.Women, PopulationGroup.Men]);
        await teller.Plan("protection", id, (s, db) =>
        {
            var returned = DemoTeller.Allowed(ParticipationRules.Return(s.Activity, new ReturnResults(Ids.New<ConsultationId>(teller.Clock), teller.Today, "Read out at each site, with a printed page in two languages",
                "What was found, what was done, what was not possible", plan.Population), teller.Today));
            db.Add(ResultsReturned.Of(returned));
            var uses = s.Purpose!.Content.Needs.Select(n => DemoTeller.Allowed(PurposeRules.Use(s.Purpose, n.Code, "Two sites were moved to the front of the list for legal teams.", teller.Today, teller.Id("protection")))).ToList();
            uses.ForEach(s.Purpose.Apply);
            return [returned, .. uses];
        });
        teller.Clock.DaysAgo(plan.StartedDaysAgo - 60);
        await Enter(plan, id, PimStep.Closed);
    }
}
