using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Rights;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Rights;

/// <summary>What goes by its retention date, what a legal hold keeps, and who withdrew and is erased next: counts, nobody (DP-6, SEC-5). Holds are placed by one and lifted by another.</summary>
[Changes("identity", "narrative", "coded answers", "files", "consent")]
public sealed class Disposals(DisposalPlan plan, ActivityReader activities, Features.Rights.StaffNames staff, PlaceHold place, LiftHold lift) : StaffPage
{
    private const string Address = "/rights/disposals";

    public ShownDisposals? Plan { get; private set; }

    public IReadOnlyDictionary<StaffId, string> Names { get; private set; } = new Dictionary<StaffId, string>();

    [BindProperty]
    public int? Activity { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public Task<IActionResult> OnGetAsync() => Show([]);

    public async Task<IActionResult> OnPostPlaceAsync()
    {
        if (Activity is not { } number || await activities.Find(number, HttpContext.RequestAborted) is not { } id)
            return await Show([new Refusal("activity.not-found").At("Activity")]);
        var outcome = await place.Handle(Who, id, Reason ?? "", HttpContext.RequestAborted);
        return outcome.IsDone ? Done(Address, "hold-placed") : await Show(outcome.Refusals);
    }

    [Grave]
    public async Task<IActionResult> OnPostLiftAsync(Guid id)
    {
        var outcome = await lift.Handle(Who, new LegalHoldId(id), HttpContext.RequestAborted);
        return outcome.IsDone ? Done(Address, "hold-lifted") : await Show(outcome.Refusals);
    }

    private async Task<IActionResult> Show(IReadOnlyList<Refusal> refusals)
    {
        var read = await plan.Read(Who, HttpContext.RequestAborted);
        Plan = read.IsDone ? read.Result : null;
        Names = await staff.Read([.. Plan?.Activities.Select(a => a.Hold?.PlacedBy).OfType<StaffId>().Distinct() ?? []], HttpContext.RequestAborted);
        List<Refusal> all = [.. refusals, .. read.Refusals];
        return all.Count == 0 ? Page() : Refused([.. all.DistinctBy(r => r.Slug)], "");
    }
}
