using System.Text;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Capture;
using Amana.Features.Records;
using Amana.Web.Records;
using Amana.Web.Security;
using Amana.XForms.Evaluation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Capture;

/// <summary>A form for somebody with a link, without script: the notice and the question of consent first; after a no nothing is asked and nothing but a count is kept; after a yes the questions, and at the end the receipt.
/// The record's id is in the page, so sending twice keeps one. An unknown, revoked, ended or used link gets the same page.</summary>
[Changes("identity", "narrative", "coded answers", "files")]
[AllowAnonymous]
public sealed class Plain(FormLinkByToken links, FormsToFill forms, PlainForm plain, ReceivePlainRecord receive) : FillPage
{
    /// <summary>Language tag of the form and the notice.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Speak { get; set; }

    [BindProperty]
    public Guid Instance { get; set; }

    [BindProperty]
    public long Began { get; set; }

    /// <summary>The question of consent was answered with yes.</summary>
    [BindProperty]
    public bool Agreed { get; set; }

    public FormSession? Session { get; private set; }

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public SubmissionReceipt? Receipt { get; private set; }

    public string Spoken => Speak is { } tag && Languages.Contains(tag, StringComparer.Ordinal) ? tag : Languages[0];

    public bool IsSpokenRightToLeft => IsRightToLeft(Spoken);

    /// <summary>The question of consent, as long as it waits for its answer; none where the form asks none.</summary>
    public FormPart? Consent => !Agreed && Session is not null && Form is { } form && Asks(form) is { } asks ? PlainForm.Find(Session.Parts, asks) : null;

    protected override string RecordingsAt => Address[..Address.LastIndexOf('/')];

    private FormVersion? Form => Activity?.Forms[0].Whole;

    public async Task OnGetAsync(string token)
    {
        (Instance, Began) = (Guid.NewGuid(), plain.Now);
        if (await Load(token) is { Opens: true } && Activity!.Held.Count == 0)
            await Open([]);
        else
            NotOpen();
    }

    public async Task<IActionResult> OnPostAsync(string token, string? go)
    {
        if (await Load(token) is not { } caller)
            return NotOpen();
        await Open(PlainForm.Posted(Request.Form));
        if (Consent is { } consent)
        {
            if (Answer(consent.Path).Length == 0)
                return Wrong(new Dictionary<string, string>(StringComparer.Ordinal) { [consent.Path] = Texts.Plain("fill.plain.answer") });
            if (!SaysNo())
            {
                Agreed = true;
                return Page();
            }
        }

        if (SaysNo()) // wherever in the form it is said: nothing else is needed then
            return await Send(caller, []);
        if (PlainForm.Turn(Session!, go))
            return Page();
        if (PlainForm.Errors(Session!, Texts) is { Count: > 0 } errors)
            return Wrong(errors);
        if (go != "send")
            return Page();
        var files = await PlainForm.Files(Session!, Request.Form, HttpContext.RequestAborted);
        return files.IsDone ? await Send(caller, files.Result) : Refused(files.Refusals, "");
    }

    private async Task<IActionResult> Send(LinkCaller caller, IReadOnlyList<IncomingFile> files)
    {
        var xml = new Sensitive<byte[]>(Encoding.UTF8.GetBytes(Session!.ToXml("uuid:" + Instance.ToString("D"))));
        var outcome = await receive.Handle(caller.Who, caller.Link, xml, files, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return Refused(outcome.Refusals, "");
        Receipt = outcome.Result;
        return Page();
    }

    private async Task<LinkCaller?> Load(string token)
    {
        if (await links.Read(token, HttpContext.RequestAborted) is not { } caller)
            return null;
        Activity = await forms.Read(caller.Who, caller.Link.ActivityId, caller.Link.FormId, HttpContext.RequestAborted);
        return Activity is { Forms.Count: > 0 } ? caller : null;
    }

    private async Task Open(IEnumerable<(string Path, string Answer)> answers) =>
        Session = await plain.Open(Activity!.Forms[0].Id, Instance, (Spoken, Activity.Languages[0]), Began, answers, HttpContext.RequestAborted);

    private IActionResult NotOpen()
    {
        (Activity, Session, Response.StatusCode) = (null, null, StatusCodes.Status404NotFound);
        return Page();
    }

    private IActionResult Wrong(IReadOnlyDictionary<string, string> errors)
    {
        Errors = errors;
        foreach (var (path, message) in errors)
            ModelState.AddModelError(PlainForm.Prefix + path, message);
        return Page();
    }

    /// <summary>Whether the answer to the question of consent is a no.</summary>
    private bool SaysNo() => Asks(Form!) is { } asks && Answer(asks) is { Length: > 0 } said && ConsentRules.Read(Form!, new Dictionary<string, string>(StringComparer.Ordinal) { [asks] = said }).Refused;

    private string Answer(string path) => PlainForm.Find(Session!.Parts, path)?.Question?.Answer.Trim() ?? "";

    private static string? Asks(FormVersion form) => form.Elements.FirstOrDefault(e => e.Ask == ConsentAsk.Participation)?.Path;
}
