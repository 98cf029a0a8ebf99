using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Domain.Sharing;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Sharing;

/// <summary>An organisation as lists name it.</summary>
/// <param name="HasStaff">Whether somebody of it has an account here, and so answers by themselves.</param>
public sealed record ListedOrganisation(OrganisationId Id, string Name, string ShortName, bool HoldsTheSameRules, bool HasStaff);

/// <summary>An agreement with the names of both sides, whether it is in force today, and what waits for the reader.</summary>
/// <param name="Waits">What the reader can do for it now; none when it waits for nobody, or for somebody else.</param>
public sealed record ListedAgreement(Agreement Terms, string Giver, string Recipient, bool InForce, AgreementWait Waits);

/// <summary>What an agreement waits for from the reader. Considered from nothing to what is most pressing.</summary>
public enum AgreementWait { Nothing, SignedCopy, Confirmation, Answer, OtherTerms, Resolution }

/// <summary>All agreements of the operation: those that wait for the reader first, then the newest; and the organisations that can make one.</summary>
public sealed class AgreementList(AmanaDb db, TimeProvider clock)
{
    public async Task<(IReadOnlyList<ListedAgreement> Agreements, IReadOnlyList<ListedOrganisation> Organisations)> Read(Actor reader, CancellationToken cancellationToken)
    {
        var staffed = await db.Set<StaffMember>().Where(s => s.Active).Select(s => s.OrganisationId).Distinct().ToListAsync(cancellationToken);
        var organisations = (await db.Set<Organisation>().AsNoTracking().ToListAsync(cancellationToken)).OrderBy(o => o.Name, StringComparer.Ordinal)
            .Select(o => new ListedOrganisation(o.Id, o.Name, o.ShortName, o.HoldsTheSameRules, staffed.Contains(o.Id))).ToList();
        var byId = organisations.ToDictionary(o => o.Id);
        var agreements = (await db.Set<Agreement>().AsNoTracking().ToListAsync(cancellationToken))
            .Select(a => new ListedAgreement(a, NameOf(byId, a.GiverId), NameOf(byId, a.RecipientId), a.IsInForce(clock.Today()), WaitsFor(a, reader, byId)));
        return ([.. agreements.OrderByDescending(a => a.Waits).ThenByDescending(a => a.Terms.InForce.Start).ThenBy(a => a.Terms.Title, StringComparer.Ordinal)], organisations);
    }

    /// <summary>How many agreements wait for the reader, for the page of what needs them.</summary>
    public async Task<int> Waiting(Actor reader, CancellationToken cancellationToken) =>
        AgreementRules.Duties.Any(reader.Has) ? (await Read(reader, cancellationToken)).Agreements.Count(a => a.Waits != AgreementWait.Nothing) : 0;

    private static string NameOf(Dictionary<OrganisationId, ListedOrganisation> byId, OrganisationId id) => byId.GetValueOrDefault(id)?.ShortName ?? "";

    private static AgreementWait WaitsFor(Agreement a, Actor reader, Dictionary<OrganisationId, ListedOrganisation> byId)
    {
        if (!AgreementRules.Duties.Any(reader.Has) || reader.OrganisationId is not { } side || a.State == AgreementState.Declined)
            return AgreementWait.Nothing;
        if (a.CopyToConfirm is { } copy)
            return copy.By == reader.StaffId ? AgreementWait.Nothing : AgreementWait.Confirmation;
        if (!a.Involves(side))
            return AgreementWait.Nothing;
        var otherIsOutside = byId.GetValueOrDefault(a.OtherSide(side))?.HasStaff != true;
        if (a.SuspendedAt is not null)
            return !a.HasResolved(side) ? AgreementWait.Resolution : otherIsOutside ? AgreementWait.SignedCopy : AgreementWait.Nothing;
        return a.State == AgreementState.Agreed ? AgreementWait.Nothing
            : !a.HasAccepted(side) ? a.State == AgreementState.Returned ? AgreementWait.Nothing : AgreementWait.Answer
            : a.State == AgreementState.Returned ? AgreementWait.OtherTerms
            : otherIsOutside ? AgreementWait.SignedCopy : AgreementWait.Nothing;
    }
}
