using System.CommandLine;
using System.Text.Json;
using Amana.Features.Platform;
using Amana.Features.Platform.Backup;
using Amana.Features.Platform.Vault;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana keys</c>: the state of the house's own keys, replacing them, custodians' shares, and the places where copies are kept.</summary>
public static class KeysCommands
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Make() => new("keys", "Keep the house's own keys: state, rotation, custodians' shares, copies, drills.")
    {
        Status(), KeysRotate.Make(), KeysRotate.Move(), Split(), KeysJoin.Join(), KeysJoin.Drill(), Target(),
    };

    private static Command Status()
    {
        var asJson = new Option<bool>("--json") { Description = "For programs." };
        var store = new StoreOptions();
        var command = new Command("status", "Say how the keys stand, and what is pending.") { asJson };
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var state = await services.GetRequiredService<KeysOverview>().Read(cancellationToken);
            if (parsed.GetValue(asJson))
                Console.WriteLine(JsonSerializer.Serialize(state, s_json));
            else
                Say(state);
            return Exit.Done;
        }));
        return command;
    }

    private static void Say(KeysState state)
    {
        Console.WriteLine($"Root key:       {state.Root switch { SealedRoot.Bare => "bare in the keyring, protected by the file's mode alone", SealedRoot.Passphrase => "sealed under a passphrase", SealedRoot.Transit => "kept by a transit engine elsewhere", var other => other }}");
        Console.WriteLine(state.Split is { } split ? $"Shares:         {split.Need} of {split.Of} join, set {split.Set}, made {split.At:yyyy-MM-dd}" : "Shares:         none of this root: 'amana keys split' makes them");
        Console.WriteLine($"Epoch:          {state.Epoch}{(state.Interrupted ? ", with an earlier one that a run left behind; it ends when the house opens" : "")}");
        Console.WriteLine($"Data keys:      {state.DataKeys} under it, {state.Tombstones} people and activities erased for good");
        Console.WriteLine($"Ledger's key:   {state.LedgerKey}{(state.FormerLedgerKeys > 0 ? $", after {state.FormerLedgerKeys} former" : "")}");
        Console.WriteLine(state.Targets.Count > 0 ? $"Copies:         {state.Targets.Count}" : "Copies:         none registered: 'amana keys target add' names a place");
        foreach (var target in state.Targets)
            Console.WriteLine($"  {target.Name,-10} {target.Directory}: {(target.Current ? $"epoch {target.Epoch}, confirmed {target.At:yyyy-MM-dd HH:mm}" : target.Epoch is { } epoch ? $"PENDING, still holds epoch {epoch}: overwrite it" : "PENDING, nothing written yet")}");
    }

    private static Command Split()
    {
        var need = new Option<int>("--need") { Description = "How many shares join to the key.", DefaultValueFactory = _ => 2 };
        var of = new Option<int>("--of") { Description = "How many shares are made.", DefaultValueFactory = _ => 3 };
        var output = new Option<string?>("--output", "-o") { Description = "Folder for one file a share, readable by you alone; without it they are printed." };
        var store = new StoreOptions();
        var command = new Command("split", "Split the root key into shares for custodians. One alone tells nothing.") { need, of, output };
        store.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) => parsed.GetValue(need) < 2 || parsed.GetValue(of) < parsed.GetValue(need) || parsed.GetValue(of) > 10
            ? Exit.With("--need is at least 2, --of at least as many and at most 10.", Exit.WrongUsage)
            : await OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var folder = parsed.GetValue(output);
            if (folder is not null && !Directory.Exists(folder))
                return Exit.With($"There is no folder {folder}.");
            var shares = await services.GetRequiredService<KeyActs>().Split(AccessContext.House, parsed.GetValue(need), parsed.GetValue(of), cancellationToken);
            foreach (var share in shares)
                if (folder is null)
                    Console.WriteLine(share);
                else
                    await KeysJoin.WriteShare(Path.Combine(folder, $"share-{share.Number}-of-{share.Of}.txt"), share.ToString(), cancellationToken);
            Console.Error.WriteLine($"Give each share to another person, on paper, and keep none here. Any {shares[0].Need} of them bring the keys back; shares of an earlier splitting are void for the drill.");
            return Exit.Done;
        }));
        return command;
    }

    private static Command Target()
    {
        var command = new Command("target", "The places where copies of the key store are kept, apart from the data.");
        foreach (var (verb, words) in new[] { ("add", "Register a folder on another disk or medium, and write the first copy."), ("remove", "Strike a place off. What lies there stays: destroy it."), ("write", "Write the copies anew.") })
            command.Add(Of(verb, words));
        return command;
    }

    private static Command Of(string verb, string words)
    {
        var name = new Argument<string>("name") { Description = "A short name for the place." };
        var folder = new Argument<string>("folder") { Description = "The folder." };
        var store = new StoreOptions();
        var command = new Command(verb, words);
        if (verb != "write")
            command.Add(name);
        if (verb == "add")
            command.Add(folder);
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var copies = services.GetRequiredService<KeyStoreCopies>();
            if (verb == "remove")
                return await copies.Remove(AccessContext.House, parsed.GetValue(name)!, cancellationToken) ? Exit.Done : Exit.With($"There is no target '{parsed.GetValue(name)}'.");
            if (verb == "add" && await copies.Register(AccessContext.House, parsed.GetValue(name)!, Path.GetFullPath(parsed.GetValue(folder)!), cancellationToken) is { } refused)
                return Exit.With(refused);
            var states = await copies.WriteAll(AccessContext.House, pendingOnly: false, cancellationToken);
            if (states.Count == 0)
                return Exit.With("No place is registered: 'amana keys target add NAME FOLDER'.");
            foreach (var state in states)
                Console.WriteLine(state.Current ? $"{state.Target.Name}: written and read back, epoch {state.Target.ConfirmedEpoch}" : $"{state.Target.Name}: PENDING. {state.Problem}");
            return states.All(s => s.Current) ? Exit.Done : Exit.Refused;
        }));
        return command;
    }
}
