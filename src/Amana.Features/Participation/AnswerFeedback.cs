using System.Text;
using Amana.Domain.Accounts;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Participation;

/// <summary>Answers feedback (PC-3): whoever spoke reads the words with the code they got. What is confidential is answered by those with the duty alone.</summary>
public sealed class AnswerFeedback(Door door, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, FeedbackId feedback, Sensitive<string> words, CancellationToken cancellationToken)
    {
        var loaded = who.Actor.Has(Duty.DataProtectionFocalPoint) ? await door.ForReading(who, activity, cancellationToken) : await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Feedback.FirstOrDefault(f => f.Id == feedback) is not { } given || ParticipationRules.MayHear(given, who.Actor) is { Count: > 0 })
            return new Refusal("feedback.not-found", Principle.PeopleCentred);
        if (given.AnsweredAt is not null)
            return Nothing.Here; // sent twice
        var text = words.Reveal().Trim();
        var errors = new FieldErrors().Text("Words", text, 2000);
        if (errors.Any)
            return errors.All;
        var box = await safe.SealFile(activity, FeedbackCodes.PlaceOfReply(feedback), Encoding.UTF8.GetBytes(text), cancellationToken);
        var decision = ParticipationRules.Answer(given, box, clock.Now());
        if (decision is not Decision<FeedbackAnswered>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        given.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, feedback.Value).With("kind", given.Kind.ToString()));
        return Nothing.Here;
    }
}

/// <summary>Opens the words of one feedback: through the door, entered into the ledger before they are read. For a need by those who may open records; what is confidential by those with
/// the duty alone, and for nobody else does it exist.</summary>
public sealed class OpenFeedback(Door door, LedgerBook ledger, Safe safe)
{
    public async Task<Outcome<Sensitive<string>>> Handle(AccessContext who, ActivityId activity, FeedbackId feedback, CancellationToken cancellationToken)
    {
        var loaded = await door.ForReading(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Sensitive<string>>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Feedback.FirstOrDefault(f => f.Id == feedback) is not { WordsBox.Length: > 0 } given || ParticipationRules.MayHear(given, who.Actor) is { Count: > 0 })
            return new Refusal("feedback.not-found", Principle.PeopleCentred);
        // The focal point answers confidential complaints of the whole operation without a seat in each team; the rest is opened for a need.
        var passage = await door.Ask(who, given.Confidential ? Operation.Erase : Operation.Open, activity, consent: null, feedback.Value, cancellationToken);
        if (!passage.IsDone)
            return Outcome<Sensitive<string>>.RefusedBy(passage.Refusals);
        var permit = await ledger.Disclose(who, passage.Result.Answer, new Happening("FeedbackOpened", activity, feedback.Value).With("kind", given.Kind.ToString()), cancellationToken);
        return new Sensitive<string>(Encoding.UTF8.GetString(await safe.OpenFile(permit, activity, feedback.Value, given.WordsBox, cancellationToken)));
    }
}
