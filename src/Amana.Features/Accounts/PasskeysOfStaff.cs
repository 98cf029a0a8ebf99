using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>A passkey that a browser showed and whose signature was checked by the host.</summary>
public sealed record ShownPasskey(Guid Account, UserPasskeyInfo Passkey);

/// <summary>A passkey was added; with the first second factor come recovery codes, shown once.</summary>
public sealed record PasskeyAdded(IReadOnlyList<string> RecoveryCodes);

/// <summary>Adds a passkey to one's own account. The host has checked the browser's answer.</summary>
public sealed class AddPasskey(AmanaDb db, UserManager<Account> accounts, Proofs proofs, LedgerBook ledger)
{
    /// <summary>Passkeys of one account.</summary>
    public const int Most = 10;

    public async Task<Outcome<PasskeyAdded>> Handle(AccessContext who, UserPasskeyInfo passkey, string name, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value;
        var errors = new FieldErrors().Text("Name", name, 60);
        if (errors.Any)
            return errors.All;
        if (await db.UserPasskeys.CountAsync(p => p.UserId == me.Value, cancellationToken) >= Most)
            return new Refusal("passkey.too-many");
        if (await db.UserPasskeys.AnyAsync(p => p.CredentialId == passkey.CredentialId, cancellationToken))
            return new Refusal("passkey.known");
        var first = !await proofs.HasSecondFactor(me, cancellationToken);
        passkey.Name = name.Trim();
        var account = (await accounts.FindByIdAsync(me.Value.ToString()))!;
        await accounts.AddOrUpdatePasskeyAsync(account, passkey);
        var recovery = first ? await proofs.NewRecoveryCodes(me, cancellationToken) : [];
        await ledger.Commit(who, cancellationToken, new Happening("SecondFactorAdded", null, me.Value).With("kind", "passkey"));
        return new PasskeyAdded(recovery);
    }
}

/// <summary>Removes one of one's own passkeys.</summary>
public sealed class RemovePasskey(AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, string id, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value;
        var mine = await db.UserPasskeys.Where(p => p.UserId == me.Value).ToListAsync(cancellationToken);
        if (mine.FirstOrDefault(p => Convert.ToHexStringLower(p.CredentialId) == id) is not { } passkey)
            return new Refusal("passkey.not-found");
        db.Remove(passkey);
        if (mine.Count == 1 && !await db.Set<OneTimeFactor>().AnyAsync(f => f.StaffId == me && f.ConfirmedAt != null, cancellationToken))
            db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.StaffId == me).ToListAsync(cancellationToken));
        await ledger.Commit(who, cancellationToken, new Happening("SecondFactorRemoved", null, me.Value).With("kind", "passkey"));
        return Nothing.Here;
    }
}

/// <summary>Signs in with a passkey alone: it is something one has, opened by something one is or knows, so nothing else is asked.</summary>
public sealed class SignInByPasskey(AmanaDb db, UserManager<Account> accounts, SignInEntries entries, TimeProvider clock)
{
    public async Task<Outcome<SessionBegun>> Handle(AccessContext who, ShownPasskey shown, string address, string device, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByIdAsync(shown.Account.ToString());
        var staff = await db.Set<StaffMember>().FirstOrDefaultAsync(s => s.Id == new StaffId(shown.Account), cancellationToken);
        if (account is null || staff is null)
            return new Refusal("sign-in.passkey-refused");
        if (!staff.Active)
        {
            await entries.Refused(who, new Credentials(account.Email!, "", address, device), staff.Id, SignInResult.Left, cancellationToken);
            return new Refusal("sign-in.passkey-refused");
        }

        await accounts.AddOrUpdatePasskeyAsync(account, shown.Passkey); // its counter, so that a copy shows
        account.NoteSignIn(clock.Now());
        var token = SessionTokens.New();
        var session = new StaffSession(Ids.NewGuid(clock), staff.Id, SessionTokens.HashOf(token), entries.HashOfAddress(address), clock.Now()) { Device = device, Means = SignInMeans.Passkey };
        db.Add(session);
        await entries.SignedIn(new AccessContext(new Actor(ActorKind.Staff, staff.Id, staff.OrganisationId, staff.Duties)), session, cancellationToken);
        return new SessionBegun(token, staff.Id, account.MustChangePassword);
    }
}
