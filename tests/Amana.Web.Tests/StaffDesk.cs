using AngleSharp.Html.Dom;
using Amana.Domain.Accounts;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Web.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests;

/// <summary>A host with an operation, two organisations and made-up staff, spoken to by signed-in browsers.</summary>
public class StaffDesk : Host, IAsyncLifetime
{
    public const string Password = "slow river under seven bridges";

    public async ValueTask InitializeAsync()
    {
        await Services.GetRequiredService<Opening>().Opened;
        await using var scope = Services.CreateAsyncScope();
        var of = scope.ServiceProvider;
        var run = new FirstRun("River operation", "KE", "River Aid made up", "RIVER", OrganisationKind.NationalNgo, AcceptsPrinciples: true, "Made-up administrator", "admin@example.org", Password);
        Assert.True((await of.GetRequiredService<StartHouse>().Handle(AccessContext.House, run, CancellationToken.None)).IsDone);
        var us = (await of.GetRequiredService<HouseReader>().ActingAs("admin@example.org", CancellationToken.None))!.Actor.OrganisationId!.Value;
        var them = (await of.GetRequiredService<AdmitToOperation>().Handle(AccessContext.House, "Hill Aid made up", "HILL", OrganisationKind.NationalNgo, true, CancellationToken.None)).Result;
        foreach (var (organisation, name) in new[] { (us, "lead"), (them, "stranger") })
            Assert.True((await of.GetRequiredService<AddStaffMember>()
                .Handle(AccessContext.House, organisation, "Made-up " + name, name + "@example.org", [], Password, CancellationToken.None)).IsDone);
    }

    /// <summary>A browser in which the staff member of this name has signed in.</summary>
    public async Task<Desk> SignedIn(string name)
    {
        var desk = NewDesk();
        using var answer = await desk.Post("/accounts/sign-in", "/accounts/sign-in", ("Input.Email", name + "@example.org"), ("Input.Password", Password));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return desk;
    }

    /// <summary>A browser in which nobody has signed in yet.</summary>
    public Desk NewDesk()
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return new Desk(client);
    }

    /// <summary>Starts an activity as the signed-in staff member; its address.</summary>
    public static async Task<string> Start(Desk desk, string title)
    {
        using var answer = await desk.Post("/activities/start", "/activities/start",
            ("Input.Title", title), ("Input.Category", "ProtectionMonitoring"), ("Input.Place", "KE043"), ("Input.PlaceName", "Turkana"), ("Input.Population", "Women"), ("Input.Population", "Girls"),
            ("Input.Starts.Day", "1"), ("Input.Starts.Month", "11"), ("Input.Starts.Year", "2026"), ("Input.Ends.Day", "28"), ("Input.Ends.Month", "2"), ("Input.Ends.Year", "2027"),
            ("Input.Languages", "en"), ("Input.Languages", "ar"), ("Input.Level", "Confidential"));
        return answer.Headers.Location!.OriginalString.Split('?')[0];
    }
}

/// <summary>One signed-in browser.</summary>
public sealed class Desk(HttpClient client)
{
    public Task<HttpResponseMessage> Get(string address) => client.GetAsync(address);

    /// <summary>Asks by another name of the host, as a proxy hands it on.</summary>
    public async Task<HttpResponseMessage> GetBy(string host, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Host = host;
        return await client.SendAsync(request);
    }

    /// <summary>What a program sends with the same sign-in.</summary>
    public Task<HttpResponseMessage> Send(HttpRequestMessage request) => client.SendAsync(request);

    public async Task<IHtmlDocument> Read(string address)
    {
        using var answer = await Get(address);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return await Host.Read(answer);
    }

    /// <summary>Sends JSON, as a program does.</summary>
    public async Task<HttpResponseMessage> PostJson(string address, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        return await client.SendAsync(request);
    }

    /// <summary>Fills the form found on a page and sends it: hidden fields as they are, the rest as given.</summary>
    public async Task<HttpResponseMessage> Post(string page, string address, params (string Name, string Value)[] fields)
    {
        var form = await Read(page);
        var hidden = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Where(i => i.Name is "form-token" or "Input.Id" or "Input.Organisation").DistinctBy(i => i.Name).Select(i => (i.Name!, i.Value));
        using var content = new FormUrlEncodedContent(hidden.Concat(fields).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await client.PostAsync(address, content);
    }
}
