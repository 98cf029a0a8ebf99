using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana ledger checkpoint|prove</c> and <c>verify --proof</c>: what an outsider holds against the ledger's owner.</summary>
internal static class LedgerProofCommands
{
    public static Command Checkpoint()
    {
        var drop = new Option<string[]>("--drop") { Description = "Copy checkpoint and tiles into this folder too, such as a stick that leaves the house. May be given several times.", DefaultValueFactory = _ => [] };
        var store = new StoreOptions();
        var command = new Command("checkpoint", "Sign a checkpoint of the whole ledger now, print it and drop it for the witnesses.") { drop };
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var signed = await services.GetRequiredService<SignCheckpoint>().Handle(AccessContext.House, cancellationToken);
            if (!signed.IsDone)
                return Terminal.Refused(signed.Refusals);
            Console.Write(signed.Result.Checkpoint.Text);
            await Console.Error.WriteLineAsync("Key: " + signed.Result.Key);
            foreach (var folder in parsed.GetValue(drop)!)
                if (Dropped(services, signed.Result, folder) is { } problem)
                    return Exit.With(problem);
            return Exit.Done;
        }));
        return command;
    }

    public static Command Prove()
    {
        var entry = new Argument<string>("entry") { Description = "The entry's id, or its position." };
        var output = new Option<string>("--output", "-o") { Description = "The file to write.", Required = true };
        var store = new StoreOptions();
        var command = new Command("prove", "Write the proof that one entry stands in the signed ledger; it verifies offline with the public key alone.") { entry, output };
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            var proof = await services.GetRequiredService<ProveEntry>().Handle(AccessContext.House, parsed.GetValue(entry)!, cancellationToken);
            if (!proof.IsDone)
                return Terminal.Refused(proof.Refusals);
            await InputFile.Write(parsed.GetValue(output)!, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(proof.Result.ToJson()), cancellationToken).AsTask());
            Console.WriteLine(InWords(proof.Result));
            return Exit.Done;
        }));
        return command;
    }

    public static int VerifyProof(string file, string? key)
    {
        string text;
        using (var reader = new StreamReader(InputFile.Open(file), Encoding.UTF8))
            text = reader.ReadToEnd();
        if (!NoteVerifier.TryParse(key ?? "", out var verifier, out _))
            return Exit.With(key is null ? "A proof is verified with the ledger's public key: --key KEY, as its checkpoint page and 'amana ledger checkpoint' show it." : "The key given is no key of a ledger.", Exit.WrongUsage);
        if (!ProofFile.TryParse(text, out var proof, out var problem))
            return Exit.With($"{file}: {problem}");
        if (!proof.Holds([verifier], out problem, verifier.Name))
            return Exit.With("The proof does not hold. " + problem);
        Console.WriteLine("The proof holds. " + InWords(proof));
        return Exit.Done;
    }

    private static string InWords(ProofFile proof)
    {
        var (kind, at) = ("?", "?");
        try
        {
            using var json = JsonDocument.Parse(proof.Entry);
            (kind, at) = (json.RootElement.GetProperty("kind").GetString() ?? kind, json.RootElement.GetProperty("at").GetString() ?? at);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Bytes of another log are proven all the same.
        }

        return string.Create(CultureInfo.InvariantCulture, $"{kind} of {at} stands at position {proof.Index} of the {proof.Size} entries that {proof.Checkpoint.Checkpoint.Origin} signed for.");
    }

    /// <summary>Copies what the house's own witness folder holds; a folder that holds another history is left as it is and named.</summary>
    private static string? Dropped(IServiceProvider services, ShownCheckpoint shown, string folder)
    {
        if (!SignedCheckpoint.TryParse(shown.Checkpoint.Text, out var signed, out var problem))
            return problem;
        try
        {
            foreach (var kept in new CheckpointFolder(folder).ReadAll())
                if (SignedCheckpoint.TryParse(kept, out var earlier, out _) && earlier.Checkpoint.Origin != signed.Checkpoint.Origin)
                    return $"{folder} holds checkpoints of {earlier.Checkpoint.Origin}, which is another ledger.";
            var from = new TileFolder(services.GetRequiredService<Store>().WitnessDirectory).At(signed.Checkpoint.Size);
            List<TreeHash> leaves = [];
            for (var at = 0L; at < signed.Checkpoint.Size; at++)
                leaves.Add(from.Node(0, at));
            if (!new TileFolder(folder).TryAppend(0, leaves, out problem))
                return $"{folder}: {problem}";
            new CheckpointFolder(folder).Write(signed);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return $"{folder} cannot be written: {e.Message}";
        }
    }
}
