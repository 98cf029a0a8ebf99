using Amana.Domain.Shared;
using Amana.Features.Records;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Amana.XForms.Evaluation;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Records;

/// <summary>Corrects one record: opened for a stated need, shown in its form, saved as a new version with a reason.</summary>
[Discloses("identity", "narrative", "coded answers")]
[Changes("identity", "narrative", "coded answers")]
public sealed class Correct(ActivityFrame frame, OpenRecord open, RecordDraft draft, CorrectRecord correct) : ActivityPage(frame)
{
    private const string AnswerPrefix = "a:";

    public override string TitleKey => "records.correct.title";

    [BindProperty(SupportsGet = true, Name = "code")]
    public string Code { get; set; } = "";

    [BindProperty]
    public string? NeedCode { get; set; }

    /// <summary>The version that the form shows.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Why; sealed for the person.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Turns of repeats that were taken out, in order.</summary>
    [BindProperty]
    public List<string> Removed { get; set; } = [];

    public FormSession? Session { get; private set; }

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IEnumerable<Choice> Needs => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    public async Task<IActionResult> OnPostAsync() => await Open() ?? Page();

    public async Task<IActionResult> OnPostFormAsync(string go)
    {
        var answers = Request.Form.Where(f => f.Key.StartsWith(AnswerPrefix, StringComparison.Ordinal))
            .ToDictionary(f => f.Key[AnswerPrefix.Length..], f => string.Join(' ', f.Value.Where(v => !string.IsNullOrEmpty(v))), StringComparer.Ordinal);
        if (go == "save")
        {
            var saved = await correct.Handle(Who, ActivityId, Code, Version, new RecordEdits(answers, Removed), Reason, HttpContext.RequestAborted);
            if (saved.IsDone)
                return Done(At("records/" + Code), "record-corrected");
            return await Open() ?? Shown(answers, () => Refused(AtTheirPlaces(saved.Refusals), ""));
        }

        return await Open() ?? Shown(answers, () =>
        {
            if (go.StartsWith("add:", StringComparison.Ordinal))
                Session!.AddTurn(go[4..]);
            else if (go.StartsWith("remove:", StringComparison.Ordinal) && Session!.RemoveTurn(go[7..]) == AnswerOutcome.Taken)
                Removed.Add(go[7..]);
            else
                Errors = PlainForm.Errors(Session!, Texts);
            foreach (var (path, message) in Errors)
                ModelState.AddModelError(AnswerPrefix + path, message);
            return Page();
        });
    }

    /// <summary>Each refusal at its question, and beside it too.</summary>
    private List<Refusal> AtTheirPlaces(IReadOnlyList<Refusal> refusals)
    {
        Errors = refusals.Where(r => r.Field is { } field && field.StartsWith('/')).GroupBy(r => r.Field!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Mends.Show(g.First(), Number).Words, StringComparer.Ordinal);
        return [.. refusals.Select(r => r.Field switch { "Words" => r.At("Reason"), { } path when path.StartsWith('/') => r.At(AnswerPrefix + path), _ => r })];
    }

    private IActionResult Shown(Dictionary<string, string> answers, Func<IActionResult> then)
    {
        RecordDraft.Apply(Session!, new RecordEdits(answers, Removed));
        return then();
    }

    /// <summary>Opens the record into its form; an answer when that is refused.</summary>
    private async Task<IActionResult?> Open()
    {
        var outcome = await open.Handle(Who.Citing(NeedCode), ActivityId, Code, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return outcome.Refusals is [{ Slug: "record.not-found" }] ? NotFound() : Refused(outcome.Refusals, "");
        var opened = outcome.Result;
        Version = Version == 0 ? opened.Record.Version : Version;
        Session = await draft.Open(opened.Form, opened.Answers.Select(a => new KeptAnswer(a.Path, a.Value.Reveal())), opened.ReceivedAt, Texts.Language.Code, HttpContext.RequestAborted);
        return Session is null ? NotFound() : null;
    }
}
