using Amana.Domain.Activities;
using Amana.Domain.Participation;
using Amana.Domain.Shared;
using Amana.Features.Participation;
using Amana.Web.Activities;
using Amana.Web.Security;
using Amana.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Amana.Web.Participation;

/// <summary>How people can speak to the activity, what came, and what waits for an answer (PC-3). The words stay sealed until someone opens one, for a need.</summary>
[Discloses("narrative")]
public sealed class FeedbackModel(ActivityFrame frame, PublishFeedbackChannel publish, AnswerFeedback answer, OpenFeedback open, GiveFeedback give) : ActivityPage(frame)
{
    public override string TitleKey => "place.feedback";

    [BindProperty]
    public ChannelInput Input { get; set; } = new();

    /// <summary>The feedback whose words were just opened, and the words.</summary>
    public (FeedbackId Id, Sensitive<string> Words)? Opened { get; private set; }

    public IReadOnlyList<Choice> Needs =>
        [.. (State.Purpose?.Content.Needs ?? []).Select(n => new Choice(n.Code, $"{n.Code}: {n.Question}"))];

    [BindProperty]
    public SaidInput Said { get; set; } = new();

    /// <summary>The code for whoever spoke, once, after staff wrote it down for them.</summary>
    public Heard? Recorded { get; private set; }

    /// <summary>How many lie apart, for those with the duty alone.</summary>
    public int Apart => State.Feedback.Count(f => ParticipationRules.MayHear(f, Who.Actor).Count > 0);

    public IEnumerable<Feedback> Given => State.Feedback.Where(f => ParticipationRules.MayHear(f, Who.Actor).Count == 0).OrderBy(f => f.AnsweredAt is not null).ThenBy(f => f.ReceivedAt);

    public int Overdue => State.Feedback.Count(IsOverdue);

    public bool IsOverdue(Feedback f) => f.AnsweredAt is null && State.Activity.Feedback is { } channel && f.ReceivedAt.AddDays(channel.AnswerDays) < State.Now;

    public DateOnly? DueOn(Feedback f) => State.Activity.Feedback is { } channel ? DateOnly.FromDateTime(f.ReceivedAt.UtcDateTime).AddDays(channel.AnswerDays) : null;

    public void OnGet()
    {
        Fill();
        Said.Id = Guid.CreateVersion7();
    }

    public async Task<IActionResult> OnPostChannel(CancellationToken cancellationToken)
    {
        if (Input.AnswerDays is not { } days)
            return Refused([new Refusal("field.required").At("AnswerDays")]);
        return Answer(await publish.Handle(Who, ActivityId, new FeedbackChannel(WordsIn.ToText(Input.HowTo), days), cancellationToken), At("feedback"), "channel-published");
    }

    public async Task<IActionResult> OnPostAnswered(Guid id, string? words, CancellationToken cancellationToken)
    {
        Fill();
        ModelState.Clear();
        return Answer(await answer.Handle(Who, ActivityId, new FeedbackId(id), new Sensitive<string>(words ?? ""), cancellationToken), At("feedback"), "feedback-answered", "");
    }

    public async Task<IActionResult> OnPostRecord(CancellationToken cancellationToken)
    {
        Fill();
        var said = new SaidToUs(new FeedbackId(Said.Id), Number, Said.Kind, Said.Language ?? State.Activity.Languages[0], new Sensitive<string>(Said.Words ?? "")) { Way = Said.Way, Confidential = Said.Confidential };
        var outcome = await give.Handle(Who, said, cancellationToken);
        if (!outcome.IsDone)
            return Refused(outcome.Refusals, nameof(Said));
        ModelState.Clear();
        (Recorded, Said) = (outcome.Result, new SaidInput { Id = Guid.CreateVersion7() });
        return Page();
    }

    /// <summary>Posted, not linked: the words never stand behind an address that a history keeps.</summary>
    public async Task<IActionResult> OnPostOpen(Guid id, string? need, CancellationToken cancellationToken)
    {
        Fill();
        ModelState.Clear();
        var outcome = await open.Handle(Who.Citing(need), ActivityId, new FeedbackId(id), cancellationToken);
        if (!outcome.IsDone)
            return Refused(outcome.Refusals);
        Opened = (new FeedbackId(id), outcome.Result);
        return Page();
    }

    private void Fill() => Input = new ChannelInput
    {
        HowTo = WordsIn.Of(State.LanguagesSpoken, State.Activity.Feedback?.HowTo ?? LocalText.Empty), AnswerDays = State.Activity.Feedback?.AnswerDays,
    };
}

/// <summary>What the form of the channel asks.</summary>
public sealed class ChannelInput
{
    public List<WordsIn> HowTo { get; set; } = [];
    public int? AnswerDays { get; set; }
}

/// <summary>What staff write down for somebody who spoke to them.</summary>
public sealed class SaidInput
{
    public Guid Id { get; set; }
    public FeedbackKind? Kind { get; set; }
    public FeedbackWay Way { get; set; } = FeedbackWay.InPerson;
    public string? Language { get; set; }
    public string? Words { get; set; }
    public bool Confidential { get; set; }
}
