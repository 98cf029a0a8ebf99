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

    private const string Token = "token";
    private const string SignedInAt = "signed-in-at";

    /// <summary>Hands a session that was begun to the browser.</summary>
    public static Task Begin(HttpContext context, SessionBegun begun)
    {
        var properties = new AuthenticationProperties { Items = { [Token] = begun.Token } };
        var identity = new ClaimsIdentity([new Claim(SignedIn.Staff, begun.StaffId.Value.ToString())], SignInCookies.Scheme);
        return context.SignInAsync(SignInCookies.Scheme, new ClaimsPrincipal(identity), properties);
    }

    /// <summary>The id of the session that the request comes in.</summary>
    public static Guid SessionOf(ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(SessionClaim) ?? throw new InvalidOperationException("Nobody is signed in."));

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
            .. session.Staff.Duties.Select(d => new Claim(SignedIn.DutyClaim, d.ToString())),
        ];
        if (session.MustChangePassword)
            claims.Add(new Claim(MustChangeClaim, "yes"));
        var properties = new AuthenticationProperties { Items = { [SignedInAt] = session.StartedAt.ToString("O", CultureInfo.InvariantCulture) } };
        return new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SignInCookies.Scheme)), properties, SignInCookies.Scheme);
    }
}
