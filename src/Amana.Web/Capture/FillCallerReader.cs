using Amana.Domain.Capture;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Capture;
using Amana.Features.Platform;
using Amana.Web.Security;

namespace Amana.Web.Capture;

/// <summary>Who fills and sends: a signed-in member of the staff, or whoever has a link.</summary>
public sealed record FillCaller(AccessContext Who, ActivityId Activity, FormLink? Link);

/// <summary>Finds the caller by the address: <c>/fill/activity/{number}</c> or <c>/fill/link/{token}</c>.</summary>
public sealed class FillCallerReader(ActivityReader activities, FormLinkByToken links, Door door)
{
    /// <summary>None where there is no such activity, where it is not for this reader, and for a link that takes nothing more.</summary>
    public async Task<FillCaller?> Find(HttpContext http)
    {
        if (http.Request.RouteValues["token"] is string token)
            return await links.Read(token, http.RequestAborted) is { } caller ? new FillCaller(caller.Who, caller.Link.ActivityId, caller.Link) : null;
        var number = int.Parse((string)http.Request.RouteValues["number"]!, System.Globalization.CultureInfo.InvariantCulture);
        if (await activities.Find(number, http.RequestAborted) is not { } activity)
            return null;
        var who = http.User.ToAccess();
        return (await door.ForReading(who, activity, http.RequestAborted)).IsDone ? new FillCaller(who, activity, null) : null;
    }
}
