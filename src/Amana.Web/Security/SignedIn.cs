using System.Security.Claims;
using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;

namespace Amana.Web.Security;

/// <summary>The signed-in staff member as use cases know them.</summary>
public static class SignedIn
{
    public const string Staff = "staff";
    public const string Organisation = "organisation";
    public const string DutyClaim = "duty";

    /// <summary>Set where a program acts by a token, with the activities and uses that it reaches.</summary>
    public const string ByToken = "by-token";
    public const string TokenActivity = "token-activity";
    public const string TokenUseClaim = "token-use";

    /// <summary>Who asks, from the claims of the sign-in. Throws when nobody is signed in: pages that call it need a sign-in.</summary>
    public static AccessContext ToAccess(this ClaimsPrincipal user)
    {
        var staff = new StaffId(Guid.Parse(user.FindFirstValue(Staff) ?? throw new InvalidOperationException("Nobody is signed in.")));
        OrganisationId? organisation = Guid.TryParse(user.FindFirstValue(Organisation), out var id) ? new OrganisationId(id) : null;
        List<Duty> duties = [.. user.FindAll(DutyClaim).Select(c => Enum.TryParse<Duty>(c.Value, out var duty) ? duty : (Duty?)null).OfType<Duty>()];
        return new AccessContext(new Actor(ActorKind.Staff, staff, organisation, duties) { Scope = ScopeOf(user) });
    }

    private static TokenScope? ScopeOf(ClaimsPrincipal user) => !user.HasClaim(c => c.Type == ByToken) ? null : new TokenScope(
        [.. user.FindAll(TokenActivity).Select(c => new ActivityId(Guid.Parse(c.Value)))],
        [.. user.FindAll(TokenUseClaim).Select(c => Enum.TryParse<TokenUse>(c.Value, out var use) ? use : (TokenUse?)null).OfType<TokenUse>()]);
}
