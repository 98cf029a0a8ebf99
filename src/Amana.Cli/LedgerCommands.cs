using System.CommandLine;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana ledger verify|export|checkpoint|prove</c>.</summary>
public static class LedgerCommands
{
    public static Command Make() => new("ledger", "Verify the ledger, prove entries, sign checkpoints, and hand it out for others to verify.") { Verify(), Export(), LedgerProofCommands.Checkpoint(), LedgerProofCommands.Prove(), WitnessCommands.Make() };

    private static Command Verify()
    {
        var export = new Option<string?>("--export") { Description = "Verify this export instead of a store." };
        var proof = new Option<string?>("--proof") { Description = "Verify the proof of one entry, offline; --key is needed and nothing else." };
        var key = new Option<string?>("--key") { Description = "The ledger's public key as you know it from elsewhere, for an export or a proof." };
        var checkpoints = new Option<string?>("--checkpoints") { Description = "Folder of a witness's checkpoints; the house's own when left out." };
        var integrate = new Option<bool>("--integrate") { Description = "Give waiting entries their place first, and sign. Without it nothing is changed." };
        var store = new StoreOptions();
        var command = new Command("verify", "Prove that no entry was altered, dropped or added, or name the first bad one.") { export, proof, key, checkpoints, integrate };
        store.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var witness = parsed.GetValue(checkpoints);
            if (witness is not null && !Directory.Exists(witness))
                return Exit.With($"There is no folder {witness}.");
            if (parsed.GetValue(proof) is { } taken)
                return LedgerProofCommands.VerifyProof(taken, parsed.GetValue(key));
            if (parsed.GetValue(export) is { } file)
                return Say(OfExport(file, witness, parsed.GetValue(key)));
            return await OpenedHouse.Act(store.Of(parsed), make: false, async services =>
            {
                LedgerFinding? finding = null;
                await Terminal.While("Verifying the ledger", async () =>
                {
                    if (parsed.GetValue(integrate))
                        await services.GetRequiredService<LedgerSequencer>().Integrate(sign: true, cancellationToken);
                    finding = await services.GetRequiredService<LedgerAudit>().Verify(witness, cancellationToken);
                });
                return Say(finding!);
            });
        });
        return command;
    }

    private static Command Export()
    {
        var output = new Option<string>("--output", "-o") { Description = "The file to write.", Required = true };
        var store = new StoreOptions();
        var command = new Command("export", "Write the ledger as a file that outsiders can verify; it holds no names.") { output };
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            long count = 0;
            await InputFile.Write(parsed.GetValue(output)!, async stream =>
                count = await LedgerExport.Write(services.GetRequiredService<AmanaDb>(), services.GetRequiredService<Keyring>(), stream, cancellationToken));
            Console.WriteLine($"{count} entries written.");
            return Exit.Done;
        }));
        return command;
    }

    private static LedgerFinding OfExport(string file, string? witness, string? key)
    {
        using (InputFile.Open(file))
        {
            // Opened for its plain refusals: a missing file, a folder, no permission.
        }

        try
        {
            return LedgerExport.Verify(file, witness, key);
        }
        catch (InvalidDataException e)
        {
            throw new RefusedException($"{file}: {e.Message}");
        }
    }

    private static int Say(LedgerFinding finding)
    {
        if (finding.Holds)
        {
            Console.WriteLine($"The ledger holds: {finding.Entries} entries, {finding.Signed} of them under a signed checkpoint, {finding.Waiting} waiting for their place.");
            return Exit.Done;
        }

        var at = finding.Position is not { } position ? "" : finding.LastPosition is { } last && last != position ? $" between position {position} and {last}" : $" at position {position}";
        var id = finding.EntryId is { } entry ? $", entry {entry}" : "";
        return Exit.With($"The ledger is broken{at}{id}: {finding.Problem}");
    }
}
