using System.Net;

namespace Amana.Web.Tests.Hostile;

public class A_session(StaffDesk host) : IClassFixture<StaffDesk>
{
    [Fact]
    public async Task Is_another_with_each_sign_in_and_none_that_the_browser_brought()
    {
        var (first, second) = (await SignIn("amana=planted-by-somebody-else"), await SignIn());
        Assert.NotEqual(first, second);
        Assert.DoesNotContain("planted", first, StringComparison.Ordinal);
        foreach (var (cookie, opens) in new[] { (first, true), (second, true), ("amana=planted-by-somebody-else", false), (first[..^4] + "AAAA", false) })
        {
            using var answer = await Home(cookie);
            Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.Redirect, answer.StatusCode);
        }
    }

    [Fact]
    public async Task That_was_ended_opens_nothing_to_whoever_kept_its_cookie()
    {
        var cookie = await SignIn();
        using (var page = await Get("/accounts/my-account", cookie))
        {
            var form = await Host.Read(page);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/accounts/sign-out")
            {
                Content = new FormUrlEncodedContent([KeyValuePair.Create("form-token", form.QuerySelector("input[name='form-token']")!.GetAttribute("value")!)]),
            };
            request.Headers.Add("Cookie", cookie + "; " + Cookie(page, "amana-form"));
            using var ended = await host.Browser().SendAsync(request);
            Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        }

        using var answer = await Home(cookie);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private Task<HttpResponseMessage> Home(string cookie) => Get("/home", cookie);

    private async Task<HttpResponseMessage> Get(string address, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Cookie", cookie);
        return await host.Browser().SendAsync(request);
    }

    /// <summary>Signs in with cookies carried by hand; the session's cookie.</summary>
    private async Task<string> SignIn(string brought = "x=y")
    {
        using var page = await Get("/accounts/sign-in", brought);
        var form = await Host.Read(page);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/accounts/sign-in")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("form-token", form.QuerySelector("input[name='form-token']")!.GetAttribute("value")!),
                KeyValuePair.Create("Input.Email", "lead@example.org"), KeyValuePair.Create("Input.Password", StaffDesk.Password)]),
        };
        request.Headers.Add("Cookie", brought + "; " + Cookie(page, "amana-form"));
        using var answer = await host.Browser().SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Cookie(answer, "amana=");
    }

    private static string Cookie(HttpResponseMessage answer, string name) =>
        answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(name, StringComparison.Ordinal)).Split(';')[0];
}

public class A_field_that_was_not_asked_for(StaffDesk host) : IClassFixture<StaffDesk>
{
    [Fact]
    public async Task Changes_nothing()
    {
        var desk = await host.SignedIn("lead");
        var other = Guid.NewGuid().ToString();
        using var answer = await desk.Post("/activities/start", "/activities/start?Input.Level=StrictlyConfidential&step=Closed",
            ("Input.Title", "Meant"), ("Input.Title", "Doubled"), ("Input.Category", "ProtectionMonitoring"), ("Input.Place", "KE043"), ("Input.PlaceName", "Turkana"), ("Input.Population", "Women"),
            ("Input.Starts.Day", "1"), ("Input.Starts.Month", "11"), ("Input.Starts.Year", "2026"), ("Input.Ends.Day", "28"), ("Input.Ends.Month", "2"), ("Input.Ends.Year", "2027"),
            ("Input.Languages", "en"), ("Input.Level", "Confidential"), ("Input.Step", "Closed"), ("Input.Number", "777"), ("Input.LeadId", other), ("Step", "Closed"), ("Activity.Step", "Closed"),
            ("Who.Actor.Duties", "Administrator"), ("Input.OpenedAt", "2026-01-01"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var address = answer.Headers.Location!.OriginalString.Split('?')[0];
        Assert.DoesNotContain("777", address, StringComparison.Ordinal);
        var page = await desk.Read(address);
        Assert.Equal("1 Assess", page.QuerySelector(".rail [aria-current=step] b")!.TextContent.Trim());
        using var setUp = await desk.Get("/set-up/staff");
        Assert.NotEqual(HttpStatusCode.OK, setUp.StatusCode);
    }
}

public class A_method_that_is_not_served(StaffDesk host) : IClassFixture<StaffDesk>
{
    [Theory]
    [InlineData("TRACE"), InlineData("TRACK"), InlineData("PAGE"), InlineData("PROPFIND"), InlineData("CONNECTED")]
    public async Task Is_answered_with_nothing_of_the_request(string method)
    {
        var desk = await host.SignedIn("lead");
        foreach (var address in new[] { "/", "/home", "/activities", "/errors/404", "/ledger" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            request.Headers.Add("X-Told", "echo-of-a-header");
            using var answer = await desk.Send(request);
            Assert.InRange((int)answer.StatusCode, 300, 499);
            Assert.DoesNotContain("echo-of-a-header", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Every_answer.Check(answer);
        }
    }
}
