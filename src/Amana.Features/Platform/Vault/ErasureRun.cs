using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Amana.Features.Platform.Vault;

/// <summary>What an erasure run removed.</summary>
public sealed record Erased(int People, int Records, int Boxes, int EndedEpoch);

/// <summary>The end of an activity: whose own keys go, and what is removed besides its people's rows, inside the run's transaction.</summary>
public sealed record ActivityEnd(ActivityId Activity, Func<AmanaDb, CancellationToken, Task> Remove);

/// <summary>Every subject that keeps data about people implements this; a model test fails when a table has none.</summary>
public interface IErasesPeople
{
    /// <summary>Order of erasing: those that point to others go first.</summary>
    int Order { get; }

    /// <summary>Tables that it answers for, by entity.</summary>
    IReadOnlyList<Type> Tables { get; }

    /// <summary>Deletes all rows about the people, inside the run's transaction. Returns how many.</summary>
    Task<int> Erase(AmanaDb db, IReadOnlyList<PersonId> people, CancellationToken cancellationToken);
}

/// <summary>What an activity keeps under its own keys, beside its people's rows; each subject that has such implements it.</summary>
public interface IErasesActivities
{
    /// <summary>Deletes it inside the run's transaction. Returns how many files of releases went.</summary>
    Task<int> Erase(AmanaDb db, ActivityId activity, CancellationToken cancellationToken);
}

/// <summary>Erases people for good: their rows, boxes and keys go, then a new epoch begins, all surviving keys are wrapped anew under it, and the old epoch is destroyed.
/// A backup of the database from before then holds keys that nothing unwraps. The keyring is held from the first step to the last, so no other process erases meanwhile.</summary>
public sealed class ErasureRun(AmanaDb db, Safe safe, Keyring keyring, IEnumerable<IErasesPeople> slices, StoreWriter writer)
{
    /// <summary>Erases the people. <paramref name="pending"/> adds to the store what belongs to the same commit (certificate, states), and names its ledger entries.</summary>
    public Task<Erased> Run(AccessContext who, IReadOnlyList<PersonId> people, Func<Erased, IReadOnlyCollection<LedgerEntry>> pending, CancellationToken cancellationToken) =>
        Run(who, people, null, pending, cancellationToken);

    /// <summary>Wraps every key anew under a new epoch without erasing anybody, and destroys the old epoch: older copies of the data open no more.</summary>
    public Task<Erased> ReplaceEpoch(AccessContext who, Func<Erased, IReadOnlyCollection<LedgerEntry>> pending, CancellationToken cancellationToken) => Run(who, [], null, pending, cancellationToken);

    /// <summary>Erases the people and, in the same run, what an activity keeps under its own keys, and those keys.</summary>
    public async Task<Erased> Run(
        AccessContext who, IReadOnlyList<PersonId> people, ActivityEnd? end, Func<Erased, IReadOnlyCollection<LedgerEntry>> pending, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(who);
        Erased? erased = null;
        using (var hold = await keyring.Hold(cancellationToken))
        {
            await writer.WriteAlone(async ct => erased = await EraseAndRewrap(hold, people, end, pending, ct), cancellationToken);
            hold.KeepOnlyEpoch(keyring.Epoch); // only now, with the survivors safe under the new epoch
        }

        await Residues.Clear(db, cancellationToken);
        return erased!;
    }

    private async Task<Erased> EraseAndRewrap(
        KeyringHold hold, IReadOnlyList<PersonId> people, ActivityEnd? end, Func<Erased, IReadOnlyCollection<LedgerEntry>> pending, CancellationToken cancellationToken)
    {
        var next = hold.BeginEpoch(await StoreEpoch.Of(db, cancellationToken));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var old = await StoreEpoch.Shared(db, cancellationToken);
        await db.Set<StoreStamp>().Where(s => s.Id == StoreStamp.TheOne).ExecuteUpdateAsync(s => s.SetProperty(x => x.Epoch, next), cancellationToken);
        var records = 0;
        var boxes = 0;
        foreach (var slice in slices.OrderBy(s => s.Order))
        {
            var count = await slice.Erase(db, people, cancellationToken);
            records += slice.Tables.Contains(typeof(RecordEntry)) ? count : 0;
            boxes += slice.Tables.Contains(typeof(PersonBox)) ? count : 0;
        }

        if (end is not null)
            await end.Remove(db, cancellationToken);
        var owners = people.Select(p => p.Value).Concat(end is null ? [] : [end.Activity.Value]).ToList();
        foreach (var chunk in owners.Chunk(500))
            await db.Set<DataKey>().Where(k => chunk.Contains(k.OwnerId)).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(owners.Select(o => new Tombstone(safe.TombstoneOf(o), old)));
        await RewrappedKeys.Write(db, transaction.GetDbTransaction(), keyring, next, cancellationToken);
        var erased = new Erased(people.Count, records, boxes, old);
        db.AddRange(pending(erased));
        await db.SaveWithLedger(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return erased;
    }
}
