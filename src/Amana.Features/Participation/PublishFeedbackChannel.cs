using Amana.Domain.Activities;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

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
