using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Amana.Features.Sharing;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Sharing;

/// <summary>One release: what it holds and what was measured; its decision by someone else; and, once approved, the copies that its recipient gets, their recall and its answer.</summary>
[Discloses("coded answers")]
public sealed class OneRelease(ActivityFrame frame, DecideRelease decide, ReleaseCopies copies, TimeProvider clock) : ActivityPage(frame)
{
    public override string TitleKey => "release.title";

    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public CopyInput Copy { get; set; } = new();

    public IReadOnlyList<ReleaseCopy> Copies { get; private set; } = [];

    /// <summary>The copy that was just made, with its password: shown once.</summary>
    public HandedOverCopy? Made { get; private set; }

    public Release Release => State.Releases.First(r => r.Id.Value == Id);

    public string Recipient => State.Organisations.FirstOrDefault(o => o.Id == Release.RecipientId)?.Name ?? "";

    public string? Agreement => State.Agreements.FirstOrDefault(a => a.Id == Release.AgreementId)?.Title;

    public string Need => State.Purpose?.Content.Needs.FirstOrDefault(n => n.Code == Release.NeedCode) is { } need ? $"{need.Code} · {need.Question}" : Release.NeedCode;

    public bool MayDecide => Release.State == ReleaseState.Proposed && Who.Actor.StaffId != Release.ProposedBy && Authority.MayApprove(State, Who.Actor).Count == 0;

    public bool MayPlan => Authority.MayPlan(State, Who.Actor).Count == 0;

    private bool Exists => State.Releases.Any(r => r.Id.Value == Id);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!Exists)
            return NotFound();
        await Fill();
        var last = State.Agreements.FirstOrDefault(a => a.Id == Release.AgreementId)?.InForce.End ?? State.Today;
        var until = last < State.Today.AddDays(180) ? last : State.Today.AddDays(180);
        Copy = new CopyInput { Id = Ids.NewGuid(clock), Until = DateParts.Of(until) };
        return Page();
    }

    [Grave]
    public Task<IActionResult> OnPostApproveAsync() => Decide(approve: true);

    public Task<IActionResult> OnPostDeclineAsync() => Decide(approve: false);

    [Grave]
    public async Task<IActionResult> OnPostCopyAsync([FromServices] HandOverCopy handOver)
    {
        if (!Exists)
            return NotFound();
        await Fill();
        if (Copy.Until.ToDate() is not { } until)
            return Refused([new Refusal("field.required").At(nameof(Copy.Until))], nameof(Copy));
        var wish = new CopyWish(new ReleaseCopyId(Copy.Id), Copy.Protection, Copy.RecipientKey, until);
        var outcome = await handOver.Handle(Who, ActivityId, new ReleaseId(Id), wish, Texts.Language, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return Refused([.. outcome.Refusals.Select(r => r.Field == nameof(CopyWish.ExpiresOn) ? r.At(nameof(Copy.Until)) : r)], nameof(Copy));
        await Fill();
        Made = outcome.Result;
        return Page();
    }

    [Grave]
    public async Task<IActionResult> OnPostFetchAsync(Guid copy, [FromServices] FetchCopy fetch)
    {
        if (!Exists)
            return NotFound();
        await Fill();
        var outcome = await fetch.Handle(Who, ActivityId, new ReleaseId(Id), new ReleaseCopyId(copy), HttpContext.RequestAborted);
        return outcome.IsDone ? File(outcome.Result.Content, "application/octet-stream", outcome.Result.Name) : Refused(outcome.Refusals, "");
    }

    public async Task<IActionResult> OnPostRecallAsync(Guid copy, [FromServices] RecallCopy recall)
    {
        if (!Exists)
            return NotFound();
        await Fill();
        return Answer(await recall.Handle(Who, ActivityId, new ReleaseCopyId(copy), Reason ?? "", HttpContext.RequestAborted), Address + "#copies", "copy-recalled", "");
    }

    public async Task<IActionResult> OnPostAnswerAsync(Guid copy, RecallAnswer answer, string? note, [FromServices] AnswerRecall enter)
    {
        if (!Exists)
            return NotFound();
        await Fill();
        return Answer(await enter.Handle(Who, ActivityId, new ReleaseCopyId(copy), answer, note ?? "", HttpContext.RequestAborted), Address + "#copies", "recall-answered", "");
    }

    /// <summary>The address of this release.</summary>
    public string Address => At("releases/" + Id.ToString("N"));

    private async Task<IActionResult> Decide(bool approve)
    {
        if (!Exists)
            return NotFound();
        await Fill();
        var outcome = await decide.Handle(Who, ActivityId, new ReleaseId(Id), approve, Reason ?? "", HttpContext.RequestAborted);
        return Answer(outcome, Address, approve ? "release-approved" : "release-declined", "");
    }

    private async Task Fill() => Copies = await copies.Read(Who, ActivityId, new ReleaseId(Id), HttpContext.RequestAborted);
}

/// <summary>What the page asks of a copy.</summary>
public sealed class CopyInput
{
    public Guid Id { get; set; }
    public CopyProtection Protection { get; set; }
    public string? RecipientKey { get; set; }
    public DateParts Until { get; set; } = new();
}
