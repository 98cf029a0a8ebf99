using System.Text;
using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.XForms.Evaluation;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>The web page of a form: the notice first, then the questions that the answers so far ask for. Works without script: "check and go on" brings what the answers opened.
/// The record's id is in the page, so sending twice keeps one.</summary>
[Changes("identity", "narrative", "coded answers", "files")]
public sealed class Enter(ActivityFrame frame, PlainForm plain, ReceiveSubmission receive) : ActivityPage(frame)
{
    public override string TitleKey => "enter.title";

    [BindProperty(SupportsGet = true)]
    public Guid? Form { get; set; }

    /// <summary>Language tag of the form and the notice.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Speak { get; set; }

    [BindProperty]
    public Guid Instance { get; set; }

    [BindProperty]
    public long Began { get; set; }

    public IReadOnlyList<FormVersion> Published => [.. State.Forms.Where(f => f.State == FormState.Published)];

    public FormVersion? Chosen => Published.FirstOrDefault(f => f.Id.Value == Form) ?? (Published.Count == 1 ? Published[0] : null);

    public FormSession? Session { get; private set; }

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public NoticeText? Notice => Language is { } tag && State.Notice?.Content.Texts.TryGetValue(tag, out var text) == true ? text : State.Notice?.Content.Texts.Values.FirstOrDefault();

    public string Language => Speak ?? (State.Activity.Languages.Contains(Texts.Language.Code) ? Texts.Language.Code : State.Activity.Languages[0]);

    public bool IsRightToLeft => Features.Texts.Language.Find(Language)?.IsRightToLeft ?? Language is "ar" or "fa" or "ur" or "ps" or "prs" or "ku";

    /// <summary>Why this person cannot enter records now; none when they can.</summary>
    public IReadOnlyList<Refusal> Held => Gate.Decide(State, new GateRequest(Who.Actor, Operation.Collect)).Refusals;

    /// <summary>The same in words.</summary>
    public IEnumerable<string> HeldInWords => Held.Take(10).Select(r => Mends.Show(r, Number).Words);

    public SubmissionReceipt? Receipt { get; private set; }

    public async Task OnGetAsync()
    {
        (Instance, Began) = (Guid.NewGuid(), plain.Now);
        await Open([]);
    }

    public async Task<IActionResult> OnPostAsync(string go)
    {
        await Open(PlainForm.Posted(Request.Form));
        if (Session is null)
            return NotFound();
        if (!PlainForm.Turn(Session, go))
            Errors = PlainForm.Errors(Session, Texts);
        foreach (var (path, message) in Errors)
            ModelState.AddModelError(PlainForm.Prefix + path, message);
        return go == "send" && Errors.Count == 0 ? await Send() : Page();
    }

    private async Task<IActionResult> Send()
    {
        var files = await PlainForm.Files(Session!, Request.Form, HttpContext.RequestAborted);
        if (!files.IsDone)
            return Refused(files.Refusals, "");
        var xml = Session!.ToXml("uuid:" + Instance.ToString("D"));
        var outcome = await receive.Handle(Who, new IncomingSubmission(ActivityId, Who.Actor.StaffId!.Value.Value, new Sensitive<byte[]>(Encoding.UTF8.GetBytes(xml)), files.Result), HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return Refused(outcome.Refusals, "");
        Receipt = outcome.Result;
        return Page();
    }

    private async Task Open(IEnumerable<(string Path, string Answer)> answers)
    {
        if (Chosen is { } form)
            Session = await plain.Open(form.Id, Instance, (Language, State.Activity.Languages[0]), Began, answers, HttpContext.RequestAborted);
    }
}
