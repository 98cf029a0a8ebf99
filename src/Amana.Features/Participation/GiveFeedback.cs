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
public sealed record SaidToUs(FeedbackId Id, int Activity, FeedbackKind? Kind, string Language, Sensitive<string> Words);

/// <summary>Takes a complaint or suggestion from anybody, without an account (PC-3). The words are sealed before they are kept. Answers with the days in which an answer is promised.</summary>
public sealed class GiveFeedback(AmanaDb db, Safe safe, LedgerBook ledger, TimeProvider clock)
{
    private const int LongestWords = 4000;

    public async Task<Outcome<int?>> Handle(AccessContext who, SaidToUs said, CancellationToken cancellationToken)
    {
        var words = said.Words.Reveal().Trim();
        var errors = new FieldErrors().Text("Words", words, LongestWords).Must(said.Kind is not null, "Kind", "field.required");
        var activity = await db.Set<Activity>().FirstOrDefaultAsync(a => a.Number == said.Activity && (a.Step == PimStep.Implement || a.Step == PimStep.Evaluate), cancellationToken);
        errors.Must(activity is not null, "Activity", "field.required");
        if (errors.Any || activity is null || said.Kind is not { } kind)
            return errors.All;
        if (await db.Set<Feedback>().AnyAsync(f => f.Id == said.Id, cancellationToken))
            return activity.Feedback?.AnswerDays; // sent twice
        var box = await safe.SealFile(activity.Id, said.Id.Value, Encoding.UTF8.GetBytes(words), cancellationToken);
        var decision = ParticipationRules.Give(activity, said.Id, kind, said.Language, box, clock.Now());
        if (decision is not Decision<FeedbackGiven>.Allowed(var change))
            return Outcome<int?>.RefusedBy(decision.Refusals);
        db.Add(Feedback.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity.Id, said.Id.Value).With("kind", kind.ToString()).With("language", said.Language));
        return activity.Feedback?.AnswerDays;
    }
}
