using Amana.Domain.Consent;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Forms;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Forms;

/// <summary>The form of an activity: upload an XLSForm, say what each element is for, publish it to phones.</summary>
[NoPersonalData]
public sealed class Index(ActivityFrame frame, UploadForm upload, ClassifyElements classify, AcceptProposals accept, PublishForm publish, AnswerFinding answer) : ActivityPage(frame)
{
    /// <summary>Elements on one page.</summary>
    public const int PageSize = 30;

    public override string TitleKey => "form.title";

    [BindProperty]
    public IFormFile? Workbook { get; set; }

    [BindProperty]
    public string? NeedCode { get; set; }

    [BindProperty]
    public List<ElementInput> Elements { get; set; } = [];

    [BindProperty]
    public string? Finding { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Form { get; set; }

    public int PageNumber => AskedPage;

    /// <summary>The form that is shown: the chosen one, else the newest draft, else the newest.</summary>
    public FormVersion? Shown => State.Forms.FirstOrDefault(f => f.Id.Value == Form) ?? State.Forms.LastOrDefault(f => f.State == FormState.Draft) ?? (State.Forms.Count > 0 ? State.Forms[^1] : null);

    public IReadOnlyList<Element> OnThisPage => [.. (Shown?.Elements ?? []).Skip((Math.Max(1, PageNumber) - 1) * PageSize).Take(PageSize)];

    public int Open => Shown?.Elements.Count(e => e.Sensitivity is null || !FormRules.IsTied(e, NeedCodes)) ?? 0;

    /// <summary>The version of the same form before the shown one; none for the first.</summary>
    public FormVersion? Before => Shown is { } shown ? State.Forms.Where(f => f.FormId == shown.FormId && f.Id != shown.Id && f.UploadedAt < shown.UploadedAt).MaxBy(f => f.UploadedAt) : null;

    /// <summary>Serious findings that are neither mended nor answered.</summary>
    public int Holding => Shown?.OpenFindings.Count(f => f.Weight == ReviewWeight.Serious) ?? 0;

    public HashSet<string> NeedCodes => State.Purpose?.Content.Needs.Select(n => n.Code).ToHashSet(StringComparer.Ordinal) ?? [];

    public IEnumerable<Choice> Needs => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    /// <summary>What a question of consent can ask about by name: the recipients of records, and the kinds of service.</summary>
    public IReadOnlyList<Choice> Tos =>
    [
        .. State.ConsentScope.Recipients.Select(r => new Choice(ConsentPart.SharingWith(r).To!, State.Organisations.FirstOrDefault(o => o.Id == r)?.ShortName ?? r.Value.ToString("N"))),
        .. State.ConsentScope.Services.Select(k => new Choice(ConsentPart.ReferralTo(k).To!, k)),
    ];

    /// <summary>The question that is spoken of.</summary>
    [BindProperty]
    public string? Path { get; set; }

    /// <summary>Questions answered in words that are not sealed for the person.</summary>
    public IReadOnlyList<Element> WordsUnsealed => [.. (Shown?.Elements ?? []).Where(e => e.WordsUnsealed)];

    public bool MayJudgeWords => Authority.MayApprove(State, Who.Actor).Count == 0;

    public async Task<IActionResult> OnPostWordsAsync([FromServices] JudgeWords judge)
    {
        if (Shown is not { } form)
            return NotFound();
        return Answer(await judge.Handle(Who, ActivityId, form.Id, Path ?? "", Reason, HttpContext.RequestAborted), Here(form) + "#words", "words-judged", "");
    }

    public async Task<IActionResult> OnPostUploadAsync()
    {
        if (Workbook is null || Workbook.Length == 0)
            return Refused([new Refusal("form.no-file").At("Workbook")], "");
        var outcome = await upload.Handle(Who, ActivityId, await Workbook.Bytes(HttpContext.RequestAborted), System.IO.Path.GetFileName(Workbook.FileName), HttpContext.RequestAborted);
        return outcome.IsDone ? Done(At("form") + "?Form=" + outcome.Result.Value, "form-uploaded") : Refused(outcome.Refusals, "");
    }

    public async Task<IActionResult> OnPostAcceptAsync()
    {
        if (Shown is not { } form)
            return NotFound();
        return Answer(await accept.Handle(Who, ActivityId, form.Id, NeedCode ?? "", HttpContext.RequestAborted), Here(form), "form-classified", "");
    }

    public async Task<IActionResult> OnPostClassifyAsync()
    {
        if (Shown is not { } form)
            return NotFound();
        var given = Elements.Where(e => form.Element(e.Path ?? "") is not null).Select(e => e.ToCommand()).ToList();
        return Answer(await classify.Handle(Who, ActivityId, form.Id, given, HttpContext.RequestAborted), Here(form) + "&page=" + PageNumber, "form-classified", "");
    }

    public async Task<IActionResult> OnPostPublishAsync()
    {
        if (Shown is not { } form)
            return NotFound();
        return Answer(await publish.Handle(Who, ActivityId, form.Id, HttpContext.RequestAborted), Here(form), "form-published", "");
    }

    public async Task<IActionResult> OnPostKeepAsync()
    {
        if (Shown is not { } form)
            return NotFound();
        return Answer(await answer.Handle(Who, ActivityId, form.Id, Finding ?? "", Reason, HttpContext.RequestAborted), Here(form) + "#findings", "finding-answered", "");
    }

    private string Here(FormVersion form) => At("form") + "?Form=" + form.Id.Value;
}

/// <summary>What is said of one element on the page.</summary>
public sealed class ElementInput
{
    public string? Path { get; set; }
    public string? NeedCode { get; set; }
    public Sensitivity? Sensitivity { get; set; }
    public ElementRole Role { get; set; }
    public ConsentAsk? Ask { get; set; }
    public SpecialCategory? Special { get; set; }
    public string? UrgentNeed { get; set; }
    public string? AskFor { get; set; }

    public ClassifyElement ToCommand() => new(Path!, Blank(NeedCode), Sensitivity, Role, Ask, Special, Blank(UrgentNeed)) { AskFor = Blank(AskFor) };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
