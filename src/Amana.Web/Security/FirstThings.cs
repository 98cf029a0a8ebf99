namespace Amana.Web.Security;

/// <summary>What comes before everything else: a locked session is opened again, a password for a single use is replaced by an own one, and a second factor that is overdue is added.</summary>
public sealed class FirstThings(RequestDelegate next)
{
    private static readonly string[] Always = ["/accounts/sign-out", "/accounts/passkeys", "/accounts/lock", "/accounts/outside/prove", "/dist", "/exit", "/errors"];

    public Task InvokeAsync(HttpContext context)
    {
        if (Place(context) is not { } place || IsUnder(context, Always) || IsUnder(context, place.Open))
            return next(context);
        if (Readers.WantPage(context.Request) && HttpMethods.IsGet(context.Request.Method))
            context.Response.Redirect(place.Page + (place.ComesBack ? "?to=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString) : ""));
        else
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Where the reader has to go first, and what is open to them meanwhile.</summary>
    private static (string Page, bool ComesBack, string[] Open)? Place(HttpContext context)
    {
        bool Has(string claim) => context.User.HasClaim(c => c.Type == claim);
        if (Has(SessionTickets.LockedClaim)) return ("/accounts/lock", true, []);
        if (Has(SessionTickets.MustChangeClaim)) return ("/accounts/my-account", false, ["/accounts"]);
        if (Has(SessionTickets.MustAddFactorClaim)) return ("/accounts/factors", false, ["/accounts"]);
        return null;
    }

    private static bool IsUnder(HttpContext context, string[] places) => places.Any(a => context.Request.Path.StartsWithSegments(a, StringComparison.OrdinalIgnoreCase));
}
