using Amana.Features.Accounts;
using Amana.Features.Platform;

namespace Amana.Web.Hosting;

/// <summary>Looks over the accounts once an hour: says which are unused, closes those of which it was said in time, removes old traces of sign-ins.</summary>
public sealed partial class StaffWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<StaffWork> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await opening.Opened.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Round, clock, stoppingToken);
            await LookOver(stoppingToken);
        }
    }

    private async Task LookOver(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<LookOverAccounts>().Handle(AccessContext.House, cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The house is closed; the next one looks.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking over the accounts failed ({Kind}) and is tried again.")]
    private static partial void Failed(ILogger log, string kind);
}
