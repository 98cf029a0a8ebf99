using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>What a provider outside says of somebody, after the host has checked that it is the provider's word: signature, audience, nonce, age.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Its own name for the person, which never changes.</param>
/// <param name="Mail">Their address.</param>
/// <param name="MailVerified">Whether the provider says that it verified the address.</param>
/// <param name="Name">Their name, where it is told.</param>
/// <param name="Groups">Groups of theirs.</param>
/// <param name="AuthenticatedAt">When they last showed the provider who they are, where it is told.</param>
/// <param name="SecondFactor">Whether the provider says that a second factor was shown (RFC 8176, <c>mfa</c>).</param>
public sealed record OutsideClaims(
    string Issuer, Sensitive<string> Subject, Sensitive<string> Mail, bool MailVerified, Sensitive<string> Name, IReadOnlyList<string> Groups, DateTimeOffset? AuthenticatedAt, bool SecondFactor)
{
    /// <summary>The same without a name or address, as rules look at it.</summary>
    public OutsidePerson Person
    {
        get
        {
            var mail = Mail.Reveal();
            var at = mail.LastIndexOf('@');
            return new OutsidePerson(Issuer, MailVerified && at > 0 ? mail[(at + 1)..].Trim().ToLowerInvariant() : "", Groups);
        }
    }
}

/// <summary>Finds where somebody whom a provider shows belongs, and which account is linked with them.</summary>
public sealed class OutsidePlaces(AmanaDb db, Safe safe)
{
    internal string MarkOf(OutsideClaims claims) => Convert.ToHexStringLower(safe.Index("outside-identity", claims.Issuer + "\n" + claims.Subject.Reveal()));

    internal async Task<Decision<OutsidePlaced>> Place(OutsideClaims claims, CancellationToken cancellationToken) =>
        OutsideSignInRules.Place(claims.Person, await db.Set<OrganisationMapping>().AsNoTracking().ToListAsync(cancellationToken));

    internal async Task<StaffMember?> Linked(OutsideClaims claims, CancellationToken cancellationToken)
    {
        var mark = MarkOf(claims);
        return await db.Set<StaffMember>().FirstOrDefaultAsync(s => db.Set<OutsideIdentity>().Any(o => o.Mark == mark && o.StaffId == s.Id), cancellationToken);
    }
}

/// <summary>Signs in whom a provider outside shows: into the account that is linked with them, or into a new one, without duty and role, where an administrator allowed it for
/// their organisation. Nobody is matched by their address. A second factor here is asked unless the provider says that one was shown.</summary>
public sealed class SignInFromOutside(AmanaDb db, OutsidePlaces places, OutsideNewcomers newcomers, Proofs proofs, SignInEntries entries, TimeProvider clock)
{
    public async Task<Outcome<SessionBegun>> Handle(AccessContext who, OutsideClaims claims, Credentials from, CancellationToken cancellationToken)
    {
        var place = await places.Place(claims, cancellationToken);
        var staff = await places.Linked(claims, cancellationToken);
        if (place is not Decision<OutsidePlaced>.Allowed(var placed))
            return await Refuse(who, from, staff, place.Refusals, cancellationToken);
        if (staff is null)
        {
            var made = await newcomers.Make(who, claims, placed, cancellationToken);
            if (!made.IsDone)
                return await Refuse(who, from, null, made.Refusals, cancellationToken);
            staff = made.Result;
        }

        if (OutsideSignInRules.Gaps(placed, staff) is { Count: > 0 } gaps)
            return await Refuse(who, from, staff, gaps, cancellationToken);
        return await Begin(claims, staff, from, cancellationToken);
    }

    private async Task<Outcome<SessionBegun>> Begin(OutsideClaims claims, StaffMember staff, Credentials from, CancellationToken cancellationToken)
    {
        var token = SessionTokens.New();
        var session = new StaffSession(Ids.NewGuid(clock), staff.Id, SessionTokens.HashOf(token), entries.HashOfAddress(from.Address), clock.Now())
        {
            Device = from.Device, Means = claims.SecondFactor ? SignInMeans.OpenIdAndFactor : SignInMeans.OpenId,
        };
        db.Add(session);
        var who = new AccessContext(new Actor(ActorKind.Staff, staff.Id, staff.OrganisationId, staff.Duties));
        var account = await db.Set<Account>().FirstAsync(a => a.Id == staff.Id.Value, cancellationToken);
        if (!claims.SecondFactor && await proofs.HasSecondFactor(staff.Id, cancellationToken))
        {
            session.AwaitSecondFactor();
            await entries.PasswordRight(who, session, cancellationToken);
            return new SessionBegun(token, staff.Id, MustChangePassword: false, Awaits: true);
        }

        account.NoteSignIn(clock.Now());
        await entries.SignedIn(who, session, cancellationToken);
        return new SessionBegun(token, staff.Id, MustChangePassword: false);
    }

    private async Task<Outcome<SessionBegun>> Refuse(AccessContext who, Credentials from, StaffMember? staff, IReadOnlyList<Refusal> refusals, CancellationToken cancellationToken)
    {
        await entries.OutsideRefused(who, from, staff?.Id, refusals[0].Slug, cancellationToken);
        return Outcome<SessionBegun>.RefusedBy(refusals);
    }
}

/// <summary>Makes the account of somebody whom a provider shows for the first time.</summary>
public sealed class OutsideNewcomers(AmanaDb db, OutsidePlaces places, StaffAccounts accounts, LedgerBook ledger, TimeProvider clock)
{
    internal async Task<Outcome<StaffMember>> Make(AccessContext who, OutsideClaims claims, OutsidePlaced placed, CancellationToken cancellationToken)
    {
        if (!placed.MakesAccounts)
            return new Refusal("sign-in.outside-not-linked");
        var mail = claims.Mail.Reveal();
        if (await accounts.IsTaken(mail))
            return new Refusal("sign-in.outside-address-taken");
        var name = claims.Name.Reveal() is { Length: > 0 and <= 120 } told ? told : mail.Split('@')[0];
        var decision = AccountRules.Join(new AddStaff(Ids.New<StaffId>(clock), placed.OrganisationId, name, mail, []), emailTaken: false);
        if (decision is not Decision<StaffJoined>.Allowed(var joined))
            return new Refusal("sign-in.outside-unverified");
        var staff = StaffMember.Join(joined);
        var link = OutsideSignInRules.Link(places.MarkOf(claims), staff, placed, linkedAlready: false, clock.Now());
        if (link is not Decision<OutsideIdentityLinked>.Allowed(var linked))
            return Outcome<StaffMember>.RefusedBy(link.Refusals);
        db.Add(staff);
        db.Add(OutsideIdentity.Of(linked));
        await accounts.AddWithoutPassword(joined);
        await ledger.Commit(who, cancellationToken, Happening.Of(joined, subject: joined.Id.Value).With("because", "outside"), Happening.Of(linked, subject: joined.Id.Value));
        return staff;
    }
}

/// <summary>Enters that an answer from outside was not right: forged, for somebody else, too old, or played again. From one address no more than failures of passwords.</summary>
public sealed class NoteOutsideFailure(SignInLimits limits, SignInEntries entries)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, Credentials from, CancellationToken cancellationToken)
    {
        if (limits.MustWait(from.Address))
            return Nothing.Here;
        limits.FailedUnknown(from.Address);
        await entries.OutsideRefused(who, from, null, "sign-in.outside-failed", cancellationToken);
        return Nothing.Here;
    }
}
