using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>A staff member was added. The password is shown once, to be handed over by another way; none when one was given.</summary>
public sealed record StaffAdded(StaffId Id, string? OneTimePassword);

/// <summary>Adds a staff member with an account. Without a password, one for a single use is made.</summary>
public sealed class AddStaffMember(AmanaDb db, StaffAccounts accounts, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<StaffAdded>> Handle(AccessContext who, OrganisationId organisation, string name, string email, IReadOnlyList<Duty> duties, string? password, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (!await db.Set<Organisation>().AnyAsync(o => o.Id == organisation, cancellationToken))
            return new Refusal("organisation.not-found") { Field = "Organisation" };
        var decision = AccountRules.Join(new AddStaff(Ids.New<StaffId>(clock), organisation, name, email, [.. duties.Distinct()]), await accounts.IsTaken(email));
        IReadOnlyList<Refusal> gaps = password is null ? [] : PasswordRules.Gaps(password, email);
        if (decision is not Decision<StaffJoined>.Allowed(var change) || gaps.Count > 0)
            return Outcome<StaffAdded>.RefusedBy([.. decision.Refusals, .. gaps]);
        var oneTime = password is null ? Ids.RandomCode(16) : null;
        db.Add(StaffMember.Join(change));
        await accounts.Add(change, password ?? oneTime!, oneTime is not null);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: change.Id.Value).With("duties", string.Join(' ', change.Duties)));
        return new StaffAdded(change.Id, oneTime);
    }
}

/// <summary>A staff member in the list.</summary>
public sealed record ListedStaff(StaffId Id, string Name, string Email, string Organisation, IReadOnlyList<Duty> Duties, bool Active);

/// <summary>The staff of the operation by name. For those who keep the house; others get an empty list.</summary>
public sealed class StaffList(AmanaDb db)
{
    public async Task<IReadOnlyList<ListedStaff>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor).Count > 0)
            return [];
        var organisations = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
        var staff = await db.Set<StaffMember>().AsNoTracking().OrderBy(s => s.Name).ToListAsync(cancellationToken);
        return [.. staff.Select(s => new ListedStaff(s.Id, s.Name, s.Email, organisations.GetValueOrDefault(s.OrganisationId, ""), s.Duties, s.Active))];
    }
}

/// <summary>Whether an operation has been started here, and the staff member with an address: what hosts ask before anybody is signed in.</summary>
public sealed class HouseReader(AmanaDb db)
{
    public Task<bool> IsStarted(CancellationToken cancellationToken) => db.Set<HumanitarianOperation>().AnyAsync(cancellationToken);

    /// <summary>The access of the active staff member with this address, for commands run on the house's own machine; none when there is none.</summary>
    public async Task<AccessContext?> ActingAs(string email, CancellationToken cancellationToken)
    {
        var address = email.Trim().ToLowerInvariant();
        var staff = await db.Set<StaffMember>().AsNoTracking().FirstOrDefaultAsync(s => s.Email == address && s.Active, cancellationToken);
        return staff is null ? null : new AccessContext(new Actor(ActorKind.Staff, staff.Id, staff.OrganisationId, staff.Duties));
    }
}
