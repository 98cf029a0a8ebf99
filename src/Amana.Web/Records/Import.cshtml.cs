using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Records.Import;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>Records of another tool come in: the file, a look at what each column becomes, then the import. Each row goes through gate, consent and seals like any submission.</summary>
[Changes("identity", "narrative", "coded answers")]
public sealed class Import(ActivityFrame frame, ImportReader reader, ImportRecords import, WaitingTables waiting) : ActivityPage(frame)
{
    public override string TitleKey => "import.title";

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public Guid Form { get; set; }

    /// <summary>The table that waits since its preview.</summary>
    [BindProperty]
    public Guid Table { get; set; }

    [BindProperty]
    public bool HeardNotice { get; set; }

    public ImportPreview? Preview { get; private set; }

    public ImportResult? Result { get; private set; }

    public IReadOnlyList<FormVersion> Forms => [.. State.Forms.Where(f => f.Accepts)];

    public IEnumerable<Choice> FormChoices => Forms.Select(f => new Choice(f.Id.Value.ToString(), $"{f.Title} ({f.FormId} {f.Version})"));

    public GateAnswer Stands => Gate.Decide(State, new GateRequest(Who.Actor, Operation.Collect));

    /// <summary>A refusal in words.</summary>
    public string Words(Refusal refusal) => Mends.Show(refusal, Number).Words;

    public void OnGet() => Form = Forms.Count > 0 ? Forms[0].Id.Value : default;

    public async Task<IActionResult> OnPostLookAsync()
    {
        if (Upload is null || Upload.Length == 0)
            return Refused([new Refusal("import.no-file").At("Upload")], "");
        return await Look(new FormVersionId(Form), await Upload.Bytes(HttpContext.RequestAborted));
    }

    public async Task<IActionResult> OnPostRunAsync()
    {
        if (waiting.Find(Table, Who.Actor.StaffId!.Value, ActivityId) is not { } table)
            return Refused([new Refusal("import.gone").At("Upload")], "");
        var outcome = await import.Handle(Who, ActivityId, table.Form, table.File, HeardNotice, HttpContext.RequestAborted);
        waiting.Forget(Table); // a second look keeps it under a new id
        if (!outcome.IsDone)
        {
            await Look(table.Form, table.File);
            return Refused(outcome.Refusals, "");
        }

        Result = outcome.Result;
        return Page();
    }

    private async Task<IActionResult> Look(FormVersionId form, byte[] file)
    {
        var outcome = await reader.Read(Who, ActivityId, form, file, heardTheNotice: true, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return Refused(outcome.Refusals, "");
        Preview = outcome.Result;
        Form = form.Value;
        Table = waiting.Keep(Who.Actor.StaffId!.Value, ActivityId, form, file);
        return Preview.Refusals.Count > 0 ? Refused(Preview.Refusals, "") : Page();
    }
}
