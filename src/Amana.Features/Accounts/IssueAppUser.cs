using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>A phone's token as it is shown once, to be scanned or typed into Collect.</summary>
public sealed record IssuedAppUser(AppUserId Id, string Token);

/// <summary>Issues a token for a phone, held by a member of the team; the token is shown once and only its hash is kept. With an id of the asker's, asking twice issues once.</summary>
public sealed class IssuePhoneToken(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<IssuedAppUser>> Handle(AccessContext who, ActivityId activity, string label, StaffId heldBy, CancellationToken cancellationToken, AppUserId? id = null)
    {
        var loaded = await door.ForPlanning(who, activity, cancellationToken);
        if (!loaded.IsDone)
            return Outcome<IssuedAppUser>.RefusedBy(loaded.Refusals);
        if (!loaded.Result.Team.Any(t => t.Member.StaffId == heldBy && t.Member.EndedAt is null))
            return new Refusal("app-user.holder-not-on-team", Principle.Competency).At("HeldBy").MendedBy(Mender.ActivityLead, MendPage.Team);
        if (id is { } given && await db.Set<AppUser>().AnyAsync(a => a.Id == given, cancellationToken))
            return new Refusal("app-user.shown-once").MendedBy(Mender.You, MendPage.Collection);
        var token = AddressTokens.New();
        var decision = AccountRules.IssueAppUser(new IssueAppUser(id ?? Ids.New<AppUserId>(clock), activity, label, AddressTokens.HashOf(token), heldBy), loaded.Result.Activity, clock.Now());
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

/// <summary>Who stands behind a token in a collection address.</summary>
public sealed class PhoneByToken(AmanaDb db, KnownPhones known)
{
    /// <summary>A phone that was found before, from memory; none when it has to be read.</summary>
    public KnownPhone? Known(string token, int number) => known.Find(token, number);

    /// <summary>Keeps a phone that was found, until something changes that rules look at.</summary>
    public void Remember(string token, int number, KnownPhone phone) => known.Keep(token, number, phone);

    /// <summary>True when the phone's token was revoked.</summary>
    public Task<bool> IsRevoked(Guid phone, CancellationToken cancellationToken) => db.Set<AppUser>().AnyAsync(a => a.Id == new AppUserId(phone) && a.RevokedAt != null, cancellationToken);

    /// <summary>The phone and its holder as actor; none for an unknown or revoked token, or one of another activity.</summary>
    public async Task<(AppUser Phone, AccessContext Who)?> Read(string token, ActivityId activity, CancellationToken cancellationToken)
    {
        var hash = AddressTokens.HashOf(token);
        var phone = await db.Set<AppUser>().AsNoTracking().FirstOrDefaultAsync(a => a.TokenHash == hash && a.RevokedAt == null && a.ActivityId == activity, cancellationToken);
        return phone is null ? null : (phone, await ActingFor(phone, cancellationToken));
    }

    /// <summary>The phone's holder as actor.</summary>
    public async Task<AccessContext> ActingFor(AppUser phone, CancellationToken cancellationToken)
    {
        var holder = await db.Set<StaffMember>().AsNoTracking().FirstAsync(s => s.Id == phone.HeldBy, cancellationToken);
        return new AccessContext(new Actor(ActorKind.Phone, holder.Id, holder.OrganisationId, []));
    }
}
