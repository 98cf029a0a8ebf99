using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Rights;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Rights;

/// <summary>The desk of the data protection focal point: requests with their days, overdue first; certificates; withdrawal for a person who brings the receipt (SEC-4).</summary>
[Changes("consent")]
public sealed class Index(RightsDesk desk, AnswerRequest answer, TellRecipients tell, WithdrawConsent withdraw) : StaffPage
{
    public ShownDesk? Desk { get; private set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public IReadOnlyList<ConsentAsk> Parts { get; set; } = [];

    public IEnumerable<Choice> AllParts => Enum.GetValues<ConsentAsk>().Select(a => new Choice(a.ToString(), Texts.Word(a)));

    public Task<IActionResult> OnGetAsync() => Show([]);

    public async Task<IActionResult> OnPostAnswerAsync(Guid id)
    {
        var outcome = await answer.Handle(Who, new RequestId(id), HttpContext.RequestAborted);
        return outcome.IsDone ? Done("/rights", "request-answered") : await Show(outcome.Refusals);
    }

    public async Task<IActionResult> OnPostToldAsync(Guid id)
    {
        var outcome = await tell.Handle(Who, new RequestId(id), HttpContext.RequestAborted);
        return outcome.IsDone ? Done("/rights", "recipients-told") : await Show(outcome.Refusals);
    }

    public async Task<IActionResult> OnPostWithdrawAsync()
    {
        var outcome = await withdraw.Handle(Who, Code ?? "", [.. Parts.Select(p => (ConsentPart)p)], HttpContext.RequestAborted);
        return outcome.IsDone ? Done("/rights", outcome.Result.Everything ? "withdrawn-all" : "withdrawn-part") : await Show(outcome.Refusals);
    }

    private async Task<IActionResult> Show(IReadOnlyList<Refusal> refusals)
    {
        var read = await desk.Read(Who, HttpContext.RequestAborted);
        Desk = read.IsDone ? read.Result : null;
        List<Refusal> all = [.. refusals, .. read.Refusals];
        return all.Count == 0 ? Page() : Refused([.. all.DistinctBy(r => r.Slug)], "");
    }
}
