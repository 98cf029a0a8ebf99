using Amana.Features.Platform;
using Amana.Features.Records;

namespace Amana.Web.Hosting;

/// <summary>Applies, within the hour, changes of listed entries that have waited five days for the change before them. Nobody has to order it.</summary>
public sealed partial class EntityWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<EntityWork> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await opening.Opened.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Release(stoppingToken);
            await Task.Delay(Round, clock, stoppingToken);
        }
    }

    private async Task Release(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ReleaseEntityChanges>().Handle(AccessContext.House, cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The house is closed; what waits is applied when it opens again.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Applying changes of listed entries that waited their time failed ({Kind}) and is tried again.")]
    private static partial void Failed(ILogger log, string kind);
}
