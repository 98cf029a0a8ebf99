using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>Submissions that came while collection was suspended: sealed, unused, decided by the data protection focal point.</summary>
[Changes("identity", "narrative", "coded answers", "files")]
public sealed class Quarantine(ActivityFrame frame, QuarantineList list, DecideQuarantine decide) : ActivityPage(frame)
{
    public override string TitleKey => "quarantine.title";

    public IReadOnlyList<HeldSubmission> Held { get; private set; } = [];

    public bool MayDecide => Who.Actor.Has(Duty.DataProtectionFocalPoint);

    public bool CollectionStands => Gate.Stands(State, Operation.Collect).Allowed;

    public async Task OnGetAsync() => Held = (await list.Read(Who, ActivityId, HttpContext.RequestAborted)).Result;

    public async Task<IActionResult> OnPostAsync(Guid id, bool admit)
    {
        var outcome = await decide.Handle(Who, new QuarantineId(id), admit, HttpContext.RequestAborted);
        if (outcome.IsDone)
            return Done(At("quarantine"), admit ? "quarantine-admitted" : "quarantine-destroyed");
        await OnGetAsync();
        return Refused(outcome.Refusals, "");
    }
}
