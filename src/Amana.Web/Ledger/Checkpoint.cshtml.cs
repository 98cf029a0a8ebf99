using Amana.Features.Platform.Ledger;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Ledger;

/// <summary>The last checkpoint as a sheet to print: text, square code and the key that checks it. Whoever keeps the sheet is a witness (SEC-3).</summary>
[NoPersonalData]
public sealed class CheckpointModel(LastCheckpoint last, SignCheckpoint sign) : StaffPage
{
    public ShownCheckpoint? Shown { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var read = await last.Read(Who, HttpContext.RequestAborted);
        Shown = read.IsDone ? read.Result : null;
        return read.IsDone ? Page() : Refused(read.Refusals, "");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await sign.Handle(Who, HttpContext.RequestAborted);
        return outcome.IsDone ? Done("/ledger/checkpoint", "checkpoint-signed") : Refused(outcome.Refusals, "");
    }
}
