using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>Loads a staff member for those who keep the house, and ends what is open in their name. Pending until a use case commits.</summary>
public sealed class KeptStaff(AmanaDb db, TimeProvider clock)
{
    internal async Task<Outcome<StaffMember>> Load(AccessContext who, StaffId id, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        return await db.Set<StaffMember>().FirstOrDefaultAsync(s => s.Id == id, cancellationToken) is { } staff ? staff : new Refusal("staff.not-found");
    }

    internal async Task<int> EndSessions(StaffId id, CancellationToken cancellationToken)
    {
        var open = await db.Set<StaffSession>().Where(s => s.StaffId == id && s.EndedAt == null).ToListAsync(cancellationToken);
        foreach (var session in open)
            session.End(clock.Now());
        return open.Count;
    }

    /// <summary>Whether the house would be left without an administrator who is here.</summary>
    internal async Task<bool> IsLastAdministrator(StaffMember staff, CancellationToken cancellationToken) =>
        staff.Has(Duty.Administrator) && !(await db.Set<StaffMember>().AsNoTracking().Where(s => s.Active && s.Id != staff.Id).ToListAsync(cancellationToken)).Any(s => s.Has(Duty.Administrator));

    /// <summary>Closes an account: nothing opens in its name any more. Seats on activities count no longer, phones and tokens with them.</summary>
    internal async Task Close(StaffMember staff, StaffLeft change, CancellationToken cancellationToken)
    {
        staff.Apply(change);
        await EndSessions(staff.Id, cancellationToken);
        db.RemoveRange(await db.Set<KnownDevice>().Where(d => d.StaffId == staff.Id).ToListAsync(cancellationToken));
    }
}

/// <summary>Signs a staff member out of every browser at once: a lost laptop, a doubt.</summary>
public sealed class EndSessionsOf(KeptStaff kept, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, StaffId id, CancellationToken cancellationToken)
    {
        var staff = await kept.Load(who, id, cancellationToken);
        if (!staff.IsDone)
            return Outcome<Nothing>.RefusedBy(staff.Refusals);
        var ended = await kept.EndSessions(id, cancellationToken);
        await ledger.Commit(who, cancellationToken, new Happening("SessionsEnded", null, id.Value).With("count", ended));
        return Nothing.Here;
    }
}

/// <summary>Removes every second factor of a staff member who has lost theirs, and signs them out. Nobody does it for themselves: whoever holds one session would hold the account.</summary>
public sealed class ResetFactors(KeptStaff kept, AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, StaffId id, CancellationToken cancellationToken)
    {
        var staff = await kept.Load(who, id, cancellationToken);
        if (!staff.IsDone)
            return Outcome<Nothing>.RefusedBy(staff.Refusals);
        if (who.Actor.StaffId == id)
            return new Refusal("staff.not-oneself");
        db.RemoveRange(await db.Set<OneTimeFactor>().Where(f => f.StaffId == id).ToListAsync(cancellationToken));
        db.RemoveRange(await db.UserPasskeys.Where(p => p.UserId == id.Value).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.StaffId == id).ToListAsync(cancellationToken));
        await kept.EndSessions(id, cancellationToken);
        await ledger.Commit(who, cancellationToken, new Happening("SecondFactorReset", null, id.Value));
        return Nothing.Here;
    }
}

/// <summary>Gives a staff member a password for a single use instead of the one they forgot; shown once, handed over in person. They are signed out everywhere.</summary>
public sealed class GiveNewPassword(KeptStaff kept, AmanaDb db, Argon2Passwords passwords, LedgerBook ledger)
{
    public async Task<Outcome<StaffAdded>> Handle(AccessContext who, StaffId id, CancellationToken cancellationToken)
    {
        var staff = await kept.Load(who, id, cancellationToken);
        if (!staff.IsDone)
            return Outcome<StaffAdded>.RefusedBy(staff.Refusals);
        if (who.Actor.StaffId == id)
            return new Refusal("staff.not-oneself");
        var account = await db.Set<Account>().FirstAsync(a => a.Id == id.Value, cancellationToken);
        var oneTime = Ids.RandomCode(16);
        (account.PasswordHash, account.MustChangePassword, account.AccessFailedCount, account.LockoutEnd) = (passwords.HashPassword(account, oneTime), true, 0, null);
        await kept.EndSessions(id, cancellationToken);
        await ledger.Commit(who, cancellationToken, new Happening("PasswordGiven", null, id.Value));
        return new StaffAdded(id, oneTime);
    }
}

/// <summary>Closes the account of somebody who left. Their records of work stay; nothing opens in their name. Never one's own, and never the last administrator's.</summary>
public sealed class DeactivateStaff(KeptStaff kept, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, StaffId id, CancellationToken cancellationToken)
    {
        var loaded = await kept.Load(who, id, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var staff = loaded.Result;
        var decision = AccountRules.Leave(staff, who.Actor.StaffId == id, await kept.IsLastAdministrator(staff, cancellationToken));
        if (decision is not Decision<StaffLeft>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        await kept.Close(staff, change, cancellationToken);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: id.Value).With("because", "asked"));
        return Nothing.Here;
    }
}

/// <summary>Opens a closed account again. Password, second factor and seats are as they were; competencies count only while they are current.</summary>
public sealed class ReactivateStaff(KeptStaff kept, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, StaffId id, CancellationToken cancellationToken)
    {
        var loaded = await kept.Load(who, id, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var decision = AccountRules.Return(loaded.Result);
        if (decision is not Decision<StaffReturned>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        loaded.Result.Apply(change);
        var account = await db.Set<Account>().FirstAsync(a => a.Id == id.Value, cancellationToken);
        (account.LastSignInAt, account.UnusedNoticeAt) = (clock.Now(), null); // the time without use counts from here
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: id.Value));
        return Nothing.Here;
    }
}

/// <summary>Sets how the operation's staff sign in, and after how many unused days an account is closed.</summary>
public sealed class SetSignInPolicy(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, SignInPolicy wanted, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        var operation = await db.Set<HumanitarianOperation>().SingleAsync(cancellationToken);
        var decision = SignInRules.Set(wanted, operation.SignIn, clock.Now());
        if (decision is not Decision<SignInPolicySet>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        operation.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: operation.Id.Value).With("second-factor", wanted.SecondFactor.ToString())
            .With("grace", wanted.GraceDays).With("unused", wanted.UnusedDays));
        return Nothing.Here;
    }
}
