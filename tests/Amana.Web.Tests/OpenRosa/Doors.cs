using System.Net;
using System.Text.Json;
using Amana.Domain.Cases;
using Amana.Domain.Consent;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Sharing;
using Amana.Features.Activities;
using Amana.Features.Platform;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.OpenRosa;

/// <summary>A way by which an operation can be asked for: who comes to it, which page or address, and whether what came back is a yes or a refusal in words.</summary>
/// <param name="Name">What it is, for whoever reads that it stood open.</param>
/// <param name="Answered">Comes to it; whether it was let in, and the words that came back.</param>
internal sealed record TriedDoor(string Name, Func<Task<(bool LetIn, string Words)>> Answered);

/// <summary>The doors of activity 1 by operation, as staff who may come to them: pages by their forms, programs by their addresses. Phones are tried where they send. From the command line, data about people is reached by
/// <c>amana activity answers</c>, <c>refer</c> and <c>link</c> alone, which are tried with the real program among the tests of the commands; every other command handles sealed boxes, keys, files that somebody has already, or erases.</summary>
internal sealed class Doors(DemoHost host)
{
    private readonly Dictionary<string, Task<Desk>> _desks = [];

    public async Task<IReadOnlyList<TriedDoor>> Of(Operation operation) => operation switch
    {
        Operation.Open => await Open(),
        Operation.Analyse =>
        [
            Page("analysis", "im", "/activities/1/analysis", "article.figures", ("Need", "N2"), ("Question", await Path("outcome")), ("By", "None")),
            Program("figures", "im", "/api/v1/activities/1/figures?need=N2"), Program("OData figures", "im", "/api/odata/1/N2/Figures"), Program("answers", "im", "/api/v1/activities/1/answers?need=N2&format=Flat"),
        ],
        Operation.Link =>
        [
            Page("linking", "im", "/activities/1/linking?With=1", null, "/activities/1/linking?With=1", [("With", "1"), ("HereNeed", "N2"), .. await Compared()]),
            Program("linking", "im", "/api/v1/activities/1/linking", new { need = "N2", questions = (await Compared()).Select(c => c.Item2) }),
        ],
        Operation.Refer => await Refer(),
        Operation.Release => await Release(),
        _ => [],
    };

    private async Task<IReadOnlyList<TriedDoor>> Open()
    {
        var code = (await Records(_ => true))[0];
        return
        [
            Page("record", "caseworker", $"/activities/1/records/{code}", "dl.facts", ("NeedCode", "N2")),
            Page("history", "caseworker", $"/activities/1/records/{code}", null, $"/activities/1/records/{code}/history", ("NeedCode", "N2")),
            Program("record", "caseworker", $"/api/v1/activities/1/records/{code}?need=N2"), Program("versions", "caseworker", $"/api/v1/activities/1/records/{code}/versions?need=N2"),
        ];
    }

    /// <summary>Both sides: who sends, and who reads what was sent before.</summary>
    private async Task<IReadOnlyList<TriedDoor>> Refer()
    {
        var referred = await Db(db => db.Set<Referral>().AsNoTracking().ToListAsync());
        var already = (await Db(db => db.Set<RecordEntry>().AsNoTracking().ToListAsync())).Where(r => referred.Any(x => x.RecordId == r.Id)).Select(r => r.Code).ToHashSet();
        var codes = (await Records(c => c.Yeses.Contains(ConsentPart.ReferralTo("legal")))).Where(c => !already.Contains(c)).Take(2).ToList();
        var code = codes[0];
        var service = await Db(db => db.Set<Domain.Coordination.ServicePoint>().AsNoTracking().Where(s => s.Kind == "legal").Select(s => s.Id).FirstAsync());
        var received = "/coordination/referrals/" + referred.First(r => r.State is ReferralState.Sent or ReferralState.Accepted).Code;
        return
        [
            Page("referral", "protection", $"/activities/1/records/{code}/refer", null, ("code", code), ("Input.Service", service.Value.ToString()), ("Input.Urgency", "Soon"), ("Input.Fields", await Path("full_name")), ("Input.Words", "Made up for a test of doors")),
            Program("referral", "protection", $"/api/v1/activities/1/records/{codes[1]}/referrals", new { id = Guid.NewGuid(), service = service.Value, urgency = "Soon", fields = new[] { await Path("full_name") }, words = "Made up for a test of doors" }),
            Page("received referral", "legal", received, null, received + "?handler=Open", []), Program("received referral", "legal", received.Replace("/coordination/", "/api/v1/", StringComparison.Ordinal)),
        ];
    }

