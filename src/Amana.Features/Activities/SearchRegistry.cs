using Amana.Domain.Activities;
using Amana.Domain.Forms;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Activities;

/// <summary>Searches the operation's registry for activities that overlap with this one (CO-1). Earlier answers are kept.</summary>
public sealed class SearchRegistry(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>How many overlaps reach the operation's threshold.</summary>
    public async Task<Outcome<int>> Handle(AccessContext who, ActivityId activity, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<int>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        var registry = await db.Set<Activity>().AsNoTracking().Where(a => a.Id != activity).ToListAsync(cancellationToken);
        var forms = (await db.Set<FormVersion>().AsNoTracking().Where(f => f.ActivityId != activity && f.State != FormState.Closed).Select(f => new { f.ActivityId, f.Elements }).ToListAsync(cancellationToken))
            .ToLookup(f => f.ActivityId, f => f.Elements);
        var registered = registry.Select(a => new Registered(a, Asked(forms[a.Id].SelectMany(e => e))));
        var decision = OverlapRules.Search(s.Activity, Asked(s.Elements), registered, s.Limits.OverlapThreshold, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<RegistrySearched>.Allowed(var change))
            return Outcome<int>.RefusedBy(decision.Refusals);
        if (s.Overlaps is null)
            db.Add(OverlapReview.Of(change));
        else
            s.Overlaps.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("searched", registry.Count).With("found", change.Found.Count));
        return change.Found.Count;
    }

    /// <summary>What a form asks beyond consent and what tells people apart, which every form asks.</summary>
    private static List<string> Asked(IEnumerable<Element> elements) =>
        [.. elements.Where(e => e is { Computed: false, Ask: null, Role: ElementRole.None }).Select(e => e.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
}

/// <summary>Answers one overlap: reuse what exists, join it, or say why a new activity is needed all the same (CO-1).</summary>
public sealed class AnswerOverlap(Door door, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, ActivityId other, OverlapAnswer answer, string reason, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        if (loaded.Result.Overlaps is not { } review)
            return new Refusal("overlap.not-searched", Principle.Coordination).MendedBy(Mender.ActivityLead, MendPage.Overlaps);
        var decision = OverlapRules.Answer(review, other, answer, reason);
        if (decision is not Decision<OverlapAnswered>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        review.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, other.Value).With("with", answer.ToString()));
        return Nothing.Here;
    }
}
