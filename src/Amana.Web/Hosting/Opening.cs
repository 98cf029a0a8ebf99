using Amana.Features.Accounts;
using Amana.Features.Demo;
using Amana.Features.Platform;
using Amana.Features.Platform.Vault;

namespace Amana.Web.Hosting;

/// <summary>Opens the house once the listener answers: keyring, migrations, what a sudden end left undone. Pages that need the store wait for it.
/// A house that cannot be opened says why in one line and ends the process with exit code 1.</summary>
public sealed partial class Opening(IServiceProvider services, Store store, HostChoices choices, IHostApplicationLifetime lifetime, ILogger<Opening> log) : BackgroundService
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the house is open; never while it is not.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Waits until it is open; false where it will not be, because it could not be opened or the host is ending.</summary>
    public async Task<bool> HasOpened(CancellationToken cancellationToken)
    {
        await Opened.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return IsOpen && !cancellationToken.IsCancellationRequested;
    }

    public bool IsOpen => _opened.Task.IsCompletedSuccessfully;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Listening(stoppingToken);
            services.GetRequiredService<Keyring>();
            await services.OpenHouse(stoppingToken);
            _opened.SetResult();
            await Welcome(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            _opened.TrySetCanceled(CancellationToken.None);
        }
        catch (Exception e)
        {
            if (StoreProblems.InWords(e, store) is { } words)
                await Console.Error.WriteLineAsync(words);
            else
                FailedToOpen(log, e);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    private async Task Listening(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource();
        await using var registered = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private async Task Welcome(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        Console.WriteLine($"Amana is open at {choices.Urls}");
        if (choices.Demo && await scope.ServiceProvider.GetRequiredService<SeedDemo>().Handle(TellProgress, cancellationToken) is { } demo)
        {
            TellDemo(demo);
            return;
        }

        if (!await scope.ServiceProvider.GetRequiredService<HouseReader>().IsStarted(cancellationToken))
            Console.WriteLine($"Nothing is kept here yet. Make the operation and its first administrator at {choices.Urls.TrimEnd('/')}/first-run");
    }

    private static void TellProgress(int done, int of)
    {
        if (done % 400 == 0)
            Console.WriteLine($"Making up the demo: {done} of {of} submissions");
    }

    private void TellDemo(DemoHouse demo)
    {
        var address = choices.Urls.TrimEnd('/');
        Console.WriteLine($"Demo sign-ins at {address}/accounts/sign-in (made-up people, one password for this house alone):");
        foreach (var person in demo.SignIns)
            Console.WriteLine($"  {person.Email,-28} {demo.Password}   {person.Does}");
        Console.WriteLine($"Server address for ODK Collect or KoboCollect: {address}{demo.PhonePath}");
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The house could not be opened.")]
    private static partial void FailedToOpen(ILogger log, Exception exception);
}
