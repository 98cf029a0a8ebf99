using Amana.Disclosure;
using Amana.Domain.Analysis;
using Amana.Domain.Forms;
using Amana.Features.Analysis;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Analysis;

/// <summary>Figures for a need: a question, by a breakdown. The choices live in the address; computing is a post, because it is entered in the ledger.</summary>
[Discloses("coded answers")]
public sealed class Index(ActivityFrame frame, Crosstab crosstab) : ActivityPage(frame)
{
    public override string TitleKey => "analysis.title";

    [BindProperty(SupportsGet = true)]
    public string? Need { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Question { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? By { get; set; }

    public Figures? Figures { get; private set; }

    public IReadOnlyList<Element> Questions => AnalysisRules.Questions(State.Forms);

    public IReadOnlyList<Element> SealedQuestions => AnalysisRules.SealedQuestions(State.Forms);

    public IEnumerable<Choice> Needs => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    public IEnumerable<Choice> QuestionChoices => Questions.OrderBy(q => q.NeedCode is null).Select(q => new Choice(q.Path, q.NeedCode is null ? Label(q) : $"{q.NeedCode} · {Label(q)}"));

    public IEnumerable<Choice> Breakdowns =>
    [
        .. AnalysisRules.Breakdowns(State.Forms).Select(k => new Choice(k.ToString(), Texts.Word(k))),
        .. Questions.Where(q => q.Role == ElementRole.None).Select(q => new Choice(new Breakdown(BreakdownKind.Question, q.Path).Code, Label(q))),
    ];

    /// <summary>The address of these choices, to keep or to send.</summary>
    public string Address => At("analysis") + Microsoft.AspNetCore.Http.QueryString.Create(new Dictionary<string, string?> { ["need"] = Need, ["question"] = Question, ["by"] = By });

    public void OnGet()
    {
        Need ??= State.Purpose?.Content.Needs is [var first, ..] ? first.Code : null;
        Question ??= (Questions.FirstOrDefault(q => q.NeedCode == Need && q.Role == ElementRole.None && q.Ask is null) ?? Questions.FirstOrDefault(q => q.Role == ElementRole.None && q.Ask is null))?.Path;
        By ??= (AnalysisRules.Breakdowns(State.Forms).Contains(BreakdownKind.Sex) ? BreakdownKind.Sex : BreakdownKind.None).ToString();
    }

    /// <summary>The page is made to be printed, and the register of what left says so.</summary>
    public bool ForPaper { get; private set; }

    public Task<IActionResult> OnPostAsync() => Compute();

    public Task<IActionResult> OnPostPrintAsync()
    {
        ForPaper = true;
        return Compute();
    }

    private async Task<IActionResult> Compute()
    {
        var outcome = await crosstab.Read(Who.Citing(Need), ActivityId, Question ?? "", Breakdown.Parse(By), HttpContext.RequestAborted, ForPaper);
        if (!outcome.IsDone)
            return Refused([.. outcome.Refusals.Select(r => r.Field == "NeedCode" ? r.At("Need") : r)], "");
        Figures = outcome.Result;
        return Page();
    }

    public string Label(Element element) => element.Label.In(Texts.Language.Code) is { Length: > 0 } label ? label : element.Name;

    public string Label(Category category) => category.Kind switch
    {
        CategoryKind.NoAnswer => Texts.Plain("analysis.no-answer"),
        CategoryKind.Disability => Texts.Plain(category.Code == WashingtonGroup.With ? "analysis.disability.with" : "analysis.disability.without"),
        _ => category.Label.In(Texts.Language.Code) is { Length: > 0 } label ? label : category.Code,
    };

    public string ByLabel(Figures figures) => figures.By.Kind == BreakdownKind.Question ? Label(Questions.First(q => q.Path == figures.By.Path)) : Texts.Word(figures.By.Kind);

    /// <summary>A count in words; a withheld one says why.</summary>
    public string Shown(PublishedCell cell) => cell switch
    {
        PublishedCell.Published p => Texts.Number(p.Count),
        PublishedCell.SuppressedSmall => Texts.Plain("analysis.cell.small", new { limit = Figures!.SmallCell }),
        _ => Texts.Plain("analysis.cell.protected"),
    };

    /// <summary>Bars for one column, as shares of everybody in it, so that groups of different size can be compared.</summary>
    public IReadOnlyList<Bar> Bars(int? column)
    {
        var figures = Figures!;
        var whole = column is { } c ? (figures.ColumnTotals[c] as PublishedCell.Published)?.Count : figures.Records;
        return
        [
            .. figures.Rows.Select((row, i) =>
            {
                var cell = column is { } at ? figures.Cells[i][at] : figures.RowTotals[i];
                return cell is PublishedCell.Published { Count: var count } && whole is > 0
                    ? new Bar(Label(row), (double)count / whole.Value, $"{Texts.Percent((decimal)count / whole.Value)} ({Texts.Number(count)})")
                    : new Bar(Label(row), 0, Shown(cell));
            }),
        ];
    }
}
