using Amana.Domain.Cases;
using Amana.Domain.Shared;
using Amana.Features.Cases;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Amana.Web.Cases;

/// <summary>One referral at the organisation that received it: read by somebody competent for case work, for as long as the person's yes stands; taken or declined; and what came of it.</summary>
[Discloses("identity", "contact", "narrative")]
[Changes("referrals")]
public sealed class ReceivedOne(ReferralsReceived received, OpenReferral open, AnswerReferral answer, FinishReferral finish) : StaffPage
{
    public ListedReferral? Line { get; private set; }

    public ReadReferral? Opened { get; private set; }

    [BindProperty]
    public DeclineReason? Because { get; set; }

    [BindProperty]
    public ReferralOutcome? Outcome { get; set; }

    private string Address => "/coordination/referrals/" + Line!.Referral.Code;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Line = (await received.Read(Who, HttpContext.RequestAborted)).FirstOrDefault(l => l.Referral.Code == (string?)RouteData.Values["code"]);
        if (Line is null)
        {
            context.Result = new NotFoundResult();
            return;
        }

        await base.OnPageHandlerExecutionAsync(context, next);
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostOpenAsync()
    {
        var outcome = await open.Handle(Who, Line!.Referral.Code, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return Refused(outcome.Refusals, "");
        Opened = outcome.Result;
        return Page();
    }

    public async Task<IActionResult> OnPostAcceptAsync() => Answer(await answer.Handle(Who, Line!.Referral.Code, accepts: true, null, HttpContext.RequestAborted), Address, "referral-accepted", "");

    public async Task<IActionResult> OnPostDeclineAsync() => Answer(await answer.Handle(Who, Line!.Referral.Code, accepts: false, Because, HttpContext.RequestAborted), Address, "referral-declined", "");

    public async Task<IActionResult> OnPostFinishAsync() => Outcome is { } what
        ? Answer(await finish.Handle(Who, Line!.Referral.Code, what, HttpContext.RequestAborted), Address, "referral-done", "")
        : Refused([new Refusal("field.required").At(nameof(Outcome))], "");
}
