using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Linkage;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Linkage;

/// <summary>Records that may be of one person: a search that shows nobody's answers, and pairs by code for a second person to decide. Nothing is merged.</summary>
[Discloses("coded answers")]
[Changes("likely matches")]
public sealed class Linking(ActivityFrame frame, LinkingChoices choices, LikelyMatches list, ActivityReader activities) : ActivityPage(frame)
{
    public override string TitleKey => "place.linking";

    /// <summary>Number of the activity to compare with.</summary>
    [BindProperty(SupportsGet = true)]
    public int? With { get; set; }

    [BindProperty]
    public string? HereNeed { get; set; }

    [BindProperty]
    public string? ThereNeed { get; set; }

    [BindProperty]
    public List<string> Questions { get; set; } = [];

    public IReadOnlyList<ListedMatch>? Matches { get; private set; }

    public IReadOnlyList<LinkingChoice> Choices { get; private set; } = [];

    public LinkingChoice? Chosen => With is { } number ? Choices.FirstOrDefault(c => c.Number == number) : null;

    public IEnumerable<Choice> Others => Choices.Select(c => new Choice(c.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), c.Number == Number ? Texts.Plain("linking.itself") : c.Title));

    public IEnumerable<Choice> NeedsHere => State.Purpose?.Content.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    public IEnumerable<Choice> NeedsThere => Chosen?.Needs.Select(n => new Choice(n.Code, $"{n.Code} · {n.Question}")) ?? [];

    public IEnumerable<Choice> QuestionChoices => Chosen?.Questions.Select(q => new Choice(q.Question, $"{QuestionWords(q.Question)} ({Texts.Plain("vocabulary.CompareAs." + q.As)})")) ?? [];

    public string QuestionWords(string name) => State.Elements.FirstOrDefault(e => e.Name == name)?.Label.In(Texts.Language.Code) is { Length: > 0 } label ? label : name;

    /// <summary>The engine's level of agreement in words; equal, alike or different for the fine levels between.</summary>
    public string LevelWords(string level) => Texts.Plain(level switch
    {
        "equal" or "Equal" => "linking.level.equal",
        "different" or "Different" => "linking.level.different",
        _ => "linking.level.alike",
    });

    public async Task<IActionResult> OnGetAsync() => await Fill() is { } refused ? Closed(refused) : Page();

    public async Task<IActionResult> OnPostAsync([FromServices] FindLikelyMatches find)
    {
        if (await Fill() is { } refused)
            return refused;
        if (Chosen is not { } chosen || await activities.Find(chosen.Number, HttpContext.RequestAborted) is not { } other)
            return Refused([new Refusal("field.required").At(nameof(With))], "");
        var search = new LinkingSearch(ActivityId, HereNeed, other, other == ActivityId ? HereNeed : ThereNeed, Questions);
        return Answer(await find.Handle(Who, search, HttpContext.RequestAborted), At("linking"), "linking-searched", "");
    }

    public async Task<IActionResult> OnPostDecideAsync(Guid id, bool same, [FromServices] DecideMatch decide)
    {
        if (await Fill() is { } refused)
            return refused;
        return Answer(await decide.Handle(Who, ActivityId, new LikelyMatchId(id), same, HttpContext.RequestAborted), At("linking"), "match-decided", "");
    }

    private async Task<IActionResult?> Fill()
    {
        var read = await list.Read(Who, ActivityId, HttpContext.RequestAborted);
        if (!read.IsDone)
            return Refused(read.Refusals, "");
        Matches = read.Result;
        Choices = await choices.Read(Who, State, HttpContext.RequestAborted);
        return null;
    }
}
