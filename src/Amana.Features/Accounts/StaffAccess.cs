using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>How a staff member gets in, for those who keep the house: no addresses, no secrets.</summary>
public sealed record StaffAccess(StaffMember Staff, DateTimeOffset? LastSignInAt, bool HasOneTimeCodes, int Passkeys, DateOnly? ClosesOn, IReadOnlyList<OwnSession> Sessions, IReadOnlyList<ApiToken> Tokens, bool LinkedOutside);

/// <summary>Reads how a staff member gets in.</summary>
public sealed class StaffAccessReader(AmanaDb db, TimeProvider clock)
{
    public async Task<StaffAccess?> Read(AccessContext who, StaffId id, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor).Count > 0 || await db.Set<StaffMember>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } staff)
            return null;
        var now = clock.Now();
        var account = await db.Set<Account>().AsNoTracking().FirstAsync(a => a.Id == id.Value, cancellationToken);
        var policy = await db.Set<HumanitarianOperation>().AsNoTracking().Select(o => o.SignIn).SingleAsync(cancellationToken);
        var sessions = await db.Set<StaffSession>().AsNoTracking().Where(s => s.StaffId == id && s.EndedAt == null).OrderByDescending(s => s.StartedAt).ToListAsync(cancellationToken);
        return new StaffAccess(staff, account.LastSignInAt, await db.Set<OneTimeFactor>().AnyAsync(f => f.StaffId == id && f.ConfirmedAt != null, cancellationToken),
            await db.UserPasskeys.CountAsync(p => p.UserId == id.Value, cancellationToken),
            account.UnusedNoticeAt is { } told && policy.UnusedDays > 0 ? DateOnly.FromDateTime(told.UtcDateTime).AddDays(policy.UnusedNoticeDays) : null,
            [.. sessions.Where(s => s.LivesAt(now)).Select(s => new OwnSession(s.Id, s.StartedAt, s.LastSeenAt, s.AddressHash[..4], s.Device, s.Means))],
            [.. (await db.Set<ApiToken>().AsNoTracking().Where(t => t.HeldBy == id && t.RevokedAt == null).ToListAsync(cancellationToken)).Where(t => t.LivesAt(now))],
            await db.Set<OutsideIdentity>().AnyAsync(o => o.StaffId == id, cancellationToken));
    }
}

/// <summary>Accounts that will be closed soon because nobody uses them, for those who keep the house.</summary>
public sealed class AccountsSoonClosed(AmanaDb db)
{
    public async Task<int> Read(AccessContext who, CancellationToken cancellationToken)
    {
        if (Authority.MaySetUp(who.Actor).Count > 0)
            return 0;
        var told = await db.Set<Account>().Where(a => a.UnusedNoticeAt != null).Select(a => a.Id).ToListAsync(cancellationToken);
        var ids = told.Select(t => new StaffId(t)).ToList();
        return await db.Set<StaffMember>().CountAsync(s => s.Active && ids.Contains(s.Id), cancellationToken);
    }
}

/// <summary>Whether nobody works here yet but the reader, who keeps the house: there the work begins with adding staff.</summary>
public sealed class AloneInTheHouse(AmanaDb db)
{
    public async Task<bool> Read(AccessContext who, CancellationToken cancellationToken) =>
        Authority.MaySetUp(who.Actor).Count == 0 && await db.Set<StaffMember>().CountAsync(s => s.Active, cancellationToken) == 1;
}

/// <summary>What a round over the accounts did.</summary>
public sealed record AccountsLookedOver(int Told, int Closed, int Trimmed);

