using System.CommandLine;
using Amana.Features.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana migrate</c>: makes the store, or brings it to the newest form.</summary>
public static class MigrateCommand
{
    public static Command Make()
    {
        var store = new StoreOptions();
        var command = new Command("migrate", "Make the store, or bring it to the newest form.");
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: true, async services =>
        {
            var waiting = (await services.GetRequiredService<AmanaDb>().Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            await Terminal.While("Bringing the store to the newest form", () => services.OpenHouse(cancellationToken));
            Console.WriteLine(waiting.Count == 0 ? "The store was up to date." : $"Done: {string.Join(", ", waiting)}");
            return Exit.Done;
        }));
        return command;
    }
}
