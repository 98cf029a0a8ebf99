using System.Text;
using Amana.Domain.Activities;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Participation;

/// <summary>Publishes how people can speak to the activity, in each language, and within how many days they are answered (PC-3).</summary>
public sealed class PublishFeedbackChannel(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FeedbackChannel channel, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var decision = ActivityRules.PublishFeedbackChannel(loaded.Result.Activity, channel);
        if (decision is not Decision<FeedbackChannelPublished>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        loaded.Result.Activity.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("languages", string.Join(' ', channel.HowTo.ByLanguage.Keys)).With("days", channel.AnswerDays));
        return Nothing.Here;
    }
}

/// <summary>Marks feedback as answered (PC-3). Its words are not touched.</summary>
public sealed class AnswerFeedback(Door door, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FeedbackId feedback, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Feedback.FirstOrDefault(f => f.Id == feedback) is not { } given)
            return new Refusal("feedback.not-found", Principle.PeopleCentred);
        if (given.AnsweredAt is not null)
            return Nothing.Here; // sent twice
        var decision = ParticipationRules.Answer(given, clock.Now());
        if (decision is not Decision<FeedbackAnswered>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        given.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, feedback.Value).With("kind", given.Kind.ToString()));
        return Nothing.Here;
    }
}

/// <summary>Opens the words of one feedback: through the door, citing a need, entered into the ledger before they are read.</summary>
public sealed class OpenFeedback(Door door, LedgerBook ledger, Safe safe)
{
    public async Task<Outcome<Sensitive<string>>> Handle(AccessContext who, ActivityId activity, FeedbackId feedback, CancellationToken cancellationToken)
    {
        var passage = await door.Ask(who, Operation.Open, activity, consent: null, feedback.Value, cancellationToken);
        if (!passage.IsDone)
            return Outcome<Sensitive<string>>.RefusedBy(passage.Refusals);
        if (passage.Result.Activity.Feedback.FirstOrDefault(f => f.Id == feedback) is not { } given)
            return new Refusal("feedback.not-found", Principle.PeopleCentred);
        var permit = await ledger.Disclose(who, passage.Result.Answer, new Happening("FeedbackOpened", activity, feedback.Value).With("kind", given.Kind.ToString()), cancellationToken);
        return new Sensitive<string>(Encoding.UTF8.GetString(await safe.OpenFile(permit, activity, feedback.Value, given.WordsBox, cancellationToken)));
    }
}
