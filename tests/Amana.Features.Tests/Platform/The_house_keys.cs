using Amana.Features.Platform;
using Amana.Features.Platform.Backup;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

public sealed class The_house_keys
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEveryStore]
    public async Task Are_all_replaced_and_everything_still_opens(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var people = await house.AddPeople(3);
        var before = house.Services.GetRequiredService<Keyring>().Content;
        await house.Do(async services =>
        {
            var acts = services.GetRequiredService<KeyActs>();
            await acts.ReplaceRoot(AccessContext.House, null, None);
            Assert.Equal(1, await acts.ReplaceEpoch(AccessContext.House, None));
            await acts.ReplaceSigner(AccessContext.House, None);
            await acts.ReplaceBackupKey(AccessContext.House, None);
            await services.GetRequiredService<LedgerSequencer>().Integrate(sign: true, None);
        });
        await house.Reopen();
        for (var i = 0; i < people.Count; i++)
            Assert.Equal(Sealed.NameOf(i), await house.ReadName(people[i]));
        var after = house.Services.GetRequiredService<Keyring>().Content;
        Assert.NotEqual(before.Root.Key, after.Root.Key);
        Assert.NotEqual(before.SigningSeed, after.SigningSeed);
        Assert.NotEqual(before.BackupRoot, after.BackupRoot);
        Assert.Equal(2, Assert.Single(after.Epochs).Number);
        using var old = new HeldRoot([.. before.Root.Key]);
        foreach (var box in new[] { after.IndexRoot, after.SigningSeed, after.BackupRoot, after.Epochs[0].Wrapped })
            Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => old.Unwrap(box, "index"));
    }

    [Theory, OnEveryStore]
    public async Task Prove_the_ledger_that_a_former_key_signed(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.AddPeople(1);
        var former = house.Services.GetRequiredService<Keyring>().LedgerSigner.Verifier.ToString();
        await house.Do(async services =>
        {
            await services.GetRequiredService<KeyActs>().ReplaceSigner(AccessContext.House, None);
            await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, None, new Happening("SomethingLater"));
            await services.GetRequiredService<LedgerSequencer>().Integrate(sign: true, None);
        });
        await house.Reopen();
        await house.Do(async services =>
        {
            Assert.NotEqual(former, services.GetRequiredService<Keyring>().LedgerSigner.Verifier.ToString());
            var finding = await services.GetRequiredService<LedgerAudit>().Verify(null, None);
            Assert.True(finding.Holds, finding.Problem);
            Assert.Equal(finding.Entries, finding.Signed);
            var file = Path.Combine(house.Store.DataDirectory, "export.jsonl");
            await using (var stream = File.Create(file))
                await LedgerExport.Write(services.GetRequiredService<AmanaDb>(), services.GetRequiredService<Keyring>(), stream, None);
            // An outsider who knows either key follows the handing-over in both directions.
            foreach (var known in new[] { former, services.GetRequiredService<Keyring>().LedgerSigner.Verifier.ToString(), null })
            {
                var verdict = LedgerExport.Verify(file, null, known);
                Assert.True(verdict.Holds, verdict.Problem);
                Assert.Equal(finding.Entries, verdict.Signed);
            }

            // A key that nobody handed anything to signs nothing here.
            using var stranger = TransparencyLog.NoteSigner.FromSeed(services.GetRequiredService<Keyring>().LedgerOrigin, new byte[32]);
            Assert.NotEqual(finding.Entries, LedgerExport.Verify(file, null, stranger.Verifier.ToString()).Signed);
        });
    }

    [Theory, OnEveryStore]
    public async Task Come_back_from_a_copy_and_two_of_three_shares(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var people = await house.AddPeople(4);
        var safe = Directory.CreateTempSubdirectory("amana-safe-").FullName;
        try
        {
            var shares = await house.Do(s => s.GetRequiredService<KeyActs>().Split(AccessContext.House, 2, 3, None));
            await house.Register(safe);
            var copy = await File.ReadAllTextAsync(Path.Combine(safe, KeyStore.FileName));
            Assert.DoesNotContain(Convert.ToBase64String(house.Services.GetRequiredService<Keyring>().Content.Root.Key), copy, StringComparison.Ordinal);
            foreach (var person in people)
                Assert.DoesNotContain(person.Value.ToString("D"), copy, StringComparison.OrdinalIgnoreCase);

            var drilled = KeyDrill.Hold(safe, [shares[2].ToString(), shares[0].ToString()], null);
            Assert.Equal((null, 4), (drilled.Problem, drilled.Keys));
            Assert.NotNull(KeyDrill.Hold(safe, [shares[1].ToString()], null).Problem);

            File.Delete(house.Store.KeyringFile);
            using (var back = JoinedRoot.Restore(KeyStore.Read(safe), [shares[1].ToString(), shares[2].ToString()], house.Store, null, out var problem))
                Assert.True(back is not null, problem);
            await house.Reopen();
            Assert.Equal(Sealed.NameOf(3), await house.ReadName(people[3]));

            // What is there is never overwritten, and shares of a root that was replaced open nothing.
            Assert.Null(JoinedRoot.Restore(KeyStore.Read(safe), [shares[1].ToString(), shares[2].ToString()], house.Store, null, out _));
            await house.Do(s => s.GetRequiredService<KeyActs>().ReplaceRoot(AccessContext.House, "seven wells before noon", None));
            await house.Do(s => s.GetRequiredService<KeyStoreCopies>().WriteAll(AccessContext.House, false, None));
            Assert.Contains("another root key", KeyDrill.Hold(safe, [shares[1].ToString(), shares[2].ToString()], null).Problem, StringComparison.Ordinal);
            Assert.Null(KeyDrill.Hold(safe, [], "seven wells before noon").Problem);
        }
        finally
        {
            Directory.Delete(safe, recursive: true);
        }
    }

    [Theory, OnEveryStore]
    public async Task Are_not_copied_while_the_copy_would_open_everything(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        Assert.Contains("Split it first", await house.Do(s => s.GetRequiredService<KeyStoreCopies>().Register(AccessContext.House, "stick", Path.GetTempPath(), None)), StringComparison.Ordinal);
    }

    [Theory, OnEveryStore]
    public async Task Show_a_place_as_pending_until_its_copy_holds_the_new_epoch(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        var people = await house.AddPeople(2);
        var safe = Directory.CreateTempSubdirectory("amana-safe-").FullName;
        try
        {
            await house.Do(s => s.GetRequiredService<KeyActs>().Split(AccessContext.House, 2, 3, None));
            await house.Register(safe);
            Directory.Move(safe, safe + "-away"); // the stick is in a drawer
            await house.Erase([people[0]]);
            var away = Assert.Single(await house.Do(s => s.GetRequiredService<KeyStoreCopies>().WriteAll(AccessContext.House, true, None)));
            Assert.False(away.Current);
            Assert.Contains("is not there", away.Problem, StringComparison.Ordinal);
            Assert.False(Assert.Single((await house.Do(s => s.GetRequiredService<KeysOverview>().Read(None))).Targets).Current);
            Directory.Move(safe + "-away", safe);
            Assert.True(Assert.Single(await house.Do(s => s.GetRequiredService<KeyStoreCopies>().WriteAll(AccessContext.House, true, None))).Current);
            Assert.Equal(2, KeyStore.Read(safe).Epoch);
        }
        finally
        {
            Directory.Delete(safe, recursive: true);
        }
    }
}
