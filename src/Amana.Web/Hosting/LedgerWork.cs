using Amana.Features.Platform;
using Amana.Features.Platform.Backup;
using Amana.Features.Platform.Ledger;

namespace Amana.Web.Hosting;

/// <summary>Gives waiting ledger entries their place soon after they were written, signs checkpoints when due, and once a minute ends epochs that an erasure run
/// left behind and writes the copies of the keys that are pending. When the host stops, it integrates what waits and signs.</summary>
public sealed partial class LedgerWork(IServiceScopeFactory scopes, IServiceProvider services, Opening opening, LedgerBell bell, TimeProvider clock, ILogger<LedgerWork> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (opening.IsOpen)
            await Try(ct => Integrate(sign: true, ct), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await opening.HasOpened(stoppingToken))
            return;
        var looked = clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            await bell.Wait(Round, stoppingToken);
            await Try(ct => Integrate(sign: false, ct), stoppingToken);
            if (clock.GetUtcNow() - looked >= Round)
            {
                looked = clock.GetUtcNow();
                await Try(services.EndInterruptedEpochs, stoppingToken);
                await Try(WriteKeyCopies, stoppingToken);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task Integrate(bool sign, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LedgerSequencer>().Integrate(sign, cancellationToken);
    }

    // A place that could not be reached when an erasure ended holds the old epoch until it can.
    private async Task WriteKeyCopies(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<KeyStoreCopies>().WriteAll(AccessContext.House, pendingOnly: true, cancellationToken);
    }

    // A busy database is tried again with the next bell; entries wait safely in the store.
    private async Task Try(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The house is already closed; what waits is integrated when it opens again.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger's work failed ({Kind}) and is tried again.")]
    private static partial void Failed(ILogger log, string kind);
}
