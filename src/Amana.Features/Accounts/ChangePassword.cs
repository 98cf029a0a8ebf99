using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>Changes one's own password, knowing the present one. Every other session of the account ends with it.</summary>
public sealed class ChangePassword(AmanaDb db, Argon2Passwords passwords, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, Guid session, string present, string wanted, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value;
        var account = await db.Set<Account>().FirstAsync(a => a.Id == me.Value, cancellationToken);
        if (account.PasswordHash is null)
            return new Refusal("password.none");
        if (account.LockoutEnd > clock.Now() || passwords.VerifyHashedPassword(account, account.PasswordHash, present) == PasswordVerificationResult.Failed)
            return await CountFailure(who, account, cancellationToken);
        if (PasswordRules.Gaps(wanted, account.Email!) is { Count: > 0 } gaps)
            return gaps.ToList();
        if (present == wanted)
            return new Refusal("password.unchanged") { Field = "Password" };
        (account.PasswordHash, account.MustChangePassword, account.AccessFailedCount) = (passwords.HashPassword(account, wanted), false, 0);
        account.SecurityStamp = Ids.RandomCode(26);
        foreach (var other in await db.Set<StaffSession>().Where(s => s.StaffId == me && s.EndedAt == null && s.Id != session).ToListAsync(cancellationToken))
            other.End(clock.Now());
        await ledger.Commit(who, cancellationToken, new Happening("PasswordChanged", null, me.Value));
        return Nothing.Here;
    }

    private async Task<Outcome<Nothing>> CountFailure(AccessContext who, Account account, CancellationToken cancellationToken)
    {
        account.CountFailure(clock.Now());
        await ledger.Commit(who, cancellationToken, new Happening("PasswordChangeRefused", null, account.Id));
        return new Refusal("password.present-wrong") { Field = "Present" };
    }
}
