using System.Diagnostics;
using System.Text;
using Amana.Domain.People;
using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli.Tests;

/// <summary>The real program, ended with SIGKILL at a random moment while it replaces keys, backs up or restores.</summary>
public sealed class A_command_that_is_killed
{
    private static readonly ActivityId Activity = new(Guid.Parse("0195a000-0000-7000-8000-000000000001"));

    [Fact]
    public Task Leaves_everybody_readable_and_can_be_run_again() => Kill(StoreKind.Sqlite, 1);

    [Theory, OnEveryStore]
    public Task Leaves_everybody_readable_however_often(StoreKind store)
    {
        LongTests.OnlyWhenAsked();
        return Kill(store, 15);
    }

    private static async Task Kill(StoreKind kind, int rounds)
    {
        await using var store = await EmptyStore.Started(kind);
        using var kept = new Folder();
        var random = new Random(11);
        await AddPeople(store, 300);
        Assert.Equal(0, (await Program.Amana(["keys", "split", "-o", kept.Name, .. store.Options])).Code);
        Directory.CreateDirectory(kept["safe"]);
        Assert.Equal(0, (await Program.Amana(["keys", "target", "add", "safe", kept["safe"], .. store.Options])).Code);
        for (var round = 0; round < rounds; round++)
            foreach (var command in new string[][] { ["keys", "rotate", "epoch"], ["keys", "rotate", "backup"], ["backup", "-o", kept["house.amana"]] }[..(rounds == 1 ? 1 : 3)])
            {
                await RunAndKill([.. command, .. store.Options], random.Next(300, 2500));
                await EverybodyOpens(store, 300);
            }

        Assert.Equal(0, (await Program.Amana(["backup", "-o", kept["house.amana"], .. store.Options])).Code);
        string[] restore = ["restore", "--backup", kept["house.amana"], "--copy", kept["safe"], "--share", kept["share-1-of-3.txt"], "--share", kept["share-2-of-3.txt"], "--data", kept["back"]];
        await RunAndKill(restore, random.Next(300, 2500));
        if (!File.Exists(Path.Combine(kept["back"], "amana.db")))
            Assert.Equal((0, ""), (await Program.Amana(restore)) is var again ? (again.Code, again.Error) : default);
        var verified = await Program.Amana("ledger", "verify", "--integrate", "--data", kept["back"]);
        Assert.Equal((0, ""), (verified.Code, verified.Error));
    }

    private static async Task RunAndKill(string[] args, int after)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "amana.dll"), .. args]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await Task.Delay(after);
        process.Kill(); // SIGKILL, or nothing when it has ended
        await process.WaitForExitAsync();
    }

    private static Task AddPeople(EmptyStore store, int count) => store.Do(async services =>
    {
        var (db, sealing) = (services.GetRequiredService<AmanaDb>(), services.GetRequiredService<Sealing>());
        for (var i = 0; i < count; i++)
        {
            var (person, record) = (Ids.New<PersonId>(TimeProvider.System), Ids.New<RecordId>(TimeProvider.System));
            var keys = sealing.ForNew(person);
            db.Add(new Person(person, Activity));
            db.Add(new PersonBox(Ids.NewGuid(TimeProvider.System), record, person, Compartment.Identity, 1, "", keys.Seal(Compartment.Identity, record, Encoding.UTF8.GetBytes("Person made up"))));
            db.AddRange(keys.Made);
        }

        await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("PeopleMadeUp", Activity).With("count", count));
        return count;
    });

    private static Task EverybodyOpens(EmptyStore store, int count) => store.Do(async services =>
    {
        await services.OpenHouse(CancellationToken.None);
        var boxes = await services.GetRequiredService<AmanaDb>().Set<PersonBox>().AsNoTracking().ToListAsync();
        Assert.Equal(count, boxes.Count);
        var keyring = services.GetRequiredService<Keyring>();
        Assert.False(keyring.HasEarlierEpochs);
        Assert.All(await services.GetRequiredService<AmanaDb>().Set<DataKey>().AsNoTracking().ToListAsync(), k => Assert.Equal(keyring.Epoch, k.Epoch));
        foreach (var box in boxes.Where((_, i) => i % 30 == 0))
        {
            var permit = await services.GetRequiredService<LedgerBook>().Disclose(AccessContext.House, new GateAnswer(true, [], []), new Happening("RecordOpened", Activity, box.RecordId.Value), CancellationToken.None);
            Assert.Equal("Person made up", Encoding.UTF8.GetString(await services.GetRequiredService<Safe>().OpenForPerson(permit, box, CancellationToken.None)));
        }

        return count;
    });
}
