using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Web.Security;

namespace Amana.Web.Api;

/// <summary>Grave acts of programs that come with a person's session: a fresh proof of who one is comes first, as on pages (OWASP ASVS 5.0, 7.5).</summary>
internal static class ApiProof
{
    /// <summary>Refuses a grave act without a fresh proof of who one is: it is given on a page.</summary>
    public static async ValueTask<object?> First(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var clock = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        var fresh = clock.GetUtcNow() - SessionTickets.ProvedAt(context.HttpContext.User) < StaffSession.ProofCounts;
        return fresh || context.HttpContext.User.ToAccess().Actor.Scope is not null // a program's token is judged by the rules themselves
            ? await next(context) : ActivitiesApi.Problem(context.HttpContext, [new Refusal("session.prove-again").MendedBy(Mender.You, MendPage.SignIn)]);
    }
}
