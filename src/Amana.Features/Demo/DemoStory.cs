using Amana.Domain.Accounts;
using Amana.Domain.Competency;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Demo;

/// <summary>Tells the whole story in its order: house, cast, training, agreements, then the activities from the oldest to the newest.</summary>
internal sealed class DemoStory(IServiceProvider services, StoryClock clock, string password, Action<int, int> progress)
{
    /// <summary>Returns the path of the phone that collects for activity 1.</summary>
    public async Task<string> Tell(CancellationToken cancellationToken)
    {
        var teller = new DemoTeller(services, clock, cancellationToken);
        clock.DaysAgo(230);
        await StartHouse(teller);
        await teller.Meet();
        await Train(teller);
        await new DemoAgreements(teller).Tell();
        var chapters = new DemoActivity(teller);
        var ids = new Dictionary<string, ActivityId>(StringComparer.Ordinal);
        var number = 0;
        foreach (var plan in DemoPlans.All)
            ids[plan.Title] = await chapters.Start(plan, ++number);
        foreach (var plan in DemoPlans.All.OrderByDescending(p => p.StartedDaysAgo))
            await chapters.Tell(plan, ids[plan.Title]);
        var token = await new DemoCollection(teller, progress).Tell(ids);
        await new DemoAftermath(teller).Tell(ids);
        await new DemoCoordination(teller).Tell();
        await new DemoReferrals(teller).Tell(ids);
        clock.DaysAgo(0);
        return $"/v1/key/{token}/projects/1";
    }

    /// <summary>Tells of the house, its cast and some activities alike, up to the step that the plan reaches. Returns the path of the phone of the first.</summary>
    public async Task<string> TellAlike(DemoPlan plan, int count, CancellationToken cancellationToken)
    {
        var teller = new DemoTeller(services, clock, cancellationToken);
        clock.DaysAgo(230);
        await StartHouse(teller);
        await teller.Meet();
        await Train(teller);
        await new DemoAgreements(teller).Tell();
        var activity = new DemoActivity(teller);
        var id = await activity.Start(plan, 1);
        await activity.Tell(plan, id);
        for (var number = 2; number <= count; number++)
        {
            var other = plan with { Title = $"{plan.Title} {number}" };
            await activity.Tell(other, await activity.Start(other, number));
        }

        var phone = await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<IssuePhoneToken>().Handle(teller.As(plan.Lead), id, "Phone 1", teller.Id("interviewer1"), cancellationToken)));
        clock.DaysAgo(0);
        return $"/v1/key/{phone.Token}/projects/1";
    }

    private async Task StartHouse(DemoTeller teller)
    {
        var first = DemoCast.Members[0];
        var (name, shortName, kind, accepts) = DemoCast.Organisations[0];
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<StartHouse>().Handle(AccessContext.House,
            new FirstRun("Demo operation (made up)", "QZ", name, shortName, kind, accepts, first.Name, first.Email, password), teller.Cancelled)));
        await teller.Meet();
        // Made-up people have no phones of their own, and a demo that lies still is no leaver: one password is enough here, which the pages say.
        await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<SetSignInPolicy>().Handle(AccessContext.House,
            new SignInPolicy { SecondFactor = SecondFactorFor.Nobody, UnusedDays = 0 }, teller.Cancelled)));
        var organisations = new List<OrganisationId> { teller.OrganisationOf("admin") };
        foreach (var o in DemoCast.Organisations.Skip(1))
            organisations.Add(await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<AdmitToOperation>().Handle(teller.As("admin"), o.Name, o.ShortName, o.Kind, o.Accepts, teller.Cancelled))));
        foreach (var m in DemoCast.Members.Skip(1))
            await teller.Do(async s => DemoTeller.Done(await s.GetRequiredService<AddStaffMember>().Handle(teller.As("admin"), organisations[m.Organisation], m.Name, m.Email, m.Duties, password, teller.Cancelled)));
    }

    /// <summary>Everybody has what their role needs; one interviewer's training ends soon.</summary>
    private Task Train(DemoTeller teller) => teller.Do(async s =>
    {
        var db = s.GetRequiredService<AmanaDb>();
        var happenings = new List<Happening>();
        foreach (var member in DemoCast.Members)
            foreach (var need in member.Trained.SelectMany(r => RoleProfiles.Required(r)).GroupBy(n => n.Key).Select(g => (g.Key, Level: g.Max(n => n.Value))))
            {
                var assessor = member.Key == "focal" ? "protection" : "focal";
                var ends = DateOnly.FromDateTime(clock.Real.UtcDateTime).AddDays(member.Key == "interviewer2" ? 9 : 400);
                var change = DemoTeller.Allowed(CompetencyRules.Evidence(new EvidenceCompetency(Ids.New<EvidenceId>(clock), teller.Id(member.Key), need.Key, need.Level,
                    "PIM training, module test and observed practice", teller.Today.AddDays(-20), ends), teller.Id(assessor)));
                db.Add(CompetencyEvidence.Of(change));
                happenings.Add(Happening.Of(change, subject: change.StaffId.Value));
            }

        await s.GetRequiredService<LedgerBook>().Commit(teller.As("focal"), teller.Cancelled, happenings);
    });
}
