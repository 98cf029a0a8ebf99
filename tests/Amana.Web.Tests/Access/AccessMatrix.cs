using System.Globalization;
using System.Net;
using System.Text;
using Amana.Domain.Consent;
using Amana.Domain.Records;
using Amana.Domain.Sharing;
using Amana.Features.Accounts;
using Amana.Features.Demo;
using Amana.Features.Platform;
using Amana.Web.Security;
using Amana.Web.Tests.OpenRosa;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Access;

/// <summary>One way into the house: a route with its method, and for pages the handler.</summary>
internal sealed record Way(string Method, string Route, string? Handler, string Data, string Policy)
{
    public string Name => Handler is null ? $"{Method} {Route}" : $"{Method} {Route} → {Handler}";

    public bool IsOpen => Policy == "anyone";
}

/// <summary>Every way into the house, taken from the list of endpoints itself: nothing can be forgotten.</summary>
internal static class Ways
{
    public static async Task<IReadOnlyList<Way>> Of(IServiceProvider services)
    {
        var ways = new List<Way>();
        var loader = services.GetRequiredService<PageLoader>();
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var route = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, endpoint.Metadata);
                var metadata = new EndpointMetadata([.. endpoint.Metadata, .. compiled.EndpointMetadata ?? [], .. compiled.HandlerTypeInfo.GetCustomAttributes(inherit: true)]);
                ways.Add(new Way("GET", route, null, metadata.Data, metadata.Policy));
                ways.AddRange(compiled.HandlerMethods.Where(h => h.HttpMethod != "GET" || h.Name is not null).Select(h => new Way(h.HttpMethod.ToUpperInvariant(), route, h.Name ?? "", metadata.Data, metadata.Policy)));
            }
            else
            {
                var metadata = new EndpointMetadata([.. endpoint.Metadata]);
                foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                    if (method != "HEAD" || !endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET"))
                        ways.Add(new Way(method, route, null, metadata.Data, metadata.Policy));
            }
        }

        return [.. ways.DistinctBy(w => w.Name).OrderBy(w => w.Route, StringComparer.Ordinal).ThenBy(w => w.Method, StringComparer.Ordinal).ThenBy(w => w.Handler, StringComparer.Ordinal)];
    }

    private sealed record EndpointMetadata(IReadOnlyList<object> All)
    {
        public string Data => All.OfType<PersonalDataUseAttribute>().LastOrDefault() switch
        {
            DisclosesAttribute d => "shows " + string.Join(", ", d.Kinds),
            ChangesAttribute c => "changes " + string.Join(", ", c.Kinds),
            NoPersonalDataAttribute => "none",
            _ => "undeclared",
        };

        public string Policy => All.OfType<IAllowAnonymous>().Any() ? "anyone" : All.OfType<IAuthorizeData>().LastOrDefault(a => a.Policy is not null)?.Policy ?? "signed in";
    }
}

/// <summary>The readers who try every way: from nobody to the activity's own team.</summary>
internal sealed class Readers(DemoHost host)
{
    public static readonly string[] Names = ["nobody", "stranger", "coordination", "colleague", "admin", "focal", "interviewer1", "caseworker", "im", "protection"];

    private readonly Dictionary<string, HttpClient> _clients = [];
    private string _password = "";

    public async Task SignIn()
    {
        _password = (await host.Do(s => s.GetRequiredService<SeedDemo>().Handle(static (_, _) => { }, CancellationToken.None)))!.Password;
        var (ours, theirs) = (host.As("protection").Actor.OrganisationId!.Value, host.As("legal").Actor.OrganisationId!.Value);
        foreach (var (key, organisation) in new[] { ("colleague", ours), ("stranger", theirs) })
            await host.Do(s => s.GetRequiredService<AddStaffMember>().Handle(AccessContext.House, organisation, "Made-up " + key, key + "@demo.example", [], _password, CancellationToken.None));
        foreach (var name in Names)
            _clients[name] = await Client(name);
    }

    public HttpClient this[string name] => _clients[name];

    /// <summary>The token that this reader's forms carry.</summary>
    public async Task<string> FormToken(string name)
    {
        using var answer = await this[name].GetAsync(name == "nobody" ? "/accounts/sign-in" : "/accounts/my-account");
        return (await Host.Read(answer)).QuerySelector("input[name='form-token']")?.GetAttribute("value") ?? "";
    }

