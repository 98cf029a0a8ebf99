using System.Security.Claims;
using Amana.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Web.Tests;

public class A_sign_in
{
    private readonly Clock clock = new();

    [Fact]
    public void Leaves_a_cookie_that_scripts_and_other_sites_can_not_use()
    {
        var options = Options();
        Assert.True(options.Cookie.HttpOnly);
        Assert.Equal(SameSiteMode.Lax, options.Cookie.SameSite);
        Assert.Equal("/accounts/sign-in", options.LoginPath);
        Assert.Equal(TimeSpan.FromMinutes(15), options.ExpireTimeSpan);
    }

    [Theory]
    [InlineData("https", "__Host-amana=v; path=/; secure; samesite=lax; httponly")]
    [InlineData("http", "amana=v; path=/; samesite=lax; httponly")]
    public void Binds_the_cookie_to_the_host_over_https(string scheme, string expected)
    {
        var context = new DefaultHttpContext { Request = { Scheme = scheme } };
        var options = Options();
        options.CookieManager.AppendResponseCookie(context, options.Cookie.Name!, "v", options.Cookie.Build(context));
        Assert.Equal(expected, context.Response.Headers.SetCookie.ToString());
    }

    [Theory]
    [InlineData(7.9, true)]
    [InlineData(8.0, false)]
    [InlineData(30, false)]
    public async Task Ends_after_eight_hours_however_busy(double hours, bool lives) => Assert.Equal(lives, await Lives(TimeSpan.FromHours(hours), withStart: true));

    [Fact]
    public async Task Of_unknown_age_ends_at_once() => Assert.False(await Lives(TimeSpan.Zero, withStart: false));

    private async Task<bool> Lives(TimeSpan age, bool withStart)
    {
        var options = Options();
        await using var services = new ServiceCollection().AddLogging().AddSignInCookies().Services.BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        var scheme = new AuthenticationScheme(SignInCookies.Scheme, null, typeof(CookieAuthenticationHandler));
        var properties = new AuthenticationProperties();
        var reader = new ClaimsPrincipal(new ClaimsIdentity("test"));
        if (withStart) await options.Events.OnSigningIn(new CookieSigningInContext(context, scheme, options, reader, properties, new CookieOptions()));
        clock.Now += age;
        var validating = new CookieValidatePrincipalContext(context, scheme, options, new AuthenticationTicket(reader, properties, scheme.Name));
        await options.Events.OnValidatePrincipal(validating);
        return validating.Principal is not null;
    }

    private CookieAuthenticationOptions Options()
    {
        var options = new CookieAuthenticationOptions { TimeProvider = clock };
        SignInCookies.Configure(options);
        return options;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
