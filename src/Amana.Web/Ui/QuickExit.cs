namespace Amana.Web.Ui;

/// <summary>
/// Leaves at once for an everyday site, and asks the browser to forget what it kept of ours. It cannot empty the browser's history, and
/// the pages say so.
/// </summary>
public static class QuickExit
{
    public static void Go(HttpContext context, IConfiguration configuration)
    {
        var response = context.Response;
        response.Cookies.Delete(LanguageChoice.CookieName);
        response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = configuration["QuickExit"] ?? "https://www.wikipedia.org/";
    }
}
