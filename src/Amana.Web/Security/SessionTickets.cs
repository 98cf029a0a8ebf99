using System.Globalization;
using System.Security.Claims;
using Amana.Features.Accounts;
using Amana.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Amana.Web.Security;

/// <summary>Keeps sign-ins on the server: the cookie carries a random token only, and who one is and may do is read anew with every request.
/// Beginning and ending sessions is the use cases' part, with their ledger entries.</summary>
public sealed class SessionTickets(IServiceScopeFactory scopes, Opening opening) : ITicketStore
{
    /// <summary>The session's id for lists and revoking; it opens nothing.</summary>
    public const string SessionClaim = "session";

    /// <summary>Set while the password is one for a single use.</summary>
    public const string MustChangeClaim = "must-change-password";

    /// <summary>Set while a second factor that the operation asks for is overdue.</summary>
    public const string MustAddFactorClaim = "must-add-factor";

    /// <summary>Set while the session is locked.</summary>
    public const string LockedClaim = "locked";

    /// <summary>When the person last showed who they are.</summary>
    private const string ProvedClaim = "proved-at";

    private const string Token = "token";
    private const string SignedInAt = "signed-in-at";

    /// <summary>Hands a session that was begun to the browser.</summary>
    public static Task Begin(HttpContext context, SessionBegun begun)
    {
        if (begun.KnownBrowser is { } known)
            KnownBrowserCookie.Write(context, known);
        var properties = new AuthenticationProperties { Items = { [Token] = begun.Token } };
        var identity = new ClaimsIdentity([new Claim(SignedIn.Staff, begun.StaffId.Value.ToString())], SignInCookies.Scheme);
        return context.SignInAsync(SignInCookies.Scheme, new ClaimsPrincipal(identity), properties);
    }

    /// <summary>The id of the session that the request comes in.</summary>
    public static Guid SessionOf(ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(SessionClaim) ?? throw new InvalidOperationException("Nobody is signed in."));

    /// <summary>When the person last showed who they are; long ago where it is not known.</summary>
    public static DateTimeOffset ProvedAt(ClaimsPrincipal user) =>
        DateTimeOffset.TryParse(user.FindFirstValue(ProvedClaim), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : DateTimeOffset.MinValue;

    public Task<string> StoreAsync(AuthenticationTicket ticket) =>
        Task.FromResult(ticket.Properties.Items[Token] ?? throw new InvalidOperationException("A sign-in without a session."));

    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    public Task RemoveAsync(string key) => Task.CompletedTask;

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        if (!opening.IsOpen)
            return null; // pages that need no store are shown as to a visitor until then
        await using var scope = scopes.CreateAsyncScope();
        var session = await scope.ServiceProvider.GetRequiredService<SessionReader>().Find(key, CancellationToken.None);
        return session is null ? null : Ticket(session);
    }

    private static AuthenticationTicket Ticket(LiveSession session)
    {
        List<Claim> claims =
        [
            new(SignedIn.Staff, session.Staff.Id.Value.ToString()), new(SignedIn.Organisation, session.Staff.OrganisationId.Value.ToString()), new(SessionClaim, session.Id.ToString()),
            new(ProvedClaim, session.ProvedAt.ToString("O", CultureInfo.InvariantCulture)),
            .. session.Staff.Duties.Select(d => new Claim(SignedIn.DutyClaim, d.ToString())),
        ];
        if (session.MustChangePassword)
            claims.Add(new Claim(MustChangeClaim, "yes"));
        if (session.MustAddFactor)
            claims.Add(new Claim(MustAddFactorClaim, "yes"));
        if (session.Locked)
            claims.Add(new Claim(LockedClaim, "yes"));
        var properties = new AuthenticationProperties { Items = { [SignedInAt] = session.StartedAt.ToString("O", CultureInfo.InvariantCulture) } };
        return new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SignInCookies.Scheme)), properties, SignInCookies.Scheme);
    }
}
