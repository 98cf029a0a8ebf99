using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Rights;
using Amana.Features.Rights;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Rights;

/// <summary>The end of an activity: what stands between, what is disposed of and what stays; one person proposes, another confirms (DP-6, IMP-5).</summary>
[Changes("identity", "narrative", "coded answers", "files", "consent")]
public sealed class Closing(ActivityFrame frame, ClosingState closing, StaffNames staff, ProposeClosing propose, CloseActivity close) : ActivityPage(frame)
{
    public override string TitleKey => "closing.title";

    /// <summary>The confirming person read what goes for good.</summary>
    [BindProperty]
    public bool Understood { get; set; }

    /// <summary>What stands between the activity and its end; none when it can be proposed.</summary>
    public IReadOnlyList<ShownRefusal> Gaps { get; private set; } = [];

    public ClosingProposal? Proposal { get; private set; }

    public string? ProposedBy { get; private set; }

    public IReadOnlyList<DisposalCertificate> Certificates { get; private set; } = [];

    public bool MayConfirm => Who.Actor.Has(Duty.DataProtectionFocalPoint) && Proposal?.By != Who.Actor.StaffId;

    public async Task OnGetAsync()
    {
        var decision = ClosingRules.Propose(State.Activity, Gate.MayEnter(State, PimStep.Closed), Who.Actor.StaffId!.Value, State.Now);
        Gaps = [.. decision.Refusals.Select(r => Mends.Show(r, Number))];
        (Proposal, Certificates) = await closing.Read(ActivityId, HttpContext.RequestAborted);
        ProposedBy = Proposal is { } p ? (await staff.Read([p.By], HttpContext.RequestAborted)).GetValueOrDefault(p.By) : null;
    }

    [Grave]
    public async Task<IActionResult> OnPostProposeAsync()
    {
        var outcome = await propose.Handle(Who, ActivityId, HttpContext.RequestAborted);
        await OnGetAsync();
        return Answer(outcome, At("closing"), "closing-proposed");
    }

    [Grave]
    public async Task<IActionResult> OnPostConfirmAsync()
    {
        await OnGetAsync();
        if (!Understood)
        {
            ModelState.AddModelError(nameof(Understood), "closing.understood.missing");
            return Page();
        }

        var outcome = await close.Handle(Who, ActivityId, HttpContext.RequestAborted);
        return outcome.IsDone ? Done(At("closing/certificate/" + outcome.Result.Value), "activity-closed") : Refused(outcome.Refusals, "");
    }
}
