using Amana.Features.Platform;
using Amana.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Amana.Web.Security;

/// <summary>Signing in by a provider outside, by the framework's own handler: authorization code with PKCE (RFC 7636), state bound to this browser, nonce, signature by the provider's keys.
/// What comes back is handed to <see cref="OutsideAnswers"/>; no token is kept.</summary>
public static class OutsideSignIn
{
    public const string Scheme = "outside";
    public const string Callback = "/accounts/outside/callback";

    /// <summary>What the answer is for: kept in the state, which the provider hands back unread.</summary>
    internal const string Use = "use";

    internal const string To = "to";

    /// <summary>A random value by which an answer is taken once.</summary>
    internal const string Once = "once";

    /// <summary>How long an answer is waited for.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public static IServiceCollection AddOutsideSignIn(this IServiceCollection services, OutsideProvider provider)
    {
        services.Replace(ServiceDescriptor.Singleton(provider));
        services.AddScoped<OutsideAnswers>();
        if (!provider.IsThere)
            return services;
        new AuthenticationBuilder(services).AddOpenIdConnect(Scheme, options => Configure(options, provider));
        return services;
    }

    /// <summary>The ways out to the provider, and the address at which it answers; the handler takes that one before it is reached.</summary>
    public static void MapOutsideSignIn(this WebApplication app)
    {
        app.MapGet("/accounts/outside/begin", static (OutsideProvider provider, string? to) => Ask(provider, OutsideUse.SignIn, to)).AllowAnonymous().WithMetadata(new NoPersonalDataAttribute());
        app.MapGet("/accounts/outside/prove", static (OutsideProvider provider, string? to) => Ask(provider, OutsideUse.Prove, to)).RequireAuthorization().WithMetadata(new NoPersonalDataAttribute());
        app.MapGet("/accounts/outside/show", static (OutsideProvider provider) => Ask(provider, OutsideUse.Link, null)).RequireAuthorization().WithMetadata(new NoPersonalDataAttribute());
        app.MapGet(Callback, static () => Results.NotFound()).AllowAnonymous().WithMetadata(new NoPersonalDataAttribute());
    }

    private static IResult Ask(OutsideProvider provider, OutsideUse use, string? to)
    {
        if (!provider.IsThere)
            return Results.NotFound();
        var properties = new AuthenticationProperties { Items = { [Use] = use.ToString(), [To] = Accounts.Onward.IsOurs(to) ? to : "", [Once] = Ids.RandomCode(26) } };
        return Results.Challenge(properties, [Scheme]);
    }

    private static void Configure(OpenIdConnectOptions options, OutsideProvider provider)
    {
        (options.Authority, options.ClientId, options.ClientSecret) = (provider.Authority, provider.Client, provider.Secret.Reveal());
        (options.ResponseType, options.ResponseMode, options.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        (options.CallbackPath, options.SignedOutCallbackPath, options.RemoteSignOutPath) = (Callback, default, default);
        (options.SaveTokens, options.GetClaimsFromUserInfoEndpoint, options.MapInboundClaims, options.DisableTelemetry) = (false, false, false, true);
        options.RequireHttpsMetadata = !provider.Authority.StartsWith("http:", StringComparison.Ordinal);
        options.BackchannelHttpHandler = OutsideDoor.Handler(provider.InnerHosts);
        options.BackchannelTimeout = TimeSpan.FromSeconds(10);
        options.RemoteAuthenticationTimeout = Patience;
        options.ClaimActions.Remove("iss"); // kept, to be compared with the provider that was named
        options.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", "email", .. provider.Scopes])
            options.Scope.Add(scope);
        var parameters = options.TokenValidationParameters;
        (parameters.ValidAlgorithms, parameters.ClockSkew, parameters.ValidIssuers) = (Algorithms, TimeSpan.FromMinutes(1), [provider.Authority, provider.Authority + "/"]);
        // The provider answers by sending the browser here: a cookie for the same site comes along, and over plain http browsers take no other.
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
            (cookie.SameSite, cookie.SecurePolicy, cookie.HttpOnly, cookie.IsEssential) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest, true, true);
        options.Events.OnRedirectToIdentityProvider = Leave;
        options.Events.OnTicketReceived = static context => Answers(context.HttpContext).Received(context);
        options.Events.OnRemoteFailure = static context => Answers(context.HttpContext).Failed(context);
        options.Events.OnAccessDenied = static context => Answers(context.HttpContext).Declined(context);
    }

    private static Task Leave(RedirectContext context)
    {
        if (context.HttpContext.RequestServices.GetRequiredService<HostChoices>().PublicAddress is { } known)
            context.ProtocolMessage.RedirectUri = new Uri(known, Callback).ToString();
        // A proof has to be fresh: the provider asks again even whoever is signed in there (OpenID Connect Core 1.0, 3.1.2.1).
        if (context.Properties.Items.TryGetValue(Use, out var use) && use == nameof(OutsideUse.Prove))
            (context.ProtocolMessage.Prompt, context.ProtocolMessage.MaxAge) = ("login", "0");
        return Task.CompletedTask;
    }

    private static OutsideAnswers Answers(HttpContext context) => context.RequestServices.GetRequiredService<OutsideAnswers>();
}

/// <summary>What somebody goes to the provider for.</summary>
public enum OutsideUse { SignIn, Prove, Link }