    /// <summary>A copy of what was approved, rows of it for a program, and the yes of a second person to what is proposed.</summary>
    private async Task<IReadOnlyList<TriedDoor>> Release()
    {
        var s = await State();
        var approved = "/activities/1/releases/" + s.Releases.First(r => r.State == ReleaseState.Approved).Id.Value.ToString("N");
        var until = s.Today.AddDays(7);
        (string, string)[] copy =
        [
            ("Copy.Id", Guid.NewGuid().ToString()), ("Copy.Protection", "Password"), ("Copy.Until.Day", Text(until.Day)), ("Copy.Until.Month", Text(until.Month)), ("Copy.Until.Year", Text(until.Year)),
        ];
        return
        [
            Page("copy of a release", "im", approved, null, approved + "?handler=Copy", copy), Program("OData released rows", "im", "/api/odata/1/N2/Released"),
            .. s.Releases.Where(r => r.State == ReleaseState.Proposed).Select(r => "/activities/1/releases/" + r.Id.Value.ToString("N")).Select(proposed => Page("approval", "focal", proposed, null, proposed + "?handler=Approve", ("Reason", "Safe and useful"))),
        ];
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private TriedDoor Page(string name, string staff, string page, string? shown, params (string, string)[] fields) => Page(name, staff, page, shown, page, fields);

    /// <summary>A page's form: let in when it leads on, or shows what was asked for.</summary>
    private TriedDoor Page(string name, string staff, string page, string? shown, string address, params (string, string)[] fields) => new("page: " + name, async () =>
    {
        using var answer = await (await As(staff)).Post(page, address, fields);
        if (answer.StatusCode is HttpStatusCode.Redirect)
            return (true, answer.Headers.Location!.OriginalString);
        var read = await Host.Read(answer);
        var refused = read.QuerySelector(".errors, .refusal, [role=alert]");
        return (answer.IsSuccessStatusCode && refused is null && (shown is null || read.QuerySelector(shown) is not null), refused?.TextContent ?? "");
    });

    /// <summary>An address for programs: problem details say why not.</summary>
    private TriedDoor Program(string name, string staff, string address, object? body = null) => new("program: " + name, async () =>
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, address) { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
        using var answer = await (await As(staff)).Send(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? (true, text) : (false, string.Join(' ', JsonDocument.Parse(text).RootElement.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("detail").GetString())));
    });

    private Task<Desk> As(string staff) => _desks.TryGetValue(staff, out var desk) ? desk : _desks[staff] = host.SignedIn(staff);

    private async Task<IReadOnlyList<string>> Records(Func<PersonConsent, bool> whose)
    {
        var activity = await host.Activity(1);
        var all = await Db(db => db.Set<RecordEntry>().AsNoTracking().Where(r => r.ActivityId == activity && r.State == RecordState.InUse).OrderBy(r => r.Code)
            .Join(db.Set<PersonConsent>().AsNoTracking(), r => r.ConsentId, c => c.Id, (r, c) => new { r.Code, Consent = c }).ToListAsync());
        return [.. all.Where(x => x.Consent.State == ConsentState.Given && whose(x.Consent)).Select(x => x.Code)];
    }

    private async Task<IEnumerable<(string, string)>> Compared() =>
        (await State()).Elements.ToList() is var asked ? Domain.Linkage.LinkingRules.InCommon(asked, asked).Select(q => ("Questions", q.Question)) : [];

    private async Task<string> Path(string element) => (await State()).Elements.First(e => e.Name == element).Path;

    private async Task<ActivitySnapshot> State()
    {
        var id = await host.Activity(1);
        return (await host.Do(s => s.GetRequiredService<ActivityReader>().Snapshot(id, CancellationToken.None)))!;
    }

    private Task<T> Db<T>(Func<AmanaDb, Task<T>> read) => host.Do(s => read(s.GetRequiredService<AmanaDb>()));
}
