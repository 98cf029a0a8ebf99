using Amana.Domain.Capture;
using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Capture;
using Amana.Web.Activities;
using Amana.Web.Hosting;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Capture;

/// <summary>The web form's links of an activity: made, listed, revoked by those who may plan it.</summary>
[NoPersonalData]
public sealed class Links(ActivityFrame frame, FormLinkList links, MakeFormLink make, RevokeFormLink revoke, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "links.title";

    [BindProperty]
    public NewLinkInput Input { get; set; } = new();

    public IReadOnlyList<FormLink> Made { get; private set; } = [];

    /// <summary>False for those who may read the activity but not plan it.</summary>
    public bool MayPlan { get; private set; }

    /// <summary>The new link; shown once, in the answer to the post itself.</summary>
    public string? NewLink { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public IEnumerable<Choice> Forms => State.Forms.Where(f => f.State == FormState.Published).DistinctBy(f => f.FormId).Select(f => new Choice(f.FormId, f.Title));

    public IEnumerable<Choice> Uses => Enum.GetValues<FormLinkUse>().Select(u => new Choice(u.ToString(), Texts.Word(u)));

    public IEnumerable<Choice> Holders => State.Team.Where(t => t.Member.EndedAt is null).DistinctBy(t => t.Staff.Id)
        .Select(t => new Choice(t.Staff.Id.Value.ToString(), $"{t.Staff.Name} · {Texts.Word(t.Member.Role)}"));

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostMakeAsync()
    {
        var wanted = new NewFormLink(Input.FormId ?? "", Input.Label ?? "", Input.Use, new StaffId(Input.HeldBy), Input.ExpiresAt ?? 0);
        var outcome = await make.Handle(Who, ActivityId, wanted, HttpContext.RequestAborted);
        await Load();
        if (!outcome.IsDone)
            return Refused(outcome.Refusals);
        NewLink = $"{HttpContext.AddressAsked()}/fill/link/{outcome.Result.Token}";
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id)
    {
        var outcome = await revoke.Handle(Who, ActivityId, new FormLinkId(id), HttpContext.RequestAborted);
        await Load();
        return Answer(outcome, At("links"), "link-revoked");
    }

    private async Task Load()
    {
        var outcome = await links.Read(Who, ActivityId, HttpContext.RequestAborted);
        (MayPlan, Made) = outcome.IsDone ? (true, outcome.Result) : (false, []);
    }
}

public sealed class NewLinkInput
{
    public string? FormId { get; set; }
    public string? Label { get; set; }
    public FormLinkUse Use { get; set; } = FormLinkUse.Once;
    public Guid HeldBy { get; set; }

    /// <summary>Days until it ends.</summary>
    public int? ExpiresAt { get; set; } = 14;
}
