using Amana.Features.Accounts;
using Amana.Web.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace Amana.Web.Security;

/// <summary>Passkeys of this house: for its own name alone, with the person verified by their device, and asked for from its own pages alone.</summary>
public static class Passkeys
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddSingleton<UsedChallenges>().AddScoped<PasskeyCeremony>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<HostChoices>(Configure);
        return services;
    }

    public static void MapPasskeys(this WebApplication app)
    {
        app.MapPost("/accounts/passkeys/show", static async (HttpContext context, PasskeyCeremony ceremony, IAntiforgery forms) =>
            await forms.IsRequestValidAsync(context) ? Results.Text(await ceremony.AskToShow(context), "application/json") : Results.BadRequest())
            .AllowAnonymous().DisableAntiforgery().WithMetadata(new NoPersonalDataAttribute());
        app.MapPost("/accounts/passkeys/add", static async (HttpContext context, PasskeyCeremony ceremony, IAntiforgery forms, OwnFactorsReader own) =>
        {
            var who = context.User.ToAccess();
            return await forms.IsRequestValidAsync(context)
                ? Results.Text(await ceremony.AskToAdd(context, who.Actor.StaffId!.Value.Value, await own.SignInName(who, context.RequestAborted)), "application/json")
                : Results.BadRequest();
        }).RequireAuthorization().DisableAntiforgery().WithMetadata(new NoPersonalDataAttribute());
    }

    /// <summary>Without a public address, passkeys are for this machine alone: <c>localhost</c>.</summary>
    private static void Configure(IdentityPasskeyOptions options, HostChoices choices)
    {
        var address = choices.PublicAddress;
        options.ServerDomain = address?.Host ?? "localhost";
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.AuthenticatorTimeout = TimeSpan.FromMinutes(4);
        options.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && Uri.TryCreate(asked.Origin, UriKind.Absolute, out var origin) && (address is not null
            ? origin.GetLeftPart(UriPartial.Authority) == address.GetLeftPart(UriPartial.Authority)
            : origin.Host == "localhost" && origin.Authority == asked.HttpContext.Request.Host.Value));
    }
}
