using System.CommandLine;
using System.Text.Json;
using Amana.Features.Platform;
using Amana.Features.Platform.Backup;
using Amana.Features.Platform.Vault;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana keys join|drill</c>: the keyring back from a copy and the custodians' shares, in earnest or to try.</summary>
internal static class KeysJoin
{
    public static Command Join()
    {
        var (from, shares) = (Copy(), Shares());
        var store = new StoreOptions();
        var command = new Command("join", "Bring the keyring back from a copy of the key store and the custodians' shares. AMANA_KEYRING_PASSPHRASE seals it.") { from, shares };
        store.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var to = store.Of(parsed);
            var copy = Read(parsed.GetValue(from)!);
            using var keyring = JoinedRoot.Restore(copy, await Typed(parsed.GetValue(shares), cancellationToken), to, Environment.GetEnvironmentVariable("AMANA_KEYRING_PASSPHRASE"), out var problem);
            if (keyring is null)
                return Exit.With(problem);
            Console.WriteLine($"The keyring {to.KeyringFile} is back, with epoch {copy.Epoch} of {copy.At:yyyy-MM-dd HH:mm}.");
            return Exit.Done;
        });
        return command;
    }

    public static Command Drill()
    {
        var (from, shares) = (Copy(), Shares());
        var asJson = new Option<bool>("--json") { Description = "For programs." };
        var enter = new Option<bool>("--enter") { Description = "Enter the result in the ledger of the house in --data or --store." };
        var store = new StoreOptions();
        var command = new Command("drill", "Prove that a copy and the shares bring the keys back, without touching the house.") { from, shares, asJson, enter };
        store.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            _ = Read(parsed.GetValue(from)!);
            DrillFinding? finding = null;
            var typed = await Typed(parsed.GetValue(shares), cancellationToken);
            await Terminal.While("Trying every key", () => Task.Run(() => finding = KeyDrill.Hold(parsed.GetValue(from)!, typed, Environment.GetEnvironmentVariable("AMANA_KEYRING_PASSPHRASE")), cancellationToken));
            if (parsed.GetValue(enter))
                await OpenedHouse.Act(store.Of(parsed), make: false, async services =>
                {
                    await services.GetRequiredService<KeyActs>().NoteDrill(AccessContext.House, finding!.Epoch, finding.Keys, finding.Problem is null, cancellationToken);
                    return Exit.Done;
                });
            if (parsed.GetValue(asJson))
                Console.WriteLine(JsonSerializer.Serialize(new { passed = finding!.Problem is null, epoch = finding.Epoch, at = finding.At, keys = finding.Keys, problem = finding.Problem }));
            if (finding!.Problem is { } problem)
                return Exit.With(problem);
            if (!parsed.GetValue(asJson))
                Console.WriteLine($"The drill passed: the root key was joined, and {finding.Keys} data keys of epoch {finding.Epoch} opened. The copy is of {finding.At:yyyy-MM-dd HH:mm}.");
            return Exit.Done;
        });
        return command;
    }

    /// <summary>Writes a share for its owner alone.</summary>
    public static async Task WriteShare(string file, string share, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (File.Exists(file))
            throw new RefusedException($"{file} is there already; shares are not overwritten.");
        await using var stream = new StreamWriter(file, options);
        await stream.WriteLineAsync(share.AsMemory(), cancellationToken);
    }

    /// <summary>Shares as files; "-" reads them from standard input, one a line.</summary>
    public static async Task<IReadOnlyList<string>> Typed(string[]? shares, CancellationToken cancellationToken)
    {
        var typed = new List<string>();
        foreach (var share in shares ?? [])
        {
            if (share == "-")
                while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
                    typed.Add(line);
            else
            {
                using var file = InputFile.Open(share);
                using var reader = new StreamReader(file);
                typed.Add(await reader.ReadToEndAsync(cancellationToken));
            }
        }

        return [.. typed.Where(t => !string.IsNullOrWhiteSpace(t))];
    }

    private static KeyStore Read(string folder)
    {
        try
        {
            return KeyStore.Read(folder);
        }
        catch (InvalidDataException e)
        {
            throw new RefusedException(e.Message);
        }
    }

    private static Option<string> Copy() => new("--copy") { Description = "Folder with the copy of the key store.", Required = true };

    private static Option<string[]> Shares() => new("--share") { Description = "A file with a share; may be given several times. '-' reads them from standard input, one a line.", AllowMultipleArgumentsPerToken = true };
}
