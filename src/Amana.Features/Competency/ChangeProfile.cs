using Amana.Domain.Activities;
using Amana.Domain.Competency;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Competency;

/// <summary>Reads what an organisation asks of roles beyond the shipped profiles; none where it asks nothing.</summary>
public sealed class ProfileReader(AmanaDb db)
{
    public Task<OrganisationProfile?> Read(OrganisationId organisation, CancellationToken cancellationToken) =>
        db.Set<OrganisationProfile>().AsNoTracking().FirstOrDefaultAsync(p => p.OrganisationId == organisation, cancellationToken);
}

/// <summary>Changes what the reader's own organisation asks of roles. Whose roles would rest by it is counted first, over its running activities; the ledger keeps each need with its level, and why.</summary>
public sealed class ChangeProfile(ActivityReader activities, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, IReadOnlyList<RaisedNeed> wanted, string reason, bool knowsWhoRests, CancellationToken cancellationToken)
    {
        if (who.Actor.OrganisationId is not { } organisation || ProfileRules.MayChange(who.Actor, organisation).Count > 0)
            return ProfileRules.MayChange(who.Actor, who.Actor.OrganisationId ?? default).ToList();
        var present = await db.Set<OrganisationProfile>().FirstOrDefaultAsync(p => p.OrganisationId == organisation, cancellationToken);
        var resting = await Resting(organisation, wanted, cancellationToken);
        var decision = ProfileRules.Change(organisation, present?.Raised ?? [], wanted, (reason, knowsWhoRests), resting, (who.Actor, clock.Now()));
        if (decision is not Decision<ProfileChanged>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        if (present is null)
            db.Add(OrganisationProfile.Of(change));
        else
            present.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: organisation.Value).With("shipped", RoleProfiles.Version).With("resting", resting)
            .With("asks", string.Join(' ', change.Raised.Select(r => $"{r.Role}/{r.Competency}/{(int)r.Level}"))));
        return Nothing.Here;
    }

    /// <summary>Seats in running activities of the organisation that count today and would not with what is wanted.</summary>
    private async Task<int> Resting(OrganisationId organisation, IReadOnlyList<RaisedNeed> wanted, CancellationToken cancellationToken)
    {
        var running = await db.Set<Activity>().Where(a => a.OrganisationId == organisation && a.Step != PimStep.Closed).Select(a => a.Id).ToListAsync(cancellationToken);
        var asks = new ProfilesInForce(ProfileRules.Beyond(wanted));
        return (await activities.Snapshots(running, cancellationToken)).Values.Sum(s => s.Team.Count(t => t.IsActive(s.Today) && !(t with { Profiles = asks }).IsActive(s.Today)));
    }
}
