using Amana.Features.Cases;
using Amana.Web.Activities;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Cases;

/// <summary>Whom the activity passed to which service, by code: what waits for an answer, what is overdue, what came of it.</summary>
[Changes("referrals")]
public sealed class Referrals(ActivityFrame frame, ReferralsSent sent, EndReferral end) : ActivityPage(frame)
{
    public override string TitleKey => "place.referrals";

    public IReadOnlyList<ListedReferral>? Lines { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await Fill() is { } refused ? Closed(refused) : Page();

    public async Task<IActionResult> OnPostEndAsync(string code)
    {
        if (await Fill() is { } refused)
            return refused;
        return Answer(await end.Handle(Who, ActivityId, code, HttpContext.RequestAborted), At("referrals"), "referral-ended", "");
    }

    private async Task<IActionResult?> Fill()
    {
        var read = await sent.Read(Who, ActivityId, HttpContext.RequestAborted);
        if (!read.IsDone)
            return Refused(read.Refusals, "");
        Lines = read.Result;
        return null;
    }
}
