namespace Amana.Web.Hosting;

/// <summary>Work that the house does by itself, round after round, once it is open: each round in a scope of its own. A round that fails is said in the log and tried again with the next; one
/// that meets a closed house is left to the next opening.</summary>
public abstract partial class RepeatedWork(IServiceScopeFactory scopes, Opening opening, TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>How long between two rounds.</summary>
    protected abstract TimeSpan Round { get; }

    /// <summary>Whether the first round begins as soon as the house is open.</summary>
    protected virtual bool BeginsAtOnce => false;

    /// <summary>What is done, as the log says that it failed.</summary>
    protected abstract string What { get; }

    /// <summary>One round.</summary>
    protected abstract Task Do(IServiceProvider services, CancellationToken cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await opening.HasOpened(stoppingToken))
            return;
        if (BeginsAtOnce)
            await Try(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Round, clock, stoppingToken);
            await Try(stoppingToken);
        }
    }

    private async Task Try(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await Do(scope.ServiceProvider, cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The house is closed; it is done when it opens again.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, What, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{What} failed ({Kind}) and is tried again.")]
    private static partial void Failed(ILogger log, string what, string kind);
}