/// <summary>Looks over the accounts: says which are unused for long, closes those of which it was said in time, and removes traces of sign-ins that nobody needs any more. Whoever
/// collects with a phone uses their account. The last administrator's is never closed.</summary>
public sealed class LookOverAccounts(AmanaDb db, KeptStaff kept, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<AccountsLookedOver>> Handle(AccessContext who, CancellationToken cancellationToken)
    {
        var happenings = new List<Happening>();
        var trimmed = await Trim(cancellationToken);
        if (trimmed > 0)
            happenings.Add(new Happening("SignInTracesRemoved").With("count", trimmed));
        if (await db.Set<HumanitarianOperation>().Select(o => o.SignIn).SingleOrDefaultAsync(cancellationToken) is { UnusedDays: > 0 } policy)
            happenings.AddRange(await LookOver(policy, cancellationToken));
        if (happenings.Count > 0)
            await ledger.Commit(who, cancellationToken, happenings);
        return new AccountsLookedOver(happenings.Count(h => h.Kind == "UnusedAccountNoticed"), happenings.Count(h => h.Kind == nameof(StaffLeft)), trimmed);
    }

    private async Task<List<Happening>> LookOver(SignInPolicy policy, CancellationToken cancellationToken)
    {
        var (now, happenings) = (clock.Now(), new List<Happening>());
        var accounts = await db.Set<Account>().ToDictionaryAsync(a => a.Id, cancellationToken);
        foreach (var staff in await db.Set<StaffMember>().Where(s => s.Active).ToListAsync(cancellationToken))
        {
            if (!accounts.TryGetValue(staff.Id.Value, out var account))
                continue;
            var unused = now - await LastUse(account, cancellationToken);
            if (unused < TimeSpan.FromDays(policy.UnusedDays - policy.UnusedNoticeDays) || await kept.IsLastAdministrator(staff, cancellationToken))
            {
                account.UnusedNoticeAt = null;
            }
            else if (account.UnusedNoticeAt is not { } told)
            {
                account.UnusedNoticeAt = now;
                happenings.Add(new Happening("UnusedAccountNoticed", null, staff.Id.Value).With("days", (int)unused.TotalDays));
            }
            else if (now - told >= TimeSpan.FromDays(policy.UnusedNoticeDays) && unused >= TimeSpan.FromDays(policy.UnusedDays)
                && AccountRules.Leave(staff, oneself: false, lastAdministrator: false) is Decision<StaffLeft>.Allowed(var change))
            {
                await kept.Close(staff, change, cancellationToken);
                happenings.Add(Happening.Of(change, subject: staff.Id.Value).With("because", "unused").With("days", (int)unused.TotalDays));
            }
        }

        return happenings;
    }

    private async Task<DateTimeOffset> LastUse(Account account, CancellationToken cancellationToken)
    {
        var holder = new StaffId(account.Id);
        var phones = await db.Set<AppUser>().Where(p => p.HeldBy == holder).Select(p => p.Id).ToListAsync(cancellationToken);
        var ids = phones.Select(p => p.Value).Append(account.Id).ToList();
        var collected = await db.Set<RecordEntry>().Where(r => ids.Contains(r.CollectedBy)).OrderByDescending(r => r.ReceivedAt).Select(r => (DateTimeOffset?)r.ReceivedAt).FirstOrDefaultAsync(cancellationToken);
        var signedIn = account.LastSignInAt ?? account.MadeAt;
        return collected > signedIn ? collected.Value : signedIn;
    }

    private async Task<int> Trim(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var (history, devices, sessions) = (now - SignInRecord.KeptFor, now - KnownDevice.KeptFor, now.AddDays(-30));
        var old = new List<object>();
        old.AddRange(await db.Set<SignInRecord>().Where(s => s.At < history).ToListAsync(cancellationToken));
        old.AddRange(await db.Set<KnownDevice>().Where(d => d.LastUsedAt < devices).ToListAsync(cancellationToken));
        old.AddRange(await db.Set<StaffSession>().Where(s => s.StartedAt < sessions).ToListAsync(cancellationToken));
        db.RemoveRange(old);
        return old.Count;
    }
}

/// <summary>How the operation wants its staff to sign in. Nothing in it is secret.</summary>
public sealed class SignInPolicyReader(AmanaDb db)
{
    public async Task<SignInPolicy> Read(CancellationToken cancellationToken) =>
        await db.Set<HumanitarianOperation>().AsNoTracking().Select(o => o.SignIn).SingleOrDefaultAsync(cancellationToken) ?? new SignInPolicy();
}
