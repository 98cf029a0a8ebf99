using System.Text;
using Amana.Domain.Activities;
using Amana.Domain.Participation;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Participation;

/// <summary>What somebody says to an activity: its kind, language, and words.</summary>
/// <param name="Id">Made when the page was opened, so that sending twice keeps one.</param>
public sealed record SaidToUs(FeedbackId Id, int Activity, FeedbackKind? Kind, string Language, Sensitive<string> Words)
{
    /// <summary>The way it came, for staff who write it down for somebody; the public page otherwise.</summary>
    public FeedbackWay Way { get; init; }

    /// <summary>Only those with the duty may read it.</summary>
    public bool Confidential { get; init; }
}

/// <summary>What whoever spoke takes along: the days in which an answer is promised, and the code by which the answer is read.</summary>
public sealed record Heard(int? Days, string Code);

/// <summary>Takes a complaint or suggestion from anybody, without an account (PC-3). The words are sealed before they are kept; of the code only a keyed hash is.</summary>
public sealed class GiveFeedback(AmanaDb db, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    private const int LongestWords = 4000;

    public async Task<Outcome<Heard>> Handle(AccessContext who, SaidToUs said, CancellationToken cancellationToken)
    {
        var words = said.Words.Reveal().Trim();
        var errors = new FieldErrors().Text("Words", words, LongestWords).Must(said.Kind is not null, "Kind", "field.required");
        var activity = await db.Set<Activity>().FirstOrDefaultAsync(a => a.Number == said.Activity && (a.Step == PimStep.Implement || a.Step == PimStep.Evaluate), cancellationToken);
        errors.Must(activity is not null, "Activity", "field.required");
        if (errors.Any || activity is null || said.Kind is not { } kind)
            return errors.All;
        var code = FeedbackCodes.Of(safe, said.Id);
        if (await db.Set<Feedback>().AnyAsync(f => f.Id == said.Id, cancellationToken))
            return new Heard(activity.Feedback?.AnswerDays, code); // sent twice
        var box = await safe.SealFile(activity.Id, said.Id.Value, Encoding.UTF8.GetBytes(words), cancellationToken);
        var command = new SayFeedback(said.Id, kind, said.Language, box)
        {
            Way = who.Actor.Kind == ActorKind.Staff ? said.Way : FeedbackWay.PublicPage, Confidential = said.Confidential, ReplyIndex = FeedbackCodes.IndexOf(safe, code),
        };
        var decision = ParticipationRules.Give(activity, command, clock.Now());
        if (decision is not Decision<FeedbackGiven>.Allowed(var change))
            return Outcome<Heard>.RefusedBy(decision.Refusals);
        db.Add(Feedback.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity.Id, said.Id.Value).With("kind", kind.ToString()).With("language", said.Language)
            .With("way", change.Way.ToString()).With("confidential", change.Confidential ? "yes" : "no"));
        return new Heard(activity.Feedback?.AnswerDays, code);
    }
}

/// <summary>Codes by which people read what was answered to their feedback: made from its id, so a repeated sending gets the same.</summary>
internal static class FeedbackCodes
{
    public static string Of(Safe safe, FeedbackId id) => "FB-" + string.Join('-', Ids.CodeOf(safe.Index("feedback-code", id.Value.ToString("N")), 12).Chunk(4).Select(c => new string(c)));

    public static byte[] IndexOf(Safe safe, string typed)
    {
        var bare = typed.Trim();
        return safe.Index("feedback-reply", Ids.Normalise(bare.StartsWith("FB-", StringComparison.OrdinalIgnoreCase) ? bare[3..] : bare));
    }

    /// <summary>A box of its own beside that of the words.</summary>
    public static Guid PlaceOfReply(FeedbackId id)
    {
        var bytes = id.Value.ToByteArray();
        bytes[^1] ^= 0xFF;
        return new Guid(bytes);
    }
}

/// <summary>How feedback stands that somebody gave: when it came, by when it is answered, and the answer.</summary>
public sealed record FeedbackReply(FeedbackKind Kind, DateTimeOffset ReceivedAt, DateOnly? DueOn, DateTimeOffset? AnsweredAt, Sensitive<string> Words);

/// <summary>Reads the answer to feedback with the code that came with it (PC-3). An unknown code finds nothing. That it was read is entered and closes the loop.</summary>
public sealed class FeedbackReplies(Door door, AmanaDb db, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    public async Task<FeedbackReply?> Read(AccessContext who, string typed, CancellationToken cancellationToken)
    {
        var index = FeedbackCodes.IndexOf(safe, typed);
        if (await db.Set<Feedback>().FirstOrDefaultAsync(f => f.ReplyIndex == index, cancellationToken) is not { } given)
            return null;
        // Whoever may have everything of theirs erased may read what they were told.
        var passage = await door.Ask(who, Operation.Erase, given.ActivityId, null, given.Id.Value, cancellationToken);
        if (!passage.IsDone)
            return null;
        var due = passage.Result.Activity.Activity.Feedback is { } channel ? DateOnly.FromDateTime(given.ReceivedAt.UtcDateTime).AddDays(channel.AnswerDays) : (DateOnly?)null;
        if (given.AnswerBox.Length == 0)
            return new FeedbackReply(given.Kind, given.ReceivedAt, due, given.AnsweredAt, new Sensitive<string>(""));
        if (ParticipationRules.Hear(given, clock.Now()) is Decision<FeedbackAnswerHeard>.Allowed(var heard))
            given.Apply(heard);
        var place = FeedbackCodes.PlaceOfReply(given.Id);
        var permit = await ledger.Disclose(who, passage.Result.Answer, new Happening("FeedbackAnswerRead", given.ActivityId, place).With("feedback", given.Id.Value.ToString("D")), cancellationToken);
        var words = await safe.OpenFile(permit, given.ActivityId, place, given.AnswerBox, cancellationToken);
        return new FeedbackReply(given.Kind, given.ReceivedAt, due, given.AnsweredAt, new Sensitive<string>(Encoding.UTF8.GetString(words)));
    }
}
