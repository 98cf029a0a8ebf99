using Amana.Features.Platform;
using Amana.Features.Platform.Backup;
using Amana.Features.Rights;

namespace Amana.Web.Hosting;

/// <summary>Erases, within a minute, everybody who withdrew and whose data no other basis keeps, and what its retention date has passed. Nobody has to order it.</summary>
public sealed partial class ErasureWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<ErasureWork> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await opening.Opened.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Erase(stoppingToken);
            await Task.Delay(Round, clock, stoppingToken);
        }
    }

    // Cut off or failed, a run has erased nobody; the next round does it whole.
    private async Task Erase(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var erased = await scope.ServiceProvider.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, cancellationToken);
            var disposed = await scope.ServiceProvider.GetRequiredService<DisposeByDate>().Handle(AccessContext.House, cancellationToken);
            if (erased is { IsDone: true, Result: > 0 } || disposed is { IsDone: true, Result: > 0 })
                await scope.ServiceProvider.GetRequiredService<KeyStoreCopies>().WriteAll(AccessContext.House, pendingOnly: true, cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The house is closed; what waits is erased when it opens again.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Erasing those who withdrew failed ({Kind}) and is tried again.")]
    private static partial void Failed(ILogger log, string kind);
}
