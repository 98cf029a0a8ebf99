using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.People;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Rights;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Rights;

/// <summary>One activity in the plan of disposal: what it holds, until when, what happens then, and what holds it.</summary>
public sealed record PlannedDisposal(ActivityId Activity, int Number, string Title, DateOnly KeptUntil, AfterRetention Then, DisposalStanding Standing)
{
    public int People { get; init; }
    public int Records { get; init; }
    public int Boxes { get; init; }
    public LegalHold? Hold { get; init; }
}

/// <summary>What would be disposed of, if the runs were held now. Nothing is.</summary>
/// <param name="Today">The day it is said for.</param>
/// <param name="Withdrawn">People who withdrew and are erased by the next run.</param>
/// <param name="Activities">All activities that have a plan and hold something, those that are due first.</param>
public sealed record ShownDisposals(DateOnly Today, int Withdrawn, IReadOnlyList<PlannedDisposal> Activities);

/// <summary>The dry run of erasure and retention, with counts. For those who keep the house, and for the data protection focal point.</summary>
public sealed class DisposalPlan(AmanaDb db, TimeProvider clock)
{
    public async Task<Outcome<ShownDisposals>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        if (who.Actor.Kind != ActorKind.House && Authority.MustHold(who.Actor, Duty.DataProtectionFocalPoint) is { Count: > 0 } refusals)
            return refusals.ToList();
        var withdrawn = await EraseWithdrawn.CountWaiting(db, cancellationToken);
        return new ShownDisposals(clock.Today(), withdrawn, await Planned(cancellationToken));
    }

    internal async Task<List<PlannedDisposal>> Planned(CancellationToken cancellationToken)
    {
        var holds = (await db.Set<LegalHold>().AsNoTracking().Where(h => h.LiftedAt == null).ToListAsync(cancellationToken)).ToDictionary(h => h.ActivityId);
        var planned = new List<PlannedDisposal>();
        foreach (var activity in await db.Set<Activity>().AsNoTracking().OrderBy(a => a.Number).ToListAsync(cancellationToken))
        {
            if (activity.Retention is not { } plan)
                continue;
            var people = await db.Set<Person>().CountAsync(p => p.ActivityId == activity.Id, cancellationToken);
            var holdsData = people > 0 || await db.Set<DataKey>().AnyAsync(k => k.OwnerId == activity.Id.Value, cancellationToken);
            var standing = RetentionRules.Standing(activity, holdsData, holds.ContainsKey(activity.Id), clock.Today());
            if (standing == DisposalStanding.Nothing)
                continue;
            var records = db.Set<RecordEntry>().Where(r => r.ActivityId == activity.Id);
            planned.Add(new PlannedDisposal(activity.Id, activity.Number, activity.Title, plan.KeptUntil(activity.Period), plan.Then, standing)
            {
                People = people, Records = await records.CountAsync(cancellationToken),
                Boxes = await db.Set<PersonBox>().CountAsync(b => records.Any(r => r.Id == b.RecordId), cancellationToken), Hold = holds.GetValueOrDefault(activity.Id),
            });
        }

        return [.. planned.OrderByDescending(p => p.Standing).ThenBy(p => p.KeptUntil)];
    }
}
