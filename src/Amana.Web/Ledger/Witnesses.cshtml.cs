using Amana.Domain.Principles;
using Amana.Features.Platform.Witnesses;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Ledger;

/// <summary>Witnesses of our ledger, and the ledgers that we are a witness of (SEC-3). Read by those who hold a duty; named by administrators and data protection focal points.</summary>
[NoPersonalData]
public sealed class WitnessesModel(WitnessList list, AddWitness add, WatchLedger watch) : StaffPage
{
    private const string Here = "/ledger/witnesses";

    [BindProperty]
    public WitnessInput Input { get; set; } = new();

    [BindProperty]
    public WatchInput Watch { get; set; } = new();

    public ShownWitnesses? Shown { get; private set; }

    public bool MayName => Authority.MaySetUp(Who.Actor).Count == 0;

    public async Task<IActionResult> OnGetAsync()
    {
        var read = await list.Read(Who, HttpContext.RequestAborted);
        Shown = read.IsDone ? read.Result : null;
        return read.IsDone ? Page() : Refused(read.Refusals, "");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await OnGetAsync();
        return Answer(await add.Handle(Who, Input.Name ?? "", Input.Address ?? "", Input.Key ?? "", HttpContext.RequestAborted), Here, "witness-named");
    }

    public async Task<IActionResult> OnPostWatchAsync()
    {
        await OnGetAsync();
        return Answer(await watch.Handle(Who, Watch.Name ?? "", Watch.Key ?? "", HttpContext.RequestAborted), Here, "ledger-watched", nameof(Watch));
    }
}

/// <summary>A witness to be named.</summary>
public sealed class WitnessInput
{
    public string? Name { get; set; }
    public string? Address { get; set; }
    public string? Key { get; set; }
}

/// <summary>A ledger to be watched.</summary>
public sealed class WatchInput
{
    public string? Name { get; set; }
    public string? Key { get; set; }
}
