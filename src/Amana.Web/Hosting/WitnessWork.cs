using Amana.Features.Platform.Witnesses;

namespace Amana.Web.Hosting;

/// <summary>Once a minute brings the last checkpoint to the witnesses that did not sign it yet.</summary>
public sealed partial class WitnessWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<WitnessWork> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await opening.Opened.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Round, clock, stoppingToken);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<AskWitnesses>().Handle(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(log, e.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Asking the ledger's witnesses failed ({Kind}) and is tried again.")]
    private static partial void Failed(ILogger log, string kind);
}
