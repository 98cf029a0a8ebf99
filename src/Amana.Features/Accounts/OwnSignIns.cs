using Amana.Domain.Accounts;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>How the reader proves who they are.</summary>
/// <param name="OneTimeCodesSince">Since when one-time codes are asked; none without them.</param>
/// <param name="Waiting">The secret that was begun and waits for its first code.</param>
/// <param name="RecoveryLeft">Recovery codes that are not used yet.</param>
/// <param name="Passkeys">By the time they were added.</param>
/// <param name="Standing">What the operation asks.</param>
public sealed record OwnFactors(DateTimeOffset? OneTimeCodesSince, WaitingSecret? Waiting, int RecoveryLeft, IReadOnlyList<OwnPasskey> Passkeys, FactorStanding Standing);

/// <summary>A secret to be scanned: the address that apps read from a QR code (Key URI), and the same to be typed.</summary>
public sealed record WaitingSecret(string Uri, string Text);

public sealed record OwnPasskey(string Id, string Name, DateTimeOffset AddedAt);

/// <summary>The reader's own second factors.</summary>
public sealed class OwnFactorsReader(AmanaDb db, OneTimeCodes codes, TimeProvider clock)
{
    /// <summary>The name that the reader signs in with.</summary>
    public async Task<string> SignInName(AccessContext who, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value.Value;
        return await db.Set<Account>().Where(a => a.Id == me).Select(a => a.Email!).FirstAsync(cancellationToken);
    }

    public async Task<OwnFactors> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value;
        var account = await db.Set<Account>().AsNoTracking().FirstAsync(a => a.Id == me.Value, cancellationToken);
        var factor = await db.Set<OneTimeFactor>().AsNoTracking().FirstOrDefaultAsync(f => f.StaffId == me, cancellationToken);
        var passkeys = await db.UserPasskeys.AsNoTracking().Where(p => p.UserId == me.Value).ToListAsync(cancellationToken);
        var policy = await db.Set<HumanitarianOperation>().AsNoTracking().Select(o => o.SignIn).SingleOrDefaultAsync(cancellationToken) ?? new SignInPolicy();
        return new OwnFactors(
            factor?.ConfirmedAt,
            factor is { ConfirmedAt: null } ? Waiting(me, account.Email!, factor.Salt) : null,
            await db.Set<RecoveryCode>().CountAsync(c => c.StaffId == me && c.UsedAt == null, cancellationToken),
            [.. passkeys.OrderBy(p => p.Data.CreatedAt).Select(p => new OwnPasskey(Convert.ToHexStringLower(p.CredentialId), p.Data.Name ?? "", p.Data.CreatedAt))],
            SignInRules.Factor(policy, [.. who.Actor.Duties], account.MadeAt, factor?.ConfirmedAt is not null || passkeys.Count > 0, clock.GetUtcNow()));
    }

    private WaitingSecret Waiting(StaffId me, string email, byte[] salt)
    {
        var secret = codes.SecretText(me.Value, salt);
        var uri = $"otpauth://totp/Amana:{Uri.EscapeDataString(email)}?secret={secret}&issuer=Amana&algorithm=SHA1&digits={OneTimeCodes.Digits}&period={OneTimeCodes.Period}";
        return new WaitingSecret(uri, string.Join(' ', secret.Chunk(4).Select(c => new string(c))));
    }
}

/// <summary>A line of the reader's own history of sign-ins.</summary>
public sealed record OwnSignIn(DateTimeOffset At, SignInResult Result, SignInMeans Means, string Device, string Place);

/// <summary>The reader's own sign-ins and tries under their name, newest first, of the last 90 days.</summary>
public sealed class OwnSignInHistory(AmanaDb db, TimeProvider clock)
{
    public const int Most = 50;

    public async Task<IReadOnlyList<OwnSignIn>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var (me, since) = (who.Actor.StaffId!.Value, clock.Now() - SignInRecord.KeptFor);
        return await db.Set<SignInRecord>().AsNoTracking().Where(s => s.StaffId == me && s.At >= since).OrderByDescending(s => s.At).Take(Most)
            .Select(s => new OwnSignIn(s.At, s.Result, s.Means, s.Device, s.Place)).ToListAsync(cancellationToken);
    }
}
