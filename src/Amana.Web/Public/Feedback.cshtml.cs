using Amana.Domain.Participation;
using Amana.Domain.Shared;
using Amana.Features.Participation;
using Amana.Features.Platform;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Public;

/// <summary>A complaint, a suggestion or a question to an activity, from anybody (PC-3). The words are sealed as they arrive.</summary>
[Changes("narrative")]
public sealed class FeedbackPage(PublicActivities activities, GiveFeedback give, TimeProvider clock) : PublicPage
{
    [BindProperty]
    public FeedbackInput Input { get; set; } = new();

    public IReadOnlyList<Choice> Activities { get; private set; } = [];

    public IEnumerable<Choice> Kinds => Enum.GetValues<FeedbackKind>().Select(k => new Choice(k.ToString(), Texts.Word(k)));

    /// <summary>The days in which an answer is promised, after sending; 0 when none are set.</summary>
    public int? Sent { get; private set; }

    public async Task OnGetAsync(int? activity, int? sent)
    {
        Sent = sent is >= 0 and <= 365 ? sent : null;
        Input = new FeedbackInput { Id = Ids.NewGuid(clock), Activity = activity };
        await Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        if (TooOften)
            return Wait(nameof(Input));
        var said = new SaidToUs(new FeedbackId(Input.Id), Input.Activity ?? 0, Input.Kind, Texts.Language.Code, new Sensitive<string>(Input.Words ?? ""));
        var outcome = await give.Handle(Person, said, HttpContext.RequestAborted);
        return outcome.IsDone ? LocalRedirect($"/public/feedback?sent={outcome.Result ?? 0}") : Refused(outcome.Refusals);
    }

    private async Task Load() =>
        Activities = [.. (await activities.Read(HttpContext.RequestAborted)).Select(a => new Choice(a.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), a.Title))];
}

public sealed class FeedbackInput
{
    public Guid Id { get; set; }
    public int? Activity { get; set; }
    public FeedbackKind? Kind { get; set; }
    public string? Words { get; set; }
}
