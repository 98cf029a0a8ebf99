using System.Security.Claims;
using System.Text.Encodings.Web;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Amana.Web.Security;

/// <summary>Lets programs in by a token (<c>Authorization: Bearer …</c>, RFC 6750), below <c>/api/</c> alone. Pages know no tokens, and a request with a token is never helped by a cookie.</summary>
public sealed class BearerTokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "bearer";

    private const string Start = "Bearer ";

    /// <summary>Whether the request brings a token to a place that takes one.</summary>
    public static bool Brings(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && context.Request.Headers.Authorization.ToString().StartsWith(Start, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = Request.Headers.Authorization.ToString()[Start.Length..].Trim();
        return await Context.RequestServices.GetRequiredService<ApiTokenReader>().Find(token, Context.RequestAborted) is { } who
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Claims(who), SchemeName)), SchemeName))
            : AuthenticateResult.Fail("unknown token");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private static IEnumerable<Claim> Claims(AccessContext who)
    {
        yield return new Claim(SignedIn.Staff, who.Actor.StaffId!.Value.Value.ToString());
        yield return new Claim(SignedIn.Organisation, who.Actor.OrganisationId!.Value.Value.ToString());
        yield return new Claim(SignedIn.ByToken, "yes");
        foreach (var activity in who.Actor.Scope!.Activities)
            yield return new Claim(SignedIn.TokenActivity, activity.Value.ToString());
        foreach (var use in who.Actor.Scope.Uses)
            yield return new Claim(SignedIn.TokenUseClaim, use.ToString());
    }
}
