using Amana.Features.Capture;
using Amana.Web.Security;
using Microsoft.AspNetCore.Authorization;

namespace Amana.Web.Capture;

/// <summary>The web form for somebody with a link and no account. An unknown, revoked, ended or used link gets the same page.</summary>
[NoPersonalData]
[AllowAnonymous]
public sealed class ByLink(FormLinkByToken links, FormsToFill forms) : FillPage
{
    public override string? PlainAddress => Address.TrimEnd('/') + "/plain";

    public async Task OnGetAsync(string token)
    {
        if (await links.Read(token, HttpContext.RequestAborted) is { Opens: true } caller)
            Activity = await forms.Read(caller.Who, caller.Link.ActivityId, caller.Link.FormId, HttpContext.RequestAborted);
        if (Activity is not { Forms.Count: > 0, Key: not null, Held.Count: 0 })
            (Activity, Response.StatusCode) = (null, StatusCodes.Status404NotFound);
        LetTheEngineIn();
    }
}
