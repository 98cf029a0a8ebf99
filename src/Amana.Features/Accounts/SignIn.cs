using System.Security.Cryptography;
using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>What someone typed to sign in, and from where.</summary>
public sealed record Credentials(string Email, string Password, string Address);

/// <summary>A session was begun; the token goes into the cookie and is kept nowhere else.</summary>
public sealed record SessionBegun(string Token, StaffId StaffId, bool MustChangePassword);

/// <summary>Signs a staff member in by e-mail and password. Whatever fails, the answer is the same and takes as long: wrong password, unknown address, locked, left.
/// Five failures lock the account for 15 minutes, twenty the network address. Each sign-in and each refusal is entered.</summary>
public sealed class SignIn(AmanaDb db, UserManager<Account> accounts, Argon2Passwords passwords, SignInAttempts attempts, SignInEntries entries, TimeProvider clock)
{
    /// <summary>Failures of one account before it is locked.</summary>
    public const int PerAccount = 5;

    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    public async Task<Outcome<SessionBegun>> Handle(AccessContext who, Credentials credentials, CancellationToken cancellationToken)
    {
        if (attempts.MustWait(credentials.Address) || credentials.Password.Length > PasswordRules.Longest)
            return new Refusal("sign-in.refused");
        var email = credentials.Email.Trim().ToLowerInvariant();
        var account = await accounts.FindByNameAsync(email);
        var staff = account is null ? null : await db.Set<StaffMember>().FirstOrDefaultAsync(s => s.Id == new StaffId(account.Id), cancellationToken);
        if (account?.PasswordHash is null || staff is null)
        {
            passwords.VerifyNobody(credentials.Password);
            return await Refuse(who, credentials, email, null, "unknown", cancellationToken);
        }

        var right = passwords.VerifyHashedPassword(account, account.PasswordHash, credentials.Password);
        if (account.LockoutEnd > clock.Now())
            return await Refuse(who, credentials, email, staff.Id, "locked", cancellationToken);
        if (right == PasswordVerificationResult.Failed)
            return await CountFailure(who, credentials, email, account, staff.Id, cancellationToken);
        if (!staff.Active)
            return await Refuse(who, credentials, email, staff.Id, "left", cancellationToken);
        if (right == PasswordVerificationResult.SuccessRehashNeeded)
            account.PasswordHash = passwords.HashPassword(account, credentials.Password);
        return await Begin(credentials, account, staff, cancellationToken);
    }

    private async Task<Outcome<SessionBegun>> Begin(Credentials credentials, Account account, StaffMember staff, CancellationToken cancellationToken)
    {
        attempts.Succeeded(credentials.Address);
        (account.AccessFailedCount, account.LockoutEnd) = (0, null);
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var session = new StaffSession(Ids.NewGuid(clock), staff.Id, SessionReader.HashOf(token), entries.HashOfAddress(credentials.Address), clock.Now());
        db.Add(session);
        var who = new AccessContext(new Actor(ActorKind.Staff, staff.Id, staff.OrganisationId, staff.Duties));
        await entries.SignedIn(who, session, cancellationToken);
        return new SessionBegun(token, staff.Id, account.MustChangePassword);
    }

    private async Task<Outcome<SessionBegun>> CountFailure(AccessContext who, Credentials credentials, string email, Account account, StaffId staff, CancellationToken cancellationToken)
    {
        if (++account.AccessFailedCount >= PerAccount)
            (account.AccessFailedCount, account.LockoutEnd) = (0, clock.Now() + LockedFor);
        return await Refuse(who, credentials, email, staff, "wrong", cancellationToken);
    }

    private async Task<Outcome<SessionBegun>> Refuse(AccessContext who, Credentials credentials, string email, StaffId? staff, string reason, CancellationToken cancellationToken)
    {
        attempts.Failed(credentials.Address);
        await entries.Refused(who, email, credentials.Address, staff, reason, cancellationToken);
        return new Refusal("sign-in.refused");
    }
}

/// <summary>How sign-ins stand in the ledger: addresses and names as keyed hashes only.</summary>
public sealed class SignInEntries(LedgerBook ledger, Safe safe)
{
    public string HashOfAddress(string address) => Convert.ToHexStringLower(safe.Index("network-address", address)[..8]);

    public Task SignedIn(AccessContext who, StaffSession session, CancellationToken cancellationToken) =>
        ledger.Commit(who, cancellationToken, new Happening("SignedIn", null, session.Id).With("address", session.AddressHash));

    public Task Refused(AccessContext who, string email, string address, StaffId? staff, string reason, CancellationToken cancellationToken) =>
        ledger.Commit(who, cancellationToken, new Happening("SignInRefused", null, staff?.Value).With("reason", reason)
            .With("address", HashOfAddress(address)).With("name", Convert.ToHexStringLower(safe.Index("sign-in-name", email)[..8])));
}
