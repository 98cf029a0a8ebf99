using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Activities;

/// <summary>Starts an activity in Assess, led by who starts it: staff for their own organisation, coordinators for any. Sent twice with the same id it is started once.</summary>
public sealed class BeginActivity(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>The new activity's number. Numbers run from 1 without regard to organisation.</summary>
    public async Task<Outcome<int>> Handle(AccessContext who, StartActivity command, CancellationToken cancellationToken)
    {
        if (Authority.MayStart(who.Actor, command.OrganisationId) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (!await db.Set<Organisation>().AnyAsync(o => o.Id == command.OrganisationId, cancellationToken))
            return new Refusal("organisation.not-found").At("Organisation");
        for (var attempt = 1; ; attempt++)
        {
            if (await db.Set<Activity>().AsNoTracking().Where(a => a.Id == command.Id).Select(a => (int?)a.Number).FirstOrDefaultAsync(cancellationToken) is { } started)
                return started;
            var number = (await db.Set<Activity>().MaxAsync(a => (int?)a.Number, cancellationToken) ?? 0) + 1;
            var decision = ActivityRules.Start(command, number, who.Actor.StaffId!.Value, clock.Now());
            if (decision is not Decision<ActivityStarted>.Allowed(var change))
                return Outcome<int>.RefusedBy(decision.Refusals);
            db.Add(Activity.Start(change));
            try
            {
                await ledger.Commit(who, cancellationToken, Happening.Of(change, change.Id).With("number", number).With("category", change.Category.ToString()).With("level", change.Level.ToString()));
                return number;
            }
            catch (DbUpdateException) when (attempt < 5)
            {
                // Somebody took the number in the same moment; the next one is free.
                db.ChangeTracker.Clear();
            }
        }
    }
}
