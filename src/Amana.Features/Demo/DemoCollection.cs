using System.Globalization;
using System.Text;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>Tells what phones sent: most people agree, some refuse, some sent after a review had lapsed. Each submission takes the same way as a real one, in batches.</summary>
internal sealed class DemoCollection(DemoTeller teller, Action<int, int> progress)
{
    private const int Batch = 100;
    private readonly MadeUp _people = new(20261122);
    private int _told;

    /// <summary>Returns the token of the phone of activity 1.</summary>
    public async Task<string> Tell(IReadOnlyDictionary<string, ActivityId> ids)
    {
        var token = "";
        foreach (var plan in DemoPlans.All.Where(p => p.Records > 0))
        {
            teller.Clock.DaysAgo(plan.StartedDaysAgo - 9);
            var holder = plan.Lead == "coordination" ? "interviewer2" : "interviewer1";
            var phone = await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<IssuePhoneToken>().Handle(teller.As(plan.Lead), ids[plan.Title], "Phone 1", teller.Id(holder), teller.Cancelled)));
            token = token.Length == 0 ? phone.Token : token;
            for (var done = 0; done < plan.Records; done += Batch)
                await Send(plan, ids[plan.Title], phone.Id, holder, done);
        }

        return token;
    }

    private Task Send(DemoPlan plan, ActivityId activity, AppUserId phone, string holder, int from) => teller.Do(async s =>
    {
        var who = new AccessContext(new Actor(ActorKind.Phone, teller.Id(holder), teller.OrganisationOf(holder), []));
        var receive = s.GetRequiredService<ReceiveSubmission>();
        var intake = s.GetRequiredService<SubmissionIntake>();
        var reader = s.GetRequiredService<ActivityReader>();
        var happenings = new List<Happening>();
        ActivitySnapshot? snapshot = null;
        var first = teller.Clock.Real.AddDays(9 - plan.StartedDaysAgo);
        for (var i = from; i < Math.Min(from + Batch, plan.Records); i++)
        {
            // Spread over the weeks until yesterday; with a lapsed review the last five came since.
            var late = plan.ReviewLapsed && i >= plan.Records - 5;
            var span = teller.Clock.Real - first - TimeSpan.FromDays(plan.ReviewLapsed ? 4 : 1);
            teller.Clock.At(late ? teller.Clock.Real.AddHours(-20 + (i % 5)) : first + span * (i / (double)plan.Records));
            if (snapshot is null || late)
                snapshot = await reader.Snapshot(activity, teller.Cancelled);
            var instance = _people.Id();
            var xml = plan.Form == "border-monitoring" ? Border(instance) : Household(instance);
            var incoming = new IncomingSubmission(activity, phone.Value, new Sensitive<byte[]>(Encoding.UTF8.GetBytes(xml)), []);
            var read = DemoTeller.Done(await receive.ReadIt(snapshot!, incoming, teller.Cancelled));
            var taken = DemoTeller.Done(await intake.Take(who.Actor, snapshot! with { Now = teller.Now }, read, teller.Cancelled));
            happenings.AddRange(taken.Happenings);
            progress(++_told, SeedDemo.Submissions);
        }

        await s.GetRequiredService<LedgerBook>().Commit(who, teller.Cancelled, happenings);
    });

    private string Border(Guid instance)
    {
        var day = DateOnly.FromDateTime(teller.Now.UtcDateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var start = teller.Now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        List<(string, string)> answers = [("start", start), ("interview_date", day), ("intro", ""), ("notice_language", _people.Weighted((3, "ar"), (1, "en")))];
        if (_people.Chance(0.06))
            return MadeUp.Submission("border_monitoring", "1", instance, [.. answers, ("consent", "no")]);
        var age = _people.Age();
        answers.AddRange([("consent", "yes"), ("consent_given_by", age < 18 ? "caregiver_with_assent" : "self"), ("consent_means", _people.Weighted((6, "spoken_with_witness"), (2, "signature"), (1, "thumbprint"))),
            ("consent_sharing", _people.Weighted((8, "yes"), (2, "no"))), ("consent_referral", _people.Weighted((6, "yes"), (4, "no"))),
            ("person/full_name", _people.Chance(0.8) ? _people.Name() : ""), ("person/phone", _people.Chance(0.4) ? _people.Phone() : ""),
            ("person/sex", _people.Weighted((52, "female"), (46, "male"), (1, "other"), (1, "pns"))), ("person/age", _told is 30 or 480 ? "thirty" : age.ToString(CultureInfo.InvariantCulture)), // two do not fit the form and are held
            ("person/status", _people.Weighted((30, "idp"), (30, "refugee"), (20, "asylum_seeker"), (10, "returnee"), (10, "resident")))]);
        if (age >= 5)
            foreach (var domain in new[] { "seeing", "hearing", "walking", "remembering", "selfcare", "communicating" })
                answers.Add(($"wgss/{domain}", _people.Weighted((84, "none"), (11, "some"), (4, "a_lot"), (1, "cannot"))));
        var outcome = _people.Weighted((35, "crossed"), (50, "turned_back"), (15, "waiting"));
        answers.AddRange([("crossing/crossing_place", _people.Weighted((40, "QZ0101"), (30, "QZ0102"), (20, "QZ0103"), (10, "QZ0104"))), ("crossing/outcome", outcome)]);
        if (outcome == "turned_back")
            answers.AddRange([("crossing/reasons", _people.Some("papers", "closed", "payment")), ("crossing/force", _people.Weighted((20, "yes"), (70, "no"), (10, "pns")))]);
        answers.AddRange([("crossing/narrative", _people.Chance(0.3) ? "They told us to come back another day and kept our papers for some hours." : ""), ("crossing/urgent_help", _people.Weighted((15, "yes"), (80, "no"), (5, "pns")))]);
        return MadeUp.Submission("border_monitoring", "1", instance, answers);
    }

    private string Household(Guid instance)
    {
        List<(string, string)> answers = [("interview_date", DateOnly.FromDateTime(teller.Now.UtcDateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("intro", "")];
        if (_people.Chance(0.05))
            return MadeUp.Submission("household_needs", "1", instance, [.. answers, ("consent", "no")]);
        answers.AddRange([("consent", "yes"), ("consent_sharing", _people.Weighted((7, "yes"), (3, "no"))), ("respondent/respondent_name", _people.Name()),
            ("respondent/sex", _people.Weighted((60, "female"), (39, "male"), (1, "pns"))), ("respondent/age", Math.Max(16, _people.Age()).ToString(CultureInfo.InvariantCulture)),
            ("respondent/disability", _people.Weighted((14, "yes"), (83, "no"), (3, "pns"))), ("household/district", _people.Weighted((45, "QZ0201"), (35, "QZ0202"), (20, "QZ0203"))),
            ("household/household_size", (1 + _people.Below(9)).ToString(CultureInfo.InvariantCulture)),
            ("household/shelter", _people.Weighted((20, "own"), (25, "rented"), (25, "hosted"), (20, "collective"), (10, "makeshift"))),
            ("household/concerns", _people.Chance(0.1) ? "none" : _people.Some("safety", "papers", "separation", "eviction", "services")),
            ("household/documents", _people.Weighted((50, "all"), (30, "some"), (15, "none"), (5, "pns"))), ("household/comments", _people.Chance(0.2) ? "We would like to know what you do with our answers." : "")]);
        return MadeUp.Submission("household_needs", "1", instance, answers);
    }
}
