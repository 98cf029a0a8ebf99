using System.Collections.Concurrent;
using Amana.Domain.Accounts;
using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Accounts;
using Amana.Features.Activities;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Records;

/// <summary>How an activity stood when it was read, and the store's stamp from before the reading. It holds only as long as the stamp does.</summary>
public sealed record Standing(Guid Stamp, ActivitySnapshot Snapshot, IReadOnlySet<Guid> RevokedPhones)
{
    /// <summary>The newest second that it was judged at, so that rules are judged once a second and not once a submission.</summary>
    internal ActivitySnapshot? Latest { get; set; }

    public bool HasRevoked(AccessContext who, Guid collectedBy) => who.Actor.Kind == ActorKind.Phone && RevokedPhones.Contains(collectedBy);
}

/// <summary>Keeps in memory how activities stand, for collecting alone: whoever decides by it names the stamp, and the writing transaction refuses an old one.
/// Counts of records in it are as old as the reading; no rule that guards collecting looks at them.</summary>
public sealed class Standings(IServiceScopeFactory scopes, Keyring keyring, KnownPhones phones, TimeProvider clock)
{
    private const int Most = 200;
    private readonly ConcurrentDictionary<ActivityId, Lazy<Task<Standing?>>> _kept = new();

    /// <summary>How the activity stands, as last read; none when there is no such activity.</summary>
    public async Task<Standing?> Of(ActivityId activity, CancellationToken cancellationToken)
    {
        if (_kept.Count >= Most)
            _kept.Clear();
        var kept = _kept.GetOrAdd(activity, id => new Lazy<Task<Standing?>>(() => Read(id)));
        try
        {
            if (await kept.Value.WaitAsync(cancellationToken) is { } standing)
                return standing;
            Drop(activity, kept);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Drop(activity, kept);
            throw;
        }
    }

    /// <summary>The standing at this second: rules that lapse by a day are judged by the clock, and whether the vault opens is asked of the vault each time.</summary>
    public ActivitySnapshot Now(Standing standing)
    {
        var (now, ready) = (clock.Now(), keyring.EpochKey(keyring.Epoch) is not null);
        if (standing.Latest is { } latest && latest.Now.Ticks / TimeSpan.TicksPerSecond == now.Ticks / TimeSpan.TicksPerSecond && latest.Safekeeping.VaultReady == ready)
            return latest;
        return standing.Latest = standing.Snapshot.At(now, ready);
    }

    /// <summary>Forgets a standing that was found to be old; one read since is kept.</summary>
    public void Forget(Standing old)
    {
        phones.Forget();
        if (_kept.TryGetValue(old.Snapshot.Activity.Id, out var kept) && kept is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } read } && ReferenceEquals(read.Result, old))
            Drop(old.Snapshot.Activity.Id, kept);
    }

    private void Drop(ActivityId activity, Lazy<Task<Standing?>> kept) => _kept.TryRemove(new KeyValuePair<ActivityId, Lazy<Task<Standing?>>>(activity, kept));

    private async Task<Standing?> Read(ActivityId id)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        // The stamp first: whatever changes while the rest is read has then changed the stamp too.
        var stamp = await db.Set<StoreStamp>().AsNoTracking().Where(s => s.Id == StoreStamp.TheOne).Select(s => s.Value).SingleAsync();
        if (await scope.ServiceProvider.GetRequiredService<ActivityReader>().Snapshot(id, CancellationToken.None) is not { } snapshot)
            return null;
        var revoked = await db.Set<AppUser>().Where(a => a.ActivityId == id && a.RevokedAt != null).Select(a => a.Id).ToListAsync();
        if (snapshot.Activity.Step == PimStep.Implement)
            await MakeKeys(scope.ServiceProvider, id);
        return new Standing(stamp, snapshot, revoked.Select(a => a.Value).ToHashSet());
    }

    /// <summary>An activity's keys are made before its first submission, in a commit of their own.</summary>
    private async Task MakeKeys(IServiceProvider services, ActivityId id)
    {
        var safe = services.GetRequiredService<Safe>();
        if (await safe.KnowsSealsOf(id, CancellationToken.None))
            return;
        await safe.SealsOf(id, CancellationToken.None);
        try
        {
            await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("ActivityKeysMade", id));
        }
        catch (DbUpdateException)
        {
            // Somebody made them at the same time; theirs are read with the next submission.
        }

        await using var again = scopes.CreateAsyncScope();
        await again.ServiceProvider.GetRequiredService<Safe>().KnowsSealsOf(id, CancellationToken.None);
    }
}
