using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>Links one's own account with the identity that a provider outside has just shown.</summary>
public sealed class LinkOutside(AmanaDb db, OutsidePlaces places, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, OutsideClaims claims, CancellationToken cancellationToken)
    {
        var (me, mark) = (who.Actor.StaffId!.Value, places.MarkOf(claims));
        var place = await places.Place(claims, cancellationToken);
        if (place is not Decision<OutsidePlaced>.Allowed(var placed))
            return Outcome<Nothing>.RefusedBy(place.Refusals);
        var staff = await db.Set<StaffMember>().FirstAsync(s => s.Id == me, cancellationToken);
        var taken = await db.Set<OutsideIdentity>().AnyAsync(o => o.Mark == mark || o.StaffId == me, cancellationToken);
        var decision = OutsideSignInRules.Link(mark, staff, placed, taken, clock.Now());
        if (decision is not Decision<OutsideIdentityLinked>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        db.Add(OutsideIdentity.Of(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: me.Value));
        return Nothing.Here;
    }
}

/// <summary>Ends that an identity outside opens an account: one's own, as long as another way in is left, or anybody's for those who keep the house. What it opened is closed.</summary>
public sealed class UnlinkOutside(AmanaDb db, KeptStaff kept, LedgerBook ledger)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, StaffId of, CancellationToken cancellationToken)
    {
        var oneself = who.Actor.StaffId == of;
        if (!oneself && Authority.MaySetUp(who.Actor) is { Count: > 0 } refusals)
            return refusals.ToList();
        if (await db.Set<OutsideIdentity>().FirstOrDefaultAsync(o => o.StaffId == of, cancellationToken) is not { } link)
            return new Refusal("outside.not-linked");
        if (oneself && !await db.Set<Account>().AnyAsync(a => a.Id == of.Value && a.PasswordHash != null, cancellationToken) && !await db.UserPasskeys.AnyAsync(p => p.UserId == of.Value, cancellationToken))
            return new Refusal("outside.only-way");
        db.Remove(link);
        if (!oneself)
            await kept.EndSessions(of, cancellationToken);
        await ledger.Commit(who, cancellationToken, new Happening("OutsideIdentityUnlinked", null, of.Value));
        return Nothing.Here;
    }
}

/// <summary>Proves again who one is, by having just shown it to the provider that one's account is linked with. Where one has one-time codes here, the provider has to say that
/// a second factor was shown.</summary>
public sealed class ProveByOutside(AmanaDb db, OutsidePlaces places, LedgerBook ledger, TimeProvider clock)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public async Task<Outcome<Nothing>> Handle(AccessContext who, Guid sessionId, OutsideClaims claims, CancellationToken cancellationToken)
    {
        var (me, now) = (who.Actor.StaffId!.Value, clock.Now());
        var session = await db.Set<StaffSession>().FirstOrDefaultAsync(s => s.Id == sessionId && s.StaffId == me, cancellationToken);
        if (session is null || !session.LivesAt(now))
            return new Refusal("session.not-found");
        var fresh = claims.AuthenticatedAt is { } at && at <= now + Skew && now - at < StaffSession.ProofCounts;
        var linked = (await places.Linked(claims, cancellationToken))?.Id == me;
        var strong = claims.SecondFactor || !await db.Set<OneTimeFactor>().AnyAsync(f => f.StaffId == me && f.ConfirmedAt != null, cancellationToken);
        if (fresh && linked && strong)
        {
            session.Prove(now);
            await ledger.Commit(who, cancellationToken, new Happening("IdentityProved", null, sessionId).With("means", nameof(SignInMeans.OpenId)));
            return Nothing.Here;
        }

        session.Fail(now);
        await ledger.Commit(who, cancellationToken, new Happening("ProofRefused", null, sessionId).With("means", nameof(SignInMeans.OpenId)));
        return new Refusal(!linked ? "proof.outside-other" : !fresh ? "proof.outside-old" : "proof.outside-weak");
    }
}

/// <summary>Since when one's own account is linked with a provider outside; none while it is not.</summary>
public sealed class OutsideLinkReader(AmanaDb db)
{
    public async Task<DateTimeOffset?> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId!.Value;
        return await db.Set<OutsideIdentity>().AsNoTracking().Where(o => o.StaffId == me).Select(o => (DateTimeOffset?)o.LinkedAt).FirstOrDefaultAsync(cancellationToken);
    }
}
