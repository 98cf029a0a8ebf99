using System.Text;
using System.Text.Json;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Platform.Vault;
using Amana.Testing;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

public sealed class The_ledger
{
    [Theory, OnEveryStore]
    public async Task Keeps_entries_as_they_were_hashed(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await house.AddPeople(3);
        var entry = Assert.Single(await Entries(house));
        using var canonical = JsonDocument.Parse(entry.Canonical);
        Assert.Equal(entry.Id, canonical.RootElement.GetProperty("id").GetGuid());
        Assert.Equal(entry.Kind, canonical.RootElement.GetProperty("kind").GetString());
        Assert.Equal(entry.Actor, canonical.RootElement.GetProperty("actor").GetString());
        Assert.Equal(LedgerEntry.WriteTime(entry.At), canonical.RootElement.GetProperty("at").GetString());
        Assert.Equal("3", canonical.RootElement.GetProperty("x-count").GetString());
        Assert.Equal(TreeHash.OfLeaf(Encoding.UTF8.GetBytes(entry.Canonical)).ToArray(), entry.LeafHash);
    }

    [Theory, OnEveryStore]
    public async Task Gives_every_entry_one_place_in_order(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await Enter(house, 40);
        await Integrate(house, sign: false);
        await Enter(house, 5);
        Assert.Equal(45, await Integrate(house, sign: true));
        Assert.Equal(Enumerable.Range(0, 45).Select(n => (long?)n), (await Entries(house)).Select(e => e.Position));
    }

    [Theory, OnEveryStore]
    public async Task Signs_a_checkpoint_at_the_latest_after_256_entries_or_five_minutes(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await Enter(house, 3);
        await Integrate(house, sign: false);
        Assert.Equal([3], await Checkpoints(house)); // the first one, at once
        await Enter(house, 255);
        await Integrate(house, sign: false);
        Assert.Equal([3], await Checkpoints(house));
        await Enter(house, 1);
        await Integrate(house, sign: false);
        Assert.Equal([3, 259], await Checkpoints(house));
        await Enter(house, 1);
        await Integrate(house, sign: false);
        house.Clock.Move(TimeSpan.FromMinutes(5));
        await Integrate(house, sign: false);
        Assert.Equal([3, 259, 260], await Checkpoints(house));
        await Integrate(house, sign: true);
        Assert.Equal([3, 259, 260], await Checkpoints(house)); // nothing new, nothing signed
    }

    [Theory, OnEveryStore]
    public async Task Is_verified_by_the_independent_verifier(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await Enter(house, 300);
        await Integrate(house, sign: true);
        var verified = Assert.IsType<Verdict.Verified>(await Verify(house));
        Assert.Equal((300, 300), (verified.Size, verified.SignedSize));
    }

    [Theory, OnEveryStore]
    public async Task Names_the_first_entry_that_was_tampered_with(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await Enter(house, 20);
        await Integrate(house, sign: true);
        await house.Do(services => services.GetRequiredService<AmanaDb>().Database
            .ExecuteSqlRawAsync("update ledger_entries set canonical = replace(canonical, '\"x-n\":\"7\"', '\"x-n\":\"8\"') where position = 7"));
        var broken = Assert.IsType<Verdict.Broken>(await Verify(house));
        Assert.Equal((7, Damage.EntryAltered), (broken.FirstBadPosition, broken.What));
    }

    [Theory, OnEveryStore]
    public async Task Names_where_an_entry_is_missing(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await Enter(house, 20);
        await Integrate(house, sign: true);
        await house.Do(services => services.GetRequiredService<AmanaDb>().Database.ExecuteSqlRawAsync("delete from ledger_entries where position = 12"));
        var broken = Assert.IsType<Verdict.Broken>(await Verify(house)); // the tiles tell it exactly; positions alone can be forged
        Assert.Equal((12, 12, Damage.Dropped), (broken.FirstBadPosition, broken.LastSuspectPosition, broken.What));
    }

    [Theory, OnEveryStore]
    public async Task Drops_each_checkpoint_for_witnesses(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await Enter(house, 2);
        await Integrate(house, sign: true);
        var dropped = Assert.Single(Directory.GetFiles(Path.Combine(house.Store.WitnessDirectory, "checkpoints")));
        var kept = await house.Do(services => services.GetRequiredService<AmanaDb>().Set<LedgerCheckpoint>().Select(c => c.Text).SingleAsync());
        Assert.Equal(kept, await File.ReadAllTextAsync(dropped));
    }

    private static Task Enter(TestHouse house, int count) => house.Do(async services =>
    {
        for (var n = 0; n < count; n++)
        {
            house.Clock.Move(TimeSpan.FromMilliseconds(1)); // identifiers of the same millisecond come in no order
            await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("Happened").With("n", n));
        }
    });

    private static Task<long> Integrate(TestHouse house, bool sign) => house.Do(s => s.GetRequiredService<LedgerSequencer>().Integrate(sign, CancellationToken.None));

    private static Task<List<LedgerEntry>> Entries(TestHouse house) =>
        house.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerEntry>().AsNoTracking().OrderBy(e => e.Position).ThenBy(e => e.Id).ToListAsync());

    private static Task<List<long>> Checkpoints(TestHouse house) => house.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerCheckpoint>().Select(c => c.Size).OrderBy(n => n).ToListAsync());

    private static async Task<Verdict> Verify(TestHouse house)
    {
        var checkpoints = await house.Do(s => s.GetRequiredService<AmanaDb>().Set<LedgerCheckpoint>().Select(c => c.Text).ToListAsync());
        var keyring = house.Services.GetRequiredService<Keyring>();
        return LogVerifier.Verify((await Entries(house)).Select(e => new StoredEntry(e.Position ?? -1, Encoding.UTF8.GetBytes(e.Canonical), e.LeafHash)),
            new Evidence(checkpoints, [keyring.LedgerSigner.Verifier], keyring.LedgerOrigin, house.Store.WitnessDirectory));
    }
}
