using System.Net;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests;

/// <summary>A host whose front page can not be made.</summary>
public sealed class BrokenHost : Host
{
    protected override string Environment => "Production";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<Navigation>(_ => throw new InvalidOperationException("planted-marker")));
    }
}

public class A_breakdown(BrokenHost host) : IClassFixture<BrokenHost>
{
    [Fact]
    public async Task Is_said_in_plain_words_and_shows_nothing_of_the_inside()
    {
        using var answer = await host.Browser("ar").GetAsync("/");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var page = await Host.Read(answer);
        Assert.Equal("حدث خلل عندنا", page.QuerySelector("h1")?.TextContent);
        Assert.NotEmpty(page.QuerySelector(".code")!.TextContent);
        Assert.DoesNotContain("planted-marker", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Is_a_problem_without_inside_for_programs()
    {
        using var answer = await host.CreateClient().GetAsync("/");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("planted-marker", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }
}
