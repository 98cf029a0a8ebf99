namespace Amana.Web.Security;

/// <summary>Makes a browser known in which somebody signed in: it stays when they sign out, opens nothing, and keeps them in while others guess at their password.</summary>
public static class KnownBrowserCookie
{
    private const string Name = "amana-known";

    public static string? Read(HttpContext context) => context.Request.Cookies[Name];

    public static void Write(HttpContext context, string token) => context.Response.Cookies.Append(Name, token, new CookieOptions
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/accounts", MaxAge = Features.Accounts.KnownDevice.KeptFor, IsEssential = true,
    });
}

/// <summary>Carries the token of a sign-in that waits for its second factor: five minutes, to the accounts' pages alone. It is no sign-in.</summary>
public static class SecondStepCookie
{
    private const string Name = "amana-second";

    public static string? Read(HttpContext context) => context.Request.Cookies[Name];

    public static void Write(HttpContext context, string token) => context.Response.Cookies.Append(Name, token, Options(context, Features.Accounts.StaffSession.Waits));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? life) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/accounts", MaxAge = life, IsEssential = true };
}
