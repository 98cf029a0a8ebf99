using Amana.Domain.Participation;
using Amana.Domain.Shared;
using Amana.Features.Participation;
using Amana.Features.Platform;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Public;

/// <summary>A complaint, a suggestion or a question to an activity, from anybody, and the answer to it (PC-3). The words are sealed as they arrive; the code for the answer is shown once and
/// stands in no address.</summary>
[Changes("narrative"), Discloses("narrative")]
public sealed class FeedbackPage(PublicActivities activities, GiveFeedback give, FeedbackReplies replies, TimeProvider clock) : PublicPage
{
    [BindProperty]
    public FeedbackInput Input { get; set; } = new();

    [BindProperty]
    public string? Code { get; set; }

    public IReadOnlyList<Choice> Activities { get; private set; } = [];

    public IEnumerable<Choice> Kinds => Enum.GetValues<FeedbackKind>().Select(k => new Choice(k.ToString(), Texts.Word(k)));

    /// <summary>What whoever spoke takes along.</summary>
    public Heard? Sent { get; private set; }

    public FeedbackReply? Reply { get; private set; }

    public bool NothingFound { get; private set; }

    public async Task OnGetAsync(int? activity)
    {
        Input = new FeedbackInput { Id = Ids.NewGuid(clock), Activity = activity };
        await Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        if (TooOften)
            return Wait(nameof(Input));
        var said = new SaidToUs(new FeedbackId(Input.Id), Input.Activity ?? 0, Input.Kind, Texts.Language.Code, new Sensitive<string>(Input.Words ?? "")) { Confidential = Input.Confidential };
        var outcome = await give.Handle(Person, said, HttpContext.RequestAborted);
        if (!outcome.IsDone)
            return Refused(outcome.Refusals);
        Sent = outcome.Result;
        return Page();
    }

    public async Task<IActionResult> OnPostReplyAsync()
    {
        await Load();
        if (TooOften)
            return Wait(nameof(Input));
        ModelState.Clear();
        Input = new FeedbackInput { Id = Ids.NewGuid(clock) };
        Reply = await replies.Read(Person, Code ?? "", HttpContext.RequestAborted);
        NothingFound = Reply is null;
        Code = null;
        return Page();
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

    /// <summary>Only those with the duty may read it.</summary>
    public bool Confidential { get; set; }
}
