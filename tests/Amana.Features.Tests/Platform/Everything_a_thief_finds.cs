using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Platform;
using Amana.Features.Platform.Backup;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Features.Tests.Rights;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

/// <summary>A thief takes everything that ever lay on a disk (database with its log, every backup, every copy of the keys that was not overwritten, witness and temporary files) and, besides,
/// all of today's keys, the root among them.</summary>
public sealed class Everything_a_thief_finds
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEveryStore]
    public Task Brings_none_of_the_erased_back_among_two_thousand(StoreKind store) => Hold(store, people: 2000, erased: 100);

    [Theory, OnEveryStore]
    public async Task Is_not_found_by_wrapping_keys_anew_for_long(StoreKind store)
    {
        var count = LongTests.Asked ? 100_000 : 10_000;
        await using var house = await TestHouse.Open(store);
        await house.Do(async services =>
        {
            var (db, sealing) = (services.GetRequiredService<AmanaDb>(), services.GetRequiredService<Sealing>());
            for (var i = 0; i < count; i++)
            {
                var keys = sealing.ForNew(Ids.New<PersonId>(house.Clock));
                keys.Seal(Compartment.Identity, default, []);
                db.AddRange(keys.Made);
            }

            await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, None, new Happening("KeysMadeUp"));
        });
        var watch = Stopwatch.StartNew();
        await house.Do(s => s.GetRequiredService<KeyActs>().ReplaceEpoch(AccessContext.House, None));
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} keys re-wrapped on {store} in {watch.ElapsedMilliseconds} ms");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(LongTests.Asked ? 15 : 10), $"{count} keys took {watch.Elapsed}."); // the aim is 5 s for 100,000; the margin is for a busy machine
        Assert.Equal(count, await house.Do(s => s.GetRequiredService<AmanaDb>().Set<DataKey>().CountAsync(k => k.Epoch == 2)));
    }

    private static async Task Hold(StoreKind store, int people, int erased)
    {
        await using var house = await TestHouse.Open(store);
        await house.StartOperation();
        var all = await house.AddPeople(people);
        var marker = Encoding.UTF8.GetBytes(Sealed.NameOf(0)[..15]);
        var loot = Directory.CreateTempSubdirectory("amana-loot-").FullName;
        try
        {
            var safe = Directory.CreateDirectory(Path.Combine(loot, "safe")).FullName;
            await house.Do(s => s.GetRequiredService<KeyActs>().Split(AccessContext.House, 2, 3, None));
            await house.Register(safe);
            await house.Do(s => s.GetRequiredService<BackUpHouse>().Handle(AccessContext.House, Path.Combine(loot, "before.amana"), null, None));
            Loot(house, Path.Combine(loot, "live-before"));
            await using var old = await house.WithCopyOfTheDataAndThisKeyring();
            var gone = all.Where((_, i) => i % (people / erased) == 1).ToHashSet();
            var oldRows = await old.Do(s => s.GetRequiredService<AmanaDb>().Set<DataKey>().AsNoTracking().ToListAsync());
            var oldBoxes = await old.Do(s => s.GetRequiredService<AmanaDb>().Set<PersonBox>().AsNoTracking().ToListAsync());

            await house.Erase([.. gone]);
            await house.Do(s => s.GetRequiredService<KeyStoreCopies>().WriteAll(AccessContext.House, true, None));
            await house.Do(s => s.GetRequiredService<BackUpHouse>().Handle(AccessContext.House, Path.Combine(loot, "after.amana"), null, None));
            Loot(house, Path.Combine(loot, "live-after"));

            // Nothing anywhere is readable as it lies.
            foreach (var file in Directory.GetFiles(loot, "*", SearchOption.AllDirectories))
                Assert.True((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(marker) < 0, file);

            // With all of today's keys: every wrapped key that ever lay in a database, against every key that there is now.
            var keyring = house.Services.GetRequiredService<Keyring>();
            var keys = Enumerable.Range(1, keyring.Epoch).Select(keyring.EpochKey).OfType<byte[]>().Append(((HeldRoot)keyring.Root).Key)
                .Append(keyring.Unwrap(keyring.Content.BackupRoot, "backup")).Append(keyring.Unwrap(keyring.Content.IndexRoot, "index")).ToList();
            Assert.Equal(0, oldRows.Count(row => gone.Contains(new PersonId(row.OwnerId)) && keys.Exists(k => Opens(k, row.Wrapped, Safe.KeyContext(row.OwnerId, row.Use)))));
            Assert.Equal(0, oldBoxes.Count(box => gone.Contains(box.PersonId) && keys.Exists(k => Opens(k, box.Box, Safe.PersonContext(box.PersonId, box.Compartment, box.RecordId)))));

            // The backup from before, with today's copy of the keys: the survivors, all of them, and nobody else.
            var index = await Restored(Path.Combine(loot, "before.amana"), safe, keyring, all, gone);
            Assert.Equal(people - erased, index);
            for (var i = 0; i < people; i++)
                Assert.Equal(gone.Contains(all[i]) ? null : Sealed.NameOf(i), await house.ReadName(all[i]));
        }
        finally
        {
            Directory.Delete(loot, recursive: true);
        }
    }

    private static async Task<int> Restored(string backup, string safe, Keyring today, List<PersonId> all, HashSet<PersonId> gone)
    {
        await using var back = await TestHouse.Open(StoreKind.Sqlite);
        Directory.CreateDirectory(Path.GetDirectoryName(back.Store.KeyringFile)!);
        File.Copy(today.FileName, back.Store.KeyringFile, overwrite: true);
        await using (var file = File.OpenRead(backup))
            await back.Do(s => s.GetRequiredService<RestoreHouse>().Handle(AccessContext.House, file, KeyStore.Read(safe), null, None));
        var found = 0;
        for (var i = 0; i < all.Count; i++)
        {
            var name = await back.ReadName(all[i]);
            Assert.Equal(gone.Contains(all[i]) ? null : Sealed.NameOf(i), name);
            found += name is null ? 0 : 1;
        }

        return found;
    }

    private static bool Opens(byte[] key, byte[] box, string context)
    {
        try
        {
            Box.Open(key, box, context);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static void Loot(TestHouse house, string to)
    {
        foreach (var file in Directory.GetFiles(house.Store.DataDirectory, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(house.Store.DataDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = File.Create(copy);
            from.CopyTo(target);
        }
    }
}
