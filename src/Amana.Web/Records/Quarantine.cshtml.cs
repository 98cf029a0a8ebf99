using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>Submissions that may not be used yet: sealed, with what holds each of them. They are admitted or destroyed, several at a time, for a reason.</summary>
[Changes("identity", "narrative", "coded answers", "files")]
public sealed class Quarantine(ActivityFrame frame, QuarantineList list, DecideQuarantine decide) : ActivityPage(frame)
{
    public override string TitleKey => "quarantine.title";

    public IReadOnlyList<HeldSubmission> Held { get; private set; } = [];

    /// <summary>Why what is chosen is admitted or destroyed; it is sealed.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    public IEnumerable<HeldSubmission> Waiting => Held.Where(h => h.State == QuarantineState.Waiting);

    public bool MayDecideAny => Waiting.Any(MayDecide);

    public bool CollectionStands => Gate.Stands(State, Operation.Collect).Allowed;

    public bool MayDecide(HeldSubmission held) => held.State == QuarantineState.Waiting && RecordRules.MayDecide(State, Who.Actor, held.HeldBy).Count == 0;

    /// <summary>A finding as the page shows it: question and rule, never an answer.</summary>
    public ShownFindings Findings(HeldSubmission held) => new(State.Forms.FirstOrDefault(f => f.Id == held.FormVersionId), held.Findings, Texts);

    public async Task OnGetAsync() => Held = (await list.Read(Who, ActivityId, HttpContext.RequestAborted)).Result;

    public async Task<IActionResult> OnPostAsync(IReadOnlyList<Guid> id, bool admit)
    {
        var outcome = await decide.Handle(Who, [.. id.Select(i => new QuarantineId(i))], admit, Reason, HttpContext.RequestAborted);
        if (outcome.IsDone && outcome.Result.Refused.Count == 0)
            return Done(At("quarantine"), admit ? "quarantine-admitted" : "quarantine-destroyed");
        await OnGetAsync();
        return Refused(outcome.IsDone ? outcome.Result.Refused : outcome.Refusals, "");
    }
}
