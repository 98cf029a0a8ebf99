using System.Globalization;
using System.Security.Claims;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Web.Accounts;
using Microsoft.AspNetCore.Authentication;

namespace Amana.Web.Security;

/// <summary>Takes what a provider outside answered, once, and lets the use cases decide: a sign-in, a fresh proof, or an identity that waits to be linked. A refusal leads back to the
/// page it came from, by its slug; nothing of the answer is kept or logged.</summary>
public sealed partial class OutsideAnswers(SignInFromOutside signIn, ProveByOutside prove, NoteOutsideFailure note, UsedChallenges used, TimeProvider clock, ILogger<OutsideAnswers> log)
{
    /// <summary>Refusals that the pages say; whatever else stands in the address is nothing.</summary>
    public static IReadOnlyList<string> Slugs { get; } =
    [
        "sign-in.outside-failed", "sign-in.outside-declined", "sign-in.outside-unverified", "sign-in.outside-unmapped", "sign-in.outside-several", "sign-in.outside-not-linked",
        "sign-in.outside-address-taken", "sign-in.outside-left", "sign-in.outside-other-organisation", "proof.outside-other", "proof.outside-old", "proof.outside-weak", "session.not-found",
    ];

    /// <summary>Everything about the answer was right.</summary>
    public async Task Received(TicketReceivedContext context)
    {
        context.HandleResponse();
        var (http, items) = (context.HttpContext, context.Properties!.Items);
        if (context.Principal is not { } person || !TakeOnce(context.Properties) || ClaimsOf(person, http) is not { } claims)
        {
            await Refuse(http, "sign-in.outside-failed");
            return;
        }

        var to = items.TryGetValue(OutsideSignIn.To, out var wanted) && Onward.IsOurs(wanted) ? wanted : null;
        switch (items.TryGetValue(OutsideSignIn.Use, out var use) && Enum.TryParse<OutsideUse>(use, out var known) ? known : OutsideUse.SignIn)
        {
            case OutsideUse.Prove: await Prove(http, claims, to); break;
            case OutsideUse.Link: Show(http, claims); break;
            default: await SignIn(http, claims, to); break;
        }
    }

    /// <summary>The answer was not right: no state of this browser, another nonce, another audience, too old, not signed by the provider.</summary>
    public Task Failed(RemoteFailureContext context)
    {
        context.HandleResponse();
        NotRight(log, context.Failure?.GetType().Name ?? "unknown");
        return Refuse(context.HttpContext, "sign-in.outside-failed");
    }

    /// <summary>The person turned back at the provider.</summary>
    public Task Declined(AccessDeniedContext context)
    {
        context.HandleResponse();
        Lead(context.HttpContext, "/accounts/sign-in", "sign-in.outside-declined");
        return Task.CompletedTask;
    }

    // The framework deletes the cookie of the state; a copy of the cookie opens nothing either.
    private bool TakeOnce(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(OutsideSignIn.Once, out var once) && once is not null && used.TakeOnce("outside:" + once, clock.GetUtcNow() + OutsideSignIn.Patience, clock.GetUtcNow());

    private async Task SignIn(HttpContext http, OutsideClaims claims, string? to)
    {
        var begun = await signIn.Handle(AccessContext.House, claims, From(http), http.RequestAborted);
        if (!begun.IsDone)
        {
            Lead(http, "/accounts/sign-in", begun.Refusals[0].Slug);
            return;
        }

        if (begun.Result.Awaits)
        {
            SecondStepCookie.Write(http, begun.Result.Token);
            http.Response.Redirect("/accounts/second-step" + (to is null ? "" : "?to=" + Uri.EscapeDataString(to)));
            return;
        }

        await SessionTickets.Begin(http, begun.Result);
        http.Response.Redirect(Onward.Of(http, to));
    }

    private async Task Prove(HttpContext http, OutsideClaims claims, string? to)
    {
        if (await Reader(http) is not { } reader)
        {
            Lead(http, "/accounts/sign-in", "session.not-found");
            return;
        }

        var outcome = await prove.Handle(reader.ToAccess(), SessionTickets.SessionOf(reader), claims, http.RequestAborted);
        if (outcome.IsDone)
            http.Response.Redirect(to ?? "/accounts/outside?proved=true");
        else
            Lead(http, "/accounts/outside", outcome.Refusals[0].Slug);
    }

    private void Show(HttpContext http, OutsideClaims claims)
    {
        PendingLink.Write(http, claims, clock.GetUtcNow());
        http.Response.Redirect("/accounts/outside");
    }

    private static async Task<ClaimsPrincipal?> Reader(HttpContext http) => (await http.AuthenticateAsync(SignInCookies.Scheme)) is { Succeeded: true, Principal: var reader } ? reader : null;

    private async Task Refuse(HttpContext http, string slug)
    {
        await note.Handle(AccessContext.House, From(http), http.RequestAborted);
        Lead(http, "/accounts/sign-in", slug);
    }

    private static void Lead(HttpContext http, string page, string slug) => http.Response.Redirect(page + "?refused=" + Uri.EscapeDataString(slug));

    private static Credentials From(HttpContext http) => new("", "", SignInModel.AddressOf(http), DeviceFamily.Of(http.Request));

    private static OutsideClaims? ClaimsOf(ClaimsPrincipal person, HttpContext http)
    {
        string Of(string type) => person.FindFirstValue(type) ?? "";
        var provider = http.RequestServices.GetRequiredService<OutsideProvider>();
        var (issuer, subject) = (Of("iss").TrimEnd('/'), Of("sub"));
        if (subject.Length is 0 or > 255 || issuer != provider.Authority) // whoever calls itself otherwise is not the provider that was named
            return null;
        var at = long.TryParse(Of("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : (DateTimeOffset?)null;
        return new OutsideClaims(issuer, new Sensitive<string>(subject), new Sensitive<string>(Of("email")), string.Equals(Of("email_verified"), "true", StringComparison.OrdinalIgnoreCase),
            new Sensitive<string>(Of("name")), [.. person.FindAll(provider.GroupsClaim).Select(g => g.Value)], at, person.FindAll("amr").Any(a => a.Value == "mfa"));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer of the provider of sign-ins was not right ({Kind}).")]
    private static partial void NotRight(ILogger log, string kind);
}
