using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Records;

/// <summary>Keeps that the accuracy and relevance of records were looked at (SEC-6). Sent twice with the same id it is kept once.</summary>
public sealed class ReviewAccuracy(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, ReviewAccuracyOf command, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        if (await db.Set<AccuracyReview>().AnyAsync(r => r.Id == command.Id, cancellationToken))
            return Nothing.Here;
        var decision = AccuracyRules.Review(s.Activity, command, s.Collection.Records, s.Limits.AccuracyDays, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<AccuracyReviewed>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(AccuracyReview.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.Id.Value).With("checked", change.Checked).With("wrong", change.Wrong).With("corrected", change.Corrected));
        return Nothing.Here;
    }
}

/// <summary>Keeps that a recipient was told of corrections to what they had received (SEC-6).</summary>
public sealed class TellCorrections(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, ReleaseId release, string how, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        if (s.Releases.FirstOrDefault(r => r.Id == release) is not { } left)
            return new Refusal("release.not-found");
        var decision = AccuracyRules.Tell(left, how, who.Actor.StaffId!.Value, clock.Now());
        if (decision is not Decision<RecipientToldOfCorrections>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (await db.Set<CorrectionsTold>().FirstOrDefaultAsync(t => t.ReleaseId == release, cancellationToken) is { } told)
            told.Apply(change);
        else
            db.Add(CorrectionsTold.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, release.Value).With("recipient", left.RecipientId.Value.ToString("N"))
            .With("records", s.Accuracy.Untold.FirstOrDefault(u => u.ReleaseId == release)?.Count ?? 0));
        return Nothing.Here;
    }
}

/// <summary>The looks at accuracy that were kept, the newest first, and a few random codes to begin the next with.</summary>
public sealed record AccuracyHistory(IReadOnlyList<AccuracyReview> Reviews, IReadOnlyList<string> Sample);

/// <summary>Reads them. Codes are random and tell nothing; opening one is asked of the door.</summary>
public sealed class AccuracyOfActivity(AmanaDb db)
{
    /// <summary>Codes proposed for a look.</summary>
    public const int SampleSize = 12;

    /// <param name="activity">Of which activity.</param>
    /// <param name="seed">The same seed proposes the same records, so that a sample can be come back to.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<AccuracyHistory> Read(ActivityId activity, int seed, CancellationToken cancellationToken)
    {
        var reviews = await db.Set<AccuracyReview>().AsNoTracking().Where(r => r.ActivityId == activity).OrderByDescending(r => r.At).ToListAsync(cancellationToken);
        var records = db.Set<RecordEntry>().AsNoTracking().Where(r => r.ActivityId == activity && r.State == RecordState.InUse);
        var count = await records.CountAsync(cancellationToken);
        var sample = new List<string>();
        // Codes are random, so a place in their order is a random record; the seed only keeps the sample the same for the day.
        foreach (var place in Places(seed, count))
            sample.Add(await records.OrderBy(r => r.Code).Skip(place).Select(r => r.Code).FirstAsync(cancellationToken));
        return new AccuracyHistory(reviews, sample);
    }

    private static IEnumerable<int> Places(int seed, int count) =>
        count <= SampleSize ? Enumerable.Range(0, count) : Enumerable.Range(0, SampleSize).Select(i => (int)(((long)i * count / SampleSize + Math.Abs((long)seed)) % count));
}
