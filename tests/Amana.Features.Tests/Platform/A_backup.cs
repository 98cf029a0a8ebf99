using System.Text;
using Amana.Domain.Consent;
using Amana.Features.Consent;
using Amana.Features.Platform;
using Amana.Features.Platform.Backup;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Tests.Rights;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

public sealed class A_backup
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEveryStore]
    public async Task Brings_the_house_back_on_either_database_without_those_who_were_erased_since(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var activity = await house.AddActivity(1);
        var people = new List<(Domain.Shared.PersonId Person, string)>();
        for (var i = 0; i < 6; i++)
            people.Add(await house.Interview(activity, $"AM-AAAA-000{i}"));
        using var kept = await Kept.Of(house);
        Assert.Null((await house.Do(s => s.GetRequiredService<BackUpHouse>().Handle(AccessContext.House, kept.File, null, None))).Problem);
        await house.Erase([people[1].Person, people[4].Person]);
        await house.Do(s => s.GetRequiredService<KeyStoreCopies>().WriteAll(AccessContext.House, true, None));

        foreach (var onto in new[] { StoreKind.Sqlite, StoreKind.PostgreSql }.Where(k => k == StoreKind.Sqlite || Environment.GetEnvironmentVariable("AMANA_NO_POSTGRESQL") is not { Length: > 0 }))
        {
            await using var back = await kept.Restore(onto);
            Assert.Equal((4, 2), (back.Done.People, back.Done.ErasedAgain));
            for (var i = 0; i < people.Count; i++)
                Assert.Equal(i is 1 or 4 ? null : $"AM-AAAA-000{i}", await back.House.ReadName(people[i].Person));
            await back.House.Do(async services =>
            {
                // Receipts in people's hands are found again, and everything else is as it was.
                var index = services.GetRequiredService<ReceiptCodes>().IndexOfTyped("AM-AAAA-0002");
                Assert.Equal(people[2].Person, (await services.GetRequiredService<AmanaDb>().Set<PersonConsent>().SingleAsync(c => c.ReceiptIndex == index)).PersonId);
                Assert.Equal(1, (await services.GetRequiredService<AmanaDb>().Set<Domain.Activities.Activity>().SingleAsync()).Number);
                var finding = await services.GetRequiredService<LedgerAudit>().Verify(null, None);
                Assert.True(finding.Holds, finding.Problem);
                Assert.True(await services.GetRequiredService<AmanaDb>().Set<LedgerEntry>().AnyAsync(e => e.Kind == "HouseRestored"));
            });
            var later = await back.House.Interview(activity, "AM-AAAA-0009"); // it goes on working
            Assert.Equal("AM-AAAA-0009", await back.House.ReadName(later.Person));
        }
    }

    [Theory, OnEveryStore]
    public async Task Alone_tells_nothing(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        await house.Interview(await house.AddActivity(1), "AM-AAAA-0001");
        using var kept = await Kept.Of(house);
        await house.Do(s => s.GetRequiredService<BackUpHouse>().Handle(AccessContext.House, kept.File, null, None));
        var file = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(kept.File));
        foreach (var word in new[] { "River operation", "Monitoring 1", "AM-AAAA-0001" })
            Assert.DoesNotContain(word, file, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept.File));
    }

    [Theory, OnEveryStore]
    public async Task Is_refused_with_keys_that_are_older_than_it_or_than_the_keyring(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var people = await house.AddPeople(3);
        using var kept = await Kept.Of(house);
        var old = await File.ReadAllTextAsync(Path.Combine(kept.Safe, KeyStore.FileName));
        await house.Erase([people[0]]);
        await house.Do(s => s.GetRequiredService<BackUpHouse>().Handle(AccessContext.House, kept.File, null, None));
        await File.WriteAllTextAsync(Path.Combine(kept.Safe, KeyStore.FileName), old); // somebody kept a copy that should have been overwritten
        Assert.Contains("older than the data", (await Assert.ThrowsAsync<InvalidDataException>(() => kept.Restore(store))).Message, StringComparison.Ordinal);
    }

    [Theory, OnEveryStore]
    public async Task Is_refused_when_a_byte_of_it_was_changed_or_its_end_is_missing(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.AddPeople(2);
        using var kept = await Kept.Of(house);
        await house.Do(s => s.GetRequiredService<BackUpHouse>().Handle(AccessContext.House, kept.File, null, None));
        var whole = await File.ReadAllBytesAsync(kept.File);
        var random = new Random(7);
        for (var i = 0; i < 12; i++)
        {
            var bad = i % 2 == 0 ? whole[..random.Next(1, whole.Length)] : [.. whole];
            if (i % 2 == 1)
                bad[random.Next(bad.Length)] ^= 4;
            await File.WriteAllBytesAsync(kept.File, bad);
            await Assert.ThrowsAnyAsync<InvalidDataException>(() => kept.Restore(StoreKind.Sqlite));
        }
    }

    [Theory, OnEveryStore]
    public async Task Knows_how_to_write_every_column_of_every_table(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.Do(services =>
        {
            var (model, rows) = (services.GetRequiredService<AmanaDb>().Model, services.GetRequiredService<GroupRows>());
            var shapes = new[] { DumpPart.Data, DumpPart.Keys }.SelectMany(part => DumpShapes.Of(model, rows, part)).ToList();
            Assert.Empty(shapes.SelectMany(s => s.Columns.Where(c => !DumpValues.Knows(c)).Select(c => s.Table + "." + c.Name)));
            return Task.CompletedTask;
        });
    }

    [Theory, OnEveryStore]
    public async Task Needs_a_place_for_the_keys(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        Assert.Contains("Split it first", (await house.Do(s => s.GetRequiredService<BackUpHouse>().Handle(AccessContext.House, Path.GetTempFileName(), null, None))).Problem, StringComparison.Ordinal);
        await house.Do(s => s.GetRequiredService<KeyActs>().Split(AccessContext.House, 2, 3, None));
        Assert.Contains("No place", (await house.Do(s => s.GetRequiredService<BackUpHouse>().Handle(AccessContext.House, Path.GetTempFileName(), null, None))).Problem, StringComparison.Ordinal);
    }

    /// <summary>A backup's file, the place of the keys, and the shares, as they lie with different people.</summary>
    private sealed class Kept(string folder, IReadOnlyList<RootShare> shares) : IDisposable
    {
        public string Safe => Path.Combine(folder, "safe");
        public string File => Path.Combine(folder, "house.amana");

        public static async Task<Kept> Of(TestHouse house)
        {
            var kept = new Kept(Directory.CreateTempSubdirectory("amana-kept-").FullName, await house.Do(s => s.GetRequiredService<KeyActs>().Split(AccessContext.House, 2, 3, None)));
            Directory.CreateDirectory(kept.Safe);
            await house.Register(kept.Safe);
            return kept;
        }

        public async Task<Back> Restore(StoreKind onto)
        {
            var house = await TestHouse.Open(onto);
            try
            {
                using (var keyring = JoinedRoot.Restore(KeyStore.Read(Safe), [shares[0].ToString(), shares[2].ToString()], house.Store, null, out var problem))
                    Assert.True(keyring is not null, problem);
                await using var file = System.IO.File.OpenRead(File);
                var done = await house.Do(s => s.GetRequiredService<RestoreHouse>().Handle(AccessContext.House, file, KeyStore.Read(Safe), null, None));
                await house.Do(s => s.GetRequiredService<LedgerSequencer>().Integrate(true, None));
                return new Back(house, done);
            }
            catch
            {
                await house.DisposeAsync();
                throw;
            }
        }

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }

    private sealed record Back(TestHouse House, Restored Done) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => House.DisposeAsync();
    }
}
