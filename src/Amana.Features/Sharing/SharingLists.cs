using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>An organisation as lists name it.</summary>
public sealed record ListedOrganisation(OrganisationId Id, string Name, string ShortName, bool HoldsTheSameRules);

/// <summary>An agreement with the names of both sides, and whether it is in force today.</summary>
public sealed record ListedAgreement(Agreement Terms, string Giver, string Recipient, bool InForce);

/// <summary>All agreements of the operation, the newest first, and the organisations that can make one.</summary>
public sealed class AgreementList(AmanaDb db, TimeProvider clock)
{
    public async Task<(IReadOnlyList<ListedAgreement> Agreements, IReadOnlyList<ListedOrganisation> Organisations)> Read(CancellationToken cancellationToken)
    {
        var organisations = (await db.Set<Organisation>().AsNoTracking().ToListAsync(cancellationToken)).OrderBy(o => o.Name, StringComparer.Ordinal).ToList();
        var names = organisations.ToDictionary(o => o.Id, o => o.ShortName);
        var agreements = await db.Set<Agreement>().AsNoTracking().ToListAsync(cancellationToken);
        return ([.. agreements.OrderByDescending(a => a.InForce.Start).Select(a => new ListedAgreement(a, names.GetValueOrDefault(a.GiverId, ""), names.GetValueOrDefault(a.RecipientId, ""), a.IsInForce(clock.Today())))],
            [.. organisations.Select(o => new ListedOrganisation(o.Id, o.Name, o.ShortName, o.HoldsTheSameRules))]);
    }
}

/// <summary>A release as the register shows it: what, to whom, from which activity; no content.</summary>
public sealed record ListedRelease(string Title, ReleaseState State, string Recipient, int Activity, string ActivityTitle, DateTimeOffset ProposedAt);

/// <summary>The releases of the activities that the reader may read, the newest first (CO-4).</summary>
public sealed class ReleaseRegister(AmanaDb db)
{
    /// <summary>The newest two hundred.</summary>
    public async Task<IReadOnlyList<ListedRelease>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var all = who.Actor.Duties.Count > 0;
        var own = who.Actor.OrganisationId ?? default;
        var rows = await (from r in db.Set<Release>().AsNoTracking()
                          join a in db.Set<Activity>().AsNoTracking() on r.ActivityId equals a.Id
                          join o in db.Set<Organisation>().AsNoTracking() on r.RecipientId equals o.Id
                          where all || a.OrganisationId == own
                          orderby r.ProposedAt descending
                          select new { r.Title, r.State, o.ShortName, a.Number, ActivityTitle = a.Title, r.ProposedAt }).Take(200).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new ListedRelease(r.Title, r.State, r.ShortName, r.Number, r.ActivityTitle, r.ProposedAt))];
    }
}
