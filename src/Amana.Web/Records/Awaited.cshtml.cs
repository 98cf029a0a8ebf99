using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>Records encrypted on phones of which parts are still missing: since when, from which phone, what is missing. They become whole by themselves when the phone sends the rest; what never comes is given up for a reason.</summary>
[Changes("identity", "narrative", "coded answers", "files")]
public sealed class Awaited(ActivityFrame frame, AwaitedList list, GiveUpAwaited giveUp) : ActivityPage(frame)
{
    public override string TitleKey => "awaited.title";

    public IReadOnlyList<ListedAwaited> All { get; private set; } = [];

    /// <summary>Why what is chosen is given up; it is sealed.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    public IEnumerable<ListedAwaited> Waiting => All.Where(a => a.State == AwaitedState.Waiting);

    public bool MayGiveUp => RecordRules.MayDecide(State, Who.Actor, []).Count == 0;

    /// <summary>The kinds of what is missing, with how many of each.</summary>
    public static IEnumerable<(AwaitedKind Kind, int Count)> Missing(ListedAwaited awaited) => awaited.Missing.GroupBy(k => k).Select(g => (g.Key, g.Count()));

    public async Task OnGetAsync() => All = (await list.Read(Who, ActivityId, HttpContext.RequestAborted)).Result;

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var outcome = await giveUp.Handle(Who, ActivityId, new AwaitedRecordId(id), Reason, HttpContext.RequestAborted);
        if (outcome.IsDone)
            return Done(At("awaited"), "awaited-given-up");
        await OnGetAsync();
        return Refused(outcome.Refusals, "");
    }
}
