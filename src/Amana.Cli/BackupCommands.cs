using System.CommandLine;
using System.Text.Json;
using Amana.Features.Platform;
using Amana.Features.Platform.Backup;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana backup</c> and <c>amana restore</c>: the data in one file, the keys in their own places, and both together back into an empty store.</summary>
public static class BackupCommands
{
    public static Command Backup()
    {
        var output = new Option<string>("--output", "-o") { Description = "The file to write.", Required = true };
        var asJson = new Option<bool>("--json") { Description = "For programs." };
        var store = new StoreOptions();
        var command = new Command("backup", "Write the data into one file, while the house goes on working, and the keys to their registered places. The file holds no key.") { output, asJson };
        store.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OpenedHouse.Act(store.Of(parsed), make: false, async services =>
        {
            BackedUp? done = null;
            var file = Path.GetFullPath(parsed.GetValue(output)!);
            if (!Directory.Exists(Path.GetDirectoryName(file)))
                return Exit.With($"There is no folder {Path.GetDirectoryName(file)}.");
            await Terminal.Telling("Backing up", async tell => done = await services.GetRequiredService<BackUpHouse>().Handle(AccessContext.House, file, (table, rows) => tell($"{table}: {rows} rows"), cancellationToken));
            if (done!.Problem is { } problem)
                return Exit.With(problem);
            var pending = done.Copies.Where(c => !c.Current).ToList();
            if (parsed.GetValue(asJson))
                Console.WriteLine(JsonSerializer.Serialize(new { file, rows = done.Rows, epoch = done.Epoch, copies = done.Copies.Select(c => new { name = c.Target.Name, current = c.Current, problem = c.Problem }) }));
            else
                Console.WriteLine($"{done.Rows} rows in {file}, epoch {done.Epoch}. Keys at: {string.Join(", ", done.Copies.Where(c => c.Current).Select(c => c.Target.Name))}");
            foreach (var copy in pending)
                await Console.Error.WriteLineAsync($"The copy of the keys at '{copy.Target.Name}' is pending: {copy.Problem}");
            return pending.Count == done.Copies.Count ? Exit.With("No copy of the keys could be written: the backup opens only with the house's own keyring until one is.") : Exit.Done;
        }));
        return command;
    }

    public static Command Restore()
    {
        var from = new Option<string>("--backup") { Description = "The file that 'amana backup' wrote.", Required = true };
        var copy = new Option<string>("--copy") { Description = "Folder with the newest copy of the key store.", Required = true };
        var shares = new Option<string[]>("--share") { Description = "A file with a custodian's share, where there is no keyring yet; may be given several times.", AllowMultipleArgumentsPerToken = true };
        var asJson = new Option<bool>("--json") { Description = "For programs." };
        var store = new StoreOptions();
        var command = new Command("restore", "Bring a house back into an empty store, from a backup and the newest copy of its keys. Who was erased since the backup stays erased.") { from, copy, shares, asJson };
        store.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var to = store.Of(parsed);
            Restored? done = null;
            try
            {
                var keys = KeyStore.Read(parsed.GetValue(copy)!);
                using (InputFile.Open(parsed.GetValue(from)!))
                {
                    // Opened for its plain refusals: a missing file, a folder, no permission.
                }

                var typed = await KeysJoin.Typed(parsed.GetValue(shares), cancellationToken);
                await Terminal.Telling("Restoring", async tell => done = await RestoredStore.Make(to, parsed.GetValue(from)!, keys, typed, rows => tell($"{rows} rows"), cancellationToken));
            }
            catch (InvalidDataException e)
            {
                throw new RefusedException(e.Message);
            }
            catch (Exception e) when (StoreProblems.InWords(e, to) is { } words)
            {
                throw new RefusedException(words);
            }

            Console.WriteLine(parsed.GetValue(asJson)
                ? JsonSerializer.Serialize(new { rows = done!.Rows, at = done.At, people = done.People, erasedAgain = done.ErasedAgain, endedAgain = done.Activities })
                : $"The house of {done!.At:yyyy-MM-dd HH:mm} is back: {done.Rows} rows, {done.People} people. {done.ErasedAgain} people and the data of {done.Activities} activities, erased since, were erased again.");
            return Exit.Done;
        });
        return command;
    }
}

/// <summary>Makes the restored store so that it is there whole or not at all.</summary>
internal static class RestoredStore
{
    public static async Task<Restored> Make(Store to, string backup, KeyStore keys, IReadOnlyList<string> shares, Action<long> tell, CancellationToken cancellationToken)
    {
        if (to.Kind == StoreKind.Sqlite && File.Exists(to.DatabaseFile))
            throw new InvalidDataException($"There is a house in {to.DataDirectory} already; a house is restored into an empty place only.");
        var passphrase = Environment.GetEnvironmentVariable("AMANA_KEYRING_PASSPHRASE");
        var madeKeyring = !File.Exists(to.KeyringFile);
        if (madeKeyring)
            using (var keyring = JoinedRoot.Restore(keys, shares, to, passphrase, out var problem))
                if (keyring is null)
                    throw new InvalidDataException(problem);
        var beside = Path.Combine(to.DataDirectory, ".restoring");
        try
        {
            var work = to.Kind == StoreKind.PostgreSql ? to : new Store(beside) { KeyringDirectory = Path.GetDirectoryName(to.KeyringFile) };
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true); // of a restore that was cut off
            Directory.CreateDirectory(to.DataDirectory);
            var done = await Load(work, backup, keys, passphrase, tell, cancellationToken);
            if (to.Kind == StoreKind.Sqlite)
                Move(work, to);
            return done;
        }
        catch
        {
            if (madeKeyring)
                File.Delete(to.KeyringFile);
            throw;
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }

    private static async Task<Restored> Load(Store work, string backup, KeyStore keys, string? passphrase, Action<long> tell, CancellationToken cancellationToken)
    {
        await using var provider = OpenedHouse.Services(work, passphrase);
        await using var scope = provider.CreateAsyncScope();
        await provider.OpenHouse(cancellationToken);
        await using var file = File.OpenRead(backup);
        var done = await scope.ServiceProvider.GetRequiredService<RestoreHouse>().Handle(AccessContext.House, file, keys, tell, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<LedgerSequencer>().Integrate(sign: true, cancellationToken);
        return done;
    }

    /// <summary>The database first closed, so that its log is inside it, then moved into place with its witness files.</summary>
    private static void Move(Store work, Store to)
    {
        SqliteConnection.ClearAllPools();
        using (var connection = new SqliteConnection($"Data Source={work.DatabaseFile};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
        }

        if (Directory.Exists(work.WitnessDirectory) && !Directory.Exists(to.WitnessDirectory))
            Directory.Move(work.WitnessDirectory, to.WitnessDirectory);
        File.Move(work.DatabaseFile, to.DatabaseFile);
    }
}
