using Amana.Domain.Forms;
using Amana.Domain.Linkage;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Linkage;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Rights;
using Amana.Features.Tests.Records;
using Amana.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Features.Tests.Linkage;

/// <summary>Records that may be of one person, within one activity.</summary>
public sealed class A_search_for_one_person
{
    private const string Slip = "AM-7F3K-92QX-M4TD";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string[] Questions = ["full_name", "sex", "age"];

    [Theory, OnEveryStore]
    public async Task Shows_pairs_by_code_that_a_second_person_decides_and_merges_nothing(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await Four(c);
        Assert.Equal(["actor.no-role"], Slugs(await Search(c, "protection", "N2")));
        Assert.Contains("purpose.not-cited", Slugs(await Search(c, "im", null)));
        Assert.Equal(["linking.too-few-questions"], Slugs(await Search(c, "im", "N2", "sex", "age")));
        Assert.Empty(await c.Ask(db => db.Set<LikelyMatch>().ToListAsync()));

        var done = (await Search(c, "im", "N2", Questions)).Result;
        Assert.Equal((4, 1), (done.LeftRecords, done.Found));
        Assert.Equal(0, (await Search(c, "im", "N2", Questions)).Result.Found); // what is known is not found again
        var match = await c.Ask(db => db.Set<LikelyMatch>().AsNoTracking().SingleAsync());
        Assert.Contains(new MatchReason("full_name", "near"), match.Because);
        Assert.DoesNotContain("Samira", System.Text.Json.JsonSerializer.Serialize(await c.Ask(db => db.Set<LikelyMatch>().ToListAsync())), StringComparison.Ordinal);
        Assert.Equal(["linking.decided-by-finder"], Slugs(await Decide(c, match.Id, "im")));
        Assert.True((await Decide(c, match.Id, "protection")).IsDone);
        Assert.Equal(MatchState.SamePerson, await c.Ask(db => db.Set<LikelyMatch>().Select(m => m.State).SingleAsync()));
        Assert.Equal(4, await c.Ask(db => db.Set<RecordEntry>().CountAsync(r => r.State == RecordState.InUse)));
        var entries = await c.Ask(db => db.Set<LedgerEntry>().AsNoTracking().ToListAsync());
        Assert.All(new[] { "LinkRefused", "RecordsCompared", "MatchFound", "MatchDecided" }, kind => Assert.Contains(entries, e => e.Kind == kind));
    }

    [Theory, OnEveryStore]
    public async Task Leaves_out_who_took_back_their_yes_and_their_pairs_go_with_them(StoreKind store)
    {
        await using var c = await Collecting.Begin(store);
        await Four(c);
        Assert.Equal(1, (await Search(c, "im", "N2", Questions)).Result.Found);
        Assert.True((await c.House.Do(s => s.GetRequiredService<WithdrawConsent>().Handle(AccessContext.PersonWithReceipt, Slip, [ConsentAsk.Participation], None))).IsDone);
        Assert.Equal(3, (await Search(c, "im", "N2", Questions)).Result.LeftRecords);
        Assert.Equal(1, (await c.House.Do(s => s.GetRequiredService<EraseWithdrawn>().Handle(AccessContext.House, None))).Result);
        Assert.Empty(await c.Ask(db => db.Set<LikelyMatch>().ToListAsync()));
    }

    /// <summary>Two spellings of one person, and two others.</summary>
    private static async Task Four(Collecting c)
    {
        var names = new[] { "Samira Wadi Nahri", "Samira Wadi Nahry", "Idris Benwadi", "Hanna Meda" };
        foreach (var (name, i) in names.Select((n, i) => (n, i)))
        {
            var xml = Collecting.Xml(i + 1, slip: i == 0 ? Slip : "").Replace($"<full_name>Person {i + 1}</full_name>", $"<full_name>{name}</full_name>", StringComparison.Ordinal);
            Assert.True((await c.Send(i == 1 ? xml.Replace("<age>22</age>", "<age>21</age>", StringComparison.Ordinal) : xml)).IsDone);
        }
    }

    private static async Task<Outcome<LinkingDone>> Search(Collecting c, string by, string? need, params string[] questions)
    {
        var who = await c.As(by);
        return await c.House.Do(s => s.GetRequiredService<FindLikelyMatches>().Handle(who, new LinkingSearch(c.Activity, need, c.Activity, need, questions), None));
    }

    private static async Task<Outcome<Nothing>> Decide(Collecting c, LikelyMatchId match, string by)
    {
        var who = await c.As(by);
        return await c.House.Do(s => s.GetRequiredService<DecideMatch>().Handle(who, c.Activity, match, same: true, None));
    }

    private static IEnumerable<string> Slugs<T>(Outcome<T> outcome) => outcome.Refusals.Select(r => r.Slug);
}
