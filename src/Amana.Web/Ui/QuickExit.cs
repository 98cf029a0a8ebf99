namespace Amana.Web.Ui;

/// <summary>
/// Leaves at once for an everyday site, and asks the browser to forget what it kept of ours. It cannot empty the browser's history, and
/// the pages say so. Where finished records wait on the device to be sent, what holds them is spared: they are sealed, and nothing may be lost.
/// </summary>
public static class QuickExit
{
    /// <summary>Set by the page of a form while sealed records wait on the device.</summary>
    public const string WaitingCookie = "amana-waiting";

    public static void Go(HttpContext context, IConfiguration configuration)
    {
        var response = context.Response;
        response.Cookies.Delete(LanguageChoice.CookieName);
        response.Headers["Clear-Site-Data"] = context.Request.Cookies[WaitingCookie] == "1" ? "\"cache\"" : "\"cache\", \"storage\"";
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = configuration["QuickExit"] ?? "https://www.wikipedia.org/";
    }
}
