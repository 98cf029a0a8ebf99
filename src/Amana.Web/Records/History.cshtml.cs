using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>The history of one record, opened for a stated need: versions, who, when, why, what changed.</summary>
[Discloses("identity", "narrative", "coded answers", "comments")]
public sealed class History(ActivityFrame frame, OpenRecordHistory open) : ActivityPage(frame)
{
    public override string TitleKey => "records.history.title";

    [BindProperty(SupportsGet = true, Name = "code")]
    public string Code { get; set; } = "";

    [BindProperty]
    public string? NeedCode { get; set; }

    public OpenedHistory? Opened { get; private set; }

    public IEnumerable<Choice> Needs => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await open.Handle(Who.Citing(NeedCode), ActivityId, Code, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return outcome.Refusals is [{ Slug: "record.not-found" }] ? NotFound() : Refused(outcome.Refusals, "");
        Opened = outcome.Result;
        return Page();
    }
}
