using System.Text;
using Amana.Domain.Incidents;
using Amana.Domain.Participation;
using Amana.Domain.Purpose;
using Amana.Domain.Risk;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Impartiality;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Purpose;
using Amana.Domain.Sharing;
using Amana.Features.Sharing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>What happened since: feedback in several languages, one incident that was contained, and what was done from the findings.</summary>
internal sealed class DemoAftermath(DemoTeller teller)
{
    public async Task Tell(IReadOnlyDictionary<string, ActivityId> ids)
    {
        var border = ids[DemoPlans.All.First(p => p.Troubled).Title];
        await Speak(border);
        teller.Clock.DaysAgo(6);
        await teller.Plan("im", border, (_, db) =>
        {
            var reported = DemoTeller.Allowed(IncidentRules.Report(Ids.New<IncidentId>(teller.Clock), border, IncidentSeverity.Moderate, "A locked phone was left in a taxi and found again two hours later.", teller.Id("im"), teller.Now));
            var incident = Incident.Of(reported);
            var contained = DemoTeller.Allowed(IncidentRules.Contain(incident, "Focal point told within the hour; the phone's link was replaced.", teller.Now));
            incident.Apply(contained);
            db.Add(incident);
            return [reported, contained];
        });
        // An incident reopens the risk assessment by itself; somebody looks again before anything is shared.
        teller.Clock.DaysAgo(5);
        await teller.Plan("focal", border, (s, _) =>
        {
            var next = DateOnly.FromDateTime(teller.Clock.Real.UtcDateTime).AddDays(12);
            var reviewed = DemoTeller.Allowed(RiskRules.Review(s.Activity, s.Risk!, next, s.RiskScope(), teller.Id("focal"), teller.Now, 180));
            s.Risk!.Apply(reviewed);
            return [reviewed];
        });
        await new DemoRecords(teller).Tell(border);
        teller.Clock.DaysAgo(4);
        await teller.Plan("protection", border, (s, _) =>
        {
            var used = DemoTeller.Allowed(PurposeRules.Use(s.Purpose!, "N1", "Legal teams went to Almond Pass on three days.", teller.Today, teller.Id("protection")));
            s.Purpose!.Apply(used);
            return [used];
        });
        await UseLater(border);
        teller.Clock.DaysAgo(3);
        await Release(border);
        teller.Clock.DaysAgo(0);
        for (var watched = 0; watched < DemoPlans.All.Count(p => p.Records > 0); watched++)
            await teller.Do(s => s.GetRequiredService<WatchAllBias>().Handle(teller.Cancelled));
    }

    /// <summary>A use that was weighed and found compatible with what people were told, decided by somebody else than its author.</summary>
    private async Task UseLater(ActivityId activity)
    {
        var id = Ids.NewGuid(teller.Clock);
        var use = new CompatibleUse(id, ["N2"], new CompatibilityTest("Counts by crossing and month for the planning of a mobile legal desk.", "People were told that legal help is planned from what they say.",
            "They spoke at the crossing, in need of help, and trusted us with it.", "Coded answers alone; no name and no story.", "Help comes nearer; a crossing may be watched more if it is named, so months are grouped.",
            "Groups of at least ten; seen by two planners; ends with the plan."), new LocalText([new("ar", "لتخطيط مكتب متنقل للمساعدة القانونية، بأرقام فقط وبلا أسماء"), new("en", "To plan a mobile legal desk, with counts only and no names"), new("fr", "Pour planifier un bureau juridique mobile, en chiffres seulement, sans noms")]),
            teller.Today.AddDays(120), default, default);
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<ProposeCompatibleUse>().Handle(teller.As("im"), activity, use, teller.Cancelled)));
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<DecideCompatibleUse>().Handle(teller.As("focal"), activity, id, true, "Close to what was said, without identity, and it ends.", teller.Cancelled)));
    }

    /// <summary>Answers without names go to the legal partner: proposed by one, approved by another.</summary>
    private async Task Release(ActivityId activity)
    {
        var id = Ids.New<ReleaseId>(teller.Clock);
        var draft = await teller.Do(async s =>
        {
            var snapshot = (await s.GetRequiredService<ActivityReader>().Snapshot(activity, teller.Cancelled))!;
            string Path(string name) => snapshot.Elements.First(e => e.Name == name).Path;
            return new ReleaseDraft(snapshot.SharingPlan!.Recipients[0].AgreementId!.Value, [Path("sex"), Path("outcome")], [], LeaveOutValues: true);
        });
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<SubmitRelease>().Handle(teller.As("im").Citing("N2"), activity, id, draft,
            ("Outcomes at the northern crossings", new ReleaseNote("Records of people who said yes to sharing, at four crossings", "Every fourth person, women and men by turns", "About one in ten of the records that the method plans", "Not a random sample; people who cross at night are missed")), teller.Cancelled)));
        teller.Clock.DaysAgo(2);
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<DecideRelease>().Handle(teller.As("focal"), activity, id, approve: true, "Small groups are large enough; the partner can act on it.", teller.Cancelled)));
    }

    private Task Speak(ActivityId activity) => teller.Do(async s =>
    {
        var db = s.GetRequiredService<AmanaDb>();
        var safe = s.GetRequiredService<Safe>();
        var snapshot = (await s.GetRequiredService<ActivityReader>().Snapshot(activity, teller.Cancelled))!;
        var happenings = new List<Happening>();
        (double DaysAgo, FeedbackKind Kind, string Language, string Words, bool Answered)[] said =
        [
            (20, FeedbackKind.Question, "ar", "متى تعودون لتخبرونا بالنتائج؟", true),
            (12, FeedbackKind.Suggestion, "en", "Please come in the evening, when the queue is long.", true),
            (3, FeedbackKind.Complaint, "ar", "انتظرت طويلاً ولم يكلمني أحد.", false),
            (1, FeedbackKind.Thanks, "en", "The legal team came the next day.", false),
        ];
        foreach (var (daysAgo, kind, language, words, answered) in said)
        {
            teller.Clock.DaysAgo(daysAgo);
            var id = Ids.New<FeedbackId>(teller.Clock);
            var given = DemoTeller.Allowed(ParticipationRules.Give(snapshot.Activity, new SayFeedback(id, kind, language, await safe.SealFile(activity, id.Value, Encoding.UTF8.GetBytes(words), teller.Cancelled)), teller.Now));
            var feedback = Feedback.Of(given);
            db.Add(feedback);
            happenings.Add(Happening.Of(given, activity, id.Value));
            if (!answered)
                continue;
            teller.Clock.DaysAgo(daysAgo - 2);
            var change = DemoTeller.Allowed(ParticipationRules.Answer(feedback, [], teller.Now));
            feedback.Apply(change);
            happenings.Add(Happening.Of(change, activity, id.Value));
        }

        await s.GetRequiredService<LedgerBook>().Commit(AccessContext.House, teller.Cancelled, happenings);
    });
}
