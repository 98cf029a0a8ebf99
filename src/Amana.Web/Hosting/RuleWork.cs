using Amana.Features.Principles;

namespace Amana.Web.Hosting;

/// <summary>Notes every few minutes which rules answer otherwise than before, and sends the daily digest where the host is given a mail server.</summary>
public sealed partial class RuleWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger<RuleWork> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await opening.Opened.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Round, clock, stoppingToken);
            await Note(stoppingToken);
        }
    }

    private async Task Note(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<NoteRuleChanges>().Handle(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<SendDigest>().Handle(cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The house is closed; it is noted when it opens again.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Noting how rules stand, or sending the digest, failed ({Kind}) and is tried again.")]
    private static partial void Failed(ILogger log, string kind);
}
