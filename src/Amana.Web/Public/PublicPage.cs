using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Public;

/// <summary>A page for anybody: no account, no script. Whoever asks is a person with a slip of paper, also when staff happen to be signed in on the same computer.</summary>
[AllowAnonymous]
public abstract class PublicPage : StaffPage
{
    /// <summary>Who asks, to the use cases.</summary>
    protected static AccessContext Person => AccessContext.PersonWithReceipt;

    /// <summary>True when this address, or all together, tried too often; the page then says so and does nothing.</summary>
    protected bool TooOften => !HttpContext.RequestServices.GetRequiredService<PublicTries>().Allow(HttpContext.Connection.RemoteIpAddress);

    /// <summary>The page again, asking to wait.</summary>
    protected IActionResult Wait(string input)
    {
        var page = Refused([new Refusal("public.too-many-tries")], input);
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Response.Headers.RetryAfter = "60";
        return page;
    }
}
