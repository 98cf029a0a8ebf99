using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Emergencies;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>Opens one record for a stated need: the gate decides, the ledger enters it, then it shows. Until a need is chosen nothing is read. Whoever judges records does it here, and opens nothing by it.</summary>
[Discloses("identity", "narrative", "coded answers", "files")]
[Changes("comments", "review state")]
public sealed class Open(ActivityFrame frame, OpenRecord open, OpenRecordFile openFile, OpenRecordInEmergency openInEmergency, ReviewRecord review, CommentRecord comment) : ActivityPage(frame)
{
    public override string TitleKey => "records.open.title";

    [BindProperty(SupportsGet = true, Name = "code")]
    public string Code { get; set; } = "";

    [BindProperty]
    public string? NeedCode { get; set; }

    [BindProperty]
    public ReviewState? Judgement { get; set; }

    /// <summary>Why it is judged so; sealed for the person.</summary>
    [BindProperty]
    public string? ReviewReason { get; set; }

    /// <summary>Why life is in danger; only for break-glass.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>A comment; sealed for the person.</summary>
    [BindProperty]
    public string? Words { get; set; }

    public OpenedRecord? Opened { get; private set; }

    /// <summary>The record was opened because of danger to life.</summary>
    public bool InEmergency { get; private set; }

    public bool MayBreak => Authority.InEmergency(State, Who.Actor).Count == 0;

    public IEnumerable<Choice> Needs => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    public IEnumerable<Choice> Judgements => new[] { ReviewState.NeedsLook, ReviewState.HasIssues, ReviewState.Approved }.Select(r => new Choice(r.ToString(), Texts.Word(r)));

    public bool MayJudge => Authority.MayJudge(State, Who.Actor).Count == 0;

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await open.Handle(Who.Citing(NeedCode), ActivityId, Code, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return NotThere(outcome.Refusals) ?? Refused(outcome.Refusals, "");
        Opened = outcome.Result;
        return Page();
    }

    [Grave]
    public async Task<IActionResult> OnPostEmergencyAsync()
    {
        var outcome = await openInEmergency.Handle(Who, ActivityId, Code, Reason ?? "", HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return NotThere(outcome.Refusals) ?? Refused(outcome.Refusals, "");
        (Opened, InEmergency) = (outcome.Result, true);
        return Page();
    }

    /// <summary>A file comes as a download under a neutral name, whatever it calls itself: it is never drawn within this site.</summary>
    public async Task<IActionResult> OnPostFileAsync(Guid file)
    {
        var outcome = await openFile.Handle(Who.Citing(NeedCode), ActivityId, Code, file, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return NotThere(outcome.Refusals) ?? Refused(outcome.Refusals, "");
        return File(outcome.Result.Content.Reveal(), "application/octet-stream", RecordFileName.Of(Code, file, outcome.Result.Name));
    }

    public async Task<IActionResult> OnPostReviewAsync()
    {
        if (Judgement is not { } state)
            return Refused([new Refusal("record.review-missing").At("Judgement")], "");
        var outcome = await review.Handle(Who, ActivityId, Code, state, ReviewReason, HttpContext.RequestAborted);
        return outcome.IsDone ? Done(At("records/" + Code), "record-judged") : NotThere(outcome.Refusals) ?? Refused([.. outcome.Refusals.Select(r => r.Field == "Words" ? r.At("ReviewReason") : r)], "");
    }

    public async Task<IActionResult> OnPostCommentAsync()
    {
        var outcome = await comment.Handle(Who, ActivityId, Code, Words, HttpContext.RequestAborted);
        return outcome.IsDone ? Done(At("records/" + Code), "record-commented") : NotThere(outcome.Refusals) ?? Refused(outcome.Refusals, "");
    }

    private NotFoundResult? NotThere(IReadOnlyList<Refusal> refusals) => refusals is [{ Slug: "record.not-found" or "record.file-not-found" }] ? NotFound() : null;
}

/// <summary>How a downloaded file is called: by the record's code, never by the name that it came with, which may tell.</summary>
internal static class RecordFileName
{
    public static string Of(string code, Guid file, Sensitive<string> name)
    {
        var ending = Path.GetExtension(name.Reveal());
        return $"{code}-{file:N}"[..(code.Length + 9)] + (ending.Length is > 1 and < 8 && ending.Skip(1).All(char.IsAsciiLetterOrDigit) ? ending : "");
    }
}
