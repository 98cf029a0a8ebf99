using System.Data.Common;
using System.Threading.Channels;
using Amana.Features.Platform.Vault;

namespace Amana.Features.Platform.Ledger;

/// <summary>The ledger's second hand, for many submissions at once: one task takes whatever waits and commits it in one transaction, so that one flush to the disk
/// serves them all. Each keeps its own fate: a repetition, or one that was decided too early, or one that cannot be added, spoils no other. Only <see cref="LedgerBook"/> hands it anything.</summary>
public sealed class LedgerGroup(Store store, StoreWriter writer, LedgerBell bell, Keyring keyring, GroupRows rows) : IAsyncDisposable
{
    private const int MostAtOnce = 128;
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Lock _starting = new();
    private Task? _work;
    private GroupConnection? _connection;

    internal async Task<Added> Add(Additions additions, IReadOnlyList<LedgerEntry> entries, Guid decidedUnder, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            throw new InvalidOperationException("A commit without an entry.");
        lock (_starting)
            _work ??= Task.Run(Work, CancellationToken.None);
        var waiting = new Waiting(additions, entries, decidedUnder);
        await _waiting.Writer.WriteAsync(waiting, cancellationToken);
        return await waiting.Fate.Task; // once it waits it is not called back: the answer must be what happened
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_work is not null)
            await _work;
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private async Task Work()
    {
        var group = new List<Waiting>(MostAtOnce);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MostAtOnce && _waiting.Reader.TryRead(out var next))
                group.Add(next);
            await Settle(group);
            bell.Ring();
        }
    }

    /// <summary>Writes the group; when the database refuses it, each by itself, so that only the bad one fails.</summary>
    private async Task Settle(IReadOnlyList<Waiting> group)
    {
        try
        {
            var fates = await Write(group);
            for (var i = 0; i < group.Count; i++)
                group[i].Fate.SetResult(fates[i]);
        }
        catch (DbException e) when (StoreProblems.IsShortOfRoom(e))
        {
            foreach (var one in group)
                one.Fate.TrySetException(e); // nothing is wrong with any of them
        }
        catch (DbException) when (group.Count > 1)
        {
            foreach (var one in group)
                await Settle([one]);
        }
        catch (DbException)
        {
            group[0].Fate.SetResult(Added.NotPossible);
        }
        catch (Exception e)
        {
            foreach (var one in group)
                one.Fate.TrySetException(e);
        }
    }

    private async Task<Added[]> Write(IReadOnlyList<Waiting> group)
    {
        var fates = Array.Empty<Added>();
        await writer.Write(async cancellationToken =>
        {
            try
            {
                _connection ??= await GroupConnection.Open(store, rows, cancellationToken);
                fates = await _connection.Write(group, epoch => FreshKeys.WrapUnder(epoch, group.SelectMany(w => w.Additions.Rows).OfType<DataKey>(), keyring), cancellationToken);
            }
            catch
            {
                if (_connection is { } broken)
                    await broken.DisposeAsync();
                _connection = null;
                throw;
            }
        }, CancellationToken.None);
        return fates;
    }

    /// <summary>Additions that wait for their transaction.</summary>
    internal sealed record Waiting(Additions Additions, IReadOnlyList<LedgerEntry> Entries, Guid DecidedUnder)
    {
        public TaskCompletionSource<Added> Fate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
