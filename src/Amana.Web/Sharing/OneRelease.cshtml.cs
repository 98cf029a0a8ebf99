using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Sharing;
using Amana.Web.Activities;
using Amana.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Sharing;

/// <summary>One release: what it holds and what was measured; its decision by someone else; and its file, once approved.</summary>
[Discloses("coded answers")]
public sealed class OneRelease(ActivityFrame frame, DecideRelease decide, DownloadRelease download) : ActivityPage(frame)
{
    public override string TitleKey => "release.title";

    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public Release Release => State.Releases.First(r => r.Id.Value == Id);

    public string Recipient => State.Organisations.FirstOrDefault(o => o.Id == Release.RecipientId)?.Name ?? "";

    public string? Agreement => State.Agreements.FirstOrDefault(a => a.Id == Release.AgreementId)?.Title;

    public string Need => State.Purpose?.Content.Needs.FirstOrDefault(n => n.Code == Release.NeedCode) is { } need ? $"{need.Code} · {need.Question}" : Release.NeedCode;

    public bool MayDecide => Release.State == ReleaseState.Proposed && Who.Actor.StaffId != Release.ProposedBy && Authority.MayApprove(State, Who.Actor).Count == 0;

    private bool Exists => State.Releases.Any(r => r.Id.Value == Id);

    public IActionResult OnGet() => Exists ? Page() : NotFound();

    [Grave]
    public Task<IActionResult> OnPostApproveAsync() => Decide(approve: true);

    public Task<IActionResult> OnPostDeclineAsync() => Decide(approve: false);

    [Grave]
    public async Task<IActionResult> OnPostDownloadAsync()
    {
        if (!Exists)
            return NotFound();
        var outcome = await download.Handle(Who, ActivityId, new ReleaseId(Id), HttpContext.RequestAborted);
        return outcome.IsDone ? File(outcome.Result.Content, "text/csv; charset=utf-8", outcome.Result.Name) : Refused(outcome.Refusals, "");
    }

    private async Task<IActionResult> Decide(bool approve)
    {
        if (!Exists)
            return NotFound();
        var outcome = await decide.Handle(Who, ActivityId, new ReleaseId(Id), approve, Reason ?? "", HttpContext.RequestAborted);
        return Answer(outcome, At("releases/" + Id.ToString("N")), approve ? "release-approved" : "release-declined", "");
    }
}
