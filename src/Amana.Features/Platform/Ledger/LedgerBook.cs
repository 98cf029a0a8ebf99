using Amana.Domain.Principles;
using Amana.Domain.Shared;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Platform.Ledger;

/// <summary>The ledger as use cases see it: <see cref="Commit"/> writes what is pending in the store together with its entry, in one transaction;
/// <see cref="Disclose"/> enters a reading before it happens; <see cref="Refuse"/> enters a refusal. If the entry cannot be written, nothing happens.</summary>
public sealed class LedgerBook(AmanaDb db, TimeProvider clock, StoreWriter writer, LedgerBell bell, Keyring keyring, LedgerGroup group)
{
    /// <summary>Commits everything pending in the store together with the entries, or nothing of it.</summary>
    public async Task Commit(AccessContext who, CancellationToken cancellationToken, params IReadOnlyCollection<Happening> happenings)
    {
        if (happenings.Count == 0)
            throw new InvalidOperationException("A commit without an entry.");
        foreach (var happening in happenings)
            Enter(who, happening);
        await writer.Write(async ct =>
        {
            if (FreshKeys.In(db) is { Count: > 0 } keys)
                await SaveWithKeys(keys, ct);
            else
                await db.SaveWithLedger(ct);
        }, cancellationToken);
        bell.Ring();
    }

    /// <summary>Commits what only adds, together with its entries and with whatever else waits at the moment, in one transaction. Done when it is durable.</summary>
    /// <param name="who">Who adds.</param>
    /// <param name="additions">The new rows.</param>
    /// <param name="decidedUnder">The stamp of the store under which it was decided. Nothing is written when it is another by now.</param>
    /// <param name="happenings">The entries, at least one.</param>
    /// <param name="cancellationToken">Ends the waiting for a place among those that wait, nothing later.</param>
    public Task<Added> CommitTogether(AccessContext who, Additions additions, Guid decidedUnder, IReadOnlyCollection<Happening> happenings, CancellationToken cancellationToken) =>
        group.Add(additions, [.. happenings.Select(h => LedgerEntry.Of(h, who, Ids.NewGuid(clock), clock.Now()))], decidedUnder, cancellationToken);

    /// <summary>Enters a reading of data about people before it is shown. The answer of the gate must have allowed it;
    /// the disclosure that comes back is what the vault asks for to open boxes.</summary>
    public async Task<DisclosurePermit> Disclose(AccessContext who, GateAnswer gate, Happening happening, CancellationToken cancellationToken)
    {
        if (!gate.Allowed)
            throw new InvalidOperationException("The gate refused; nothing may be disclosed.");
        await Commit(who, cancellationToken, happening.With("answer", "allowed"));
        return new DisclosurePermit(happening.ActivityId, happening.Subject);
    }

    /// <summary>Enters that the gate refused an operation, with the rules that were not met.</summary>
    public async Task Refuse(AccessContext who, Operation operation, ActivityId activity, Guid? subject, IReadOnlyList<Refusal> reasons, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear(); // a refused operation leaves nothing pending
        await Commit(who, cancellationToken, new Happening(operation + "Refused", activity, subject)
            .With("answer", "refused").With("reasons", string.Join(' ', reasons.Select(r => r.Args.TryGetValue("rule", out var rule) ? rule : r.Slug).Distinct(StringComparer.Ordinal))));
    }

    /// <summary>New keys are wrapped under the epoch that the store names in the very transaction that keeps them.</summary>
    private async Task SaveWithKeys(IReadOnlyList<DataKey> keys, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        FreshKeys.WrapUnder(await StoreEpoch.Shared(db, cancellationToken), keys, keyring);
        await db.SaveWithLedger(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private void Enter(AccessContext who, Happening happening) =>
        db.Set<LedgerEntry>().Add(LedgerEntry.Of(happening, who, Ids.NewGuid(clock), clock.Now()));
}

/// <summary>Proof that a reading was allowed and entered. Only the ledger makes one; without it the vault opens no box.</summary>
public sealed class DisclosurePermit
{
    internal DisclosurePermit(ActivityId? activityId, Guid? subject) => (ActivityId, Subject) = (activityId, subject);

    public ActivityId? ActivityId { get; }
    public Guid? Subject { get; }
}

/// <summary>Tells the sequencer that entries wait.</summary>
public sealed class LedgerBell : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // already rung
        }
    }

    /// <summary>Waits until an entry was written, or the time is up.</summary>
    public Task<bool> Wait(TimeSpan time, CancellationToken cancellationToken) => _bell.WaitAsync(time, cancellationToken);

    public void Dispose() => _bell.Dispose();
}