    private async Task<HttpClient> Client(string name)
    {
        var client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        if (name == "nobody")
            return client;
        using var answer = await new Desk(client).Post("/accounts/sign-in", "/accounts/sign-in", ("Input.Email", name + "@demo.example"), ("Input.Password", _password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }
}

/// <summary>Values for the parameters of routes, taken from the made-up operation's activity 1, so that what should be refused is really there.</summary>
internal sealed class Samples
{
    private readonly Dictionary<string, string> _byRoute = new(StringComparer.Ordinal);

    public string Given { get; private set; } = "";

    public string Withdrawn { get; private set; } = "";

    public static async Task<Samples> Of(DemoHost host)
    {
        var activity = await host.Activity(1);
        await Withdraw(host);
        return await host.Do(async s =>
        {
            var db = s.GetRequiredService<AmanaDb>();
            var records = from r in db.Set<RecordEntry>() join c in db.Set<PersonConsent>() on r.PersonId equals c.PersonId where r.ActivityId == activity select new { r.Code, c.State };
            var samples = new Samples
            {
                Given = await records.Where(r => r.State == ConsentState.Given).Select(r => r.Code).OrderBy(c => c).FirstAsync(),
                Withdrawn = await records.Where(r => r.State == ConsentState.Withdrawn).Select(r => r.Code).OrderBy(c => c).FirstOrDefaultAsync() ?? "",
            };
            samples._byRoute["/activities/{number:int}/releases/{id:guid}"] = (await db.Set<Release>().Where(r => r.ActivityId == activity).Select(r => r.Id).FirstOrDefaultAsync()).Value.ToString();
            samples._byRoute["/set-up/staff/{id:guid}"] = host.As("im").Actor.StaffId!.Value.Value.ToString();
            samples._byRoute["/activities/{number:int}/records/{code}"] = samples.Given;
            samples._byRoute["{form:guid}"] = (await db.Set<Domain.Forms.FormVersion>().Where(f => f.ActivityId == activity).Select(f => f.Id).FirstAsync()).Value.ToString();
            return samples;
        });
    }

    /// <summary>Somebody answers and takes the consent back; the erasure is not under way yet.</summary>
    private static async Task Withdraw(DemoHost host)
    {
        using var sent = await (await host.Phone(1)).Submit(Submissions.Border(Guid.NewGuid()));
        var code = (await Phone.Message(sent)).Split([' ', '.', ',', '\n'], StringSplitOptions.RemoveEmptyEntries).First(w => w.StartsWith("AM-", StringComparison.Ordinal));
        Assert.True((await host.Do(s => s.GetRequiredService<Features.Rights.WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, code, [Domain.Forms.ConsentAsk.Participation], CancellationToken.None))).IsDone, code);
    }

    public string Fill(string route)
    {
        var address = new StringBuilder();
        foreach (var part in route.Split('/', StringSplitOptions.RemoveEmptyEntries))
            address.Append('/').Append(part.Contains('{', StringComparison.Ordinal) ? Value(route, part) : part);
        return address.Length == 0 ? "/" : address.ToString();
    }

    private string Value(string route, string part)
    {
        var value = part.Contains("{number", StringComparison.Ordinal) ? "1"
            : part.Contains("{code:int", StringComparison.Ordinal) ? "404"
            : part.Contains("{**", StringComparison.Ordinal) ? "none"
            : _byRoute.TryGetValue(route, out var known) ? known
            : part == "{form:guid}" ? _byRoute[part]
            : part.Contains(":guid", StringComparison.Ordinal) ? "00000000-0000-7000-8000-000000000001"
            : part.Contains(":int", StringComparison.Ordinal) ? "1" : "unknown";
        return part[..part.IndexOf('{', StringComparison.Ordinal)] + value + part[(part.LastIndexOf('}') + 1)..];
    }
}

/// <summary>An answer in a word.</summary>
internal static class InAWord
{
    public static string Of(HttpResponseMessage answer) => (int)answer.StatusCode switch
    {
        >= 200 and < 300 => "**shows**",
        >= 300 and < 400 => answer.Headers.Location?.OriginalString.Contains("/accounts/sign-in", StringComparison.Ordinal) == true ? "sign-in" : "leads on",
        401 => "sign-in",
        404 => "not there",
        403 or 422 => "refused",
        var code => code.ToString(CultureInfo.InvariantCulture),
    };
}
