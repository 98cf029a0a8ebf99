using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>A session that lives, with what its staff member may do now: duties are read anew with every request.</summary>
/// <param name="Id">The session's.</param>
/// <param name="Staff">Whose it is.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="MustChangePassword">The password is one for a single use.</param>
/// <param name="MustAddFactor">The second factor that the operation asks for is not there, and the time of grace is over.</param>
/// <param name="Locked">It opens nothing until the person shows again who they are.</param>
/// <param name="ProvedAt">When they last did.</param>
public sealed record LiveSession(Guid Id, StaffMember Staff, DateTimeOffset StartedAt, bool MustChangePassword, bool MustAddFactor, bool Locked, DateTimeOffset ProvedAt)
{
    public AccessContext Who => new(new Actor(ActorKind.Staff, Staff.Id, Staff.OrganisationId, Staff.Duties));
}

/// <summary>One of the reader's own sessions, for the list.</summary>
public sealed record OwnSession(Guid Id, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, string Address, string Device, SignInMeans Means);

/// <summary>Finds sessions. That one is in use is no happening and not entered; it is noted at most once a minute.</summary>
public sealed class SessionReader(AmanaDb db, StoreWriter writer, TimeProvider clock)
{
    private static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(1);

    /// <summary>The session that the token opens; none when it ended, lapsed, never was, or its staff member has left.</summary>
    public async Task<LiveSession?> Find(string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (SessionTokens.HashOf(token), clock.Now());
        var session = await db.Set<StaffSession>().AsNoTracking().FirstOrDefaultAsync(s => s.TokenHash == hash, cancellationToken);
        if (session is null || !session.LivesAt(now))
            return null;
        var staff = await db.Set<StaffMember>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == session.StaffId, cancellationToken);
        if (staff is not { Active: true })
            return null;
        var (staffId, id) = (staff.Id, staff.Id.Value);
        var known = await db.Set<Account>().AsNoTracking().Where(a => a.Id == id).Select(a => new
        {
            a.MustChangePassword, a.MadeAt,
            HasFactor = db.Set<OneTimeFactor>().Any(f => f.StaffId == staffId && f.ConfirmedAt != null) || db.UserPasskeys.Any(p => p.UserId == id),
        }).FirstAsync(cancellationToken);
        var policy = await db.Set<HumanitarianOperation>().AsNoTracking().Select(o => o.SignIn).SingleOrDefaultAsync(cancellationToken) ?? new SignInPolicy();
        var factor = SignInRules.Factor(policy, staff.Duties, known.MadeAt, known.HasFactor || session.Means == SignInMeans.OpenIdAndFactor, now);
        if (now - session.LastSeenAt >= NoteEvery)
            await writer.Write(ct => db.Set<StaffSession>().Where(s => s.Id == session.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), ct), cancellationToken);
        return new LiveSession(session.Id, staff, session.StartedAt, known.MustChangePassword, factor.Missing, session.LockedAt is not null, session.ProvedAt);
    }

    /// <summary>The reader's own sessions that live, newest first.</summary>
    public async Task<IReadOnlyList<OwnSession>> Own(AccessContext who, CancellationToken cancellationToken)
    {
        var (me, now) = (who.Actor.StaffId!.Value, clock.Now());
        var open = await db.Set<StaffSession>().AsNoTracking().Where(s => s.StaffId == me && s.EndedAt == null).OrderByDescending(s => s.StartedAt).ToListAsync(cancellationToken);
        return [.. open.Where(s => s.LivesAt(now)).Select(s => new OwnSession(s.Id, s.StartedAt, s.LastSeenAt, s.AddressHash[..4], s.Device, s.Means))];
    }
}
