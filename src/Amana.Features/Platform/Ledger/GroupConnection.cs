namespace Amana.Features.Platform.Ledger;

/// <summary>A connection of the group's own, on which one transaction after another is written.</summary>
internal abstract class GroupConnection : IAsyncDisposable
{
    public static Task<GroupConnection> Open(Store store, GroupRows rows, CancellationToken cancellationToken) =>
        store.Kind == StoreKind.Sqlite ? SqliteGroup.Connect(store, rows) : PostgreSqlGroup.Connect(store, rows, cancellationToken);

    /// <summary>Writes a group in one transaction, durable when it returns. What was decided under an older stamp, or is known already, is left out and told.</summary>
    /// <param name="group">What waits.</param>
    /// <param name="wrapUnder">Wraps the new keys of the group under the epoch that the store is under in this transaction.</param>
    /// <param name="cancellationToken">Ends the writing, which then has written nothing.</param>
    public abstract Task<Added[]> Write(IReadOnlyList<LedgerGroup.Waiting> group, Action<int> wrapUnder, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
