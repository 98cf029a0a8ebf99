using System.Net;
using Amana.Web.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Amana.Web.Tests;

/// <summary>A host behind a proxy that ends TLS: requests reach it as http under its public name.</summary>
public sealed class HostBehindAProxy : StaffDesk
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        Assert.True(HostChoices.TryRead(["--public-address", "https://amana.example.org"], out var choices, out _));
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton(choices)));
    }
}

public sealed class A_house_behind_a_proxy(HostBehindAProxy host) : IClassFixture<HostBehindAProxy>
{
    [Theory]
    [InlineData("amana.example.org", "https://amana.example.org/")]
    [InlineData("AMANA.example.org", "https://amana.example.org/")]
    [InlineData("10.0.0.7", "http://10.0.0.7/")] // asked within the office, by no public name
    [InlineData("evil.example", "http://evil.example/")] // told to whoever asked so, and to nobody else
    public async Task Names_itself_by_the_address_that_it_was_asked_by(string asked, string named)
    {
        var desk = await host.SignedIn("lead");
        var activity = await StaffDesk.Start(desk, "Named by " + asked);
        using var answer = await desk.GetBy(asked, $"/api/odata/{activity.Split('/')[^1]}/N1");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"\"{named}api/odata/", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
