using Amana.Domain.Accounts;
using Amana.Features.Accounts;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli.Tests;

public sealed class A_store
{
    [Theory, OnEveryStore]
    public async Task Is_made_once_and_found_up_to_date_after(StoreKind kind)
    {
        await using var store = await EmptyStore.Make(kind);
        var first = await Program.Amana(["migrate", .. store.Options]);
        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Contains("First", first.Output);
        Assert.Contains("up to date", (await Program.Amana(["migrate", .. store.Options])).Output);
    }

    [Theory, OnEveryStore]
    public async Task Takes_staff_and_proves_its_ledger(StoreKind kind)
    {
        await using var store = await EmptyStore.Started(kind);
        string[] who = ["--email", "noor@relief.example", "--name", "Noor Haddad", "--organisation", "rel", "--duty", "Coordinator", "--duty", "DataProtectionFocalPoint"];
        var added = await Program.Amana(["user", "add", .. who, "--password-stdin", .. store.Options], "four calm wells at dawn\n");
        Assert.Equal((0, ""), (added.Code, added.Error));
        var twice = await Program.Amana(["user", "add", .. who, .. store.Options]);
        Assert.Equal(1, twice.Code);
        Assert.StartsWith("Email: ", twice.Error);

        var verified = await Program.Amana(["ledger", "verify", "--integrate", .. store.Options]);
        Assert.Equal((0, ""), (verified.Code, verified.Error));
        Assert.Contains("4 entries, 4 of them under a signed checkpoint, 0 waiting", verified.Output);
    }

    [Theory, OnEveryStore]
    public async Task Names_the_entry_that_was_tampered_with(StoreKind kind)
    {
        await using var store = await EmptyStore.Started(kind);
        await Program.Amana(["ledger", "verify", "--integrate", .. store.Options]);
        var id = await store.Do(async services =>
        {
            var db = services.GetRequiredService<AmanaDb>();
            await db.Database.ExecuteSqlRawAsync("update ledger_entries set canonical = replace(canonical, 'house', 'mouse') where position = 1");
            return await db.Set<LedgerEntry>().Where(e => e.Position == 1).Select(e => e.Id).SingleAsync();
        });
        var answer = await Program.Amana(["ledger", "verify", .. store.Options]);
        Assert.Equal(1, answer.Code);
        Assert.Contains($"position 1, entry {id}", answer.Error);
    }

    [Theory, OnEveryStore]
    public async Task Names_the_entry_whose_columns_were_tampered_with(StoreKind kind)
    {
        await using var store = await EmptyStore.Started(kind);
        await Program.Amana(["ledger", "verify", "--integrate", .. store.Options]);
        await store.Do(services => services.GetRequiredService<AmanaDb>().Database.ExecuteSqlRawAsync("update ledger_entries set kind = 'NothingHappened' where position = 2"));
        var answer = await Program.Amana(["ledger", "verify", .. store.Options]);
        Assert.Equal(1, answer.Code);
        Assert.Contains("position 2", answer.Error);
        Assert.Contains("'kind'", answer.Error);
    }

    [Fact]
    public async Task Whose_ledger_was_rolled_back_is_found_out_by_the_witness()
    {
        await using var store = await EmptyStore.Started(StoreKind.Sqlite);
        await Program.Amana(["ledger", "verify", "--integrate", .. store.Options]);
        await store.Do(async services =>
        {
            var db = services.GetRequiredService<AmanaDb>();
            await db.Database.ExecuteSqlRawAsync("delete from ledger_entries");
            await db.Database.ExecuteSqlRawAsync("delete from ledger_checkpoints");
            return await db.Database.ExecuteSqlRawAsync("delete from ledger_frontier");
        });
        Assert.Equal(1, (await Program.Amana(["ledger", "verify", .. store.Options])).Code);
    }

