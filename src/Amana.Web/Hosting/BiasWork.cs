using Amana.Features.Impartiality;

namespace Amana.Web.Hosting;

/// <summary>Watches for bias by itself, one activity a round (IMP-3). Nobody has to order it; nobody sees an answer.</summary>
public sealed partial class BiasWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<BiasWork> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await opening.Opened.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Round, clock, stoppingToken);
            await Watch(stoppingToken);
        }
    }

    private async Task Watch(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<WatchAllBias>().Handle(cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The house is closed; it is watched when it opens again.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Watching for bias failed ({Kind}) and is tried again.")]
    private static partial void Failed(ILogger log, string kind);
}
