using Amana.Features.Incidents;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Incidents;

/// <summary>The digest of what looks unusual in the ledger, for data protection focal points (SEC-7). It names staff, never anybody whom data is about.</summary>
[NoPersonalData]
public sealed class AlarmsModel(LedgerAlarms alarms) : StaffPage
{
    public IReadOnlyList<Alarm>? Shown { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var read = await alarms.Read(Who, HttpContext.RequestAborted);
        Shown = read.IsDone ? read.Result : null;
        return read.IsDone ? Page() : Refused(read.Refusals, "");
    }
}
