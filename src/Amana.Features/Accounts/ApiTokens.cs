using Amana.Domain.Accounts;
using Amana.Domain.Activities;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Amana.Features.Accounts;

/// <summary>A token as it is shown once.</summary>
public sealed record ShownApiToken(ApiTokenId Id, string Token);

/// <summary>What is asked for a token: numbers of activities, uses, days.</summary>
public sealed record WantedApiToken(string Label, IReadOnlyList<int> Activities, IReadOnlyList<TokenUse> Uses, int Days);

/// <summary>Issues a token by which a program acts for its holder, within a scope that the holder could reach themselves; shown once, and only its hash is kept.</summary>
public sealed class IssueApiTokenForMe(Door door, AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<ShownApiToken>> Handle(AccessContext who, WantedApiToken wanted, CancellationToken cancellationToken)
    {
        if (who.Actor is not { Kind: ActorKind.Staff, Scope: null, StaffId: { } me })
            return new Refusal("token.never", Principle.DataProtection);
        List<ActivityId> reach = [];
        foreach (var id in await db.Set<Activity>().Where(a => wanted.Activities.Contains(a.Number)).Select(a => a.Id).ToListAsync(cancellationToken))
            if ((await door.ForReading(who, id, cancellationToken)).IsDone)
                reach.Add(id);
        var token = Prefix + AddressTokens.New();
        var command = new IssueApiToken(Ids.New<ApiTokenId>(clock), me, wanted.Label, AddressTokens.HashOf(token), new TokenScope(reach, [.. wanted.Uses.Distinct()]), wanted.Days);
        var decision = ApiTokenRules.Issue(command, clock.Now());
        if (decision is not Decision<ApiTokenIssued>.Allowed(var change))
            return Outcome<ShownApiToken>.RefusedBy(decision.Refusals);
        db.Add(ApiToken.Issue(change));
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: change.Id.Value).With("uses", string.Join(' ', change.Scope.Uses)).With("activities", change.Scope.Activities.Count)
            .With("until", change.ExpiresAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        return new ShownApiToken(change.Id, token);
    }

    /// <summary>How tokens begin, so that one that was left lying about is known for what it is.</summary>
    public const string Prefix = "amana_";
}

/// <summary>Revokes a token at once: one's own, or as one who keeps the house anybody's.</summary>
public sealed class RevokeApiToken(AmanaDb db, LedgerBook ledger, TimeProvider clock)
{
    public async Task<Outcome<Nothing>> Handle(AccessContext who, ApiTokenId id, CancellationToken cancellationToken)
    {
        var token = await db.Set<ApiToken>().FirstOrDefaultAsync(t => t.Id == id, cancellationToken);
        if (token is null || (token.HeldBy != who.Actor.StaffId && Authority.MaySetUp(who.Actor).Count > 0))
            return new Refusal("token.not-found");
        var decision = ApiTokenRules.Revoke(token, clock.Now());
        if (decision is not Decision<ApiTokenRevoked>.Allowed(var change))
            return Outcome<Nothing>.RefusedBy(decision.Refusals);
        token.Apply(change);
        await ledger.Commit(who, cancellationToken, Happening.Of(change, subject: id.Value));
        return Nothing.Here;
    }
}

/// <summary>A token in the list, with the numbers of its activities.</summary>
public sealed record ListedApiToken(ApiToken Token, IReadOnlyList<int> Activities);

/// <summary>The tokens that the reader holds, newest first, and the activities that a new one could reach.</summary>
public sealed class OwnApiTokens(AmanaDb db)
{
    public async Task<IReadOnlyList<ListedApiToken>> Read(AccessContext who, CancellationToken cancellationToken)
    {
        var me = who.Actor.StaffId;
        var numbers = await db.Set<Activity>().AsNoTracking().ToDictionaryAsync(a => a.Id, a => a.Number, cancellationToken);
        var tokens = await db.Set<ApiToken>().AsNoTracking().Where(t => t.HeldBy == me).OrderByDescending(t => t.IssuedAt).ToListAsync(cancellationToken);
        return [.. tokens.Select(t => new ListedApiToken(t, [.. t.Scope.Activities.Where(numbers.ContainsKey).Select(a => numbers[a]).Order()]))];
    }
}

/// <summary>Finds who stands behind a token. The holder's authority is cut to the token's scope; duties over the operation do not go with it.</summary>
public sealed class ApiTokenReader(AmanaDb db, TimeProvider clock)
{
    /// <summary>The holder as the program acts for them; none for an unknown, expired or revoked token, or a holder who has left.</summary>
    public async Task<AccessContext?> Find(string token, CancellationToken cancellationToken)
    {
        if (token.Length > 200 || !token.StartsWith(IssueApiTokenForMe.Prefix, StringComparison.Ordinal))
            return null;
        var hash = AddressTokens.HashOf(token);
        if (await db.Set<ApiToken>().AsNoTracking().FirstOrDefaultAsync(t => t.TokenHash == hash, cancellationToken) is not { } found || !found.LivesAt(clock.Now()))
            return null;
        var holder = await db.Set<StaffMember>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == found.HeldBy && s.Active, cancellationToken);
        return holder is null ? null : new AccessContext(new Actor(ActorKind.Staff, holder.Id, holder.OrganisationId, []) { Scope = found.Scope });
    }
}
