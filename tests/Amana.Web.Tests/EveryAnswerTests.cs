using System.Net;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests;

public class Every_answer(Host host) : IClassFixture<Host>
{
    public static TheoryData<string> Addresses => ["/", "/ui", "/errors/404", "/no-such-page", "/dist/site.css", "/dist/none.css", "/exit", "/?lang=ar", "/errors/500"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Carries_the_headers_of_the_threat_model(string address)
    {
        using var answer = await host.Browser().GetAsync(address);
        Check(answer);
    }

    [Fact]
    public async Task Carries_them_when_a_change_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ui");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await host.Browser().SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Check(answer);
    }

    [Fact]
    public async Task Says_HSTS_over_https_only()
    {
        using var plain = await host.Browser().GetAsync("/");
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
        var client = host.Browser();
        using var secure = await client.GetAsync("https://localhost/");
        Assert.True(secure.Headers.Contains("Strict-Transport-Security"));
    }

    /// <summary>The headers of the threat model, whatever the answer is.</summary>
    internal static void Check(HttpResponseMessage answer)
    {
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; base-uri 'none'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        // The form engine's XPath grammar is WebAssembly; its pages alone may run it (see FormPolicyTests).
        var engine = answer.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/fill/", StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", engine ? policy.Replace("'wasm-unsafe-eval'", "", StringComparison.Ordinal) : policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
        // Files of ours are kept by their hash; blank forms are kept by phones and by the offline form, and asked for anew each time.
        var path = answer.RequestMessage.RequestUri.AbsolutePath;
        var kept = answer.Content.Headers.ContentType?.MediaType is not "text/html" && (path.StartsWith("/dist", StringComparison.Ordinal) || (engine || path.StartsWith("/v1/", StringComparison.Ordinal)) && answer.Headers.CacheControl?.NoCache == true);
        Assert.True(kept || answer.Headers.CacheControl?.NoStore == true, $"{path} may be kept: {answer.Headers.CacheControl}");
    }
}

public class Every_page_and_endpoint(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task Declares_what_it_does_with_personal_data()
    {
        var undeclared = new List<string>();
        foreach (var (name, metadata) in await Endpoints())
            if (!metadata.OfType<PersonalDataUseAttribute>().Any()) undeclared.Add(name);
        Assert.Empty(undeclared);
    }

    [Fact]
    public async Task Is_closed_unless_it_says_that_it_is_public()
    {
        var policies = host.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        var fallback = await policies.GetFallbackPolicyAsync();
        Assert.NotNull(fallback);
        Assert.Contains(fallback.Requirements, r => r is Microsoft.AspNetCore.Authorization.Infrastructure.DenyAnonymousAuthorizationRequirement);
    }

    private async Task<List<(string Name, IReadOnlyList<object> Metadata)>> Endpoints()
    {
        var found = new List<(string, IReadOnlyList<object>)>();
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints)
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null) found.Add((endpoint.DisplayName ?? "?", endpoint.Metadata));
        var loader = host.Services.GetRequiredService<PageLoader>();
        foreach (var page in host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var compiled = await loader.LoadAsync(page, Microsoft.AspNetCore.Http.EndpointMetadataCollection.Empty);
            found.Add((page.ViewEnginePath, compiled.HandlerTypeInfo.GetCustomAttributes(inherit: true)));
        }
        return found;
    }
}

public class A_change(Host host) : IClassFixture<Host>
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task Asked_by_another_site_is_refused(string header, string value)
    {
        using var answer = await Post(header, value);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("This is not open to you", (await Host.Read(answer)).QuerySelector("h1")?.TextContent);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Origin", "http://localhost")]
    [InlineData("X-Nothing", "1")]
    public async Task Asked_by_our_page_without_its_token_is_not_read(string header, string value)
    {
        using var answer = await Post(header, value);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("We could not read that", (await Host.Read(answer)).QuerySelector("h1")?.TextContent);
    }

    [Fact]
    public async Task That_is_too_large_is_refused_before_it_is_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ui") { Content = new ByteArrayContent(new byte[BodyLimit.Pages + 1]) };
        using var answer = await host.Browser("fr").SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var page = await Host.Read(answer);
        Assert.Equal("Ce fichier est trop volumineux", page.QuerySelector("h1")?.TextContent);
    }

    private async Task<HttpResponseMessage> Post(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ui") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add(header, value);
        return await host.Browser().SendAsync(request);
    }
}

public class An_opened_policy
{
    [Theory]
    [InlineData("script-src", "'unsafe-inline'")]
    [InlineData("script-src", "*")]
    [InlineData("script-src", "'self'; object-src data:")]
    public void Is_refused(string directive, string source) =>
        Assert.Throws<ArgumentException>(() => ContentPolicy.Of(new Microsoft.AspNetCore.Http.DefaultHttpContext()).Allow(directive, source));

    [Fact]
    public void Names_the_script_only_where_there_is_one()
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        Assert.DoesNotContain("script-src", ContentPolicy.Of(context).ToString(), StringComparison.Ordinal);
        var nonce = ContentPolicy.Of(context).Nonce;
        Assert.Contains($"script-src 'nonce-{nonce}'", ContentPolicy.Of(context).ToString(), StringComparison.Ordinal);
    }
}

public class The_address_of_a_page
{
    [Theory]
    [InlineData("MyAccount", "my-account")]
    [InlineData("Activities", "activities")]
    [InlineData("SetUp", "set-up")]
    [InlineData("XLSForm", "xls-form")]
    public void Is_its_name_in_lower_case_with_hyphens(string name, string address) => Assert.Equal(address, new KebabCase().TransformOutbound(name));
}
