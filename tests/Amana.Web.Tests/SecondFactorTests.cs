using System.Net;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Amana.Web.Tests;

/// <summary>A staffed host whose clock stands still until a test moves it.</summary>
public sealed class StillDesk : StaffDesk
{
    public MovableClock Clock { get; } = Now();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
    }

    private static MovableClock Now()
    {
        var clock = new MovableClock();
        clock.MoveTo(TimeProvider.System.GetUtcNow()); // cookies are kept by a client with the real time
        return clock;
    }
}

public sealed class A_person_with_a_second_factor(StillDesk host) : IClassFixture<StillDesk>
{
    [Fact]
    public async Task Sets_it_up_and_signs_in_with_it_without_script()
    {
        var desk = await host.SignedIn("lead");
        using (await desk.Post("/accounts/factors", "/accounts/factors?handler=BeginCodes")) { }
        var page = await desk.Read("/accounts/factors");
        Assert.NotNull(page.QuerySelector("svg.qr"));
        var secret = page.QuerySelector("bdi.code")!.TextContent;
        using var wrong = await desk.Post("/accounts/factors", "/accounts/factors?handler=ConfirmCodes", ("Input.Code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var confirmed = await desk.Post("/accounts/factors", "/accounts/factors?handler=ConfirmCodes", ("Input.Code", Code(secret)));
        Assert.Equal(10, (await Host.Read(confirmed)).QuerySelectorAll(".codes .code").Length);
        Assert.Empty((await desk.Read("/accounts/factors")).QuerySelectorAll(".codes")); // shown once

        host.Clock.Move(TimeSpan.FromSeconds(30));
        var browser = host.NewDesk();
        using var asked = await browser.Post("/accounts/sign-in", "/accounts/sign-in", ("Input.Email", "lead@example.org"), ("Input.Password", StaffDesk.Password), ("to", "/activities"));
        Assert.Equal("/accounts/second-step?to=%2Factivities", asked.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Get("/home")).StatusCode); // nothing is open yet
        using var entered = await browser.Post("/accounts/second-step?to=%2Factivities", "/accounts/second-step", ("Input.Code", Code(secret)), ("to", "/activities"));
        Assert.Equal("/activities", entered.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/home")).StatusCode);
    }

    [Fact]
    public async Task Locks_and_opens_where_they_were()
    {
        var desk = await host.SignedIn("stranger");
        using var locked = await desk.Post("/home", "/accounts/lock", ("to", "/activities"));
        Assert.Equal("/accounts/lock?to=%2Factivities", locked.Headers.Location!.OriginalString);
        Assert.StartsWith("/accounts/lock?to=", (await desk.Get("/home")).Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var wrong = await desk.Post("/accounts/lock", "/accounts/lock?handler=Open", ("proof.password", "not it at all"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var open = await desk.Post("/accounts/lock", "/accounts/lock?handler=Open", ("proof.password", StaffDesk.Password), ("to", "/activities"));
        Assert.Equal("/activities", open.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await desk.Get("/home")).StatusCode);
    }

    [Theory]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("/activities/1?page=2", true)]
    [InlineData("", false)]
    public void Is_led_on_to_pages_of_this_host_alone(string address, bool ours) => Assert.Equal(ours, Accounts.Onward.IsOurs(address));

    private string Code(string secret) => SecondFactors.CodeOf(secret, host.Clock.GetUtcNow());
}

/// <summary>What an authenticator app does.</summary>
internal static class SecondFactors
{
    /// <summary>What it shows for the secret.</summary>
    public static string CodeOf(string secret, DateTimeOffset now)
    {
        var bits = string.Concat(secret.Where(char.IsLetterOrDigit).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var bytes = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        return OneTimeCodes.CodeAt(bytes, now.ToUnixTimeSeconds() / OneTimeCodes.Period, OneTimeCodes.Digits);
    }
}
