using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Hosting;
using Amana.Web.Records;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Forms;

/// <summary>A version of the form as phones get it: the files that go with it, encryption, its trial as a draft, and whether it is still given out.</summary>
[NoPersonalData]
public sealed class Phones(ActivityFrame frame, FormAttachments attachments, DraftTests tests, EntityLists lists) : ActivityPage(frame)
{
    public override string TitleKey => "form-phones.title";

    [BindProperty(SupportsGet = true)]
    public Guid? Form { get; set; }

    [BindProperty]
    public List<IFormFile> Chosen { get; set; } = [];

    public FormVersion Shown { get; private set; } = null!;

    public IReadOnlyList<ListedAttachment> Files { get; private set; } = [];

    public DraftTest? Trial { get; private set; }

    /// <summary>The card of a trial that was just started; shown once.</summary>
    public PhoneCard? Card { get; private set; }

    public bool IsDraft => Shown.State == FormState.Draft;

    /// <summary>Files that the house itself keeps for phones: entity lists of the activity, and those that this form fills.</summary>
    public IReadOnlyList<string> Kept { get; private set; } = [];

    public IReadOnlyList<NeededFile> Missing => [.. FormAttachmentRules.Missing(Shown, [.. Files.Select(f => f.Name), .. Kept])];

    private string Here => At("form/phones") + "?Form=" + Shown.Id.Value;

    public async Task<IActionResult> OnGetAsync() => await Load() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAttachAsync([FromServices] AttachFormFile attach)
    {
        if (!await Load())
            return NotFound();
        if (Chosen.Count == 0)
            return Refused([new Refusal("form.no-file").At("Chosen")], "");
        foreach (var file in Chosen)
        {
            var outcome = await attach.Handle(Who, ActivityId, Shown.Id, Path.GetFileName(file.FileName.Replace('\\', '/')), await file.Bytes(HttpContext.RequestAborted), HttpContext.RequestAborted);
            if (!outcome.IsDone)
            {
                await Load();
                return Refused(outcome.Refusals, "");
            }
        }

        return Done(Here, "form-file-attached");
    }

    public async Task<IActionResult> OnPostDetachAsync(string name, [FromServices] DetachFormFile detach) =>
        await Load() ? Answer(await detach.Handle(Who, ActivityId, Shown.Id, name, HttpContext.RequestAborted), Here, "form-file-detached", "") : NotFound();

    public async Task<IActionResult> OnPostStateAsync(FormState state, [FromServices] SetFormState set) =>
        await Load() ? Answer(await set.Handle(Who, ActivityId, Shown.Id, state, HttpContext.RequestAborted), Here, "form-state-set", "") : NotFound();

    [Grave]
    public async Task<IActionResult> OnPostEncryptAsync(bool on, [FromServices] EncryptOnPhone encrypt) =>
        await Load() ? Answer(await encrypt.Handle(Who, ActivityId, Shown.Id, on, HttpContext.RequestAborted), Here, "form-encryption-set", "") : NotFound();

    public async Task<IActionResult> OnPostTryAsync([FromServices] StartDraftTest start)
    {
        if (!await Load())
            return NotFound();
        var outcome = await start.Handle(Who, ActivityId, Shown.Id, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return Refused(outcome.Refusals, "");
        var address = $"{HttpContext.AddressAsked()}/v1/test/{outcome.Result}/projects/{Number}/forms/{Uri.EscapeDataString(Shown.FormId)}/draft";
        Card = new PhoneCard("form-phones.card", "form-phones.card.text", Shown.FormId + " " + Shown.Version, Texts.Plain("form-phones.project", new { number = Number }), address);
        return Page();
    }

    private async Task<bool> Load()
    {
        if (State.Forms.FirstOrDefault(f => f.Id.Value == Form) is not { } form)
            return false;
        Shown = form;
        Files = await attachments.Read(form.Id, HttpContext.RequestAborted);
        Kept = [.. (await lists.Names(ActivityId, HttpContext.RequestAborted)).Concat(form.Entities.Select(e => e.List)).Select(n => n + ".csv")];
        Trial = IsDraft ? await tests.Read(form.Id, HttpContext.RequestAborted) : null;
        return true;
    }
}
