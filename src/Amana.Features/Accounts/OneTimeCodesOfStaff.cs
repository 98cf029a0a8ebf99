using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>Recovery codes as they are shown once.</summary>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

/// <summary>Begins one's own one-time codes: a new secret, to be scanned by an app. It asks nothing of anybody until the first right code confirms it.</summary>
public sealed class BeginOneTimeCodes(AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value;
        var present = await db.Set<OneTimeFactor>().FirstOrDefaultAsync(f => f.StaffId == me, cancellationToken);
        if (present?.ConfirmedAt is not null)
            return new Refusal("one-time-codes.already-there");
        if (present is not null)
            return Nothing.Here; // the secret that waits is shown again
        db.Add(new OneTimeFactor(me, OneTimeCodes.NewSalt()));
        await ledger.Commit(who, cancellationToken, new Happening("OneTimeCodesBegun", null, me.Value));
        return Nothing.Here;
    }
}

/// <summary>Confirms one's one-time codes by the first of them, and makes ten recovery codes, which are shown once.</summary>
public sealed class ConfirmOneTimeCodes(AmanaDb db, Proofs proofs, LedgerBook ledger)
{
    public async Task<Outcome<RecoveryCodes>> Handle(AccessContext who, string code, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value;
        if (await db.Set<OneTimeFactor>().AnyAsync(f => f.StaffId == me && f.ConfirmedAt != null, cancellationToken))
            return new Refusal("one-time-codes.already-there");
        if (!await proofs.TakeOneTimeCode(me, code, confirming: true, cancellationToken))
            return new Refusal("one-time-codes.not-right") { Field = "Code" };
        var recovery = await proofs.NewRecoveryCodes(me, cancellationToken);
        await ledger.Commit(who, cancellationToken, new Happening("SecondFactorAdded", null, me.Value).With("kind", "one-time-codes"));
        return new RecoveryCodes(recovery);
    }
}

/// <summary>Removes one's own one-time codes, as when the phone changes; without a passkey the recovery codes go too.</summary>
public sealed class RemoveOneTimeCodes(AmanaDb db, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value;
        if (await db.Set<OneTimeFactor>().FirstOrDefaultAsync(f => f.StaffId == me, cancellationToken) is not { } factor)
            return Nothing.Here;
        db.Remove(factor);
        if (!await db.UserPasskeys.AnyAsync(p => p.UserId == me.Value, cancellationToken))
            db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.StaffId == me).ToListAsync(cancellationToken));
        await ledger.Commit(who, cancellationToken, new Happening("SecondFactorRemoved", null, me.Value).With("kind", "one-time-codes"));
        return Nothing.Here;
    }
}

/// <summary>Makes ten new recovery codes, which are shown once; those before open nothing any more.</summary>
public sealed class RenewRecoveryCodes(Proofs proofs, LedgerBook ledger)
{
    public async Task<Outcome<RecoveryCodes>> Handle(AccessContext who, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value;
        if (!await proofs.HasSecondFactor(me, cancellationToken))
            return new Refusal("recovery-codes.nothing-to-recover");
        var made = await proofs.NewRecoveryCodes(me, cancellationToken);
        await ledger.Commit(who, cancellationToken, new Happening("RecoveryCodesMade", null, me.Value));
        return new RecoveryCodes(made);
    }
}
