using System.CommandLine;
using Amana.Features.Platform;
using Amana.Features.Platform.Backup;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana keys rotate root|passphrase|epoch|ledger|backup|index</c>.</summary>
internal static class KeysRotate
{
    /// <summary>The environment variable with the new passphrase: on the command line others on the machine could read it.</summary>
    public const string NewPassphrase = "AMANA_KEYRING_NEW_PASSPHRASE";

    public static Command Make() => new("rotate", "Replace a key. Each is entered in the ledger; copies at the registered places are written anew.")
    {
        One("root", $"The root key. Everything in the keyring is wrapped anew; shares made before become void. {NewPassphrase} seals it.", Root),
        One("passphrase", $"The passphrase of the keyring, from {NewPassphrase}; empty leaves the root bare. Shares stay good.", Passphrase),
        One("epoch", "The epoch key: every key of people and activities is wrapped anew. Older copies of the data open no more.", Epoch),
        One("ledger", "The ledger's signing key. The old public key is kept to verify what it signed.", Ledger),
        One("backup", "The key of backups. Older backups are opened by nobody any more.", Backup),
        One("index", "Why the key of keyed hashes is not replaced.", (_, _) => throw new RefusedException(
            "The key of keyed hashes is not replaced: receipt codes and the ids of submissions stand behind them and are kept nowhere, so the hashes could not be made anew, and receipts in people's hands would no longer be found.")),
    };

    private static Command One(string name, string words, Func<IServiceProvider, CancellationToken, Task<string>> act)
    {
        var store = new StoreOptions();
        var command = new Command(name, words);
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var done = "";
            await Terminal.While($"Replacing: {name}", async () => done = await act(services, cancellationToken));
            Console.WriteLine(done);
            foreach (var state in (await services.GetRequiredService<KeyStoreCopies>().WriteAll(AccessContext.House, pendingOnly: false, cancellationToken)).Where(s => !s.Current))
                Console.Error.WriteLine($"The copy '{state.Target.Name}' is pending: {state.Problem}");
            return Exit.Done;
        }));
        return command;
    }

    private static async Task<string> Root(IServiceProvider services, CancellationToken cancellationToken)
    {
        var hadShares = services.GetRequiredService<Keyring>().Content.Split is not null;
        await services.GetRequiredService<KeyActs>().ReplaceRoot(AccessContext.House, Environment.GetEnvironmentVariable(NewPassphrase), cancellationToken);
        return "The root key was replaced." + (hadShares ? " The custodians' shares are void now: split it anew." : "");
    }

    private static async Task<string> Passphrase(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(NewPassphrase) is not { } passphrase)
            throw new RefusedException($"Put the new passphrase into {NewPassphrase}; empty leaves the root bare.");
        await services.GetRequiredService<KeyActs>().ChangePassphrase(AccessContext.House, passphrase, cancellationToken);
        return passphrase.Length > 0 ? "The keyring is sealed with the new passphrase. A running house needs it at its next start." : "The keyring has no passphrase any more; its file's mode alone protects it.";
    }

    private static async Task<string> Epoch(IServiceProvider services, CancellationToken cancellationToken) =>
        $"Epoch {await services.GetRequiredService<KeyActs>().ReplaceEpoch(AccessContext.House, cancellationToken)} was destroyed; all keys are wrapped anew.";

    private static async Task<string> Ledger(IServiceProvider services, CancellationToken cancellationToken)
    {
        var key = await services.GetRequiredService<KeyActs>().ReplaceSigner(AccessContext.House, cancellationToken);
        await services.GetRequiredService<LedgerSequencer>().Integrate(sign: true, cancellationToken);
        return $"The ledger is signed with a new key from now on. Tell those who verify it: {key}";
    }

    private static async Task<string> Backup(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<KeyActs>().ReplaceBackupKey(AccessContext.House, cancellationToken);
        return "Backups are sealed with a new key from now on. Make one now: those made before open no more.";
    }

    /// <summary><c>amana keys move</c>.</summary>
    public static Command Move()
    {
        var address = new Option<string>("--transit") { Description = "Address of OpenBao or Vault, such as https://vault.example:8200.", Required = true };
        var mount = new Option<string>("--mount") { Description = "Where its transit engine is mounted.", DefaultValueFactory = _ => "transit" };
        var key = new Option<string>("--key") { Description = "Name of the key there.", Required = true };
        var store = new StoreOptions();
        var command = new Command("move", "Move the root key to a transit engine, from which it never comes back. Its token is read from AMANA_TRANSIT_TOKEN. 'keys rotate root' goes back to the keyring.") { address, mount, key };
        store.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var place = new TransitPlace(parsed.GetValue(address)!.TrimEnd('/'), parsed.GetValue(mount)!, parsed.GetValue(key)!);
            if (place.Unfit() is { } unfit)
                return Exit.With(unfit, Exit.WrongUsage);
            if (Environment.GetEnvironmentVariable("AMANA_TRANSIT_TOKEN") is not { Length: > 0 } token)
                return Exit.With("Put the transit engine's token into AMANA_TRANSIT_TOKEN.");
            return await OpenedHouse.Act(store.Of(parsed), make: false, async services =>
            {
                await services.GetRequiredService<KeyActs>().MoveRoot(AccessContext.House, place, token, cancellationToken);
                await services.GetRequiredService<KeyStoreCopies>().WriteAll(AccessContext.House, pendingOnly: false, cancellationToken);
                Console.WriteLine($"The root key is kept at {place.Address} from now on. Every start needs AMANA_TRANSIT_TOKEN.");
                return Exit.Done;
            });
        });
        return command;
    }
}
