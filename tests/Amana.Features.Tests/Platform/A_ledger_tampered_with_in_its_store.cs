using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Testing;
using Amana.TransparencyLog;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Platform;

/// <summary>An administrator of the database who changes, drops, inserts, swaps, cuts and rolls back, at random and with the right hashes where he can.</summary>
public sealed class A_ledger_tampered_with_in_its_store
{
    private const int Entries = 60;

    private static int Times => LongTests.Asked ? 10_000 : 40;

    [Theory, OnEveryStore]
    public async Task Is_found_out_each_time_and_an_honest_one_never(StoreKind store)
    {
        await using var house = await TestHouse.Open(store);
        await Fill(house);
        var random = new Random(20261127);
        for (var run = 0; run < Times; run++)
        {
            var (found, what, first) = await house.Do(async services =>
            {
                var db = services.GetRequiredService<AmanaDb>();
                await using var transaction = await db.Database.BeginTransactionAsync();
                var (what, first) = await Tamper(db, run % 11, random);
                var finding = await services.GetRequiredService<LedgerAudit>().Verify(null, CancellationToken.None);
                await transaction.RollbackAsync();
                return (finding, what, first);
            });
            Assert.False(found.Holds, $"run {run}: {what} at {first} was not found");
            if (found.Position is { } from)
                Assert.InRange(first, from, found.LastPosition ?? from);
            if (run % 20 == 0)
                Assert.True((await house.Do(s => s.GetRequiredService<LedgerAudit>().Verify(null, CancellationToken.None))).Holds, "A false alarm.");
        }
    }

    private static async Task<(string What, long First)> Tamper(AmanaDb db, int kind, Random random)
    {
        long at = random.Next(Entries - 1), other = at + 1 + random.Next((int)(Entries - 1 - at));
        switch (kind)
        {
            case 0:
                return await Did("text", at, db.Database.ExecuteSqlAsync($"update ledger_entries set canonical = replace(canonical, 'Happened', 'Happenet') where position = {at}"));
            case 1:
                var (text, leaf) = await Rewritten(db, at);
                return await Did("text and hash", at, db.Database.ExecuteSqlAsync($"update ledger_entries set canonical = {text}, leaf_hash = {leaf} where position = {at}"));
            case 2:
                return await Did("a column", at, db.Database.ExecuteSqlAsync($"update ledger_entries set kind = 'Other' where position = {at}"));
            case 3:
                return await Did("the actor", at, db.Database.ExecuteSqlAsync($"update ledger_entries set actor = 'person' where position = {at}"));
            case 4:
                return await Did("dropped", at, db.Database.ExecuteSqlAsync($"delete from ledger_entries where position = {at}"));
            case 5:
                await db.Database.ExecuteSqlAsync($"delete from ledger_entries where position = {at}");
                for (var p = at + 1; p < Entries; p++)
                    await db.Database.ExecuteSqlAsync($"update ledger_entries set position = {p - 1} where position = {p}");
                return ("dropped and closed up", at);
            case 6:
                await db.Database.ExecuteSqlAsync($"update ledger_entries set position = -1 where position = {at}");
                await db.Database.ExecuteSqlAsync($"update ledger_entries set position = {at} where position = {other}");
                return await Did("swapped", at, db.Database.ExecuteSqlAsync($"update ledger_entries set position = {other} where position = -1"));
            case 7:
                return await Did("cut", at, db.Database.ExecuteSqlAsync($"delete from ledger_entries where position >= {at}"));
            case 8:
                return ("rolled back with checkpoints and frontier", await RollBack(db, at));
            case 9:
                return await Did("a hash", at, db.Database.ExecuteSqlAsync($"update ledger_entries set leaf_hash = {new byte[32]} where position = {at}"));
            default:
                return await Did("unplaced", at, db.Database.ExecuteSqlAsync($"update ledger_entries set position = null where position = {at}"));
        }
    }

    private static async Task<(string What, long First)> Did(string what, long first, Task<int> change)
    {
        Assert.True(await change > 0);
        return (what, first);
    }

    private static async Task<(string Text, byte[] Leaf)> Rewritten(AmanaDb db, long at)
    {
        var text = (await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.Position == at).Select(e => e.Canonical).SingleAsync()).Replace("\"x-n\":\"", "\"x-n\":\"9", StringComparison.Ordinal);
        return (text, TreeHash.OfLeaf(System.Text.Encoding.UTF8.GetBytes(text)).ToArray());
    }

    private static async Task<long> RollBack(AmanaDb db, long at)
    {
        var kept = await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.Position < at).OrderBy(e => e.Position).Select(e => e.LeafHash).ToListAsync();
        var range = new CompactRange();
        kept.ForEach(l => range.Append(new TreeHash(l)));
        await db.Database.ExecuteSqlAsync($"delete from ledger_entries where position >= {at}");
        await db.Database.ExecuteSqlAsync($"delete from ledger_checkpoints where size > {at}");
        await db.Database.ExecuteSqlAsync($"update ledger_frontier set range = {range.ToBytes()}");
        return at;
    }

    private static Task Fill(TestHouse house) => house.Do(async services =>
    {
        for (var n = 0; n < Entries; n++)
        {
            house.Clock.Move(TimeSpan.FromMilliseconds(1));
            await services.GetRequiredService<LedgerBook>().Commit(AccessContext.House, CancellationToken.None, new Happening("Happened").With("n", n));
            if (n % 20 == 19)
                await services.GetRequiredService<LedgerSequencer>().Integrate(sign: true, CancellationToken.None);
        }
    });
}
