using System.CommandLine;
using System.Globalization;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Witnesses;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana ledger witness list|add|watch|ask</c>: other houses that sign our checkpoints, and those whose checkpoints we sign.</summary>
internal static class WitnessCommands
{
    public static Command Make() => new("witness", "Other houses that witness this ledger, and ledgers that this house witnesses.") { List(), Add(), Watch(), Ask() };

    private static Command List() => With(new Command("list", "Show witnesses, watched ledgers and this house's keys."), async (_, services, cancellationToken) =>
    {
        var shown = (await services.GetRequiredService<WitnessList>().Read(AccessContext.House, cancellationToken)).Result;
        Console.WriteLine("Ledger's key:  " + shown.LedgerKey);
        Console.WriteLine("Witness's key: " + shown.OwnKey);
        foreach (var w in shown.Witnesses)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"witness  {w.Name}  {w.Address}  signed for {w.Size} entries{(w.Problem is { } problem ? ", then failed: " + problem : "")}"));
        foreach (var w in shown.Watched)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"watched  {w.Name}  {w.Origin}  {w.Size} entries{(w.ContradictedAt is { } at ? $", SHOWED TWO HISTORIES {LedgerEntry.WriteTime(at)}" : "")}"));
        return Exit.Done;
    });

    private static Command Add()
    {
        var (name, address, key) = (Needed("--name", "Which house it is."), Needed("--url", "Its address, https."), Needed("--key", "Its witness key."));
        return With(new Command("add", "Name another house as a witness of this ledger.") { name, address, key }, async (parsed, services, cancellationToken) =>
            Said(await services.GetRequiredService<AddWitness>().Handle(AccessContext.House, parsed.GetValue(name)!, parsed.GetValue(address)!, parsed.GetValue(key)!, cancellationToken)));
    }

    private static Command Watch()
    {
        var (name, key) = (Needed("--name", "Which house it is."), Needed("--key", "The key of its ledger."));
        return With(new Command("watch", "Be a witness of another house's ledger.") { name, key }, async (parsed, services, cancellationToken) =>
            Said(await services.GetRequiredService<WatchLedger>().Handle(AccessContext.House, parsed.GetValue(name)!, parsed.GetValue(key)!, cancellationToken)));
    }

    private static Command Ask() => With(new Command("ask", "Sign a checkpoint now and bring it to every witness."), async (_, services, cancellationToken) =>
    {
        await services.GetRequiredService<SignCheckpoint>().Handle(AccessContext.House, cancellationToken);
        var signed = await services.GetRequiredService<AskWitnesses>().Handle(cancellationToken);
        Console.WriteLine($"{signed} witness(es) signed.");
        return Exit.Done;
    });

    private static int Said<T>(Outcome<T> outcome)
    {
        if (!outcome.IsDone)
            return Terminal.Refused(outcome.Refusals);
        return Exit.Done;
    }

    private static Option<string> Needed(string name, string what) => new(name) { Description = what, Required = true };

    private static Command With(Command command, Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> act)
    {
        var store = new StoreOptions();
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, services => act(parsed, services, cancellationToken)));
        return command;
    }
}
