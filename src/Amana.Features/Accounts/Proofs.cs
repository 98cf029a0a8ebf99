using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>Checks what people show to prove who they are: passwords, one-time codes, recovery codes. What a right answer uses up is pending in the store until the
/// use case commits.</summary>
public sealed class Proofs(AmanaDb db, Argon2Passwords passwords, OneTimeCodes codes, Safe safe, TimeProvider clock)
{
    /// <summary>Characters of a recovery code: 5 random bits each.</summary>
    public const int RecoveryLength = 12;

    /// <summary>True for the right password; an older hash is renewed on the way.</summary>
    public bool IsPassword(Account account, string password)
    {
        if (account.PasswordHash is null || password.Length > Domain.Accounts.PasswordRules.Longest)
            return false;
        var right = passwords.VerifyHashedPassword(account, account.PasswordHash, password);
        if (right == PasswordVerificationResult.SuccessRehashNeeded)
            account.PasswordHash = passwords.HashPassword(account, password);
        return right != PasswordVerificationResult.Failed;
    }

    /// <summary>Takes as long as a check and always fails.</summary>
    public void CheckNobody(string password) => passwords.VerifyNobody(password);

    /// <summary>Whether a password alone does not let this person in.</summary>
    public async Task<bool> HasSecondFactor(StaffId staff, CancellationToken cancellationToken) =>
        await db.Set<OneTimeFactor>().AnyAsync(f => f.StaffId == staff && f.ConfirmedAt != null, cancellationToken)
        || await db.UserPasskeys.AnyAsync(p => p.UserId == staff.Value, cancellationToken);

    /// <summary>Takes a one-time code or a recovery code; none when it is neither, or was taken before.</summary>
    public async Task<SignInMeans?> TakeCode(StaffId staff, string typed, CancellationToken cancellationToken)
    {
        if (typed.Length > 40)
            return null;
        if (await TakeOneTimeCode(staff, typed, confirming: false, cancellationToken))
            return SignInMeans.PasswordAndCode;
        var hash = HashOf(staff, typed);
        if (await db.Set<RecoveryCode>().FirstOrDefaultAsync(c => c.StaffId == staff && c.Hash == hash && c.UsedAt == null, cancellationToken) is not { } code)
            return null;
        code.Use(clock.Now());
        return SignInMeans.PasswordAndRecoveryCode;
    }

    /// <summary>Takes a one-time code alone.</summary>
    /// <param name="staff">Whose.</param>
    /// <param name="typed">As typed.</param>
    /// <param name="confirming">True for the first code, which shows that the app has the secret.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<bool> TakeOneTimeCode(StaffId staff, string typed, bool confirming, CancellationToken cancellationToken)
    {
        if (await db.Set<OneTimeFactor>().FirstOrDefaultAsync(f => f.StaffId == staff, cancellationToken) is not { } factor || (factor.ConfirmedAt is null && !confirming))
            return false;
        if (codes.StepOf(staff.Value, factor.Salt, typed, clock.GetUtcNow(), factor.LastStep) is not { } step)
            return false;
        factor.Take(step, clock.Now());
        return true;
    }

    /// <summary>Ten new recovery codes instead of those there were; pending until the use case commits.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodes(StaffId staff, CancellationToken cancellationToken)
    {
        db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.StaffId == staff).ToListAsync(cancellationToken));
        List<string> made = [.. Enumerable.Range(0, 10).Select(_ => Ids.RandomCode(RecoveryLength))];
        db.AddRange(made.Select(c => new RecoveryCode(Ids.NewGuid(clock), staff, HashOf(staff, c))));
        return made;
    }

    private string HashOf(StaffId staff, string code) => Convert.ToHexStringLower(safe.Index("recovery-code", staff.Value.ToString("N") + Ids.Normalise(code)));
}
