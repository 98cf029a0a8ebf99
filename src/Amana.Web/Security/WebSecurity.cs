using Amana.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Amana.Web.Security;

/// <summary>The host's protections: deny by default, limits, headers, antiforgery, error pages.</summary>
public static class WebSecurity
{
    /// <param name="services">The host's services.</param>
    /// <param name="outside">By which staff of some organisations sign in; none where nothing was named.</param>
    public static IServiceCollection AddWebSecurity(this IServiceCollection services, OutsideProvider outside)
    {
        services.Configure<KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = BodyLimit.Pages;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
        });
        services.Configure<FormOptions>(options =>
        {
            options.MultipartBodyLengthLimit = BodyLimit.Pages;
            options.ValueCountLimit = 4096;
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "amana-form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "form-token";
            options.SuppressXFrameOptionsHeader = true;
        });
        // Addresses may carry a receipt's code: the framework's request lines and database commands stay out of the log.
        // What a provider of sign-ins answers is said by its kind alone (OutsideAnswers).
        services.AddLogging(static logging => logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.None));
        services.AddSignInCookies();
        services.AddPasskeys();
        services.AddOutsideSignIn(outside);
        services.AddScoped<GraveActs>();
        services.AddAuthorizationBuilder().AddPolicy(SetUp.KeepsTheHouseAttribute.PolicyName, SetUp.KeepsTheHouseAttribute.Require).SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(static o => Features.Platform.Mapping.Json.Converters.ToList().ForEach(o.SerializerOptions.Converters.Add));
        services.AddResponseCompression(options =>
        {
            // Guarded by SafeCompression: an answer to another site's request, made with this user's cookies, is never compressed (BREACH).
            options.EnableForHttps = true;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        return services;
    }

    /// <summary>The outermost layer: what every answer carries, and what is said when something goes wrong.</summary>
    public static void UseHeadersAndErrorPages(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<SafeCompression>();
        app.UseResponseCompression();
        app.UseWhen(static c => Readers.WantPage(c.Request), static pages =>
        {
            pages.UseExceptionHandler(Breakdown("/errors/500"));
            pages.UseStatusCodePagesWithReExecute("/errors/{0}");
        });
        app.UseWhen(static c => !Readers.WantPage(c.Request), static programs =>
        {
            programs.UseExceptionHandler(Breakdown(null));
            programs.UseStatusCodePages();
        });
    }

    /// <summary>The addresses of signing in that are no pages: passkeys, and the ways to a provider outside and back.</summary>
    public static void MapSignIn(this WebApplication app)
    {
        app.MapPasskeys();
        app.MapOutsideSignIn();
    }

    /// <summary>What stands between a request and its endpoint.</summary>
    public static void UseGuards(this WebApplication app)
    {
        app.UseRouting();
        // The page about a refusal answers the refused request itself, so it is not refused again.
        app.UseWhen(static c => !IsErrorPage(c), static branch =>
        {
            branch.Use(KnownMethodsOnly);
            branch.Use(NotFoundFirst);
            branch.UseMiddleware<SameSiteOnly>();
            branch.UseMiddleware<BodyLimit>();
        });
        app.UseMiddleware<WaitUntilOpen>();
        app.UseAuthentication();
        app.UseMiddleware<FirstThings>();
        app.UseAuthorization();
    }

    private static ExceptionHandlerOptions Breakdown(string? page) => new()
    {
        ExceptionHandlingPath = page is null ? PathString.Empty : new PathString(page),
        ExceptionHandler = page is null ? static context => Results.Problem(statusCode: context.Response.StatusCode).ExecuteAsync(context) : null,
        SuppressDiagnosticsCallback = static context => context.Exception is Microsoft.AspNetCore.Http.BadHttpRequestException, // the caller's mistake, and answered as such
        StatusCodeSelector = static e => e is Microsoft.AspNetCore.Http.BadHttpRequestException bad ? bad.StatusCode
            : Features.Platform.StoreProblems.IsShortOfRoom(e) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
    };

    private static bool IsErrorPage(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    // A page would be shown, unfilled, to a request of any made-up method.
    private static Task KnownMethodsOnly(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE") return next(context);
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }

    // Where nothing is, nobody is asked to sign in: the deny-by-default policy would send every mistyped address to the sign-in page.
    private static Task NotFoundFirst(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not null) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
