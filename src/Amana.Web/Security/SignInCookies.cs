using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Amana.Web.Security;

/// <summary>
/// The cookie that a sign-in leaves: HttpOnly, SameSite=Lax, <c>__Host-</c> over https, gone after 15 idle minutes and after 8 hours in any
/// case (OWASP ASVS 5.0, 7.3). Who may sign in, and the list of sessions, are the accounts' part.
/// </summary>
public static class SignInCookies
{
    public const string Scheme = "Identity.Application";
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(8);
    private const string SignedInAt = "signed-in-at";

    public static AuthenticationBuilder AddSignInCookies(this IServiceCollection services) =>
        services.AddAuthentication(Scheme).AddCookie(Scheme, Configure)
        .AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.SchemeName, null);

    /// <summary>The defaults, for whoever registers the scheme.</summary>
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "amana";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.CookieManager = new HostCookies();
        options.ExpireTimeSpan = Idle;
        options.SlidingExpiration = true;
        options.ForwardDefaultSelector = static context => BearerTokens.Brings(context) ? BearerTokens.SchemeName : null;
        options.LoginPath = "/accounts/sign-in";
        options.ReturnUrlParameter = "to";
        options.Events.OnSigningIn = Begin;
        options.Events.OnValidatePrincipal = EndWhenOld;
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden, redirect: false);
    }

    private static Task Begin(CookieSigningInContext context)
    {
        var now = (context.Options.TimeProvider ?? TimeProvider.System).GetUtcNow();
        context.Properties.Items.TryAdd(SignedInAt, now.ToString("O", CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    private static async Task EndWhenOld(CookieValidatePrincipalContext context)
    {
        var now = (context.Options.TimeProvider ?? TimeProvider.System).GetUtcNow();
        var known = context.Properties.Items.TryGetValue(SignedInAt, out var text);
        if (known && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var since) && now - since < Absolute) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(context.Scheme.Name);
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status, bool redirect = true)
    {
        if (redirect && Readers.WantPage(context.Request)) context.Response.Redirect(context.RedirectUri);
        else context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Prefixes a cookie's name with <c>__Host-</c> where the connection is https, which binds it to this host alone.</summary>
    private sealed class HostCookies : ICookieManager
    {
        private readonly ChunkingCookieManager inner = new();

        public string? GetRequestCookie(HttpContext context, string key) => inner.GetRequestCookie(context, Name(context, key));

        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
            inner.AppendResponseCookie(context, Name(context, key), value, AtRoot(options));

        public void DeleteCookie(HttpContext context, string key, CookieOptions options) => inner.DeleteCookie(context, Name(context, key), AtRoot(options));

        private static string Name(HttpContext context, string key) => context.Request.IsHttps ? "__Host-" + key : key;

        private static CookieOptions AtRoot(CookieOptions options)
        {
            options.Path = "/";
            options.Domain = null;
            return options;
        }
    }
}
