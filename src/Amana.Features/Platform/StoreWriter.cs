namespace Amana.Features.Platform;

/// <summary>Orders the writes of this process: one after another on SQLite, which has one writer; side by side on PostgreSQL.
/// An erasure run writes alone on both, so that no key is wrapped under an epoch while it ends.</summary>
public sealed class StoreWriter(Store store) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(Side(store), Side(store));
    private readonly SemaphoreSlim _alone = new(1, 1);

    public async Task Write(Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            await write(cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Writes while nobody else of this process does.</summary>
    public async Task WriteAlone(Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var taken = 0;
        await _alone.WaitAsync(cancellationToken);
        try
        {
            for (; taken < Side(store); taken++)
                await _turns.WaitAsync(cancellationToken);
            await write(cancellationToken);
        }
        finally
        {
            if (taken > 0)
                _turns.Release(taken);
            _alone.Release();
        }
    }

    public void Dispose()
    {
        _turns.Dispose();
        _alone.Dispose();
    }

    private static int Side(Store store) => store.Kind == StoreKind.Sqlite ? 1 : 16;
}
