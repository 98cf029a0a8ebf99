using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Domain.Accounts;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Web.Tests.OpenRosa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Cases;

/// <summary>A person is passed to a service by a program that comes with a person's session, and a token never does.</summary>
[Collection(DemoCollection.Name)]
public sealed class Referring_by_a_program(DemoHost host)
{
    [Fact]
    public async Task Takes_the_yes_and_the_same_refusals_and_ends_with_an_outcome()
    {
        var (yes, no) = (await Referable.Record(host, agreed: true), await Referable.Record(host, agreed: false));
        var (officer, desk) = (await host.SignedIn("protection"), await host.SignedIn("legal"));
        var services = await ProgramAnswers.Json(await officer.Get("/api/v1/services?kind=legal"));
        var service = services.EnumerateArray().First(s => s.GetProperty("live").GetBoolean() && !s.GetProperty("stale").GetBoolean()).GetProperty("id").GetGuid();
        var path = await host.Do(async s => (await s.GetRequiredService<AmanaDb>().Set<Domain.Forms.FormVersion>().AsNoTracking().FirstAsync(f => f.FormId == "border_monitoring")).Elements.First(e => e.Name == "full_name").Path);
        object Asked() => new { id = Guid.NewGuid(), service, urgency = "Urgent", fields = new[] { path }, words = "Safe at the mill after noon" };

        Assert.Contains("consent", await ProgramAnswers.Refused(await officer.PostJson($"/api/v1/activities/1/records/{no}/referrals", Asked())), StringComparison.Ordinal);
        Assert.Equal("actor.no-role", await ProgramAnswers.Refused(await (await host.SignedIn("im")).PostJson($"/api/v1/activities/1/records/{yes}/referrals", Asked())));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostJson("/api/v1/activities/1/records/NOSUCH0000/referrals", Asked())).StatusCode);
        var sent = await officer.PostJson($"/api/v1/activities/1/records/{yes}/referrals", Asked());
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var code = (await ProgramAnswers.Json(sent)).GetProperty("code").GetString()!;
        var line = (await ProgramAnswers.Json(await officer.Get("/api/v1/activities/1/referrals"))).EnumerateArray().First(r => r.GetProperty("code").GetString() == code);
        Assert.Equal((yes, "Sent"), (line.GetProperty("record").GetString(), line.GetProperty("state").GetString()));

        Assert.Equal(HttpStatusCode.NotFound, (await (await host.SignedIn("coordination")).Get("/api/v1/referrals/" + code)).StatusCode); // another organisation's
        Assert.False((await ProgramAnswers.Json(await desk.Get("/api/v1/referrals"))).EnumerateArray().First(r => r.GetProperty("code").GetString() == code).TryGetProperty("record", out _)); // the sender's code
        Assert.Equal("Safe at the mill after noon", (await ProgramAnswers.Json(await desk.Get("/api/v1/referrals/" + code))).GetProperty("words").GetString());
        Assert.Equal("referral.declined-without-reason", await ProgramAnswers.Refused(await desk.PostJson($"/api/v1/referrals/{code}/answer", new { accepts = false })));
        Assert.Equal(HttpStatusCode.NoContent, (await desk.PostJson($"/api/v1/referrals/{code}/answer", new { accepts = true })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await desk.PostJson($"/api/v1/referrals/{code}/outcome", new { outcome = "Received" })).StatusCode);
        Assert.Equal("referral.not-open", await ProgramAnswers.Refused(await desk.Get("/api/v1/referrals/" + code)));
        Assert.Equal("referral.not-open", await ProgramAnswers.Refused(await officer.PostJson($"/api/v1/activities/1/referrals/{code}/end", new { })));
        Assert.False(host.Holds("Safe at the mill"));
    }

    [Fact]
    public async Task Is_refused_to_a_token_whatever_it_may()
    {
        var token = (await host.Must(s => s.GetRequiredService<IssueApiTokenForMe>().Handle(host.As("protection"), new WantedApiToken("a program", [1], [.. Enum.GetValues<TokenUse>()], 7), CancellationToken.None))).Token;
        using var program = host.CreateClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var asked = new { id = Guid.NewGuid(), service = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<Domain.Coordination.ServicePoint>().Where(p => p.Kind == "legal").Select(p => p.Id.Value).FirstAsync()), urgency = "Soon", fields = new[] { "/data/x" }, words = "x" };
        Assert.Equal("token.never", await ProgramAnswers.Refused(await program.PostAsJsonAsync($"/api/v1/activities/1/records/{await Referable.Record(host, agreed: true)}/referrals", asked)));
        Assert.Equal("actor.no-role", await ProgramAnswers.Refused(await program.GetAsync("/api/v1/activities/1/referrals")));
        Assert.Empty((await program.GetFromJsonAsync<JsonElement>("/api/v1/referrals")).EnumerateArray());
        Assert.Equal("token.never", await ProgramAnswers.Refused(await program.PostAsJsonAsync($"/api/v1/activities/1/records/{await Referable.Record(host, agreed: true)}/review", new { state = "Approved" }))); // nor does it judge
    }
}
