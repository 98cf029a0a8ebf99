using System.Diagnostics;
using System.Globalization;
using Amana.Features.Platform;
using Amana.Web.Hosting;
using Amana.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Amana.Web.Errors;

/// <summary>
/// Says in plain words what went wrong, what is not lost and what to do; never what happened inside. The reference leads an administrator to
/// the log.
/// </summary>
[AllowAnonymous]
[NoPersonalData]
[NeedsNoStore]
[IgnoreAntiforgeryToken]
public sealed class StatusModel : PageModel
{
    private static readonly int[] Known = [400, 403, 404, 413, 503];

    /// <summary>The status whose words are shown: one of the known ones, else 400 for the reader's mistakes and 500 for ours; <c>room</c> when the store has none.</summary>
    public string Family { get; private set; } = "500";

    public string Reference => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    private int Asked =>
        int.TryParse(RouteData.Values["code"] as string, CultureInfo.InvariantCulture, out var asked) && asked is >= 400 and < 600 ? asked : 404;

    [NonHandler] // by its name alone it would answer requests of the made-up method PAGE
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // An error handler has set the status already; the address is asked only when someone comes here by hand.
        var code = Response.StatusCode >= 400 ? Response.StatusCode : Asked;
        Response.StatusCode = code;
        var shown = Known.Contains(code) ? code : code < 500 ? 400 : 500;
        Family = StoreProblems.IsShortOfRoom(HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error) ? "room" : shown.ToString(CultureInfo.InvariantCulture);
    }
}
