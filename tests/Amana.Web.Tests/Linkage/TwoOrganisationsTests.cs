using System.Net;
using Amana.Domain.Competency;
using Amana.Domain.Linkage;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Activities;
using Amana.Features.Competency;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Risk;
using Amana.Features.Sharing;
using Amana.Web.Tests.OpenRosa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Linkage;

/// <summary>From end to end over HTTP: phones of two organisations, a search by somebody who sits in both teams, a decision by a second person who does, and everything that has to stand in between.</summary>
public sealed class Two_organisations(DemoHost host) : IClassFixture<DemoHost> // a house of its own: plans and agreements of the story change
{
    private const string Address = "/activities/1/linking?With=2";

    [Fact]
    public async Task Find_the_same_person_by_code_with_both_yeses_under_both_agreements_and_a_second_person_decides()
    {
        await Prepare();
        var (here, there) = (await host.Phone(1), await host.Phone(2, lead: "coordination", holder: "interviewer2"));
        await Say(here, "Zahra Kilinwa", "border_monitoring", shares: true);
        await Say(there, "Zahra Kilinwa", "two_sides", shares: true);
        await Say(here, "Bakari Somehow", "border_monitoring", shares: true);
        await Say(there, "Bakari Somehow", "two_sides", shares: false); // one of both yeses is missing
        var before = await Pairs();

        var im = await host.SignedIn("im");
        (string, string)[] search = [("With", "2"), ("HereNeed", "N2"), ("ThereNeed", "N2"), ("Questions", "full_name"), ("Questions", "sex"), ("Questions", "age")];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(im, "/activities/1/linking?With=2", search.Where(f => f.Item1 != "ThereNeed"))); // each side cites a need of its own
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(await host.SignedIn("protection"), Address, search)); // in both teams, and not for linking
        using (var found = await im.Post(Address, Address, search))
            Assert.Equal("/activities/1/linking?done=linking-searched", found.Headers.Location?.OriginalString);
        var pair = Assert.Single((await Pairs()).Except(before, new ById()));
        var (codes, same) = (await Codes(pair), "Zahra Kilinwa");
        Assert.Equal(2, codes.Distinct().Count());
        var page = await im.Read("/activities/1/linking");
        Assert.All(codes, code => Assert.Contains(code, page.QuerySelector("table")!.TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(same, page.DocumentElement.TextContent, StringComparison.Ordinal); // blinded: codes and levels of agreement
        Assert.False(host.Holds(same));
        var compared = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().Where(e => e.Kind == "RecordsCompared").Select(e => e.ActivityId).ToListAsync());
        Assert.Equal(new[] { (await host.Activity(1)).Value, (await host.Activity(2)).Value }.Order(), compared.Select(a => a!.Value.Value).Order());

        var decide = "/activities/1/linking?handler=Decide";
        (string, string)[] yes = [("id", pair.Id.Value.ToString()), ("same", "true")];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(im, "/activities/1/linking", yes, decide)); // whoever searched does not decide
        var elsewhere = await host.SignedIn("coordination"); // of the other organisation, in one of both teams
        Assert.DoesNotContain(codes[0], (await elsewhere.Read("/activities/2/linking")).DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(elsewhere, "/activities/2/linking", yes, "/activities/2/linking?handler=Decide"));
        using (var decided = await (await host.SignedIn("protection")).Post("/activities/1/linking", decide, yes))
            Assert.Equal("/activities/1/linking?done=match-decided", decided.Headers.Location?.OriginalString);
        Assert.Equal(MatchState.SamePerson, (await Pairs()).Single(p => p.Id == pair.Id).State);

        // A breach on either side ends it: the next search is refused in words, and reads nothing.
        var agreement = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<Agreement>().Where(a => a.Title == "Joint picture of needs").Select(a => a.Id).SingleAsync());
        await host.Must(s => s.GetRequiredService<ReportBreach>().Handle(host.As("focal"), agreement, "A list was passed on without asking us", CancellationToken.None));
        using (var refused = await im.Post(Address, Address, search))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("agreement", (await Host.Read(refused)).QuerySelector("#errors")!.TextContent, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(2, await host.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().CountAsync(e => e.Kind == "RecordsCompared")));
    }

    /// <summary>Both plans name the other side, the risks are looked at again, one person of each kind sits in both teams, and the other side asks the same questions.</summary>
    private async Task Prepare()
    {
        foreach (var (number, lead, title) in new[] { (1, "im", "Joint picture of the north"), (2, "coordination", "Joint picture of needs") })
        {
            var id = await host.Activity(number);
            var s = (await host.Do(x => x.GetRequiredService<ActivityReader>().Snapshot(id, CancellationToken.None)))!;
            var agreement = s.Agreements.Single(a => a.Title == title);
            await host.Must(x => x.GetRequiredService<PlanSharing>().Handle(host.As(lead), id,
                [.. s.SharingPlan!.Recipients.Where(r => r.OrganisationId != agreement.RecipientId), new PlannedRecipient(agreement.RecipientId, "Records without names, to find people who are in both", SharingDetail.DeidentifiedRecords, agreement.Id)], null, CancellationToken.None));
            await host.Must(x => x.GetRequiredService<ReviewRisk>().Handle(host.As("focal"), id, s.Today.AddDays(40), CancellationToken.None));
        }

        var second = await host.Activity(2);
        var seat = new TeamMemberId(Guid.CreateVersion7());
        await host.Must(x => x.GetRequiredService<AssignRole>().Handle(host.As("coordination"), second, seat, host.As("im").Actor.StaffId!.Value, TeamRole.InformationManagementOfficer, CancellationToken.None));
        await host.Must(x => x.GetRequiredService<AcknowledgeBriefing>().Handle(host.As("im"), second, seat, CancellationToken.None));
        await host.Publish(2, await host.BorderForm("two_sides"));
    }

    private static async Task Say(Phone phone, string name, string form, bool shares)
    {
        var xml = Submissions.Border(Guid.NewGuid(), name, formId: form);
        using var answer = await phone.Submit(shares ? xml : xml.Replace("<consent_sharing>yes", "<consent_sharing>no", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static async Task<HttpStatusCode> Status(Desk desk, string page, IEnumerable<(string, string)> fields, string? address = null)
    {
        using var answer = await desk.Post(page, address ?? page, [.. fields]);
        return answer.StatusCode;
    }

    private Task<List<LikelyMatch>> Pairs() => host.Do(s => s.GetRequiredService<AmanaDb>().Set<LikelyMatch>().AsNoTracking().Where(m => m.LeftActivity != m.RightActivity).ToListAsync());

    private Task<List<string>> Codes(LikelyMatch pair) => host.Do(s => s.GetRequiredService<AmanaDb>().Set<RecordEntry>().Where(r => r.Id == pair.LeftRecord || r.Id == pair.RightRecord).Select(r => r.Code).ToListAsync());

    private sealed class ById : IEqualityComparer<LikelyMatch>
    {
        public bool Equals(LikelyMatch? x, LikelyMatch? y) => x?.Id == y?.Id;

        public int GetHashCode(LikelyMatch obj) => obj.Id.GetHashCode();
    }
}
