using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>Says which organisation stands behind a domain or group of a provider outside.</summary>
public sealed class AddOrganisationMapping(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, string issuer, OutsideClaim claim, string value, OrganisationId organisation, bool makesAccounts, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (!await db.Set<Organisation>().AnyAsync(o => o.Id == organisation, cancellationToken))
            return new Refusal("organisation.not-found") { Field = "Organisation" };
        var decision = OutsideSignInRules.Map(new MapOrganisation(Ids.NewGuid(clock), issuer, claim, value, organisation, makesAccounts), await db.Set<OrganisationMapping>().AsNoTracking().ToListAsync(cancellationToken));
        if (decision is not Decision<OrganisationMapped>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(OrganisationMapping.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: organisation.Value).With("claim", change.Claim.ToString()).With("makes-accounts", change.MakesAccounts ? "yes" : "no"));
        return Nothing.Here;
    }
}

/// <summary>Takes a mapping away: whoever it let in is refused at the next sign-in.</summary>
public sealed class RemoveOrganisationMapping(AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, Guid id, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<OrganisationMapping>().FirstOrDefaultAsync(m => m.Id == id, cancellationToken) is not { } mapping)
            return new Refusal("outside.mapping-not-found");
        db.Remove(mapping);
        await ledger.Commit(who, cancellationToken, new Happening("OrganisationUnmapped", null, mapping.OrganisationId.Value).With("claim", mapping.Claim.ToString()));
        return Nothing.Here;
    }
}

/// <summary>A mapping in the list.</summary>
public sealed record ListedMapping(Guid Id, string Issuer, OutsideClaim Claim, string Value, string Organisation, bool MakesAccounts);

/// <summary>Which domains and groups lead to which organisation. For those who keep the house; others get an empty list.</summary>
public sealed class OrganisationMappingList(AmanaDb db)
{
    public async Task<IReadOnlyList<ListedMapping>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor).Count > 0)
            return [];
        var names = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        var mappings = await db.Set<OrganisationMapping>().AsNoTracking().OrderBy(m => m.Value).ToListAsync(cancellationToken);
        return [.. mappings.Select(m => new ListedMapping(m.Id, m.Issuer, m.Claim, m.Value, names.GetValueOrDefault(m.OrganisationId, ""), m.MakesAccounts))];
    }
}
