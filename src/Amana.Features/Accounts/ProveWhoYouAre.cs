using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>What a person shows to prove again who they are: whichever they have.</summary>
public sealed record Proof(string? Password = null, string? Code = null, ShownPasskey? Passkey = null);

/// <summary>What the reader can prove themselves with.</summary>
/// <param name="OneTimeCode">A one-time code, which then stands instead of the password.</param>
/// <param name="Passkey">A passkey.</param>
/// <param name="Password">The password; none where the account is opened from outside alone.</param>
/// <param name="Outside">A provider outside that the account is linked with.</param>
public sealed record ProofKinds(bool OneTimeCode, bool Passkey, bool Password = true, bool Outside = false);

/// <summary>Proves again who one is, in one's own session: to open it after it was locked, or before a grave act. Whoever has one-time codes gives one; whoever has none gives
/// the password; a passkey does for everybody. Five wrong answers end the session.</summary>
public sealed class ProveWhoYouAre(AmanaDb db, Proofs proofs, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, Guid sessionId, Proof proof, CancellationToken cancellationToken)
    {
        var (me, now) = (who.Actor.StaffId!.Value, clock.Now());
        var session = await db.Set<StaffSession>().FirstOrDefaultAsync(s => s.Id == sessionId && s.StaffId == me, cancellationToken);
        if (session is null || !session.LivesAt(now))
            return new Refusal("session.not-found");
        if (await IsRight(me, proof, cancellationToken))
        {
            session.Prove(now);
            await ledger.Commit(who, cancellationToken, new Happening("IdentityProved", null, sessionId));
            return Nothing.Here;
        }

        session.Fail(now);
        await ledger.Commit(who, cancellationToken, new Happening("ProofRefused", null, sessionId));
        return new Refusal(session.EndedAt is null ? "proof.wrong" : "proof.wrong-too-often") { Field = "Proof" };
    }

    private async Task<bool> IsRight(StaffId me, Proof proof, CancellationToken cancellationToken)
    {
        if (proof.Passkey is { } passkey)
            return passkey.Account == me.Value;
        if (await db.Set<OneTimeFactor>().AnyAsync(f => f.StaffId == me && f.ConfirmedAt != null, cancellationToken))
            return proof.Code is { Length: > 0 } code && await proofs.TakeCode(me, code, cancellationToken) is not null;
        var account = await db.Set<Account>().FirstAsync(a => a.Id == me.Value, cancellationToken);
        return proof.Password is { Length: > 0 } password && proofs.IsPassword(account, password);
    }
}

/// <summary>By what the reader can prove who they are.</summary>
public sealed class ProofKindsReader(AmanaDb db)
{
    public async Task<ProofKinds> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value;
        return new ProofKinds(await db.Set<OneTimeFactor>().AnyAsync(f => f.StaffId == me && f.ConfirmedAt != null, cancellationToken),
            await db.UserPasskeys.AnyAsync(p => p.UserId == me.Value, cancellationToken),
            await db.Set<Account>().AnyAsync(a => a.Id == me.Value && a.PasswordHash != null, cancellationToken), await db.Set<OutsideIdentity>().AnyAsync(o => o.StaffId == me, cancellationToken));
    }
}

/// <summary>Locks one's own session: it opens nothing until one proves again who one is.</summary>
public sealed class LockSession(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, Guid sessionId, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value;
        if (await db.Set<StaffSession>().FirstOrDefaultAsync(s => s.Id == sessionId && s.StaffId == me, cancellationToken) is not { LockedAt: null } session)
            return Nothing.Here;
        session.Lock(clock.Now());
        await ledger.Commit(who, cancellationToken, new Happening("SessionLocked", null, sessionId));
        return Nothing.Here;
    }
}
