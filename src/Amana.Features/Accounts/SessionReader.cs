using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>A session that lives, with what its staff member may do now: duties are read anew with every request.</summary>
public sealed record LiveSession(Guid Id, StaffMember Staff, DateTimeOffset StartedAt, bool MustChangePassword)
{
    public AccessContext Who => new(new Actor(ActorKind.Staff, Staff.Id, Staff.OrganisationId, Staff.Duties));
}

/// <summary>One of the reader's own sessions, for the list.</summary>
public sealed record OwnSession(Guid Id, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, string Address);

/// <summary>Finds sessions. That one is in use is no happening and not entered; it is noted at most once a minute.</summary>
public sealed class SessionReader(AmanaDb db, StoreWriter writer, TimeProvider clock)
{
    private static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(1);

    /// <summary>The session that the token opens; none when it ended, lapsed, never was, or its staff member has left.</summary>
    public async Task<LiveSession?> Find(string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (HashOf(token), clock.Now());
        var session = await db.Set<StaffSession>().AsNoTracking().FirstOrDefaultAsync(s => s.TokenHash == hash, cancellationToken);
        if (session is null || !session.LivesAt(now))
            return null;
        var staff = await db.Set<StaffMember>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == session.StaffId, cancellationToken);
        if (staff is not { Active: true })
            return null;
        var mustChange = await db.Set<Account>().AsNoTracking().Where(a => a.Id == staff.Id.Value).Select(a => a.MustChangePassword).FirstOrDefaultAsync(cancellationToken);
        if (now - session.LastSeenAt >= NoteEvery)
            await writer.Write(ct => db.Set<StaffSession>().Where(s => s.Id == session.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), ct), cancellationToken);
        return new LiveSession(session.Id, staff, session.StartedAt, mustChange);
    }

    /// <summary>The reader's own sessions that live, newest first.</summary>
    public async Task<IReadOnlyList<OwnSession>> Own(AccessContext who, CancellationToken cancellationToken)
    {
        var (me, now) = (who.Actor.StaffId!.Value, clock.Now());
        var open = await db.Set<StaffSession>().AsNoTracking().Where(s => s.StaffId == me && s.EndedAt == null).OrderByDescending(s => s.StartedAt).ToListAsync(cancellationToken);
        return [.. open.Where(s => s.LivesAt(now)).Select(s => new OwnSession(s.Id, s.StartedAt, s.LastSeenAt, s.AddressHash[..4]))];
    }

    internal static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
