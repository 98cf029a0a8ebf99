using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>Admits an organisation to the operation.</summary>
public sealed class AdmitToOperation(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<OrganisationId>> Handle(AccessContext who, string name, string shortName, OrganisationKind kind, bool acceptsPrinciples, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        var taken = await db.Set<Organisation>().Select(o => o.ShortName).ToListAsync(cancellationToken);
        var decision = AccountRules.Admit(new AdmitOrganisation(Ids.New<OrganisationId>(clock), name, shortName, kind, acceptsPrinciples), taken, clock.Now());
        if (decision is not Decision<OrganisationAdmitted>.Allowed(var change))
            return Outcome<OrganisationId>.RefusedBy(decision.Refusals);
        db.Add(Organisation.Admit(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: change.Id.Value));
        return change.Id;
    }
}

/// <summary>Records that an organisation accepted the principles and the operation's terms (CO-5).</summary>
public sealed class RecordAcceptance(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, OrganisationId id, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        var organisation = await db.Set<Organisation>().FirstOrDefaultAsync(o => o.Id == id, cancellationToken);
        if (organisation is null)
            return new Refusal("organisation.not-found");
        var decision = AccountRules.AcceptPrinciples(organisation, clock.Now());
        if (decision is not Decision<PrinciplesAccepted>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        organisation.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: id.Value));
        return Nothing.Here;
    }
}

/// <summary>The operation's organisations by name. Open to every staff member: it holds nothing about people.</summary>
public sealed class OrganisationList(AmanaDb db)
{
    public async Task<IReadOnlyList<Organisation>> Read(AccessContext who, CancellationToken cancellationToken) =>
        who.Actor.Kind is ActorKind.Staff or ActorKind.House ? await db.Set<Organisation>().AsNoTracking().OrderBy(o => o.Name).ToListAsync(cancellationToken) : [];
}
