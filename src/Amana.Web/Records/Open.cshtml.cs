using Amana.Domain.Principles;
using Amana.Features.Emergencies;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>Opens one record for a stated need: the gate decides, the ledger enters it, then it shows. Until a need is chosen nothing is read.</summary>
[Discloses("identity", "narrative", "coded answers", "files")]
public sealed class Open(ActivityFrame frame, OpenRecord open, OpenRecordInEmergency openInEmergency) : ActivityPage(frame)
{
    public override string TitleKey => "records.open.title";

    [BindProperty(SupportsGet = true, Name = "code")]
    public string Code { get; set; } = "";

    [BindProperty]
    public string? NeedCode { get; set; }

    /// <summary>Why life is in danger; only for break-glass.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    public OpenedRecord? Opened { get; private set; }

    /// <summary>The record was opened because of danger to life.</summary>
    public bool InEmergency { get; private set; }

    public bool MayBreak => Authority.InEmergency(State, Who.Actor).Count == 0;

    public IEnumerable<Choice> Needs => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await open.Handle(Who.Citing(NeedCode), ActivityId, Code, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return outcome.Refusals is [{ Slug: "record.not-found" }] ? NotFound() : Refused(outcome.Refusals, "");
        Opened = outcome.Result;
        return Page();
    }

    [Grave]
    public async Task<IActionResult> OnPostEmergencyAsync()
    {
        var outcome = await openInEmergency.Handle(Who, ActivityId, Code, Reason ?? "", HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return outcome.Refusals is [{ Slug: "record.not-found" }] ? NotFound() : Refused(outcome.Refusals, "");
        (Opened, InEmergency) = (outcome.Result, true);
        return Page();
    }

    /// <summary>The answer in words: choices by their label.</summary>
    public string Words(OpenedAnswer answer)
    {
        var value = answer.Value.Reveal();
        if (answer.Element is not { IsCoded: true } element)
            return value;
        return string.Join(", ", value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => element.Choices.FirstOrDefault(x => x.Code == c)?.Label.In(Texts.Language.Code) is { Length: > 0 } label ? label : c));
    }

    public string Question(OpenedAnswer answer) => answer.Element?.Label.In(Texts.Language.Code) is { Length: > 0 } label ? label : answer.Path;
}
