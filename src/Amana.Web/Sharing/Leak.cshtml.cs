using Amana.Domain.Shared;
using Amana.Features.Sharing;
using Amana.Web.Activities;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Sharing;

/// <summary>Asks whose copy an excerpt was taken from that was found where it should not be.</summary>
[Discloses("coded answers")]
public sealed class Leak(ActivityFrame frame, NameTheCopy name) : ActivityPage(frame)
{
    public override string TitleKey => "leak.title";

    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Excerpt { get; set; }

    public bool Looked { get; private set; }

    public NamedCopy? Named { get; private set; }

    public IActionResult OnGet() => State.Releases.Any(r => r.Id.Value == Id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await name.Handle(Who, ActivityId, new ReleaseId(Id), Excerpt ?? "", HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return Refused(outcome.Refusals, "");
        (Looked, Named) = (true, outcome.Result);
        return Page();
    }
}
