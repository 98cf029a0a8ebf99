using Amana.Features.Sharing;

namespace Amana.Web.Hosting;

/// <summary>Measures releases that wait, one after another, in the background; pages only ask how far it is. It wakes when somebody rings, and looks by itself once a minute for what a sudden end left.</summary>
public sealed partial class ReleaseMeasuring(IServiceScopeFactory scopes, Opening opening, ReleaseWorkshop workshop, ILogger<ReleaseMeasuring> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await opening.HasOpened(stoppingToken))
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            while (await Measure(stoppingToken))
            {
                // one after another
            }

            await workshop.Wait(Round, stoppingToken);
        }
    }

    private async Task<bool> Measure(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<MeasureWaiting>().Handle(cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            return false; // the house is closed
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Measuring a release failed ({Kind}) and is tried again.")]
    private static partial void Failed(ILogger log, string kind);
}
