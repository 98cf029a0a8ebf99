using System.CommandLine;
using Amana.Features.Demo;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana demo</c>: fills an empty store with a made-up operation and says how to get in.</summary>
public static class DemoCommand
{
    public static Command Make()
    {
        var store = new StoreOptions();
        var command = new Command("demo", "Fill an empty store with a made-up operation, and say how to sign in.");
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: true, async services =>
        {
            await services.OpenHouse(cancellationToken);
            DemoHouse? demo = null;
            await Terminal.Counting("Making up the operation", async count => demo = await services.GetRequiredService<SeedDemo>().Handle(count, cancellationToken));
            if (demo is null)
                return Exit.With("The store holds something else already; the demo is told in an empty one only.");
            await services.GetRequiredService<LedgerSequencer>().Integrate(sign: true, cancellationToken);
            foreach (var signIn in demo.SignIns)
                Console.WriteLine($"{signIn.Email,-32} {signIn.Does}");
            Console.WriteLine($"Password of all: {demo.Password}");
            Console.WriteLine($"Collecting phone: {demo.PhonePath}");
            return Exit.Done;
        }));
        return command;
    }
}
