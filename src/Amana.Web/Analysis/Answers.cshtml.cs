using Amana.Features.Analysis;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Analysis;

/// <summary>A working copy of the coded answers that serve one need: CSV, one table for each repeat, or a workbook. It is entered in the ledger and in the register of what left, and comes after a fresh proof of who one is.</summary>
[Discloses("coded answers")]
public sealed class Answers(ActivityFrame frame, ExportAnswers export) : ActivityPage(frame)
{
    public override string TitleKey => "answers.title";

    [BindProperty]
    public string? NeedCode { get; set; }

    [BindProperty]
    public AnswersFormat Format { get; set; } = AnswersFormat.Tables;

    /// <summary>Labels in the language of the page instead of codes.</summary>
    [BindProperty]
    public bool Labels { get; set; }

    [BindProperty]
    public bool Split { get; set; }

    public IEnumerable<Choice> Needs => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    public IEnumerable<Choice> Formats => new[] { AnswersFormat.Tables, AnswersFormat.Workbook, AnswersFormat.Flat }.Select(f => new Choice(f.ToString(), Texts.Word(f)));

    public void OnGet() => NeedCode = State.Purpose?.Content.Needs is [var first, ..] ? first.Code : null;

    [Grave]
    public async Task<IActionResult> OnPostAsync()
    {
        var shape = new AnswersShape(Format, Labels ? Texts.Language.Code : null, Split);
        var outcome = await export.Handle(Who.Citing(NeedCode), ActivityId, shape, kind => AnswersDownload.Begin(Response, State.Activity.Number, kind), HttpContext.RequestAborted);
        return outcome.IsDone ? new EmptyResult() : Refused(outcome.Refusals, "");
    }
}

/// <summary>The beginning of an answer that is a file of answers. Its name tells the activity's number and nothing of anybody.</summary>
internal static class AnswersDownload
{
    public static Stream Begin(HttpResponse response, int number, AnswersFile kind)
    {
        var (type, ending) = kind switch
        {
            AnswersFile.Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            AnswersFile.Zip => ("application/zip", "zip"),
            _ => ("text/csv; charset=utf-8", "csv"),
        };
        response.ContentType = type;
        response.Headers.ContentDisposition = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"attachment; filename=\"answers-{number}.{ending}\"");
        return response.Body;
    }
}
