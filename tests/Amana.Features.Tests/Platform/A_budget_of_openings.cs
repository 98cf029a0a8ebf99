using Amana.Domain.Principles;
using Amana.Domain.Records;
using Amana.Domain.Shared;
using Amana.Features.Emergencies;
using Amana.Features.Incidents;
using Amana.Features.Platform;
using Amana.Features.Platform.Ledger;
using Amana.Features.Records;
using Amana.Features.Tests.Records;
using Amana.Features.Tests.Rights;
using Amana.Testing;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Amana.Features.Tests.Platform;

public sealed class A_budget_of_openings
{
    private static readonly ActivityId Somewhere = new(Guid.Parse("0195a000-0000-7000-8000-000000000001"));

    [Theory, OnEveryStore]
    public async Task Ends_what_one_account_opens_raises_an_alarm_once_and_begins_anew_with_the_next_hour(StoreKind store)
    {
        const int limit = 6;
        await using var c = await Collecting.Begin(store, s => s.Replace(ServiceDescriptor.Singleton(OpeningLimits.Usual with { Account = limit })));
        await c.Send(Collecting.Xml(1));
        var code = await c.Ask(db => db.Set<RecordEntry>().Select(r => r.Code).SingleAsync());
        var officer = (await c.As("protection")).Citing("N2");
        for (var n = 0; n < limit; n++)
            Assert.Empty(await Open(c, officer, code));
        for (var n = 0; n < 3; n++)
            Assert.Equal("opening.budget-spent.account", Assert.Single(await Open(c, officer, code)));

        Assert.Equal(limit, await Entered(c, "RecordOpened"));
        Assert.Equal(3, await Entered(c, "OpenRefused"));
        Assert.Equal(1, await Entered(c, "OpeningBudgetSpent"));
        var alarm = Assert.Single((await c.House.Do(s => s.GetRequiredService<LedgerAlarms>().Read(Interviewed.AsFocalPoint, default))).Result, a => a.Kind == AlarmKind.BudgetSpent);
        Assert.Equal(officer.Actor.StaffId!.Value.Value, alarm.StaffId);

        // Danger to life is not held by it, a restart does not forget it, and the next hour begins anew.
        Assert.True((await c.House.Do(s => s.GetRequiredService<OpenRecordInEmergency>().Handle(officer, c.Activity, code, "She is bleeding and needs her safe contact", default))).IsDone);
        await c.House.Reopen();
        Assert.Single(await Open(c, officer, code));
        c.House.Clock.Move(TimeSpan.FromHours(1));
        Assert.Empty(await Open(c, officer, code));
    }

    [Theory, OnEveryStore]
    public async Task Of_all_accounts_together_holds_whoever_opens(StoreKind store)
    {
        await using var house = await Limited(store, new OpeningLimits(5, 8, 1));
        List<string?> told = [];
        foreach (var staff in Enumerable.Range(0, 12).Select(n => n % 3 == 0 ? One : n % 3 == 1 ? Another : Third))
            told.Add((await house.Do(s => s.GetRequiredService<OpeningBudget>().SpendOne(staff, Operation.Open, Somewhere, Guid.NewGuid(), default)))?.Slug);
        Assert.Equal(8, told.Count(t => t is null));
        Assert.All(told.Skip(8), t => Assert.Equal("opening.budget-spent.house", t));
        Assert.Null(await house.Do(s => s.GetRequiredService<OpeningBudget>().SpendOne(AccessContext.PersonWithReceipt, Operation.Open, Somewhere, Guid.NewGuid(), default))); // what is one's own
    }

    /// <summary>However many are asked for side by side, never more than the limit is given, and nothing is refused that would still have found room.</summary>
    [Theory, OnEveryStore]
    public async Task For_many_at_once_is_kept_by_itself_and_holds_side_by_side(StoreKind store)
    {
        const int limit = 300;
        await using var house = await Limited(store, new OpeningLimits(1, 1, limit));
        await Gen.Int[1, 90].List[1, 16].SampleAsync(async asked =>
        {
            house.Clock.Move(TimeSpan.FromHours(1));
            var answers = await Task.WhenAll(asked.Select(people => Task.Run(async () =>
                (People: people, Given: await house.Do(s => s.GetRequiredService<OpeningBudget>().SpendInBulk(One, Operation.Release, Somewhere, people, default)) is null))));
            var given = answers.Where(a => a.Given).Sum(a => a.People);
            Assert.True(given <= limit);
            Assert.All(answers.Where(a => !a.Given), a => Assert.True(given + a.People > limit));
        }, iter: LongTests.Asked ? 300 : 12, threads: 1);
        Assert.Null(await house.Do(s => s.GetRequiredService<OpeningBudget>().SpendOne(One, Operation.Open, Somewhere, Guid.NewGuid(), default))); // the other budgets are untouched
        Assert.Equal("opening.budget-spent.bulk", (await house.Do(s => s.GetRequiredService<OpeningBudget>().SpendInBulk(One, Operation.Analyse, Somewhere, limit + 1, default)))?.Slug);
    }

    [Fact]
    public void Is_set_by_the_operation_and_usual_where_it_is_no_number()
    {
        var set = new Dictionary<string, string> { ["AMANA_OPENINGS_ACCOUNT"] = "40", ["AMANA_OPENINGS_HOUSE"] = "none", ["AMANA_OPENINGS_BULK"] = "0" };
        Assert.Equal(OpeningLimits.Usual with { Account = 40 }, OpeningLimits.Of(set.GetValueOrDefault));
    }

    private static AccessContext One { get; } = Someone();

    private static AccessContext Another { get; } = Someone();

    private static AccessContext Third { get; } = Someone();

    private static AccessContext Someone() => new(new Actor(ActorKind.Staff, new StaffId(Guid.NewGuid()), null, []));

    private static Task<TestHouse> Limited(StoreKind store, OpeningLimits limits) => TestHouse.Open(store, s => s.Replace(ServiceDescriptor.Singleton(limits)));

    private static async Task<IReadOnlyList<string>> Open(Collecting c, AccessContext who, string code) =>
        [.. (await c.House.Do(s => s.GetRequiredService<OpenRecord>().Handle(who, c.Activity, code, default))).Refusals.Select(r => r.Slug)];

    private static Task<int> Entered(Collecting c, string kind) => c.Ask(db => db.Set<LedgerEntry>().CountAsync(e => e.Kind == kind));
}
