using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Rights;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Rights;

/// <summary>The desk of the data protection focal point: requests with their days, overdue first; how each person was known; what was answered and on which ground; recipients to tell and to
/// chase; registration and withdrawal for a person who brings the receipt; certificates (SEC-4, IC-5).</summary>
[Changes("consent"), Discloses("narrative")]
public sealed class Index(RightsDesk desk, RegisterRequest register, AnswerRequest answer, TellRecipient tell, ConfirmRecipient confirm, WithdrawConsent withdraw) : StaffPage
{
    public ShownDesk? Desk { get; private set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public List<ConsentAsk> Parts { get; set; } = [];

    [BindProperty]
    public AskedInput Asked { get; set; } = new();

    /// <summary>The request whose words were just opened.</summary>
    public (RequestId Id, Sensitive<string> Words)? Opened { get; private set; }

    public IEnumerable<Choice> AllParts => Enum.GetValues<ConsentAsk>().Select(a => new Choice(a.ToString(), Texts.Word(a)));

    public Task<IActionResult> OnGetAsync() => Show([]);

    public async Task<IActionResult> OnPostRegisterAsync() => await After(await register.Handle(Who,
        new AskedRight(Asked.Code ?? "", Asked.Kind, new Sensitive<string>(Asked.Words ?? ""), Asked.Check), HttpContext.RequestAborted), "request-registered", "Asked");

    public async Task<IActionResult> OnPostAnswerAsync(Guid id, RequestOutcome? outcome, RefusedBecause? because, string? words) =>
        await After(await answer.Handle(Who, new RequestId(id), new GivenAnswer(outcome, because, new Sensitive<string>(words ?? "")), HttpContext.RequestAborted), "request-answered");

    public async Task<IActionResult> OnPostCheckAsync([FromServices] CheckIdentity identity, Guid id, IdentityCheck check) =>
        await After(await identity.Handle(Who, new RequestId(id), check, HttpContext.RequestAborted), "identity-checked");

    /// <summary>Posted, not linked: the words never stand behind an address that a history keeps.</summary>
    [Grave]
    public async Task<IActionResult> OnPostOpenAsync([FromServices] OpenRequest open, Guid id)
    {
        ModelState.Clear();
        var outcome = await open.Handle(Who, new RequestId(id), HttpContext.RequestAborted);
        if (outcome.IsDone)
            Opened = (new RequestId(id), outcome.Result);
        return await Show(outcome.Refusals);
    }

    public async Task<IActionResult> OnPostToldAsync(Guid id) => await After(await tell.Handle(Who, new RecipientNoticeId(id), HttpContext.RequestAborted), "recipients-told");

    public async Task<IActionResult> OnPostConfirmedAsync(Guid id, RecipientAnswer reply) =>
        await After(await confirm.Handle(Who, new RecipientNoticeId(id), reply, HttpContext.RequestAborted), "recipient-confirmed");

    [Grave]
    public async Task<IActionResult> OnPostWithdrawAsync()
    {
        var outcome = await withdraw.Handle(Who, Code ?? "", [.. Parts.Select(p => (ConsentPart)p)], HttpContext.RequestAborted);
        return outcome.IsDone ? Done("/rights", outcome.Result.Everything ? "withdrawn-all" : "withdrawn-part") : await Show(outcome.Refusals);
    }

    private async Task<IActionResult> After<T>(Outcome<T> outcome, string done, string input = "") => outcome.IsDone ? Done("/rights", done) : await Show(outcome.Refusals, input);

    private async Task<IActionResult> Show(IReadOnlyList<Refusal> refusals, string input = "")
    {
        var read = await desk.Read(Who, HttpContext.RequestAborted);
        Desk = read.IsDone ? read.Result : null;
        List<Refusal> all = [.. refusals, .. read.Refusals];
        return all.Count == 0 ? Page() : Refused([.. all.DistinctBy(r => r.Slug)], input);
    }
}

/// <summary>A request as staff write it down for a person.</summary>
public sealed class AskedInput
{
    public string? Code { get; set; }
    public RightKind? Kind { get; set; }
    public IdentityCheck Check { get; set; }
    public string? Words { get; set; }
}
