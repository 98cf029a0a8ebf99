using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Domain.Accounts;
using Amana.Domain.Cases;
using Amana.Domain.Consent;
using Amana.Domain.Records;
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
        var (yes, no) = (await Record(agreed: true), await Record(agreed: false));
        var (officer, desk) = (await host.SignedIn("protection"), await host.SignedIn("legal"));
        var services = await Json(await officer.Get("/api/v1/services?kind=legal"));
        var service = services.EnumerateArray().First(s => s.GetProperty("live").GetBoolean() && !s.GetProperty("stale").GetBoolean()).GetProperty("id").GetGuid();
        var path = await host.Do(async s => (await s.GetRequiredService<AmanaDb>().Set<Domain.Forms.FormVersion>().AsNoTracking().FirstAsync(f => f.FormId == "border_monitoring")).Elements.First(e => e.Name == "full_name").Path);
        object Asked() => new { id = Guid.NewGuid(), service, urgency = "Urgent", fields = new[] { path }, words = "Safe at the mill after noon" };

        Assert.Contains("consent", await Refused(await Post(officer, $"/api/v1/activities/1/records/{no}/referrals", Asked())), StringComparison.Ordinal);
        Assert.Equal("actor.no-role", await Refused(await Post(await host.SignedIn("im"), $"/api/v1/activities/1/records/{yes}/referrals", Asked())));
        Assert.Equal(HttpStatusCode.NotFound, (await Post(officer, "/api/v1/activities/1/records/NOSUCH0000/referrals", Asked())).StatusCode);
        var sent = await Post(officer, $"/api/v1/activities/1/records/{yes}/referrals", Asked());
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var code = (await Json(sent)).GetProperty("code").GetString()!;
        var line = (await Json(await officer.Get("/api/v1/activities/1/referrals"))).EnumerateArray().First(r => r.GetProperty("code").GetString() == code);
        Assert.Equal((yes, "Sent"), (line.GetProperty("record").GetString(), line.GetProperty("state").GetString()));

        Assert.Equal(HttpStatusCode.NotFound, (await (await host.SignedIn("coordination")).Get("/api/v1/referrals/" + code)).StatusCode); // another organisation's
        Assert.False((await Json(await desk.Get("/api/v1/referrals"))).EnumerateArray().First(r => r.GetProperty("code").GetString() == code).TryGetProperty("record", out _)); // the sender's code
        Assert.Equal("Safe at the mill after noon", (await Json(await desk.Get("/api/v1/referrals/" + code))).GetProperty("words").GetString());
        Assert.Equal("referral.declined-without-reason", await Refused(await Post(desk, $"/api/v1/referrals/{code}/answer", new { accepts = false })));
        Assert.Equal(HttpStatusCode.NoContent, (await Post(desk, $"/api/v1/referrals/{code}/answer", new { accepts = true })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Post(desk, $"/api/v1/referrals/{code}/outcome", new { outcome = "Received" })).StatusCode);
        Assert.Equal("referral.not-open", await Refused(await desk.Get("/api/v1/referrals/" + code)));
        Assert.Equal("referral.not-open", await Refused(await Post(officer, $"/api/v1/activities/1/referrals/{code}/end", new { })));
        Assert.False(host.Holds("Safe at the mill"));
    }

    [Fact]
    public async Task Is_refused_to_a_token_whatever_it_may()
    {
        var token = (await host.Must(s => s.GetRequiredService<IssueApiTokenForMe>().Handle(host.As("protection"), new WantedApiToken("a program", [1], [.. Enum.GetValues<TokenUse>()], 7), CancellationToken.None))).Token;
        using var program = host.CreateClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var asked = new { id = Guid.NewGuid(), service = await host.Do(s => s.GetRequiredService<AmanaDb>().Set<Domain.Coordination.ServicePoint>().Where(p => p.Kind == "legal").Select(p => p.Id.Value).FirstAsync()), urgency = "Soon", fields = new[] { "/data/x" }, words = "x" };
        Assert.Equal("token.never", await Refused(await program.PostAsJsonAsync($"/api/v1/activities/1/records/{await Record(agreed: true)}/referrals", asked)));
        Assert.Equal("actor.no-role", await Refused(await program.GetAsync("/api/v1/activities/1/referrals")));
        Assert.Empty((await program.GetFromJsonAsync<JsonElement>("/api/v1/referrals")).EnumerateArray());
        Assert.Equal("token.never", await Refused(await program.PostAsJsonAsync($"/api/v1/activities/1/records/{await Record(agreed: true)}/review", new { state = "Approved" }))); // nor does it judge
    }

    private static async Task<HttpResponseMessage> Post(Desk desk, string address, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        return await desk.Send(request);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonDocument.Parse(text).RootElement.Clone();
        }
    }

    private static async Task<string> Refused(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("reasons")[0].GetProperty("slug").GetString()!;
        }
    }

    private async Task<string> Record(bool agreed)
    {
        var activity = await host.Activity(1);
        return await host.Do(async s =>
        {
            var db = s.GetRequiredService<AmanaDb>();
            var consents = (await db.Set<PersonConsent>().AsNoTracking().Where(c => c.ActivityId == activity).ToListAsync()).Where(c => c.State == ConsentState.Given && c.Yeses.Contains(ConsentPart.ReferralTo("legal")) == agreed).Select(c => c.Id).ToHashSet();
            var referred = await db.Set<Referral>().AsNoTracking().Select(r => r.RecordId).ToListAsync();
            return (await db.Set<RecordEntry>().AsNoTracking().Where(r => r.ActivityId == activity && r.State == RecordState.InUse).ToListAsync()).First(r => consents.Contains(r.ConsentId) && !referred.Contains(r.Id)).Code;
        });
    }
}