    [Fact]
    public async Task Hands_its_ledger_out_for_others_to_verify()
    {
        await using var store = await EmptyStore.Started(StoreKind.Sqlite);
        await Program.Amana(["ledger", "verify", "--integrate", .. store.Options]);
        var file = Path.Combine(store.Data, "ledger.jsonl");
        Assert.Equal(0, (await Program.Amana(["ledger", "export", "-o", file, .. store.Options])).Code);
        Assert.Equal(0, (await Program.Amana("ledger", "verify", "--export", file)).Code);
        var lines = await File.ReadAllLinesAsync(file);
        var joined = Array.FindIndex(lines, l => l.Contains("StaffJoined")) - 1; // the first line names the ledger
        await File.WriteAllLinesAsync(file, lines.Select(l => l.Replace("StaffJoined", "StaffJumped")));
        var answer = await Program.Amana("ledger", "verify", "--export", file);
        Assert.Equal(1, answer.Code);
        Assert.Contains($"position {joined}, entry ", answer.Error);
    }

    [Fact]
    public async Task That_is_not_there_is_refused_and_not_made()
    {
        using var folder = new Folder();
        var answer = await Program.Amana("ledger", "verify", "--data", folder["none"]);
        Assert.Equal(1, answer.Code);
        Assert.Contains("There is no store", answer.Error);
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Fact]
    public async Task That_cannot_be_used_is_refused_plainly()
    {
        using var folder = new Folder();
        var file = folder.Write("afile", "no store");
        Assert.Equal(1, (await Program.Amana("migrate", "--data", file)).Code);
        Directory.CreateDirectory(folder["odd"]);
        await File.WriteAllTextAsync(folder["odd/amana.db"], "this is no database, but long enough to be looked at by anybody who opens it as one");
        var odd = await Program.Amana("migrate", "--data", folder["odd"]);
        Assert.Equal(1, odd.Code);
        Assert.Contains("cannot be used", odd.Error);
        var nobody = await Program.Amana("migrate", "--data", folder["pg"], "--store", "Host=127.0.0.1;Port=1;Database=x;Username=x;Timeout=2");
        Assert.Equal(1, nobody.Code);
        Assert.Contains("PostgreSQL", nobody.Error);
    }

    [Fact]
    public async Task Whose_keyring_is_sealed_asks_for_the_passphrase()
    {
        using var folder = new Folder();
        var passphrase = new Dictionary<string, string> { ["AMANA_KEYRING_PASSPHRASE"] = "seven wells before noon" };
        Assert.Equal(0, (await Program.Amana(["migrate", "--data", folder["d"]], "", passphrase)).Code);
        var answer = await Program.Amana("migrate", "--data", folder["d"]);
        Assert.Equal(1, answer.Code);
        Assert.Contains("passphrase", answer.Error);
        Assert.Equal(0, (await Program.Amana(["migrate", "--data", folder["d"]], "", passphrase)).Code);
    }
}

/// <summary>A store of the test's own, and what commands are told to find it.</summary>
internal sealed class EmptyStore(Store store, string? database) : IAsyncDisposable
{
    public string Data => store.DataDirectory;

    public IReadOnlyList<string> Options => store.ConnectionString is { } connection ? ["--data", Data, "--store", connection] : ["--data", Data];

    public static async Task<EmptyStore> Make(StoreKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("amana-cli-").FullName;
        if (kind == StoreKind.Sqlite)
            return new EmptyStore(new Store(folder), null);
        var name = "cli_" + Guid.NewGuid().ToString("N");
        await PostgreSqlServer.Instance.Create(name);
        return new EmptyStore(new Store(folder, PostgreSqlServer.Instance.ConnectionString(name)), name);
    }

    /// <summary>With an operation, its organisation REL and its first administrator.</summary>
    public static async Task<EmptyStore> Started(StoreKind kind)
    {
        var made = await Make(kind);
        await Program.Amana(["migrate", .. made.Options]);
        await made.Do(async services => (await services.GetRequiredService<StartHouse>().Handle(AccessContext.House, new FirstRun("Made-up operation", "XX", "Relief made up", "REL",
            OrganisationKind.NationalNgo, true, "Amina Diallo", "amina@relief.example", "nine quiet rivers run north"), CancellationToken.None)).Result);
        return made;
    }

    public async Task<T> Do<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var services = new ServiceCollection().AddLogging().AddAmana(store).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (database is not null)
            await PostgreSqlServer.Instance.Drop(database);
        Directory.Delete(Data, recursive: true);
    }
}
