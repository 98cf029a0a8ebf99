using System.Security.Cryptography;
using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>What someone typed to sign in, and from where: network address, the family of browser and system, and the token of a browser that is known.</summary>
public sealed record Credentials(string Email, string Password, string Address, string Device = "", string? KnownBrowser = null);

/// <summary>A session was begun; the token goes into the cookie and is kept nowhere else.</summary>
/// <param name="Token">Opens the session.</param>
/// <param name="StaffId">Whose it is.</param>
/// <param name="MustChangePassword">The password was one for a single use.</param>
/// <param name="Awaits">The second factor is still asked for; until then the token opens nothing but that question.</param>
/// <param name="KnownBrowser">The token by which this browser is known from now on; none where it was before.</param>
public sealed record SessionBegun(string Token, StaffId StaffId, bool MustChangePassword, bool Awaits = false, string? KnownBrowser = null);

/// <summary>Signs a staff member in by e-mail and password, and where they have a second factor waits for it. Whatever fails, the answer is the same and takes as long: wrong
/// password, unknown address, locked, left. Five failures lock the account for 15 minutes, twenty the network address; a browser that is known is counted by itself
/// (<see cref="SignInLimits"/>). Each sign-in and each refusal is entered.</summary>
public sealed class SignIn(AmanaDb db, UserManager<Account> accounts, Proofs proofs, SignInLimits limits, SignInEntries entries, TimeProvider clock)
{
    /// <summary>Failures of one account before it is locked.</summary>
    public const int PerAccount = 5;

    internal static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    public async Task<Outcome<SessionBegun>> Handle(AccessContext who, Credentials credentials, CancellationToken cancellationToken)
    {
        if (credentials.Password.Length > PasswordRules.Longest)
            return new Refusal("sign-in.refused");
        var email = credentials.Email.Trim().ToLowerInvariant();
        var account = await accounts.FindByNameAsync(email);
        var staff = account is null ? null : await db.Set<StaffMember>().FirstOrDefaultAsync(s => s.Id == new StaffId(account.Id), cancellationToken);
        var device = staff is null ? null : await limits.Device(credentials.KnownBrowser, staff.Id, cancellationToken);
        if (device is null && limits.MustWait(credentials.Address))
            return new Refusal("sign-in.refused");
        if (account?.PasswordHash is null || staff is null)
        {
            proofs.CheckNobody(credentials.Password);
            limits.FailedUnknown(credentials.Address);
            await entries.Unknown(who, credentials, cancellationToken);
            return new Refusal("sign-in.refused");
        }

        var right = proofs.IsPassword(account, credentials.Password);
        if (device is null && account.LockoutEnd > clock.Now())
            return await Refuse(who, credentials, staff.Id, SignInResult.Locked, cancellationToken);
        if (!right)
        {
            limits.Failed(account, device, credentials.Address);
            return await Refuse(who, credentials, staff.Id, SignInResult.WrongPassword, cancellationToken);
        }

        return staff.Active ? await Begin(credentials, account, staff, device, cancellationToken) : await Refuse(who, credentials, staff.Id, SignInResult.Left, cancellationToken);
    }

    private async Task<Outcome<SessionBegun>> Begin(Credentials credentials, Account account, StaffMember staff, KnownDevice? device, CancellationToken cancellationToken)
    {
        var token = SessionTokens.New();
        var session = new StaffSession(Ids.NewGuid(clock), staff.Id, SessionTokens.HashOf(token), entries.HashOfAddress(credentials.Address), clock.Now()) { Device = credentials.Device };
        db.Add(session);
        var who = new AccessContext(new Actor(ActorKind.Staff, staff.Id, staff.OrganisationId, staff.Duties));
        if (await proofs.HasSecondFactor(staff.Id, cancellationToken))
        {
            session.AwaitSecondFactor(); // failures are forgotten only when the second factor came too
            await entries.PasswordRight(who, session, cancellationToken);
        }
        else
        {
            var known = limits.Succeeded(account, device, credentials.Address);
            await entries.SignedIn(who, session, cancellationToken);
            return new SessionBegun(token, staff.Id, account.MustChangePassword, KnownBrowser: known);
        }

        return new SessionBegun(token, staff.Id, account.MustChangePassword, Awaits: true);
    }

    private async Task<Outcome<SessionBegun>> Refuse(AccessContext who, Credentials credentials, StaffId staff, SignInResult result, CancellationToken cancellationToken)
    {
        await entries.Refused(who, credentials, staff, result, cancellationToken);
        return new Refusal("sign-in.refused");
    }
}

/// <summary>Takes the second factor of a sign-in that waits for it: a one-time code, or a recovery code. The session then begins under a new token.</summary>
public sealed class FinishSignIn(AmanaDb db, Proofs proofs, SignInLimits limits, SignInEntries entries, TimeProvider clock)
{
    public async Task<Outcome<SessionBegun>> Handle(AccessContext who, string token, string code, Credentials from, CancellationToken cancellationToken)
    {
        var (hash, now) = (SessionTokens.HashOf(token), clock.Now());
        var session = await db.Set<StaffSession>().FirstOrDefaultAsync(s => s.TokenHash == hash, cancellationToken);
        if (session is null || !session.WaitsAt(now))
            return new Refusal("sign-in.second-step-over");
        var device = await limits.Device(from.KnownBrowser, session.StaffId, cancellationToken);
        var account = await db.Set<Account>().FirstAsync(a => a.Id == session.StaffId.Value, cancellationToken);
        var staff = await db.Set<StaffMember>().FirstAsync(s => s.Id == session.StaffId, cancellationToken);
        if ((device is null && (account.LockoutEnd > now || limits.MustWait(from.Address))) || !staff.Active)
            return new Refusal("sign-in.second-step-over");
        if (await proofs.TakeCode(staff.Id, code, cancellationToken) is not { } means)
        {
            session.Fail(now);
            limits.Failed(account, device, from.Address);
            await entries.Refused(who, from, staff.Id, SignInResult.WrongCode, cancellationToken);
            return new Refusal("sign-in.code-wrong") { Field = "Code" };
        }

        var fresh = SessionTokens.New();
        session.Complete(SessionTokens.HashOf(fresh), session.Means == SignInMeans.OpenId ? SignInMeans.OpenIdAndFactor : means, now);
        var known = limits.Succeeded(account, device, from.Address);
        await entries.SignedIn(new AccessContext(new Actor(ActorKind.Staff, staff.Id, staff.OrganisationId, staff.Duties)), session, cancellationToken);
        return new SessionBegun(fresh, staff.Id, account.MustChangePassword, KnownBrowser: known);
    }
}

/// <summary>Tokens of sessions: 256 random bits, of which only the hash is kept.</summary>
public static class SessionTokens
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));
}
