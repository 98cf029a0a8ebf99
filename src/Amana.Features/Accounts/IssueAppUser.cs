using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>A phone's token as it is shown once, to be scanned or typed into Collect.</summary>
public sealed record IssuedAppUser(AppUserId Id, string Token);

/// <summary>Issues a token for a phone, held by a member of the team; the token is shown once and only its hash is kept.</summary>
public sealed class IssuePhoneToken(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<IssuedAppUser>> Handle(AccessContext who, ActivityId activity, string label, StaffId heldBy, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<IssuedAppUser>.RefusedBy(loaded.Refusals);
        if (!loaded.Result.Team.Any(t => t.Member.StaffId == heldBy && t.Member.EndedAt is null))
            return new Refusal("app-user.holder-not-on-team", Principle.Competency).At("HeldBy").MendedBy(Mender.ActivityLead, MendPage.Team);
        var token = PhoneTokens.New();
        var decision = AccountRules.IssueAppUser(new IssueAppUser(Ids.New<AppUserId>(clock), activity, label, PhoneTokens.HashOf(token), heldBy), loaded.Result.Activity, clock.Now());
        if (decision is not Decision<AppUserIssued>.Allowed(var change))
            return Outcome<IssuedAppUser>.RefusedBy(decision.Refusals);
        db.Add(AppUser.Issue(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, change.Id.Value));
        return new IssuedAppUser(change.Id, token);
    }
}

/// <summary>Revokes a phone's token at once: lost, stolen, or no longer needed.</summary>
public sealed class RevokePhoneToken(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ActivityId activity, AppUserId id, CancellationToken cancellationToken)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<Nothing>.RefusedBy(loaded.Refusals);
        var appUser = await db.Set<AppUser>().FirstOrDefaultAsync(a => a.Id == id && a.ActivityId == activity, cancellationToken);
        if (appUser is null)
            return new Refusal("app-user.not-found");
        var decision = AccountRules.Revoke(appUser, clock.Now());
        if (decision is not Decision<AppUserRevoked>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        appUser.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, activity, id.Value));
        return Nothing.Here;
    }
}

/// <summary>Tokens in collection addresses: 256 random bits, written in letters and digits; kept as SHA-256.</summary>
public static class PhoneTokens
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, 64);

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>Who stands behind a token in a collection address.</summary>
public sealed class PhoneByToken(AmanaDb db)
{
    /// <summary>The phone and its holder as actor; none for an unknown or revoked token, or one of another activity.</summary>
    public async Task<(AppUser Phone, AccessContext Who)?> Read(string token, ActivityId activity, CancellationToken cancellationToken)
    {
        var hash = PhoneTokens.HashOf(token);
        var phone = await db.Set<AppUser>().AsNoTracking().FirstOrDefaultAsync(a => a.TokenHash == hash && a.RevokedAt == null && a.ActivityId == activity, cancellationToken);
        if (phone is null)
            return null;
        var holder = await db.Set<StaffMember>().AsNoTracking().FirstAsync(s => s.Id == phone.HeldBy, cancellationToken);
        return (phone, new AccessContext(new Actor(ActorKind.Phone, holder.Id, holder.OrganisationId, [])));
    }
}
