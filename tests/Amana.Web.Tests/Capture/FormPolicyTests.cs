using Amana.Web.Tests.OpenRosa;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests.Capture;

/// <summary>The page of a form needs WebAssembly and data: addresses; nothing else may get them.</summary>
[Collection(DemoCollection.Name)]
public sealed class The_policy_of_a_form(DemoHost host)
{
    private static readonly string[] OnlyHere = ["wasm-unsafe-eval", "data:", "blob:", "worker-src", "manifest-src"];

    [Fact]
    public async Task Lets_the_engine_in_where_a_form_is_filled()
    {
        var link = await Links.Make(host);
        using var page = await host.Browser().GetAsync($"/fill/link/{link.Token}");
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.All(OnlyHere, o => Assert.Contains(o, policy, StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", policy, StringComparison.Ordinal);
        Assert.Contains("geolocation=(self)", Assert.Single(page.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.Contains("camera=()", Assert.Single(page.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_given_to_no_other_page()
    {
        var (client, staff) = await SignedIn();
        var asked = 0;
        foreach (var address in Addresses().Where(a => !a.StartsWith("/fill/activity/", StringComparison.Ordinal)))
        {
            using var answer = await client.GetAsync(address);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.True(!OnlyHere.Any(o => policy.Contains(o, StringComparison.Ordinal)), $"{address}: {policy}");
            Assert.Contains("geolocation=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
            asked++;
        }

        Assert.True(asked > 60, $"{asked} addresses were asked as {staff}.");
        using var mine = await client.GetAsync("/fill/activity/1");
        Assert.Contains("wasm-unsafe-eval", Assert.Single(mine.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    /// <summary>Every address of the host with made-up values in its places, pages and endpoints alike.</summary>
    private IEnumerable<string> Addresses()
    {
        var pages = host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>().Select(p => p.AttributeRouteInfo?.Template ?? "");
        var others = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText ?? "");
        return pages.Concat(others).Select(t => "/" + System.Text.RegularExpressions.Regex.Replace(t.TrimStart('/'), @"\{\**(?<name>\w+)[^}]*\}", m => m.Groups["name"].Value == "number" ? "1" : Guid.Empty.ToString()))
            .Distinct(StringComparer.Ordinal);
    }

    private async Task<(HttpClient Client, string Staff)> SignedIn()
    {
        var client = host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var password = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(host.Folder, "demo-sign-ins.json"))).RootElement.GetProperty("Password").GetString()!;
        using var answer = await new Desk(client).Post("/accounts/sign-in", "/accounts/sign-in", ("Input.Email", "interviewer1@demo.example"), ("Input.Password", password));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return (client, "interviewer1");
    }
}
