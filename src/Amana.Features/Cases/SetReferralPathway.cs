using Amana.Domain.Cases;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;

namespace Amana.Features.Cases;

/// <summary>Sets where people with an urgent need are sent (DNH-5).</summary>
public sealed class SetReferralPathway(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, IReadOnlyList<ReferralStep> services, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var s = loaded.Result;
        if (s.Referral is { } before && before.Services.SequenceEqual(services))
            return Nothing.Here; // sent twice, or nothing changed
        var decision = ReferralRules.Set(s.Activity, services, clock.Now());
        if (decision is not Decision<ReferralPathwaySet>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (s.Referral is null)
            db.Add(ReferralPathway.Of(change));
        else
            s.Referral.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity).With("services", services.Count).With("live", services.Count(x => x.Live)));
        return Nothing.Here;
    }
}
