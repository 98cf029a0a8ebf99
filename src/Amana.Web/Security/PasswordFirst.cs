namespace Amana.Web.Security;

/// <summary>Whoever signed in with a password for a single use chooses their own before anything else.</summary>
public sealed class PasswordFirst(RequestDelegate next)
{
    private static readonly string[] Allowed = ["/accounts", "/dist", "/exit", "/errors"];

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.User.HasClaim(c => c.Type == SessionTickets.MustChangeClaim) || Allowed.Any(a => context.Request.Path.StartsWithSegments(a, StringComparison.OrdinalIgnoreCase)))
            return next(context);
        if (Readers.WantPage(context.Request) && HttpMethods.IsGet(context.Request.Method))
            context.Response.Redirect("/accounts/my-account");
        else
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
