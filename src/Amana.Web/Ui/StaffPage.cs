using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Amana.Web.Ui;

/// <summary>What every page of the staff shares: who asks, how refusals are shown, and the notice of what was done.</summary>
public abstract class StaffPage : PageModel
{
    /// <summary>Who asks. Only where someone is signed in.</summary>
    public AccessContext Who => User.ToAccess();

    /// <summary>The page of a list that the address asks for, from 1. Read by hand: a route value has the name "page" already.</summary>
    protected int AskedPage => int.TryParse(Request.Query["page"], System.Globalization.CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 10_000) : 1;

    protected PageTexts Texts => HttpContext.RequestServices.GetRequiredService<PageTexts>();

    protected Shell Shell => HttpContext.RequestServices.GetRequiredService<Shell>();

    protected MendLinks Mends => HttpContext.RequestServices.GetRequiredService<MendLinks>();

    /// <summary>The activity that refusals of this page happen in.</summary>
    protected virtual int? InActivity => null;

    /// <summary>Shows the page again with the refusals in the error summary, each at its field where it has one.</summary>
    /// <param name="refusals">Why it was not done.</param>
    /// <param name="input">The property whose members are the fields, such as <c>Input</c>; empty when the page's own are.</param>
    protected IActionResult Refused(IReadOnlyList<Refusal> refusals, string input = "Input")
    {
        var shown = refusals.Select(r => Mends.Show(r, InActivity)).ToList();
        Shell.Refusals = shown;
        foreach (var refusal in shown)
            ModelState.AddModelError(FieldOf(refusal.Field, input), refusal.Words);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>A page that was asked for and is not this reader's: it says why, as one that is forbidden.</summary>
    protected IActionResult Closed(IActionResult refused)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return refused;
    }

    /// <summary>Goes to the address and says there what was done.</summary>
    /// <param name="address">A page of ours.</param>
    /// <param name="done">The rest of the key <c>done.…</c>.</param>
    protected static IActionResult Done(string address, string done)
    {
        var (path, anchor) = address.IndexOf('#', StringComparison.Ordinal) is > 0 and var at ? (address[..at], address[at..]) : (address, "");
        return new LocalRedirectResult($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}done={done}{anchor}");
    }

    /// <summary>The done or refused outcome as an answer: a redirect with its notice, or the page again.</summary>
    protected IActionResult Answer<T>(Outcome<T> outcome, string address, string done, string input = "Input") =>
        outcome.IsDone ? Done(address, done) : Refused(outcome.Refusals, input);

    // By its name alone it would answer requests of the made-up method PAGE.
    [Microsoft.AspNetCore.Mvc.RazorPages.NonHandler]
    public override async Task OnPageHandlerExecutionAsync(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        if (User.Identity?.IsAuthenticated == true && await HttpContext.RequestServices.GetRequiredService<Features.Activities.OperationAndReader>().Read(Who, HttpContext.RequestAborted) is { } known)
            (Shell.Operation, Shell.Reader) = (known.Operation, known.Reader);
        if (HttpMethods.IsGet(Request.Method) && Request.Query["done"].ToString() is { Length: > 0 and < 40 } done && Texts.Has("done." + done))
            Shell.Done = "done." + done;
        if (User.Identity?.IsAuthenticated == true && await HttpContext.RequestServices.GetRequiredService<GraveActs>().Before(context, this) is { } proofFirst)
        {
            context.Result = proofFirst;
            return;
        }

        await next();
    }

    // An error is bound to a field only when the page has it; others stand in the summary alone.
    private string FieldOf(string? field, string input)
    {
        if (field is null)
            return "";
        var prefix = input.Length == 0 ? "" : input + ".";
        var owner = input.Length == 0 ? GetType() : GetType().GetProperty(input)?.PropertyType;
        return owner?.GetProperty(field.Split('.', '[')[0]) is not null ? prefix + field : "";
    }
}
