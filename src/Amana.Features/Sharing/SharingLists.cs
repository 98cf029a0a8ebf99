using Amana.Domain.Accounts;
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
