using Amana.Features.Texts;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;

namespace Amana.Web.Ui;

/// <summary>
/// Chooses the language of an answer: <c>?lang=ar</c> is kept in a cookie and taken out of the address by a redirect; then the cookie;
/// then what the browser accepts; then English.
/// </summary>
public sealed class LanguageChoice(RequestDelegate next)
{
    public const string Parameter = "lang";
    public const string CookieName = "amana-language";
    private static readonly object Key = new();

    /// <summary>The language of this request.</summary>
    public static Language Of(HttpContext context)
    {
        if (context.Items.TryGetValue(Key, out var found)) return (Language)found!;
        var chosen = Language.Find(context.Request.Cookies[CookieName]) ?? Accepted(context.Request) ?? Language.English;
        context.Items[Key] = chosen;
        return chosen;
    }

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return next(context);
        if (!request.Query.TryGetValue(Parameter, out var asked) || Language.Find(asked) is not { } language) return next(context);
        Keep(context, language);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = WithoutParameter(request);
        return Task.CompletedTask;
    }

    /// <summary>The address that switches this page to a language.</summary>
    public static string Switch(HttpRequest request, Language language)
    {
        var query = new QueryBuilder(Others(request)) { { Parameter, language.Code } };
        // An error page stands at the address that failed, and the switch leads there again.
        var asked = request.HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        return request.PathBase + (asked?.OriginalPath ?? request.Path) + query.ToQueryString();
    }

    private static void Keep(HttpContext context, Language language) =>
        context.Response.Cookies.Append(CookieName, language.Code, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });

    // The leading slashes are one slash, so that a path such as //elsewhere stays on this host.
    private static string WithoutParameter(HttpRequest request) =>
        "/" + (request.PathBase + request.Path).ToUriComponent().TrimStart('/', '\\') + new QueryBuilder(Others(request)).ToQueryString();

    private static IEnumerable<KeyValuePair<string, string>> Others(HttpRequest request) =>
        from pair in request.Query
        where pair.Key != Parameter
        from value in pair.Value
        select KeyValuePair.Create(pair.Key, value ?? "");

    private static Language? Accepted(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(l => l.Quality ?? 1)
            .Where(l => l.Quality != 0)
            .Select(l => Language.Find(l.Value.Value))
            .FirstOrDefault(l => l is not null);
}
